"""Documents joined by reuse as families, what each version took, and groups of what reports one event."""
