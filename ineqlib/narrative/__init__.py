"""Sentences made from facts, for a reader; they know nothing of HTML."""
