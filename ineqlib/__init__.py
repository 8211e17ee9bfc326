"""Health-inequality briefings from open indicator data.

>>> import ineqlib as iq
>>> print(f"{iq.measures.sii([10, 20, 30, 40, 50], [1, 1, 1, 1, 1]).value.item():.1f}")
50.0
"""

from importlib import import_module as _import_module
from typing import Any as _Any

_NAMES = {
    "ask": "ineqlib.asking.asker",
    "Reply": "ineqlib.asking.asker",
    "open_annex": "ineqlib.briefings.area.document",
    "open_briefing": "ineqlib.briefings.area.document",
    "open_summary": "ineqlib.briefings.area.document",
    "open_county_profile": "ineqlib.briefings.county_profile.document",
    "open_economic_case": "ineqlib.briefings.economic_case.document",
    "open_equity_audit": "ineqlib.briefings.equity_audit.document",
    "start_decisions": "ineqlib.briefings.equity_audit.document",
    "open_evaluate_project": "ineqlib.briefings.evaluate_project.document",
    "open_indicator_gradient": "ineqlib.briefings.indicator_gradient.document",
    "open_life_expectancy_gap": "ineqlib.briefings.life_expectancy_gap.document",
    "open_local_outcomes": "ineqlib.briefings.local_outcomes.document",
    "open_methods": "ineqlib.briefings.methods.document",
    "open_neighbourhoods": "ineqlib.briefings.neighbourhoods.document",
    "open_reorganisation": "ineqlib.briefings.reorganisation.document",
    "open_similar_areas": "ineqlib.briefings.similar_areas.document",
    "open_spend_and_need": "ineqlib.briefings.spend_and_need.document",
    "open_what_would_it_take": "ineqlib.briefings.what_would_it_take.document",
    "load_catalogue": "ineqlib.catalogue",
    "explore": "ineqlib.exploring",
    "measure_table": "ineqlib.measures",
    "open_pack": "ineqlib.pack",
    "combine": "ineqlib.pack.combine",
    "render_batch": "ineqlib.publish.batch",
    "page": "ineqlib.publish.own_page",
    "render": "ineqlib.publish.render",
    "pull": "ineqlib.pulling.to_pack",
    "load": "ineqlib.pulling.load",
    "load_people": "ineqlib.pulling.people",
    "Answer": "ineqlib.questions.answer",
    "answer_or_reason": "ineqlib.questions.answer",
    "before_after": "ineqlib.questions.before_after",
    "compare": "ineqlib.questions.compare",
    "decompose": "ineqlib.questions.decompose",
    "gradient": "ineqlib.questions.gradient",
    "map": "ineqlib.questions.maps",
    "rank": "ineqlib.questions.rank",
    "share_out": "ineqlib.questions.share_out",
    "trend": "ineqlib.questions.trend",
    "what_changed": "ineqlib.questions.what_changed",
}
_ROOMS = {
    **{name: f"ineqlib.{name}" for name in ("charts", "facts", "measures")},
    "training": "ineqlib.demo.training",
}
__all__ = list(_NAMES | _ROOMS)


def __getattr__(name: str) -> _Any:
    # Loaded when first used, so that `ineqlib.measures` needs no more than numpy, scipy and pandas.
    if name == "__version__":
        globals()[name] = _installed_version()
        return globals()[name]
    if name in _ROOMS:
        return _import_module(_ROOMS[name])
    if name in _NAMES:
        return getattr(_import_module(_NAMES[name]), name)
    raise AttributeError(f"module 'ineqlib' has no attribute '{name}'")


def _installed_version() -> str:
    """Return the version of git's tags that was written when the package was installed."""
    metadata = _import_module("importlib.metadata")
    try:
        return str(metadata.version("ineqlib"))
    except metadata.PackageNotFoundError:  # a clone's folder is on the path, nothing is installed
        return "0+unknown"


def __dir__() -> list[str]:
    return [*__all__, "__version__"]
