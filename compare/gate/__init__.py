"""The gate's decisions: what has been accepted, what a pair reuses, and whether the one allows the other. Pure."""
