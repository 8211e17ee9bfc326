"""Figures of an area from those of its parts: counts added, rates made again, the rest refused."""

from collections.abc import Mapping, Sequence
from copy import copy
from dataclasses import dataclass
from math import isnan
from typing import NamedTuple

import numpy as np
import pandas as pd

from ineqlib.catalogue import Catalogue, Indicator
from ineqlib.errors import listed
from ineqlib.geography.by_age import AgeTables, from_ages
from ineqlib.geography.methods import (
    ACCOUNTS,
    COUNT,
    MEAN,
    UNLIKE,
    WITHOUT_LIMITS,
    Method,
    has_our_limits,
    method_of,
)
from ineqlib.geography.parts import MOST_NAMED, SERIES, Parts, Row, has_value, parts_of, plain
from ineqlib.geography.rounding import Steps
from ineqlib.observations import ADDED_UP
from ineqlib.text import plural

OTHER_GROUPS = "figures by deprivation inside it, as the groups are drawn in each part alone"
REFUSALS = ["area_code", "indicator_id", "reason", "figures", "made"]
FIGURES = ("value", "lower_ci", "upper_ci", "count", "denominator")


class Combined(NamedTuple):
    """The rows of one area, those without a value included, and what was refused (`REFUSALS`)."""

    rows: pd.DataFrame
    refused: pd.DataFrame


@dataclass(frozen=True)
class Target:
    """The area that figures are made for."""

    code: str
    name: str
    area_type: str
    covers: Sequence[Sequence[str]]
    """Ways to put it together, the codes of each; the first that gives a figure is used."""


class Combiner:
    """Makes the figures of areas from those of their parts, among all observations.

    The catalogue tells means from medians, and what is modelled.
    """

    def __init__(self, rows: pd.DataFrame, catalogue: Catalogue, ages: AgeTables) -> None:
        self._rows, self._catalogue, self._ages = rows, catalogue, ages
        self._steps = Steps(rows)

    def over(self, rows: pd.DataFrame) -> "Combiner":
        """Return the same over other observations that are rounded as these are."""
        other = copy(self)
        other._rows = rows
        return other

    def combine(self, target: Target) -> Combined:
        """Return the figures of an area: each from the first cover that gives it.

        A figure of which a part is withheld or missing is withheld, never a lower sum.
        """
        made: dict[tuple, Row] = {}
        for cover in target.covers:
            for row in self._of_cover(target, list(cover)):
                key = tuple(row[name] for name in SERIES)
                if key not in made or (has_value(row) and not has_value(made[key])):
                    made[key] = row
        frame = pd.DataFrame(list(made.values()), columns=[*self._rows.columns, "refusal"])
        return Combined(frame.drop(columns="refusal"), _refusals(frame))

    def _of_cover(self, target: Target, cover: list[str]) -> list[Row]:
        rows = plain(self._rows[self._rows["area_code"].isin(cover)])
        by_indicator = parts_of(rows, cover)
        if len(cover) == 1:
            return [
                _same_ground(parts.first, target)
                for figures in by_indicator.values()
                for parts in figures
            ]
        names = dict(zip(rows["area_code"], rows["area_name"], strict=True))
        return [
            row
            for name, figures in by_indicator.items()
            for row in self._of_indicator(name, figures, target, names)
        ]

    def _of_indicator(
        self, name: str, figures: list[Parts], target: Target, names: Mapping[str, str]
    ) -> list[Row]:
        unit = figures[0].first["unit"]
        indicator = (
            self._catalogue[name]
            if name in self._catalogue
            else self._catalogue.describe_unknown(name, name, unit)
        )
        method = method_of(indicator, figures)
        if not method.refusal and not method.gives_back(figures, self._steps):
            method = method._replace(refusal=UNLIKE)
        account = ADDED_UP + listed(
            [names.get(code, code) for code in figures[0].cover], MOST_NAMED
        )
        if (step := self._steps.count(figures[0].first)) > 1:
            account += f" (their counts are published to the nearest {step})"
        made = [self._figure(indicator, parts, method, target, names) for parts in figures]
        with_limits = has_our_limits(figures, method, self._steps)
        _estimate([row for row in made if row["note"] == ""], method, with_limits)
        for row in made:
            if row["note"] == "":
                how = ACCOUNTS[method.kind] if with_limits else WITHOUT_LIMITS[method.kind]
                row["note"] = f"{account}: {how}"
            elif not row["note"].startswith("Not"):
                row["note"] = f"{account}: {row['note']}"
        return made

    def _figure(
        self,
        indicator: Indicator,
        parts: Parts,
        method: Method,
        target: Target,
        names: Mapping[str, str],
    ) -> Row:
        """Return one row of the whole: made by age, withheld, or with its sums to go on with."""
        row = _of_target(parts.first, target) | dict.fromkeys(FIGURES, np.nan)
        row |= {"comparison": "", "trend": "", "note": "", "status": parts.status}
        lacks = parts.lacks(names)
        refusal = OTHER_GROUPS if parts.groups_differ else method.refusal
        if refusal and not lacks and not row["dimension"] and self._ages.people:
            tolerance = self._steps.half_value(parts.first)
            by_age = from_ages(
                self._ages, indicator, pd.Series(row), parts.values, method.multiplier, tolerance
            )
            if by_age is not None:
                return row | dict(zip(FIGURES, by_age, strict=False)) | {"note": by_age.how}
        if not refusal and not lacks:
            columns = {COUNT: (), MEAN: ("denominator",)}.get(method.kind, ("denominator", "count"))
            for column in columns:
                if without := parts.without(column):
                    lacks = f"the {column} of {listed(without, MOST_NAMED)} is not published"
        if refusal or lacks:
            status = "suppressed" if parts.status == "suppressed" else "not_available"
            why = f"Not added up: {refusal or lacks}"
            return row | {"status": status, "note": why, "refusal": refusal}
        row |= {name: parts.added(name) for name in ("count", "denominator")}
        row["value"] = parts.weighted if method.kind is MEAN else parts.added("value")
        return row


def _estimate(rows: list[Row], method: Method, with_limits: bool) -> None:
    """Make values and limits of the sums in rows."""
    if not rows:
        return
    count, denominator = (np.array([row[name] for row in rows]) for name in FIGURES[3:])
    if method.kind is COUNT:
        for row in rows:
            row["count"] = row["value"] if isnan(row["count"]) else row["count"]
        return
    if method.kind is MEAN:
        for row in rows:
            row |= {"value": row["value"] / row["denominator"], "count": np.nan}
        return
    made = method.estimate(count, denominator)
    for place, row in enumerate(rows):
        row["value"] = float(made.value[place])
        if with_limits:
            row["lower_ci"], row["upper_ci"] = float(made.lower[place]), float(made.upper[place])


def _of_target(row: Row, target: Target) -> Row:
    return row | {
        "area_code": target.code,
        "area_name": target.name,
        "area_type": target.area_type,
        "refusal": "",
    }


def _same_ground(row: Row, target: Target) -> Row:
    """Give an area the figure published for another that has the same ground."""
    note = f"{row['note'].rstrip('.')}. " if row["note"] else ""
    note += f"Published for {row['area_name']}, which has the same ground"
    return _of_target(row, target) | {"note": note}


def _refusals(rows: pd.DataFrame) -> pd.DataFrame:
    """Count the figures refused for good, by indicator and reason, and those that were made."""
    refused = rows[rows["refusal"] != ""]
    counted = refused.groupby(["area_code", "indicator_id", "refusal"]).size()
    frame = counted.rename("figures").reset_index().rename(columns={"refusal": "reason"})
    made = rows[rows["value"].notna()]["indicator_id"].value_counts()
    return frame.assign(made=frame["indicator_id"].map(made).fillna(0).astype(int))[REFUSALS]


def refusals_in_words(refused: pd.DataFrame, names: Mapping[str, str]) -> list[str]:
    """Say reason by reason which indicators could not be made for an area, or in part alone."""
    lines = []
    for reason, rows in refused.groupby("reason"):
        indicators = sorted(
            names.get(name, name) + (" (in part)" if made else "")
            for name, made in zip(rows["indicator_id"], rows["made"], strict=True)
        )
        number = plural(len(indicators), "indicator")
        lines.append(f"{number} not added up: {reason}: {listed(indicators, 60)}")
    return lines
