"""Data shipped with the package: the folding table, the model of a passage's quality, and the published schemas."""
