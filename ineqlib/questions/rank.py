"""Which of some areas comes first: by a figure, or by the gap inside each."""

from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from ineqlib.catalogue import Indicator, load_catalogue
from ineqlib.charts.figure import Labels
from ineqlib.charts.ranking_chart import Ranked, places_in_order, ranking
from ineqlib.errors import NoFigures, ParameterError, choose_from
from ineqlib.facts.attribution import short_source
from ineqlib.facts.fact import Fact, published
from ineqlib.facts.gaps_of_areas import INDEX, gaps_of_areas
from ineqlib.facts.rows import read_rows
from ineqlib.narrative.answers import extreme
from ineqlib.narrative.sentence import Sentence
from ineqlib.observations import SEXES
from ineqlib.pack import Area, Pack, open_pack
from ineqlib.questions.answer import Answer, code_of, facts_in
from ineqlib.questions.names import as_given, indicator_of, places_of, sex_of
from ineqlib.questions.reading import (
    absent,
    apart,
    figures_of,
    measured,
    number_with_figure,
    sexes_of,
)
from ineqlib.text import lower_first, series_name, slug

BY = ("value", "gap inside")
FIRST = {
    "favourable": ("lowest, which is the worst", 1),
    "adverse": ("highest, which is the worst", -1),
    "neutral": ("highest", -1),
}
"""Polarity -> what the first in the list has, and the sign by which it is sorted."""
WIDEST = "widest gap between its most and least deprived neighbourhoods"
"""What the first in a list of gaps has."""


def rank(
    pack: Pack | str | Path,
    indicator: str,
    areas: str | Sequence[str] = "districts",
    *,
    by: str = "value",
    sex: str | None = None,
    period: str | int | None = None,
) -> Answer:
    """Put areas in order, the worst or the widest gap first.

    Parameters
    ----------
    pack
        A pack, or where it is.
    indicator
        Id or name.
    areas
        A kind of area (``"districts"``, ``"upper-tier authorities"``, ``"regions"``), a county,
        region or country whose districts are meant, or a list of areas.
    by
        ``value``; or ``gap inside``: how far apart the most and the least deprived end of each
        area are, the figure its briefing gives.
    sex
        Whose figures; None for those a briefing names first.
    period
        None for the newest. Gaps are each area's newest.

    Returns
    -------
    Answer
        A row of `frame` is one area; equal figures share the smaller `rank`.

    Raises
    ------
    UnknownArea, UnknownIndicator, ParameterError
        A name the pack does not have, or no area has a figure.

    Examples
    --------
    >>> import ineqlib as iq
    >>> pack = iq.open_pack("demo")
    >>> answer = iq.rank(pack, "life expectancy", "Wendlemere", by="gap inside")
    >>> answer.frame["rank"].tolist()[:3]
    [1, 2, 3]
    """
    if by not in BY:
        raise ParameterError(f"Areas cannot be ranked by='{by}'.{choose_from(by, BY)}.")
    pack = open_pack(pack)
    what = indicator_of(pack, indicator)
    places, called = places_of(pack, areas, what)
    if by == "value":
        rows = figures_of(pack, what, places, sex_of(sex), period)
        facts = [published(row, what.decimals) for row in rows.values()]
        first, sign = FIRST[what.polarity]
        sexes = sexes_of(pack, what, places)
    else:
        facts, sexes = _gaps(pack, what, places, sex_of(sex))
        first, sign = WIDEST, -1 if sum(fact.value for fact in facts) > 0 else 1
    facts.sort(key=lambda fact: (sign * fact.value, fact.area_name))
    prefix = f"ranked-{slug(called)}-{slug(by)}"
    among = number_with_figure(facts[0], prefix, len(facts), called)
    name = series_name(what.public_name, facts[0].sex, facts[0].age, what.age)
    words = extreme(facts[0], name, among, called, first)
    notes = [
        *absent(places, {fact.area_code for fact in facts}, f"{what.public_name} ({by})"),
        *([] if sex else apart(what, facts[0].sex, sexes)),
        *_differing_periods(facts),
    ]
    labels = _labels(pack, what, facts, by=by, called=called, words=words)
    return Answer(
        ranking([Ranked(fact) for fact in facts], labels),
        _frame(facts),
        facts_in(facts, among),
        words,
        code_of(pack, rank, what.id, as_given(areas, places), by=by, sex=sex, period=period),
        tuple(notes),
        pack,
    )


def _gaps(
    pack: Pack, what: Indicator, places: Sequence[Area], sex: str | None
) -> tuple[list[Fact], list[str]]:
    catalogue, known = load_catalogue(), set(pack.indicators["indicator_id"])
    named = what.id.removesuffix(INDEX)
    level = catalogue.indicators.get(named, what)
    index = catalogue[f"{named}{INDEX}"] if f"{named}{INDEX}" in known else None
    ids = tuple(source.id for source in (level, index) if source and source.id in known)
    rows = read_rows(pack, ids, *((place.code, "area") for place in places))
    gaps = list(gaps_of_areas(level, index, rows))
    sexes = sorted({gap.sex for gap in gaps}, key=SEXES.index)
    chosen = [gap for gap in gaps if gap.sex == (sex or next(iter(sexes), ""))]
    if not chosen:
        raise NoFigures(
            f"The pack '{pack.title}' has no gap inside any of the {len(places)} areas for "
            f"{what.public_name} ({what.id}): neither a published slope index nor figures by "
            f"deprivation of each area's own neighbourhoods{f' for {sex}' if sex else ''}."
        )
    return chosen, sexes


def _differing_periods(facts: Sequence[Fact]) -> list[str]:
    if len({fact.period for fact in facts}) == 1:
        return []
    return ["The areas' newest figures are of different periods: see the column `period`."]


def _labels(
    pack: Pack, what: Indicator, facts: Sequence[Fact], *, by: str, called: str, words: Sentence
) -> Labels:
    subtitle = (
        f"{measured(what, what.name)}, {facts[0].period}"
        if by == "value"
        else f"Slope index of inequality in {lower_first(what.name)} ({facts[0].unit}), newest "
        "period"
    )
    return Labels(
        id=slug(f"rank-{what.id}-{facts[0].sex}-{by}"),
        title=words.text.removesuffix("."),
        subtitle=subtitle,
        alt=f"Chart of {len(facts)} {called} in order. {words.text}",
        source=short_source(pack, {fact.source for fact in facts}),
    )


def _frame(facts: Sequence[Fact]) -> pd.DataFrame:
    columns = ("area_code", "area_name", "period", "sex", "value", "lower_ci", "upper_ci", "unit")
    cells = {name: [getattr(fact, name) for fact in facts] for name in columns}
    frame = pd.DataFrame({"rank": places_in_order(cells["value"]), **cells})
    limits = ["lower_ci", "upper_ci"]
    return frame.assign(**frame[limits].astype("float64"), method=[fact.method for fact in facts])
