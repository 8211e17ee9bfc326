"""Measures of the groups in a frame: what rows mean, and one row a measure out."""
