"""From the name of an area to a folder of downloads that `ineq build` makes a pack of."""

import sys
from types import ModuleType

from ineqlib.pull.fetching import Fetcher, Mode, Pulled, fetch, open_fetcher
from ineqlib.pull.plan import Plan
from ineqlib.pull.planning import list_areas, plan_all, plan_area
from ineqlib.pull.to_pack import pull

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


class _Room(ModuleType):
    """This module can be called: once it is imported, it is what ``ineqlib.pull`` names."""

    __call__ = staticmethod(pull)


sys.modules[__name__].__class__ = _Room
