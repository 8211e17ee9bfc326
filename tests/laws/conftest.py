"""Laws are tried on the same data everywhere, and a slow machine does not break them."""

from hypothesis import settings

settings.register_profile("laws", deadline=None, derandomize=True, max_examples=25)
settings.load_profile("laws")
