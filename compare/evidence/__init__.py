"""Pairs and families of a written report as one pack to hand on: what a report holds → exhibits → page, tables, zip."""
