"""How one indicator runs from the most to the least deprived, and whether that has changed."""

from collections.abc import Sequence
from math import isnan, nan
from pathlib import Path

import pandas as pd

from ineqlib.charts.figure import Figure, Labels
from ineqlib.charts.gradient_chart import gradient as gradient_chart
from ineqlib.charts.trend_chart import trend as trend_chart
from ineqlib.errors import NoFigures, ParameterError, listed
from ineqlib.facts.attribution import short_source
from ineqlib.facts.fact import Fact
from ineqlib.facts.gap_years import gap_moved, gradients_by_period, slope_p, slope_points
from ineqlib.facts.gradients import EVEN, Gradient
from ineqlib.narrative import area as words
from ineqlib.narrative.answers import gap_over_time
from ineqlib.narrative.moves import by_place
from ineqlib.narrative.sentence import Sentence, possessive
from ineqlib.pack import Pack, open_pack
from ineqlib.questions.answer import Answer, code_of, facts_in
from ineqlib.questions.names import indicator_of, period_of, sex_of
from ineqlib.questions.reading import apart, measured, profile_of
from ineqlib.text import lower_first, slug


def gradient(
    pack: Pack | str | Path,
    indicator: str,
    area: str,
    *,
    sex: str | None = None,
    period: str | int | None = None,
    by_period: bool = False,
) -> Answer:
    """Show one indicator across groups by deprivation, with its slope, or that slope over time.

    Parameters
    ----------
    pack
        A pack, or where it is.
    indicator
        Id or name.
    area
        Code or name; a country's groups are of all its neighbourhoods, any other's of its own.
    sex
        Whose figures; None for those a briefing names first.
    period
        None for the newest.
    by_period
        Whether to show the slope of every period, and to test whether it has changed.

    Returns
    -------
    Answer
        A row of `frame` is one group; with `by_period`, one period, with `sii`, `rii` and limits.

    Raises
    ------
    UnknownArea, UnknownIndicator, ParameterError
        A name the pack does not have, or there are no groups by deprivation.

    Examples
    --------
    >>> import ineqlib as iq
    >>> pack = iq.open_pack("demo")
    >>> len(iq.gradient(pack, "life expectancy", "Ambersea").frame)
    5
    >>> "sii" in iq.gradient(pack, "life expectancy", "Ambersea", by_period=True).frame
    True
    """
    pack = open_pack(pack)
    what, place = indicator_of(pack, indicator), pack.area(area)
    profile = profile_of(pack, place.code, what)
    of_sex = gradients_by_period(profile, what)
    if not of_sex:
        raise NoFigures(
            f"The pack '{pack.title}' has no figures of {what.public_name} ({what.id}) by "
            f"deprivation for {place.name} ({place.code})."
        )
    wanted = sex_of(sex) or next(iter(of_sex))
    if wanted not in of_sex:
        raise ParameterError(
            f"{what.public_name} by deprivation has no figures for {wanted} in {place.name}; it "
            f"has them for {listed(of_sex)}."
        )
    periods = of_sex[wanted]
    code = code_of(pack, gradient, what.id, place.code, sex=sex, period=period, by_period=by_period)
    notes = apart(what, wanted, list(of_sex))
    if any(EVEN in inside.sii.method for inside in periods if inside.sii):
        notes.append(
            "How many people live in each group is not published: the slope takes the groups as "
            "equally large, which tenths of a country's neighbourhoods nearly are."
        )
    if by_period:
        return _over_time(pack, place.name, periods, code, notes)
    if period is not None:
        label = period_of([inside.rows[0] for inside in periods], period)
        periods = [inside for inside in periods if inside.period == label]
    return _of_one_period(pack, place.name, periods[-1], code, notes)


def _of_one_period(pack: Pack, name: str, inside: Gradient, code: str, notes: list[str]) -> Answer:
    sentence = words.gradient(inside)
    title = (sentence.text if inside.sii is None else _in_brief(inside)).removesuffix(".")
    labels = Labels(
        id=slug(f"gradient-{inside.indicator.id}-{inside.facts[0].area_code}-{inside.sex}"),
        title=title,
        subtitle=(
            f"{measured(inside.indicator, inside.name)} by {inside.group_name} of "
            f"{possessive(name)} neighbourhoods, {inside.period} ({inside.index_title})"
        ),
        alt=f"Chart of {words.groups_in_words(inside)}. {sentence.text}",
        source=short_source(pack, {fact.source for fact in inside.facts}),
    )
    figure = gradient_chart(inside.groups, inside.line, labels, unit=inside.indicator.unit)
    facts = facts_in(inside)
    return Answer(figure, _groups(inside), facts, sentence, code, tuple(notes), pack)


def _in_brief(inside: Gradient) -> str:
    first, last = inside.facts[0], inside.facts[-1]
    return (
        f"{inside.name}: {first.text} in the most deprived {inside.group_name}, {last.text} in the "
        "least"
    )


def _groups(inside: Gradient) -> pd.DataFrame:
    rows = [
        {
            "area_code": inside.facts[0].area_code,
            "area_name": inside.facts[0].area_name,
            "period": inside.period,
            "sex": inside.sex,
            "dimension": str(inside.dimension),
            "subgroup": group.label,
            "subgroup_order": group.order,
            **_numbers(group.fact, "value", "lower_ci", "upper_ci"),
            "share_of_population": group.share.value if group.share else nan,
            "unit": inside.indicator.unit,
            "status": group.status,
        }
        for group in inside.groups
    ]
    numbers = dict.fromkeys(("value", "lower_ci", "upper_ci", "share_of_population"), "float64")
    return pd.DataFrame(rows).astype(numbers)


def _numbers(fact: Fact | None, *columns: str) -> dict[str, float | None]:
    """Return the cells of a value and its limits; NaN where there is no fact."""
    numbers = (fact.value, fact.lower_ci, fact.upper_ci) if fact else (nan, nan, nan)
    return dict(zip(columns, numbers, strict=True))


def _over_time(
    pack: Pack, name: str, periods: Sequence[Gradient], code: str, notes: list[str]
) -> Answer:
    slopes = [inside for inside in periods if inside.sii is not None]
    if not slopes:
        raise ParameterError(f"No slope can be calculated: {periods[-1].why_not}.")
    moved = gap_moved(slopes)
    sentence = gap_over_time(slopes[-1], name, moved) if moved else words.gradient(slopes[-1])
    if moved is None:
        notes.append("A change needs two periods that share no year, cut by one index.")
    elif moved.change.limits is None:
        p = slope_p(slopes)
        notes.append(
            "No limits are published, so a change is told by a straight line through the periods "
            f"that share no year{'' if isnan(p) else f': p = {p:.2g}'}."
        )
    figure = _slopes_figure(pack, name, slopes, sentence)
    facts = facts_in(slopes, moved)
    return Answer(figure, _years(periods), facts, sentence, code, tuple(notes), pack)


def _slopes_figure(pack: Pack, name: str, slopes: Sequence[Gradient], sentence: Sentence) -> Figure:
    newest = slopes[-1]
    unit = newest.sii.unit if newest.sii else ""
    points = slope_points(slopes)
    labels = Labels(
        id=slug(f"slopes-{newest.indicator.id}-{newest.facts[0].area_code}-{newest.sex}"),
        title=sentence.text.removesuffix("."),
        subtitle=(
            f"Slope index of inequality in {lower_first(newest.name)} ({unit}) across "
            f"{words.groups_in_words(newest)} of {possessive(name)} neighbourhoods "
            f"({newest.index_title})"
        ),
        alt=f"Line chart. {' '.join(by_place(points))}",
        source=short_source(pack, {fact.source for fact in newest.facts}),
    )
    return trend_chart(points, labels)


def _years(periods: Sequence[Gradient]) -> pd.DataFrame:
    rows = [
        {
            "area_code": inside.facts[0].area_code,
            "area_name": inside.facts[0].area_name,
            "period": inside.period,
            "period_end": inside.end,
            "sex": inside.sex,
            "dimension": str(inside.dimension),
            **_numbers(inside.sii, "sii", "sii_lower", "sii_upper"),
            **_numbers(inside.rii, "rii", "rii_lower", "rii_upper"),
            "unit": inside.sii.unit if inside.sii else "",
            "why_not": inside.why_not,
        }
        for inside in periods
        if inside.facts
    ]
    numbers = [f"{name}{end}" for name in ("sii", "rii") for end in ("", "_lower", "_upper")]
    return pd.DataFrame(rows).astype(dict.fromkeys(numbers, "float64"))
