"""Every edge of a job: paths, settings, git, the accepted file and an engine in; findings and files out."""
