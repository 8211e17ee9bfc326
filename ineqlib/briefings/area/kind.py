"""The briefing of one area as a kind of document; what builds it is imported when it is built."""

from pathlib import Path

from ineqlib.briefings.subjects import AREA, find_area
from ineqlib.document.kinds import Kind
from ineqlib.facts.profile import COMPARATORS
from ineqlib.processes import LazyFunction

NAME = "area_briefing"
INDICATOR_SET = "marmot"
KIND = Kind(
    name=NAME,
    build=LazyFunction("ineqlib.briefings.area.document", "open_briefing"),
    check=LazyFunction("ineqlib.facts.profile", "read_profile"),
    find_subject=find_area,
    subject_type=AREA,
    parameters={"comparators": list(COMPARATORS), "indicator_set": INDICATOR_SET},
    notebook=Path(__file__).parents[3] / "notebooks" / "area_briefing.ipynb",
    stands_first=True,
)
