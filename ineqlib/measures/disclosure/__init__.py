"""Counts withheld so that nobody can work them out."""
