"""What a text says of itself: its title, who wrote it and when, who supplied it. Pure."""
