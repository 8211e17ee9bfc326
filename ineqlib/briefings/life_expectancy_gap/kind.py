"""The gap in life expectancy as a kind of document; its builder is imported when it is built."""

from ineqlib.briefings.subjects import AREA, find_area
from ineqlib.document.kinds import Kind
from ineqlib.files import shipped
from ineqlib.processes import LazyFunction

NAME = "life_expectancy_gap"
PARAMETERS = {"comparator": "least_deprived", "sex": "both", "convention": "ours"}
"""Against whom, whose lives, and by whose conventions; see `open_life_expectancy_gap`."""
_BUILT_IN = "ineqlib.briefings.life_expectancy_gap.document"

KIND = Kind(
    name=NAME,
    build=LazyFunction(_BUILT_IN, "open_life_expectancy_gap"),
    check=LazyFunction("ineqlib.briefings.life_expectancy_gap.asked", "read_asked"),
    find_subject=find_area,
    subject_type=AREA,
    parameters=PARAMETERS,
    notebook=shipped("notebooks", f"{NAME}.ipynb"),
    varies_by="comparator",
)
