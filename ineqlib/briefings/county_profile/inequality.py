"""How much of a county's inequality between neighbourhoods lies between and inside districts."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from typing import NamedTuple

import numpy as np
import pandas as pd

from ineqlib.briefings.county_profile.county import County
from ineqlib.catalogue import index_title
from ineqlib.facts.attribution import index_source
from ineqlib.facts.fact import Fact, calculated, fact_id
from ineqlib.measures import theil_between_within
from ineqlib.pack import Pack
from ineqlib.pack.neighbourhood_tables import INDICATORS

INCOME_DEPRIVED = "income_domain_numerator"
"""Column of the indicators of an index: people who live on a low income, by its definition."""

ENOUGH = 0.95
"""Share of the neighbourhoods that must have a figure."""


@dataclass(frozen=True)
class Part:
    """What one district adds: its share of the inequality, and of the people."""

    inequality: Fact
    people: Fact


@dataclass(frozen=True)
class Inequality:
    """A Theil index of neighbourhoods, taken apart."""

    what: str
    index: str
    """What is unequal, in words; and the title of the index it is from."""
    source: str
    is_share: bool
    """Whether it is a share of people, which has a true zero; else a score."""
    by_people: bool
    """Whether neighbourhoods count by their people; else each counts once."""
    neighbourhoods: Fact
    left_out: Fact
    """How many are counted; and how many are not, for their figure is not published."""
    total: Fact
    between: Fact
    within: Fact
    """Shares of the inequality, in per cent."""
    parts: tuple[Part, ...]
    """By district, what adds most first."""


def inequalities_of(county: County) -> tuple[Inequality, ...]:
    """Take the inequality apart in what the pack has: first a share of people, then a score."""
    if not county.districts or not county.pack.has("small_areas"):
        return ()
    codes = [own.profile.area.code for own in county.districts]
    rows = county.pack.table("small_areas", [("area_code", "in", codes)])
    newest_first = sorted(rows["index"].unique(), reverse=True)
    shares = [taken for name in newest_first for taken in _share(county, rows, name)]
    scores = [taken for name in newest_first for taken in _score(county, rows, name)]
    return (*shares[:1], *scores[:1])


def _share(county: County, rows: pd.DataFrame, index: str) -> Iterator[Inequality]:
    """Yield the inequality of the share of people on a low income, where both are counted."""
    own, counts = _one_a_place(rows, index), _income_deprived(county.pack, index)
    if counts is None:
        return
    deprived = own["small_area_code"].map(counts)
    known = deprived.notna() & (own["population"] > 0)
    if known.mean() >= ENOUGH:
        share = (deprived / own["population"])[known]
        of = _Of("low income", index, share, left_out=int((~known).sum()), is_share=True)
        yield from _taken_apart(county, own[known], of)


def _score(county: County, rows: pd.DataFrame, index: str) -> Iterator[Inequality]:
    own = _one_a_place(rows, index)
    if own["score"].notna().all() and (own["score"] >= 0).all():
        yield from _taken_apart(county, own, _Of("deprivation", index, own["score"]))


def _one_a_place(rows: pd.DataFrame, index: str) -> pd.DataFrame:
    return rows[rows["index"] == index].drop_duplicates("small_area_code")


def _income_deprived(pack: Pack, index: str) -> pd.Series | None:
    name = f"{INDICATORS}{index}"
    if not pack.has(name) or INCOME_DEPRIVED not in pack.columns(name):
        return None
    table = pack.table(name, columns=["small_area_code", INCOME_DEPRIVED])
    return table.drop_duplicates("small_area_code").set_index("small_area_code")[INCOME_DEPRIVED]


class _Of(NamedTuple):
    """What is unequal: its name, its index, and its value in each neighbourhood."""

    what: str
    index_id: str
    value: pd.Series
    left_out: int = 0
    is_share: bool = False


def _taken_apart(county: County, own: pd.DataFrame, of: _Of) -> Iterator[Inequality]:
    """Yield the index taken apart; nothing where there is one district, or no inequality."""
    by_people = bool(own["population"].notna().all() and (own["population"] > 0).all())
    people = own["population"].to_numpy(float) if by_people else np.ones(len(own))
    if own["area_code"].nunique() < 2 or not of.value.gt(0).any():
        return
    parts = theil_between_within(of.value.to_numpy(float), people, own["area_code"].to_numpy())
    whole = float(parts.total)
    if whole <= 0:
        return
    fact = partial(_fact, county, of)
    in_county = pd.Series(people).groupby(own["area_code"].to_numpy()).sum() / people.sum()
    by_district = [
        Part(
            fact("inside", 100 * inside / whole, "share of the Theil index, inside it", code),
            fact("people", 100 * in_county[code], "share of the people or neighbourhoods", code),
        )
        for code, inside in zip(parts.groups.tolist(), parts.inside.tolist(), strict=True)
    ]
    yield Inequality(
        of.what,
        index_title(of.index_id),
        index_source(of.index_id),
        of.is_share,
        by_people,
        fact("neighbourhoods", len(own), "neighbourhoods counted", unit=""),
        fact("left out", of.left_out, "neighbourhoods without a published figure", unit=""),
        fact("total", whole, "Theil index of neighbourhoods", unit="", decimals=3),
        fact("between", 100 * float(parts.between) / whole, "share of the Theil index, between"),
        fact("within", 100 * float(parts.within) / whole, "share of the Theil index, within"),
        tuple(sorted(by_district, key=lambda part: -part.inequality.value)),
    )


def _fact(  # noqa: PLR0913 (of what, and what is said of it)
    county: County,
    of: _Of,
    name: str,
    amount: float,
    method: str,
    code: str = "",
    *,
    unit: str = "%",
    decimals: int = 0,
) -> Fact:
    """Make a fact of the county, or of the district of a code."""
    names = {own.profile.area.code: own.profile.area.name for own in county.districts}
    return calculated(
        fact_id("theil", name, of.what, county.area.code, code, of.index_id),
        amount,
        decimals=decimals,
        unit=unit,
        area_code=code or county.area.code,
        area_name=names.get(code, county.name),
        period=index_title(of.index_id),
        method=method,
        source=index_source(of.index_id),
    )
