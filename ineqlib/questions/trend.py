"""How one indicator went over time, in one area and beside others."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from ineqlib.catalogue import Indicator
from ineqlib.charts.figure import Labels
from ineqlib.charts.trend_chart import trend as trend_chart
from ineqlib.errors import NoFigures, ParameterError, listed
from ineqlib.facts.attribution import short_source
from ineqlib.facts.comparisons import Comparison
from ineqlib.facts.profile import Profile
from ineqlib.facts.rows import Row, read_rows
from ineqlib.facts.series import Series, trend_points
from ineqlib.narrative.area import compared
from ineqlib.narrative.moves import by_place, changed, where_it_breaks
from ineqlib.narrative.reader import AUDIENCES
from ineqlib.narrative.sentence import Sentence, sentence
from ineqlib.pack import Area, Pack, open_pack
from ineqlib.questions.answer import Answer, code_of, facts_in
from ineqlib.questions.names import indicator_of, sex_of
from ineqlib.questions.reading import (
    absent,
    apart,
    comparison_of,
    frame_of,
    measured,
    profile_of,
    series_of,
)
from ineqlib.text import slug

DRAWN = ("county", "region", "country")
"""How the places beside the first are drawn; no chart shows more."""


def trend(
    pack: Pack | str | Path,
    indicator: str,
    areas: str | Sequence[str] | None = None,
    *,
    sex: str | None = None,
    age: str | None = None,
) -> Answer:
    """Show one indicator over time, in one area and beside others.

    Parameters
    ----------
    pack
        A pack, or where it is.
    indicator
        Id or name: ``"life expectancy"``.
    areas
        Codes or names, the area that the sentence is about first; none means the country.
    sex, age
        Whose figures; None for those a briefing shows.

    Returns
    -------
    Answer
        A row of `frame` is one place and period, of all sexes shown. Places without figures are
        named in `notes`.

    Raises
    ------
    UnknownArea, UnknownIndicator, ParameterError
        A name the pack does not have, or none of the places has a figure.

    Examples
    --------
    >>> import ineqlib as iq
    >>> pack = iq.open_pack("demo")
    >>> answer = iq.trend(pack, "adults who smoke", ["Ambersea", "Lindermark"])
    >>> answer.frame["value"].dtype, answer.sentence.facts == ()
    (dtype('float64'), False)
    """
    pack = open_pack(pack)
    what = indicator_of(pack, indicator)
    places = [pack.area(name) for name in _names(areas)] or [_country(pack)]
    places = list({place.code: place for place in places}.values())
    lead = _lead(pack, what, places, sex_of(sex), age)
    roles = _roles(lead.place, [place for place in places if place.code != lead.place.code])
    beside = _beside(pack, what, lead.series, roles)
    shown, comparison = lead.series[0], comparison_of(lead.profile, lead.series[0])
    points = trend_points(beside[0], ["area", *(role for _, role in roles[: len(DRAWN)])])
    words = _words(comparison)
    labels = Labels(
        id=slug(f"trend-{what.id}-{lead.place.code}-{shown.sex}"),
        title=words.text.removesuffix("."),
        subtitle=measured(what, shown.as_named(what.name)),
        alt=f"Line chart. {' '.join(by_place(points))}",
        source=short_source(pack, {row.source for row in beside[0].rows}),
        note=where_it_breaks(beside[0]),
    )
    rows = [row for series in beside for row in series.rows if row.has_value]
    notes = [
        *absent(places, {row.area_code for row in rows}, what.public_name),
        *apart(what, shown.sex, [series.sex for series in lead.series]),
    ]
    if left_out := [place.name for place, _ in roles[len(DRAWN) :]]:
        notes.append(f"The chart shows four places. In the table alone: {listed(left_out, 10)}.")
    return Answer(
        trend_chart(points, labels),
        frame_of(rows),
        facts_in(points, comparison, [trend_points(series, ["area", *DRAWN]) for series in beside]),
        words,
        code_of(pack, trend, what.id, [place.code for place in places], sex=sex, age=age),
        tuple(notes),
        pack,
    )


def _names(areas: str | Sequence[str] | None) -> list[str]:
    """Return the names that are meant by one, by several or by none."""
    if areas is None:
        return []
    return [areas] if isinstance(areas, str) or not isinstance(areas, Iterable) else list(areas)


class _Lead(NamedTuple):
    """The first place with figures: what it is compared as, and its series."""

    place: Area
    profile: Profile
    series: list[Series]


def _country(pack: Pack) -> Area:
    """Return the country in which most areas of a pack lie."""
    rows = pack.areas[(pack.areas["area_type"] == "country") & ~pack.areas["ended"]]
    if rows.empty:
        raise ParameterError(
            f"The pack '{pack.title}' has no country, whose trend is shown where no area is named. "
            "Name one or several: areas=['…']."
        )
    sizes = pack.areas["country_code"].value_counts()
    return pack.area(max(rows["area_code"], key=lambda code: sizes.get(code, 0)))


def _lead(
    pack: Pack, what: Indicator, places: Sequence[Area], sex: str | None, age: str | None
) -> _Lead:
    for place in places:
        profile = profile_of(pack, place.code, what)
        all_series = [
            series
            for series in series_of(profile, what, sex, age)
            if any(row.has_value for row in series.of("area"))
        ]
        if all_series:
            return _Lead(place, profile, all_series)
    names = listed(f"{place.name} ({place.code})" for place in places)
    raise NoFigures(
        f"The pack '{pack.title}' has no figures of {what.public_name} ({what.id}) for {names}. "
        f"{_who_has(pack, what)}"
    )


def _who_has(pack: Pack, what: Indicator) -> str:
    """Say how many areas of which types have figures of an indicator."""
    rows = pack.observations(what.id, columns=["area_code", "area_type"]).drop_duplicates()
    counts = rows["area_type"].value_counts()
    return f"It has some for {listed(f'{n} of type {kind}' for kind, n in counts.items())}."


def _roles(lead: Area, others: Sequence[Area]) -> list[tuple[Area, str]]:
    """Give each other place a look: its own where it has one and it is free."""
    free = list(DRAWN)
    own = {code: role for role, code in lead.above.items()}
    roles: dict[str, str] = {}
    for place in others:
        role = own.get(place.code, "")
        if role in free:
            free.remove(role)
            roles[place.code] = role
    for place in others:
        if place.code not in roles:
            roles[place.code] = free.pop(0) if free else f"other {len(roles)}"
    drawn = [(place, roles[place.code]) for place in others]
    return sorted(drawn, key=lambda pair: pair[1] not in DRAWN)


def _beside(
    pack: Pack, what: Indicator, of_lead: Sequence[Series], roles: Sequence[tuple[Area, str]]
) -> list[Series]:
    """Return the lead's series with the rows of the other places, in order of time."""
    codes = [(place.code, role) for place, role in roles]
    others = read_rows(pack, (what.id,), *codes) if codes else []
    whole = []
    for series in of_lead:
        kind = (series.sex, series.age, series.months, "")
        same = [row for row in others if (row.sex, row.age, row.months, row.dimension) == kind]
        rows: list[Row] = [*series.of("area"), *same]
        rows.sort(key=lambda row: (row.period_start, row.period_end))
        whole.append(replace(series, rows=tuple(rows)))
    return whole


def _words(comparison: Comparison | None) -> Sentence:
    if comparison is None or "area" not in comparison.facts:
        return sentence("The newest figure is not published.")
    if comparison.change is None:
        return compared(comparison)
    return changed(comparison, comparison.change, AUDIENCES["director"])
