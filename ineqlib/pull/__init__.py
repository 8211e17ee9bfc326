"""From the name of an area to a folder of downloads that `ineq build` makes a pack of."""

from ineqlib.pull.pull import Mode, Pulled, open_fetcher, pull

__all__ = ["Mode", "Pulled", "open_fetcher", "pull"]
