"""The aligner: seeds, passages, boundaries, kinds and marks. `align.py` says the order of the stages."""
