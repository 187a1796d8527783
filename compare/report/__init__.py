"""What was found, in words, pages and tables. Formatters return text; only `write` touches files."""
