"""Changes: all that differs between two texts and matters, once and in one list."""
