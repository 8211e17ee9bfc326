"""The kinds of document that come with ineqlib, each about an area.

What builds one is imported when it is built, so that a plan imports none of it.
"""

from collections.abc import Mapping
from typing import Any

from ineqlib.briefings.need import DEPRIVATION
from ineqlib.catalogue import MARMOT
from ineqlib.document.kinds import Kind
from ineqlib.document.subject import Subject
from ineqlib.facts.profile import COMPARATORS
from ineqlib.files import shipped
from ineqlib.pack import Area, Pack
from ineqlib.processes import LazyFunction

AREA = "area"
BRIEFING_OPTIONS = {
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
_MADE_FROM = {"comparators": list(COMPARATORS), "indicator_set": MARMOT}
_OF_ONE_SIDE = {
    name: usual for name, usual in BRIEFING_OPTIONS.items() if name not in ("annex", "previous")
}
"""What only a whole briefing has a place for is left out."""


def area_subject(area: Area) -> Subject:
    """Make an area the subject of a document."""
    return Subject(area.code, area.name, AREA)


def find_area(pack: Pack, code_or_name: str) -> Subject:
    """Find an area of a pack as the subject of a document."""
    return area_subject(pack.area(code_or_name))


def _kind(
    name: str, parameters: Mapping[str, Any], *, build: str = "", check: str = "", **others: Any
) -> Kind:
    """Describe a kind of the name of its notebook.

    `build` and `check` say where in `ineqlib.briefings` its functions are; by default in the
    folder of its name: ``document.open_<name>`` and ``asked.read_asked``.
    """
    return Kind(
        name=name,
        build=_function(build or f"{name}.document.open_{name}"),
        check=_function(check or f"{name}.asked.read_asked"),
        find_subject=find_area,
        subject_type=AREA,
        parameters=parameters,
        notebook=shipped("notebooks", f"{name}.ipynb"),
        **others,
    )


def _function(path: str) -> LazyFunction:
    module, _, function = path.rpartition(".")
    return LazyFunction(f"ineqlib.briefings.{module}", function)


AREA_BRIEFING = _kind(
    "area_briefing",
    {**_MADE_FROM, **BRIEFING_OPTIONS},
    build="area.document.open_briefing",
    check="area.options.check",
    stands_first=True,
    varies_by="audience",
    paths=("previous",),
)
SUMMARY = _kind(
    "summary",
    {**_MADE_FROM, **_OF_ONE_SIDE},
    build="area.document.open_summary",
    check="area.options.check",
    varies_by="audience",
)
ANNEX = _kind("annex", _MADE_FROM, build="area.document.open_annex", check="area.options.check")
COUNTY_PROFILE = _kind(
    "county_profile",
    {"districts": [], "indicator_set": MARMOT},
    check="county_profile.document.check",
)
ECONOMIC_CASE = _kind(
    "economic_case",
    {
        "indicator": "",
        "target": "",
        "costs": "",
        "sex": "",
        "years": 1,
        "discount_rate": 0.0,
        "draws": 20_000,
        "seed": 1,
        "audience": "director",
    },
    paths=("costs",),
)
EQUITY_AUDIT = _kind(
    "equity_audit",
    {"service": "", "uptake": "", "need": DEPRIVATION, "decisions": ""},
    paths=("uptake", "decisions"),
)
EVALUATE_PROJECT = _kind(
    "evaluate_project",
    {"indicator": "", "start": "", "also": [], "direction": "", "hoped": 0.0, "sex": ""},
)
INDICATOR_GRADIENT = _kind(
    "indicator_gradient",
    {"indicator": "", "dimension": "", "level": "", "sex": "", "since": 0, "until": 0},
    varies_by="indicator",
)
LIFE_EXPECTANCY_GAP = _kind(
    "life_expectancy_gap",
    {"comparator": "least_deprived", "sex": "both", "convention": "ours"},
    varies_by="comparator",
)
LOCAL_OUTCOMES = _kind("local_outcomes", {}, check="kinds.find_area")
METHODS = _kind("methods", {}, check="kinds.find_area")
NEIGHBOURHOODS = _kind(
    "neighbourhoods", {"indicator": "", "unit": ""}, check="neighbourhoods.asked.check_asked"
)
REORGANISATION = _kind(
    "reorganisation", {"indicator_set": MARMOT}, check="reorganisation.document.check"
)
SIMILAR_AREAS = _kind(
    "similar_areas", {"indicator": "", "sex": ""}, check="asked.place_and_indicator"
)
SPEND_AND_NEED = _kind(
    "spend_and_need",
    {"spending": "", "need": DEPRIVATION, "funders": [], "period": "", "unlisted": "unknown"},
    paths=("spending",),
)
WHAT_WOULD_IT_TAKE = _kind(
    "what_would_it_take",
    {"indicator": "", "target": "country", "by": 0, "sex": ""},
    check="what_would_it_take.document.read_asked",
)
