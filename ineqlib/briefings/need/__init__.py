"""Places of one area, how much need each has, and whether something follows it."""

DEPRIVATION = "deprivation"
"""Need by the index of deprivation, which is an order of places and no more."""
