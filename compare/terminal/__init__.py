"""What commands print for a person, from values to text, and the streams that it goes to."""
