"""What documents have to do with each other: relational steps on sorted columns, the same on every engine."""
