"""What a passage states otherwise than the one it corresponds to, and how sure that is.

operations of a match ──► changes, each grown to whole facts (`passage.py`)
    ──► what each may state otherwise: figures and dates, names, opposites, negations (one module each)
    ──► drifts, sure where a frame of equal words shows that it is the same statement (`frames.py`)
"""
