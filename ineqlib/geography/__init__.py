"""Areas of one's own: what they are made of, and what can be said of them from their parts.

Tables in, tables out; only `own_areas` reads a file.
"""
