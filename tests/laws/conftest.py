"""Laws are tried on the same data everywhere, and a slow machine does not break them."""

from contextlib import suppress

from hypothesis import settings

settings.register_profile("laws", deadline=None, derandomize=True, max_examples=25)
settings.load_profile("laws")

with suppress(ImportError, AttributeError):  # earlier versions have none of what follows
    from hypothesis.internal.conjecture import providers

    # Some numbers would be those of our sources, others with each module that happens to be
    # imported; and every process of the tests would read all sources for them.
    providers._get_local_constants = providers.Constants
