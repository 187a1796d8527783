"""What `compare check` found, for people, CI systems and programs: pure functions from `Checked` to text."""
