"""What a pack gives away: hidden counts that its other figures let anybody work out."""

import math
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from ineqlib.errors import DisclosureError, InputError, ParameterError, nearest
from ineqlib.estimate import FloatArray
from ineqlib.facts.disclosure.sums import SERIES, CountSums
from ineqlib.measures import RULES, Rule, Sum, differencing_risks
from ineqlib.pack import Pack
from ineqlib.text import plural

COLUMNS = [
    *("indicator_id", "area_code", "area_name", "period", "sex", "age", "dimension", "subgroup"),
    *("row", "kind", "lowest", "highest", "because"),
]
MULTIPLIERS = {
    "%": 100,
    "per 1,000": 1_000,
    "per 1,000 households": 1_000,
    "per 10,000": 10_000,
    "per 100,000": 100_000,
}

SMALL = max(rule.hide_to for rule in RULES.values())


@dataclass(frozen=True)
class DisclosureReport:
    """What can be worked out, and what was looked at."""

    risks: pd.DataFrame
    """One row per hidden count that can be recovered: which, between which numbers, and because of
    what; `COLUMNS`."""
    hidden: int
    """How many counts are not published, in series that have counts."""
    checked: int
    """How many series (indicator, period, age) were looked at."""
    unused: int
    """How many sums were left out because published counts show that they do not hold."""
    unchecked: tuple[str, ...]
    """Series that could not be checked, and why."""

    @property
    def summary(self) -> str:
        """What was looked at, in one line."""
        words = (
            f"{plural(self.hidden, 'count')} not published in {self.checked} series that have "
            f"counts; {len(self.risks):,} can be worked out."
        )
        if self.unused:
            words += f" {plural(self.unused, 'sum')} left out: published counts do not add up."
        if self.unchecked:
            words += f" {len(self.unchecked)} series not checked."
        return words

    def require_none(self) -> None:
        """Raise `DisclosureError` naming the first five, if there are any."""
        if self.risks.empty:
            return
        first = [_in_words(row) for row in self.risks.head(5).to_dict("records")]
        more = len(self.risks) - len(first)
        raise DisclosureError(
            f"{plural(len(self.risks), 'hidden count')} can be worked out from what is published:\n"
            + "\n".join(f"  {words}" for words in first)
            + (f"\n  and {more:,} more." if more else "")
            + "\nHide a further count in each sum named (or the total), with the figures made of "
            "it, and check again. docs/disclosure.md says how; --out FILE.csv lists them all."
        )


def disclosure_risks(
    pack: Pack,
    *,
    rule: str | Rule | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> DisclosureReport:
    """Try to recover every hidden count of a pack from what the pack publishes.

    A count is hidden where its row is *suppressed*. Where a row has a value but no count, although
    others of its series have one, nobody says why; such a count is reported if it proves small (no
    more than the rule's largest, or `SMALL`). Used against it: men and women make persons; groups
    of deprivation make the area; districts make counties, and they regions and the country; and a
    value times its denominator, where the series' own rows show that value = count / denominator.

    Parameters
    ----------
    pack
        The pack.
    rule
        The rule counts are hidden by, or its name: ranges narrower than the rule's are then found
        too.
    progress
        Called with the number of series done and of all.

    Raises
    ------
    ParameterError
        There is no such rule.
    """
    known = RULES[_rule_name(rule)] if isinstance(rule, str) else rule
    observed = pack.observations()
    sums_of = CountSums(pack.areas)
    series = [rows for _, rows in observed.groupby(SERIES, sort=True) if _hides(rows)]
    parts, unchecked, unused = [], [], 0
    for done, rows in enumerate(series, start=1):
        checked = _Series(rows.reset_index(drop=True), sums_of, known)
        unused += checked.unused
        try:
            parts.append(checked.risks())
        except InputError as error:
            first = rows.iloc[0]
            unchecked.append(f"{first['indicator_id']}, {first['period']}: {error}")
        if progress:
            progress(done, len(series))
    risks = pd.concat(parts, ignore_index=True) if parts else pd.DataFrame(columns=COLUMNS)
    hidden = sum(int(_hidden(rows).sum()) for rows in series)
    return DisclosureReport(risks, hidden, len(series), unused, tuple(unchecked))


def _rule_name(rule: str) -> str:
    if rule not in RULES:
        raise ParameterError(
            f"There is no rule '{rule}'. Expected one of: {', '.join(RULES)}.{nearest(rule, RULES)}"
        )
    return rule


def _in_words(risk: dict[str, Any]) -> str:
    who = ", ".join(
        str(risk[column])
        for column in ("indicator_id", "area_name", "period", "sex", "subgroup")
        if risk[column]
    )
    count = f"{risk['lowest']:,.0f}"
    if risk["kind"] == "narrow":
        count += f" to {risk['highest']:,.0f}"
    return f"{who} (row {risk['row']}): {count}, from {risk['because']}"


def _hidden(rows: pd.DataFrame) -> NDArray[np.bool_]:
    no_count = rows["count"].isna()
    withheld = rows["status"].eq("suppressed") | rows["value"].notna()
    return (no_count & withheld).to_numpy()


def _hides(rows: pd.DataFrame) -> bool:
    """Tell whether a series publishes counts and hides some."""
    return bool(rows["count"].notna().any() and _hidden(rows).any())


class _Series:
    """One indicator in one period: what a reader sees of its counts, and what adds up."""

    def __init__(self, rows: pd.DataFrame, sums_of: CountSums, rule: Rule | None) -> None:
        self.rows = rows
        self.hidden = _hidden(rows)
        self.counts = rows["count"].to_numpy(dtype=float, copy=True)
        nobody = rows["count"].isna() & rows["denominator"].eq(0)
        self.counts[nobody.to_numpy()] = 0
        self.rule = _as_published(rule, self.counts)
        self.lowest, self.highest = self._from_rates()
        every = sums_of.of(rows)
        self.sums = [candidate for candidate in every if self._may_hold(candidate)]
        self.unused = len(every) - len(self.sums)

    def risks(self) -> pd.DataFrame:
        """Return what the series gives away, one row per hidden count."""
        by_rate = self.hidden & (self.lowest == self.highest)
        risks = differencing_risks(
            self.counts,
            self.sums,
            hidden=self.hidden,
            within=(self.lowest, self.highest),
            rule=self.rule,
        )
        named = [
            (risk.cell, risk.kind, risk.lowest, risk.highest, self._because(risk.sums))
            for risk in risks
        ]
        named += [
            (row, "exact", self.lowest[row], self.highest[row], "its value x its denominator")
            for row in np.flatnonzero(by_rate).tolist()
        ]
        what = pd.DataFrame(named, columns=["at", "kind", "lowest", "highest", "because"])
        rows = self.rows.loc[what["at"]].reset_index(drop=True)
        largest = SMALL if self.rule is None else self.rule.hide_to
        worth_telling = rows["status"].eq("suppressed") | what["lowest"].le(largest)
        return pd.concat([rows, what], axis=1).loc[worth_telling, COLUMNS]

    def _because(self, sums: tuple[Sum, ...]) -> str:
        return "; ".join(f"{used.name} (row {self.rows['row'][used.total]})" for used in sums)

    def _may_hold(self, candidate: Sum) -> bool:
        """Tell whether published counts leave it possible that a sum holds."""
        parts = self.counts[list(candidate.parts)]
        total = self.counts[candidate.total]
        if self.rule is not None and self.rule.round_to is not None:
            return True
        published = np.nansum(parts)
        complete = not np.isnan(parts).any()
        return bool(np.isnan(total) or (published == total if complete else published <= total))

    def _from_rates(self) -> tuple[FloatArray, FloatArray]:
        """Return what values and denominators say of the counts, where they are simple rates."""
        rows = self.rows
        lowest, highest = np.zeros(len(rows)), np.full(len(rows), np.inf)
        scale = MULTIPLIERS.get(str(rows["unit"].iloc[0]))
        if scale is None:
            return lowest, highest
        value, people = rows["value"].to_numpy(float), rows["denominator"].to_numpy(float)
        off = np.array([_rounding(number) for number in value.tolist()])
        least, most = (people * (value + side * off) / scale for side in (-1, 1))
        known = ~np.isnan(self.counts) & ~np.isnan(least)
        slack = 1e-6 * (1 + np.abs(self.counts[known]))
        counts = self.counts[known]
        simple = (counts >= least[known] - slack) & (counts <= most[known] + slack)
        bounded = self.hidden & ~np.isnan(least)
        if not known.any() or not simple.all():
            return lowest, highest
        lowest[bounded] = np.maximum(np.ceil(least[bounded] - 1e-6), 0)
        highest[bounded] = np.maximum(np.floor(most[bounded] + 1e-6), lowest[bounded])
        return lowest, highest


def _rounding(value: float) -> float:
    """Return half of the last decimal a number is written with; NaN where there is none."""
    if not math.isfinite(value):
        return math.nan
    exponent = Decimal(repr(value)).normalize().as_tuple().exponent
    return 0.5 * 10.0 ** min(0, int(exponent))


def _as_published(rule: Rule | None, counts: FloatArray) -> Rule | None:
    """Return the rule without its rounding where counts are published as they are."""
    if rule is None or rule.round_to is None:
        return rule
    rounded = np.isnan(counts) | (counts % rule.round_to == 0)
    return rule if rounded.all() else Rule(rule.hide_from, rule.hide_to, source=rule.source)
