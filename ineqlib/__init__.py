"""Health-inequality briefings from open indicator data."""

__version__ = "0.1.0"
