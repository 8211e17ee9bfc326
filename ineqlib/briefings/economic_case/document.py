"""The document that says what an avoidable gap costs, and whom."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from ineqlib.briefings.answer import answer_section
from ineqlib.briefings.economic_case import shown, words
from ineqlib.briefings.economic_case.asked import read_asked
from ineqlib.briefings.economic_case.facts import Case, case_of
from ineqlib.briefings.economic_case.how import method_items
from ineqlib.briefings.economic_case.kind import NAME
from ineqlib.briefings.provenance import about_area
from ineqlib.briefings.sections import method_section, sources_section
from ineqlib.document.model import Document, Section, comparable
from ineqlib.facts.fact import FactTable
from ineqlib.pack import Pack, open_pack


def open_economic_case(  # noqa: PLR0913 (two of them say where)
    pack: Pack | str | Path,
    area: str,
    *,
    indicator: str = "",
    target: str = "",
    costs: str | Path = "",
    sex: str = "",
    years: int = 1,
    discount_rate: float = 0.0,
    draws: int = 20_000,
    seed: int = 1,
    audience: str = "director",
) -> Document:
    """Build the page that says what an avoidable gap costs, and whom.

    Parameters
    ----------
    pack
        A pack, or where it is.
    area
        Code or name of a current area.
    indicator
        Id or name of what is counted; empty for the newest that has counts there, a unit cost where
        any has, and surely something to avoid where any has.
    target
        ``least_deprived`` (the figure of the area's least deprived neighbourhoods), ``country``
        (the country's figure), ``half_the_gap`` (to the country); empty for the first of them
        that the pack can answer.
    costs
        A file of unit costs, see docs/how-to-economic-case.md; empty for those of the pack itself.
    sex
        Whose figures, as the pack writes it; empty for those a briefing names first.
    years
        Over how many years the sum is.
    discount_rate
        A fraction a year, such as 0.035; 0 for none.
    draws, seed
        How many draws the range is of, and where their generator begins.
    audience
        For whom, as of a briefing: professional readers alone.

    Returns
    -------
    Document
        With every fact in `facts`, and its sections by name in `outline`.

    Raises
    ------
    PackError, UnknownArea, UnknownIndicator, ParameterError, InputError
        A name or value that cannot be (the message offers the nearest), readers it is not for, or
        a file of costs that cannot be read.
    """
    pack = open_pack(pack)
    parameters: dict[str, Any] = {
        "indicator": indicator,
        "target": target,
        "costs": str(costs),
        "sex": sex,
        "years": years,
        "discount_rate": discount_rate,
        "draws": draws,
        "seed": seed,
        "audience": audience,
    }
    case = case_of(pack, read_asked(pack, area, **parameters))
    table = _facts_of(case)
    place, way = case.asked.place, case.about.way
    return Document(
        kind=NAME,
        parameters=parameters,
        title=words.title(case),
        summary=words.in_short(case),
        outline=_outline(case),
        figures=() if way is None else (comparable(way.now, case.verdict),),
        **about_area(pack, place, table, (place.code, place.country_code)),
    )


def _outline(case: Case) -> dict[str, Callable[..., Section]]:
    return {
        "answer": partial(answer, case),
        "avoidable": partial(shown.avoidable, case),
        "cost": partial(shown.cost, case),
        "assumptions": partial(shown.assumptions, case),
        "check": partial(shown.check, case),
        "how": partial(method_section, method_items(case)),
        "sources": partial(sources, case),
    }


def _facts_of(case: Case) -> FactTable:
    """Return every fact that the page shows, each once."""
    ways = case.about.ways
    parts: list[object] = [ways]
    if case.about.gradient is not None and ways:
        parts.append(case.about.gradient.groups)
    if case.money is not None:
        parts += [case.money, case.years, case.rate, case.draws, case.seed]
    return FactTable.within(*parts)


def answer(case: Case) -> Section:
    """The answer, how sure it is, and what next."""
    return answer_section(
        words.question(case), words.answer(case), words.how_sure(case), words.next_step(case)
    )


def sources(case: Case) -> Section:
    """Whom to thank for the figures and the costs."""
    rows = case.about.series.rows if case.about.series else ()
    ids = {row.source for row in rows}
    return sources_section(case.pack, ids, *shown.cost_sources(case))
