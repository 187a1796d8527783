"""Markdown: which of its characters are syntax and no text."""
