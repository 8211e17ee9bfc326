"""The documents about one area as kinds; what builds them is imported when they are built."""

from ineqlib.briefings.subjects import AREA, find_area
from ineqlib.catalogue import MARMOT
from ineqlib.document.kinds import Kind
from ineqlib.facts.profile import COMPARATORS
from ineqlib.files import shipped
from ineqlib.processes import LazyFunction

BRIEFING, SUMMARY, ANNEX = "area_briefing", "summary", "annex"
OPTIONS = {
    "audience": "director",
    "priorities": [],
    "owner": "",
    "contact": "",
    "published": "",
    "next_steps": [],
    "annex": "",
    "previous": "",
}
"""What may be asked of a briefing, beside what it is made from; see `open_briefing`."""
_WHOLE = ("annex", "previous")
"""What only a whole briefing has a place for."""
_MADE_FROM = {"comparators": list(COMPARATORS), "indicator_set": MARMOT}
_BUILT_IN = "ineqlib.briefings.area.document"
_CHECK = LazyFunction("ineqlib.briefings.area.options", "check")

KIND = Kind(
    name=BRIEFING,
    build=LazyFunction(_BUILT_IN, "open_briefing"),
    check=_CHECK,
    find_subject=find_area,
    subject_type=AREA,
    parameters={**_MADE_FROM, **OPTIONS},
    notebook=shipped("notebooks", "area_briefing.ipynb"),
    stands_first=True,
    varies_by="audience",
    paths=("previous",),
)
ONE_SIDE = Kind(
    name=SUMMARY,
    build=LazyFunction(_BUILT_IN, "open_summary"),
    check=_CHECK,
    find_subject=find_area,
    subject_type=AREA,
    parameters={**_MADE_FROM, **{name: OPTIONS[name] for name in OPTIONS if name not in _WHOLE}},
    notebook=shipped("notebooks", "summary.ipynb"),
    varies_by="audience",
)
APART = Kind(
    name=ANNEX,
    build=LazyFunction(_BUILT_IN, "open_annex"),
    check=_CHECK,
    find_subject=find_area,
    subject_type=AREA,
    parameters=_MADE_FROM,
    notebook=shipped("notebooks", "annex.ipynb"),
)
