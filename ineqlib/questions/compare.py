"""How one area stands among all areas of its tier, or among those most like it."""

from collections.abc import Collection, Mapping, Sequence
from pathlib import Path

from ineqlib.catalogue import Indicator
from ineqlib.charts.figure import Labels
from ineqlib.charts.ranking_chart import Ranked, places_in_order, ranking
from ineqlib.errors import NoFigures, ParameterError, choose_from
from ineqlib.facts.attribution import short_source
from ineqlib.facts.comparisons import Comparison
from ineqlib.facts.fact import published
from ineqlib.facts.profile import Profile
from ineqlib.facts.rows import Row
from ineqlib.facts.series import Series
from ineqlib.narrative.answers import among_all, among_similar
from ineqlib.narrative.area import compared
from ineqlib.narrative.sentence import Sentence, sentence
from ineqlib.pack import Pack, open_pack
from ineqlib.questions.answer import Answer, code_of, facts_in
from ineqlib.questions.names import indicator_of, sex_of
from ineqlib.questions.reading import (
    absent,
    apart,
    comparison_of,
    frame_of,
    measured,
    profile_of,
    rows_of_all,
    series_of,
    until,
)
from ineqlib.text import slug

BESIDE = ("peers", "similar")


def compare(
    pack: Pack | str | Path,
    indicator: str,
    area: str,
    *,
    beside: str = "peers",
    sex: str | None = None,
    period: str | int | None = None,
) -> Answer:
    """Set one area's figure beside those of all areas of its tier, or of the areas most like it.

    Parameters
    ----------
    pack
        A pack, or where it is.
    indicator
        Id or name.
    area
        Code or name.
    beside
        ``peers``: all areas of the same tier. ``similar``: the areas most like it, by the one
        method that briefings use, which `notes` names.
    sex
        Whose figures; None for those a briefing shows.
    period
        As it is written on a briefing, or as published; None for the newest.

    Returns
    -------
    Answer
        A row of `frame` is one area, the worst first: `rank` counts from there, `better` tells
        whether it does better than the area asked about.

    Raises
    ------
    UnknownArea, UnknownIndicator, ParameterError
        A name the pack does not have, or the area has no figure.

    Examples
    --------
    >>> import ineqlib as iq
    >>> pack = iq.open_pack("demo")
    >>> answer = iq.compare(pack, "adults who smoke", "Ambersea", beside="similar")
    >>> answer.frame["better"].sum() <= len(answer.frame)
    np.True_
    """
    if beside not in BESIDE:
        raise ParameterError(f"There is no beside='{beside}'.{choose_from(beside, BESIDE)}.")
    pack = open_pack(pack)
    what, place = indicator_of(pack, indicator), pack.area(area)
    profile = profile_of(pack, place.code, what)
    around = _around(profile, what, beside)
    all_series = series_of(profile, what, sex_of(sex))
    comparison = _newest(profile, what, all_series, period)
    rows = _in_order(comparison, rows_of_all(pack, what.id, profile.tier | {place.code}), around)
    words = _words(comparison, profile, rows, beside)
    shown = [published(row, what.decimals) for row in rows]
    marks = [Ranked(fact, "area" if fact.area_code == place.code else "other") for fact in shown]
    if "country" in comparison.facts:
        marks.append(Ranked(comparison.facts["country"], "reference"))
    asked, with_figure = map(pack.area, sorted(around)), {row.area_code for row in rows}
    notes = [
        *absent(list(asked), with_figure, f"{what.public_name}, {comparison.period},"),
        *apart(what, comparison.series.sex, [other.sex for other in all_series]),
    ]
    if beside == "similar":
        notes.append(
            f"Most like it: {len(profile.neighbours)} areas by {profile.neighbour_method}."
        )
    return Answer(
        ranking(marks, _labels(comparison, profile, rows, beside, words)),
        frame_of(rows, **_columns(comparison, rows)),
        facts_in(shown, comparison),
        words,
        code_of(pack, compare, what.id, place.code, beside=beside, sex=sex, period=period),
        tuple(notes),
        pack,
    )


def _around(profile: Profile, what: Indicator, beside: str) -> Collection[str]:
    """Return codes of the areas to compare with, the area's own among them."""
    place, pack = profile.area, profile.pack
    if place.code not in profile.tier:
        raise ParameterError(
            f"{place.name} ({place.code}) has no peers: compare districts or upper-tier "
            f"authorities. iq.trend(pack, '{what.id}', '{place.name}') shows its own figures."
        )
    if beside == "peers":
        return profile.tier
    if not profile.neighbours:
        raise ParameterError(
            f"The pack '{pack.title}' does not know which areas are most like {place.name}. Build "
            "it with a table of statistical neighbours, or ask beside='peers'."
        )
    return {*profile.neighbours, place.code}


def _newest(
    profile: Profile, what: Indicator, all_series: Sequence[Series], period: str | int | None
) -> Comparison:
    """Compare the area's newest figure up to a period."""
    series = next((series for series in all_series if series.of("area")), None)
    comparison = comparison_of(profile, until(series, period)) if series else None
    if comparison is None or "area" not in comparison.facts:
        raise NoFigures(
            f"{profile.area.name} ({profile.area.code}) has no figure of {what.public_name} "
            f"({what.id}) in the pack '{profile.pack.title}'."
        )
    return comparison


def _in_order(comparison: Comparison, rows: Sequence[Row], codes: Collection[str]) -> list[Row]:
    """Return the rows comparable with the area's, the worst first; the highest where neither is."""
    same = [
        row
        for row in rows
        if row.area_code in codes
        and row.has_value
        and row.when_and_who == comparison.newest.when_and_who
    ]
    sign = 1 if comparison.indicator.polarity == "favourable" else -1
    return sorted(same, key=lambda row: (sign * row.value, row.area_name))


def _labels(
    comparison: Comparison, profile: Profile, rows: Sequence[Row], beside: str, words: Sentence
) -> Labels:
    series, what = comparison.series, comparison.indicator
    ends = f"From {rows[0].area_name} to {rows[-1].area_name}."
    return Labels(
        id=slug(f"compare-{what.id}-{profile.area.code}-{series.sex}-{beside}"),
        title=words.text.removesuffix("."),
        subtitle=f"{measured(what, series.as_named(what.name))}, {comparison.period}",
        alt=f"Chart of {len(rows)} areas in order. {words.text} {ends}",
        source=short_source(profile.pack, {row.source for row in rows}),
    )


def _columns(comparison: Comparison, rows: Sequence[Row]) -> Mapping[str, Sequence[object]]:
    own = comparison.facts["area"].value
    sign = {"favourable": 1, "adverse": -1}.get(comparison.indicator.polarity, 0)
    return {
        "rank": places_in_order([row.value for row in rows]),
        "better": [sign * (row.value - own) > 0 for row in rows],
    }


def _words(comparison: Comparison, profile: Profile, rows: Sequence[Row], beside: str) -> Sentence:
    if beside == "peers":
        return among_all(comparison)
    standing, what = comparison.standing, comparison.indicator
    if standing is None or standing.near_better is None or standing.near_among is None:
        return sentence(compared(comparison))
    own = comparison.facts["area"]
    sign = 1 if what.polarity == "favourable" else -1
    better = [row for row in rows if sign * (row.value - own.value) > 0]
    best = [published(row, what.decimals) for row in reversed(better)]
    counts = (standing.near_better, standing.near_among)
    return among_similar(profile.area.name, comparison.series.name, own, best, counts)
