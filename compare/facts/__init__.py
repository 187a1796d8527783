"""What a text states in figures, dates, times and units, and whether two of them say the same."""
