"""Figures: charts with their words, text alternative, source and table."""
