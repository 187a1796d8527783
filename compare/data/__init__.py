"""Data shipped with the package: the folding table and the schema of `report.json`."""
