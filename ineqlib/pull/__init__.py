"""From the name of an area to a folder of downloads that `ineq build` makes a pack of."""

from ineqlib.pull.plan import Plan
from ineqlib.pull.pull import Fetcher, Mode, Pulled, open_fetcher, pull
from ineqlib.pull.survey import list_areas, plan_all, plan_area

__all__ = [
    "Fetcher",
    "Mode",
    "Plan",
    "Pulled",
    "list_areas",
    "open_fetcher",
    "plan_all",
    "plan_area",
    "pull",
]
