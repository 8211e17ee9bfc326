"""How publishers are asked: for each, the addresses of its questions and what answers must be.

Pure: names and ids in, `Query` values out. `ineqlib.sources.fetch` alone sends them.
"""
