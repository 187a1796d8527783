"""Where the job runs: an engine is a handful of relational steps."""
