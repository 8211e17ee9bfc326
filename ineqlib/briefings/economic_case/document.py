"""The document that says what an avoidable gap costs, and whom."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from ineqlib.briefings.economic_case import shown, words
from ineqlib.briefings.economic_case.asked import read_asked
from ineqlib.briefings.economic_case.facts import Case, case_of
from ineqlib.briefings.economic_case.money import Money
from ineqlib.briefings.provenance import about_area
from ineqlib.briefings.sections import answer_section, left_out, method_section, sources_section
from ineqlib.document.model import Document, Section, comparable
from ineqlib.narrative.sentence import Period, Sentence, Words, possessive, sentence
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
    place, way = case.asked.place, case.about.way
    return Document(
        kind="economic_case",
        parameters=parameters,
        title=words.title(case),
        summary=words.in_short(case),
        outline=_outline(case),
        figures=() if way is None else (comparable(way.now, case.verdict),),
        **about_area(pack, place, _figures_of(case), [place.country_code]),
    )


def _outline(case: Case) -> dict[str, Callable[..., Section]]:
    of_money = {"cost": shown.cost, "assumptions": shown.assumptions, "check": shown.check}
    money = case.money
    return {
        "answer": partial(answer, case),
        "avoidable": partial(shown.avoidable, case),
        **{
            name: partial(section, case, money) if money else left_out
            for name, section in of_money.items()
        },
        "how": partial(method_section, method_items(case)),
        "sources": partial(sources, case),
    }


def _figures_of(case: Case) -> list[object]:
    """Return what holds every fact that the page shows."""
    ways = case.about.ways
    parts: list[object] = [ways]
    if case.about.gradient is not None and ways:
        parts.append(case.about.gradient.groups)
    if case.money is not None:
        parts += [case.money, case.years, case.rate, case.draws, case.seed]
    return parts


def answer(case: Case) -> Section:
    """The answer, how sure it is, and what next."""
    return answer_section(
        words.question(case), words.answer(case), words.how_sure(case), words.next_step(case)
    )


def sources(case: Case) -> Section:
    """Whom to thank for the figures and the costs."""
    rows = case.about.series.rows if case.about.series else ()
    ids = {row.source for row in rows}
    return sources_section(case.pack, ids, *(shown.cost_sources(case.money) if case.money else ()))


def method_items(case: Case) -> list[Words]:
    """How this was worked out, in at most ten short sentences."""
    items: list[Words] = [
        "Avoidable: events beyond those at the rate aimed at, a year. Against the least "
        "deprived it is the population attributable fraction, as a number of events.",
        "Where rates are standardised for age, each group's events count as far as its rate is "
        "above the rate aimed at.",
    ]
    if case.money is not None:
        items += [*_of_money(case.money), _discounting(case)]
    items += [
        "It assumes that the whole gap could go and that nothing else differs. It is a measure "
        f"of how large {possessive(case.asked.place.name)} gap is, not a forecast.",
        "No case is made of modelled figures, of samples, without counts, or where neither "
        "more nor less is better.",
    ]
    return items


def _of_money(money: Money) -> list[Words]:
    return [
        sentence(
            "Sums: that number times the unit costs of ",
            Period(money.source),
            "; none is ours. All are rounded.",
        ),
        f"{_spread(money)} The number is normal; all are taken as independent of one another.",
        sentence(
            ("Were all unit costs at their low ends together it would be ", money.low),
            ("; at their high ends ", money.high, "."),
        ),
        "An average cost is not what one event fewer saves: much of it is paid anyway.",
        "Budgets are different purses: who pays for change is seldom who gains.",
    ]


def _spread(money: Money) -> str:
    """Say how unit costs are spread between their ends."""
    used = {cost.row.distribution for cost in money.costs}
    if used == {"triangular"}:
        return "Each unit cost may be anything from low to high, likeliest at central (a triangle)."
    return (
        "Each unit cost is spread as the table of assumptions says: a triangle and PERT from low "
        "to high with the likeliest at central, log-normal and gamma with their mean at central "
        "and 95% between low and high."
    )


def _discounting(case: Case) -> Sentence:
    if case.rate is None:
        return sentence("Nothing is discounted, because no rate was asked for.")
    return sentence(
        "The first year counts whole; each later one is discounted by ",
        case.rate,
        " a year more, as was asked.",
    )
