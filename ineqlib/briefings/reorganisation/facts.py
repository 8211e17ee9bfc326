"""Every figure of the comparison: people, deprivation, gaps between authorities, neighbours."""

from dataclasses import dataclass
from functools import partial
from itertools import combinations
from typing import Any

import numpy as np
import pandas as pd
import shapely

from ineqlib.briefings.reorganisation.options import County, Option
from ineqlib.catalogue import Indicator, index_title
from ineqlib.facts.attribution import index_source
from ineqlib.facts.fact import Fact, calculated_of, derived, fact_id, published
from ineqlib.facts.rows import Row, known_totals, read_rows
from ineqlib.pack import Area, Pack
from ineqlib.text import difference_unit, series_name

SHORTEST_BORDER = 1.0
"""Metres: two districts that share less touch in a point."""


@dataclass(frozen=True)
class Gap:
    """Highest less lowest figure of the authorities of one option."""

    option: str
    low: Fact
    high: Fact
    gap: Fact


@dataclass(frozen=True)
class IndicatorGaps:
    """One indicator, in one period, in every authority of every option."""

    name: str
    period: str
    gaps: tuple[Gap, ...]


def gaps_of(
    pack: Pack, county: County, indicators: tuple[Indicator, ...]
) -> tuple[tuple[IndicatorGaps, ...], tuple[str, ...]]:
    """Return the gaps of each indicator, and the names of those that not all authorities have."""
    authorities = [authority for option in county.options for authority in option.authorities]
    codes = [authority.area.code for authority in authorities]
    ids = tuple(indicator.id for indicator in indicators)
    rows = read_rows(pack, ids, *((code, "area") for code in dict.fromkeys(codes)))
    series: dict[tuple, dict[str, Row]] = {}
    for row in known_totals(rows):
        series.setdefault((row.indicator_id, *row.when_and_who), {})[row.area_code] = row
    compared, left_out = [], []
    for indicator in indicators:
        whole = {
            key: of_key
            for key, of_key in series.items()
            if key[0] == indicator.id and of_key.keys() >= set(codes)
        }
        if not whole:
            left_out.append(indicator.public_name)
            continue
        last = max(key[2] for key in whole)
        newest = [of_key for key, of_key in whole.items() if key[2] == last]
        sexes = {next(iter(of_key.values())).sex for of_key in newest}
        for of_key in newest:
            first = next(iter(of_key.values()))
            if first.sex == "Persons" or "Persons" not in sexes:
                compared.append(_of_indicator(county, indicator, of_key))
    return tuple(compared), tuple(left_out)


def _of_indicator(county: County, indicator: Indicator, rows: dict[str, Row]) -> IndicatorGaps:
    first = next(iter(rows.values()))
    gaps = []
    for option in county.options:
        codes = [authority.area.code for authority in option.authorities]
        facts = [published(rows[code], indicator.decimals) for code in codes]
        low, high = (pick(facts, key=lambda fact: fact.value) for pick in (min, max))
        gap = derived(
            high,
            f"gap-{option.name}",
            high.value - low.value,
            unit=difference_unit(high.unit),
            rows=(*high.rows, *low.rows),
            method="highest less lowest figure of the option's authorities",
        )
        gaps.append(Gap(option.name, low, high, gap))
    name = series_name(indicator.public_name, first.sex, first.age, indicator.age)
    return IndicatorGaps(name, first.period, tuple(gaps))


@dataclass(frozen=True)
class AuthorityFacts:
    """One authority: its people (or neighbourhoods), and their share in each end of the range."""

    name: str
    code: str
    size: Fact
    most_deprived: Fact
    least_deprived: Fact


@dataclass(frozen=True)
class OptionFacts:
    """One option."""

    name: str
    authorities: tuple[AuthorityFacts, ...]
    count: Fact
    """How many authorities it has."""
    between: Fact
    """Share of the differences in deprivation between neighbourhoods that lies between its
    authorities; the rest lies inside them."""
    spread: Fact
    """Highest less lowest share in the country's most deprived fifth."""
    joined: Fact
    parted: Fact
    """Of pairs of today's districts that touch: how many would be in one authority, how many not
    all in one."""
    pairs_joined: tuple[tuple[str, str], ...]
    pairs_parted: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class OptionsFacts:
    """Everything the document tells; `left_out` names the indicators not all authorities have."""

    county: County
    unit: str
    options: tuple[OptionFacts, ...]
    indicators: tuple[IndicatorGaps, ...]
    left_out: tuple[str, ...]


def options_facts(pack: Pack, county: County, indicators: tuple[Indicator, ...]) -> OptionsFacts:
    """Compute every figure of the comparison, of indicators that the pack has."""
    small = pack.small_areas(county.area.code, county.index)
    by_people = bool(small["population"].notna().all())
    unit = "people" if by_people else "neighbourhoods"
    weight = small["population"] if by_people else pd.Series(1.0, small.index)
    small = small.assign(weight=weight.astype(float)).set_index("small_area_code")
    beside = _touching(pack, county.options[0])
    options = tuple(_option(county, option, small, unit, beside) for option in county.options)
    compared, left_out = gaps_of(pack, county, indicators)
    return OptionsFacts(county, unit, options, compared, left_out)


def _option(
    county: County, option: Option, small: pd.DataFrame, unit: str, beside: list[tuple[str, str]]
) -> OptionFacts:
    fact = partial(_of_option, county, option)
    authorities = tuple(
        _authority(authority.area, small.loc[sorted(authority.neighbourhoods)], unit, county.index)
        for authority in option.authorities
    )
    shares = [authority.most_deprived.value for authority in authorities]
    inside = {
        code: authority.area.code
        for authority in option.authorities
        for code in authority.neighbourhoods
    }
    joined, parted = _neighbours(county, inside, beside)
    return OptionFacts(
        option.name,
        authorities,
        fact("authorities", len(authorities), "authorities of the option"),
        fact(
            "between",
            100 * share_between(small, pd.Series(inside)),
            f"share of the variance of neighbourhoods' ranks of deprivation, weighted by {unit}, "
            "that lies between the authorities",
            unit="%",
        ),
        fact(
            "spread",
            max(shares) - min(shares),
            "highest less lowest share in the country's most deprived fifth",
            unit="percentage points",
            decimals=1,
        ),
        fact("joined", len(joined), "pairs of touching districts in one authority"),
        fact("parted", len(parted), "pairs of touching districts not all in one authority"),
        tuple(joined),
        tuple(parted),
    )


def _of_option(
    county: County, option: Option, name: str, value: float, method: str, **shown: Any
) -> Fact:
    return calculated_of(
        county.area,
        fact_id(name, county.area.code, option.name),
        value,
        subgroup=option.name,
        period=index_title(county.index),
        method=method,
        **shown,
    )


def _authority(area: Area, rows: pd.DataFrame, unit: str, index: str) -> AuthorityFacts:
    def fact(what: str, value: float, method: str, **shown: Any) -> Fact:
        return calculated_of(
            area,
            fact_id(what, area.code, index),
            value,
            period=index_title(index),
            method=method,
            source=index_source(index),
            **shown,
        )

    total = rows["weight"].sum()

    def share(what: str, of: "pd.Series[bool]") -> Fact:
        value = 100 * rows.loc[of, "weight"].sum() / total
        method = f"share of {unit} in the {what} fifth"
        return fact(f"{what}-fifth", value, method, unit="%", decimals=1)

    return AuthorityFacts(
        area.name,
        area.code,
        fact(f"{unit}-in", total, f"{unit} in its neighbourhoods"),
        share("most deprived", rows["decile"] <= 2),
        share("least deprived", rows["decile"] >= 9),
    )


def share_between(small: pd.DataFrame, authority: pd.Series) -> float:
    """Return which share of the variance of ranks lies between authorities.

    `small` has the rank and the weight of each neighbourhood, `authority` in which one it is.

    Examples
    --------
    >>> rows = pd.DataFrame({"rank": [1, 1, 3, 3], "weight": 1.0}, index=list("abcd"))
    >>> share_between(rows, pd.Series(list("xxyy"), index=list("abcd")))
    1.0
    >>> share_between(rows, pd.Series(list("xyxy"), index=list("abcd")))
    0.0
    """
    weight = small["weight"]
    mean = np.average(small["rank"], weights=weight)
    total = np.average((small["rank"] - mean) ** 2, weights=weight)
    grouped = small.assign(product=small["rank"] * weight).groupby(authority)
    weights = grouped["weight"].sum()
    means = grouped["product"].sum() / weights
    return float(np.average((means - mean) ** 2, weights=weights) / total) if total else 0.0


def _touching(pack: Pack, today: Option) -> list[tuple[str, str]]:
    """Return the pairs of today's districts that share a border, by name."""
    if not pack.has("boundaries_lad"):
        return []
    shapes = pack.boundaries("lad", [authority.area.code for authority in today.authorities])
    ground = dict(zip(shapes["code"], shapely.make_valid(shapes.geometry.to_numpy()), strict=True))
    return [
        (first.area.code, second.area.code)
        for first, second in combinations(today.authorities, 2)
        if {first.area.code, second.area.code} <= ground.keys()
        and shapely.length(shapely.intersection(ground[first.area.code], ground[second.area.code]))
        > SHORTEST_BORDER
    ]


def _neighbours(
    county: County, inside: dict[str, str], beside: list[tuple[str, str]]
) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """Part the pairs of touching districts into those in one authority and the others."""
    today = {authority.area.code: authority for authority in county.options[0].authorities}
    joined: list[tuple[str, str]] = []
    parted: list[tuple[str, str]] = []
    for first, second in beside:
        both = today[first].neighbourhoods | today[second].neighbourhoods
        names = today[first].area.name, today[second].area.name
        together = len({inside[code] for code in both}) == 1
        (joined if together else parted).append(names)
    return joined, parted
