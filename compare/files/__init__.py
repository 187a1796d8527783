"""Files touched with care: opened if they are regular, replaced whole, put in place together, never left over."""
