"""Did a figure change after a year, beside what the areas most like it did?"""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import pandas as pd

from ineqlib.charts.figure import Labels
from ineqlib.charts.trend_chart import trend as trend_chart
from ineqlib.errors import NoFigures, ParameterError, listed
from ineqlib.facts.attribution import short_source
from ineqlib.facts.beside_similar import BesideSimilar, Figures, beside_similar, periods_around
from ineqlib.facts.profile import Profile
from ineqlib.facts.rows import Row
from ineqlib.facts.series import Series, TrendPoint
from ineqlib.facts.shared import most_alike
from ineqlib.narrative.answers import moved_beside_similar
from ineqlib.narrative.moves import by_place, where_it_breaks
from ineqlib.pack import Pack, open_pack
from ineqlib.questions.answer import Answer, code_of, facts_in
from ineqlib.questions.names import indicator_of, sex_of, year_of
from ineqlib.questions.reading import apart, measured, profile_of, rows_of_all, series_of
from ineqlib.text import slug

METHOD = (
    "A difference of differences: the area's mean after less its mean before, less the same of the "
    "areas most like it. It shows a cause only if nothing else happened to one and not the others."
)


def before_after(
    pack: Pack | str | Path, indicator: str, area: str, year: int, *, sex: str | None = None
) -> Answer:
    """Compare an area before and after a year with the areas most like it.

    Up to five periods on either side count, those that end by the end of the year and those that
    begin after it. The same is done for every other area of the tier, each against those most like
    it: how many of them moved as far is the placebo rate.

    Parameters
    ----------
    pack
        A pack, or where it is.
    indicator
        Id or name.
    area
        Code or name.
    year
        The last year before.
    sex
        Whose figures; None for those a briefing names first.

    Returns
    -------
    Answer
        A row of `frame` is one period: `value` of the area, `similar`, the mean of those most like
        it, `gap` between them, and whether it is `after`.

    Raises
    ------
    UnknownArea, UnknownIndicator, ParameterError
        A name the pack does not have, a year that is none, no period on one side, or too few
        similar areas with figures.

    Examples
    --------
    >>> import ineqlib as iq
    >>> answer = iq.before_after("demo", "adults who smoke", "Ambersea", 2019)
    >>> answer.frame["after"].tolist().count(True) > 0
    True
    """
    pack = open_pack(pack)
    what, place = indicator_of(pack, indicator), pack.area(area)
    profile = profile_of(pack, place.code, what)
    all_series = [series for series in series_of(profile, what, sex_of(sex)) if series.of("area")]
    if not all_series:
        raise NoFigures(
            f"{place.name} ({place.code}) has no figures of {what.public_name} ({what.id}) in the "
            f"pack '{pack.title}'."
        )
    series = all_series[0]
    year = year_of(year, "year")
    compared = _compared(pack, profile, series, year)
    words = moved_beside_similar(place.name, series.name, compared)
    points = _points(series, compared)
    labels = Labels(
        id=slug(f"before-after-{what.id}-{place.code}-{series.sex}-{year}"),
        title=words.text.removesuffix("."),
        subtitle=(
            f"{measured(what, series.as_named(what.name))}, {place.name} and the mean of the "
            f"{len(compared.used)} areas most like it"
        ),
        alt=f"Line chart. {words.text} {' '.join(by_place(points))}",
        source=short_source(pack, {row.source for row in series.of("area") if row.has_value}),
    )
    return Answer(
        trend_chart(points, labels),
        _frame(compared),
        facts_in(compared),
        words,
        code_of(pack, before_after, what.id, place.code, year, sex=sex),
        _notes(pack, profile, compared, all_series),
        pack,
    )


def _compared(pack: Pack, profile: Profile, series: Series, year: int) -> BesideSimilar:
    """Compare how the area and those most like it moved after the end of a year."""
    place, what = profile.area, series.indicator
    own = [row for row in series.of("area") if row.has_value]
    periods = periods_around(own, datetime(year + 1, 1, 1))
    if not all(periods):
        raise ParameterError(
            f"{what.public_name} of {place.name} has no period "
            f"{'after' if periods[0] else 'before'} the end of {year}. "
            f"It has {listed((row.period for row in own), 40)}."
        )
    figures, alike = _figures(pack, profile, series), pack.shared(most_alike)
    compared = beside_similar(figures, place.code, alike, periods, what.decimals)
    if compared is None:
        raise ParameterError(
            f"Fewer than five of the areas most like {place.name} ({place.code}) have figures of "
            f"{what.public_name} in all of {listed([*periods[0], *periods[1]], 12)}."
        )
    return compared


def _points(series: Series, compared: BesideSimilar) -> list[TrendPoint]:
    middles = {row.period: row.middle for row in series.of("area")}
    return [
        TrendPoint(role, fact.area_name, label, middles[label], 0, "ok", fact)
        for role, facts in (("area", compared.area), ("region", compared.similar))
        for label, fact in zip(compared.periods, facts, strict=True)
    ]


def _frame(compared: BesideSimilar) -> pd.DataFrame:
    own, similar = ([fact.value for fact in facts] for facts in (compared.area, compared.similar))
    frame = pd.DataFrame({"period": compared.periods, "value": own, "similar": similar})
    return frame.assign(
        gap=frame["value"] - frame["similar"],
        after=[place >= compared.before for place in range(len(frame))],
        unit=compared.area[0].unit,
    )


def _notes(
    pack: Pack, profile: Profile, compared: BesideSimilar, all_series: Sequence[Series]
) -> tuple[str, ...]:
    series = all_series[0]
    notes = [METHOD, *filter(None, [where_it_breaks(series)])]
    notes.append(f"Most like it: {len(compared.used)} areas by {profile.neighbour_method}.")
    if without := [pack.area(code) for code in profile.neighbours if code not in compared.used]:
        names = listed(f"{area.name} ({area.code})" for area in without)
        notes.append(f"Without a figure in every period, so not among them: {names}.")
    if compared.placebo is None:
        notes.append("Too few areas have figures to say how often others move as far.")
    return (*notes, *apart(series.indicator, series.sex, [other.sex for other in all_series]))


def _figures(pack: Pack, profile: Profile, series: Series) -> Figures:
    figures: dict[str, dict[str, Row]] = {}
    for row in rows_of_all(pack, series.indicator.id, profile.tier | {profile.area.code}):
        same = (row.sex, row.age, row.months) == (series.sex, series.age, series.months)
        if same and row.has_value:
            figures.setdefault(row.area_code, {})[row.period] = row
    return figures
