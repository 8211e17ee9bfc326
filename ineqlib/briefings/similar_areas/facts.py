"""Every figure of the page: who is alike, by how many lists, and who narrowed the gap."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from ineqlib.errors import InputError
from ineqlib.estimate import Estimate, FloatArray
from ineqlib.facts.alike import profiles_of
from ineqlib.facts.fact import Fact, derived, fact_id, published
from ineqlib.facts.tier_series import TierSeries
from ineqlib.measures import false_discovery
from ineqlib.measures.regression_to_mean import change_beyond_regression_to_mean
from ineqlib.pack import Area
from ineqlib.text import difference_unit, number, with_unit

LONGEST_YEARS, SHORTEST_YEARS = 10.5, 2.5
FALSE = 0.05
"""Share of false ones among the areas that are said to have clearly done more."""


@dataclass(frozen=True)
class Alike:
    """One of the areas most like the one asked about.

    Parameters
    ----------
    lists
        In how many of the other lists it is too.
    newest
        Its newest figure in the period of the area's; None without.
    most_deprived
        Share of its neighbourhoods in the country's most deprived fifth; None where unknown.
    """

    code: str
    name: str
    lists: Fact
    newest: Fact | None
    most_deprived: Fact | None


@dataclass(frozen=True)
class Listed:
    """Another way of telling who is alike, and how many of the areas it shares."""

    method: str
    shared: Fact


@dataclass(frozen=True)
class Gain:
    """How one area's gap changed; below zero is worse than what it is set against.

    Parameters
    ----------
    expected
        Change of areas that began as far away.
    beyond
        Change less that, with its interval.
    clear
        Whether that is more than chance, allowing for all areas looked at.
    """

    code: str
    name: str
    before: Fact
    after: Fact
    change: Fact
    expected: Fact
    beyond: Fact
    clear: bool


@dataclass(frozen=True)
class Similar:
    """Everything the page shows.

    Parameters
    ----------
    count, lists
        How many areas are most alike, and how many other lists there are.
    better
        How many of them do better; None without figures or a judgement of what is better.
    against
        What gaps are to.
    start, end
        The periods between which gaps changed.
    why_not
        Why no change of gaps can be told.
    """

    place: Area
    series: TierSeries | None
    method: str
    similar: tuple[Alike, ...]
    others: tuple[Listed, ...]
    count: Fact | None
    lists: Fact | None
    now: Fact | None = None
    better: Fact | None = None
    compared: Fact | None = None
    gains: tuple[Gain, ...] = field(default=())
    against: str = ""
    start: str = ""
    end: str = ""
    why_not: str = ""


def similar_facts(
    series: TierSeries | None, place: Area, sets: Mapping[str, tuple[str, ...]]
) -> Similar:
    """Work out every figure.

    Parameters
    ----------
    series
        Of the indicator asked about; None where the area has no figures of it.
    place
        The area.
    sets
        How likeness is measured -> the areas most alike, the usual way first.
    """
    if not sets:
        return Similar(place, series, "", (), (), None, None)
    (method, codes), *rest = sets.items()
    known = codes if series is None else tuple(c for c in codes if c in series.codes)

    def count(name: str, value: float, what: str, code: str = "") -> Fact:
        return Fact(
            id=fact_id("alike", name, place.code, code),
            value=float(value),
            text=number(float(value), 0),
            area_code=code or place.code,
            area_name="" if code else place.name,
            method=what,
        )

    others = tuple(
        Listed(
            other,
            count(f"shared-{other}", len(set(own) & set(codes)), "areas that both lists have"),
        )
        for other, own in rest
    )
    begun = Similar(
        place,
        series,
        method,
        (),
        others,
        count("areas", len(codes), "areas most like it"),
        count("lists", len(rest), "other ways of telling who is alike"),
    )
    newest = _newest(series, codes)
    shares = _most_deprived(begun, series, codes)
    similar = tuple(
        Alike(
            code,
            _name(series, code),
            count("in-lists", sum(code in own for _, own in rest), "other lists it is in", code),
            newest.get(code),
            shares.get(code),
        )
        for code in codes
    )
    if series is None:
        return replace(begun, similar=similar, why_not="it has no figures in the pack")
    own = series.newest("area")
    now = published(own, series.indicator.decimals) if own else None
    better = compared = None
    if now is not None and series.indicator.polarity != "neutral":
        way = _way(series)
        did = [way * fact.value > way * now.value for fact in newest.values()]
        better = count("better", sum(did), "similar areas with a better figure")
        compared = count("compared", len(did), "similar areas with a figure")
    begun = replace(begun, similar=similar, now=now, better=better, compared=compared)
    return _with_gains(begun, series, known)


def _way(series: TierSeries) -> float:
    return -1.0 if series.indicator.polarity == "adverse" else 1.0


def _name(series: TierSeries | None, code: str) -> str:
    return series.profile.pack.area(code).name if series else code


def _newest(series: TierSeries | None, codes: Sequence[str]) -> dict[str, Fact]:
    own = series.newest("area") if series else None
    if series is None or own is None:
        return {}
    decimals = series.indicator.decimals
    rows = {code: series.rows.get(code, {}).get(own.period) for code in codes}
    return {code: published(row, decimals) for code, row in rows.items() if row is not None}


def _most_deprived(
    begun: Similar, series: TierSeries | None, codes: Sequence[str]
) -> dict[str, Fact]:
    if series is None:
        return {}
    table = profiles_of(series.profile.pack, codes)
    facts = {}
    for code, share in table["share most deprived"].items():
        value = 100 * float(share)
        facts[str(code)] = Fact(
            id=fact_id("most-deprived-fifth", str(code)),
            value=value,
            text=with_unit(number(value, 0), "%"),
            unit="%",
            area_code=str(code),
            area_name=_name(series, str(code)),
            method="share of neighbourhoods in the country's most deprived fifth",
        )
    return facts


def _with_gains(begun: Similar, series: TierSeries, codes: Sequence[str]) -> Similar:
    """Add how the gaps of the area and of those like it changed, or why that is not known."""
    span = _span(series)
    if span is None:
        return replace(
            begun,
            why_not="the pack has no two periods of it that are years apart in an unbroken series",
        )
    base, against = _base(series)
    way = _way(series)
    before, after = (way * (series.panel.value[:, at] - base[at]) for at in span)
    try:
        moved = change_beyond_regression_to_mean(before, after)
    except InputError:
        return replace(begun, why_not="too few areas of its tier have figures in both periods")
    chosen = [
        at
        for at, code in enumerate(series.codes)
        if code in (*codes, begun.place.code) and np.isfinite(moved.p[at])
    ]
    if not chosen:
        return replace(begun, why_not="none of the similar areas has figures in both periods")
    clear = false_discovery(moved.p[chosen].tolist(), rate=FALSE).discoveries.tolist()
    start, end = (series.labels[at] for at in span)
    about = (start, before, after, moved.expected, moved.beyond)
    gains = [
        _gain(series, at, end, about, clear=bool(sure))
        for at, sure in zip(chosen, clear, strict=True)
    ]
    gains.sort(key=lambda gain: -gain.beyond.value)
    return replace(begun, gains=tuple(gains), against=against, start=start, end=end)


def _gain(
    series: TierSeries,
    at: int,
    end: str,
    about: tuple[str, FloatArray, FloatArray, FloatArray, Estimate],
    *,
    clear: bool,
) -> Gain:
    start, before, after, expected, beyond = about
    code = series.codes[at]
    last = published(series.rows[code][end], series.indicator.decimals)
    unit = difference_unit(last.unit)

    def fact(name: str, value: float, method: str, **limits: float) -> Fact:
        return derived(last, f"{name}-{start}", float(value), unit=unit, method=method, **limits)

    low, high = float(beyond.lower[at]), float(beyond.upper[at])
    turned = "below zero is worse"
    return Gain(
        code,
        last.area_name,
        replace(fact("gap-before", before[at], f"gap in {start}; {turned}"), period=start),
        fact("gap-after", after[at], f"gap in {end}; {turned}"),
        fact("gap-change", after[at] - before[at], "change of the gap; above zero is better"),
        fact("gap-expected", expected[at], "change of areas that began as far away"),
        fact("gap-beyond", beyond.value[at], beyond.method, lower_ci=low, upper_ci=high),
        clear,
    )


def _span(series: TierSeries) -> tuple[int, int] | None:
    """Return the newest period and the earliest of ten years that shares no data with it."""
    if not len(series.panel.when):
        return None
    last = len(series.panel.when) - 1
    least = max(SHORTEST_YEARS, series.panel.width)
    years: NDArray[np.float64] = series.panel.when[last] - series.panel.when
    same = series.panel.segments == series.panel.segments[last]
    usable = np.flatnonzero(same & (years >= least) & (years <= LONGEST_YEARS))
    return (int(usable[0]), last) if len(usable) else None


def _base(series: TierSeries) -> tuple[FloatArray, str]:
    """What gaps are to: the country's figures, or the middle area's where it has none."""
    country = {row.period: row for row in series.series.of("country") if row.has_value}
    if all(label in country for label in series.labels):
        values = [country[label].value for label in series.labels]
        return np.array(values), series.profile.country_name
    return np.asarray(np.nanmedian(series.panel.value, axis=0)), "the middle area of its tier"
