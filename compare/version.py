"""The version, in one place that costs nothing to read: builds read it here too."""

__version__ = "0.1.0"
