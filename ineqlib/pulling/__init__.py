"""From the name of an area to a folder of downloads that `ineq build` makes a pack of."""

from ineqlib.pulling.fetching import Fetcher, Mode, Pulled, fetch, open_fetcher
from ineqlib.pulling.plan import Plan
from ineqlib.pulling.plan_area import list_areas, plan_all, plan_area
from ineqlib.pulling.to_pack import pull

__all__ = [
    "Fetcher",
    "Mode",
    "Plan",
    "Pulled",
    "fetch",
    "list_areas",
    "open_fetcher",
    "plan_all",
    "plan_area",
    "pull",
]
