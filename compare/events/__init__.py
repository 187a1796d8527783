"""Whether two texts report one event, and what both say of it."""
