"""A document as a value, and as a page: blocks, layout, parsing and checking."""
