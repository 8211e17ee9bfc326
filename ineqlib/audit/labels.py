"""Every published label of a table of figures, recomputed: the report of what became of each."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import pandas as pd

from ineqlib.audit.comparisons import KEYS, audit_comparisons
from ineqlib.audit.trends import audit_trends
from ineqlib.audit.words import AGREES, CANNOT, GOOD, JUDGED, WRONG, comparison_word, stated
from ineqlib.errors import ContradictionError, InputError, listed
from ineqlib.text import plural

COLUMNS = (
    *("indicator", "name", "area_code", "area_name", "is_country", "parent_code"),
    *("period", "period_start", "period_end", "months", "sex", "age", "group"),
    *("value", "lower_ci", "upper_ci", "lower_998", "upper_998", "count", "denominator"),
    *("polarity", "value_type", "comparison", "parent_comparison", "trend"),
)
"""What rows with labels must have. `group` is empty for everybody together; `polarity` and
`value_type` are the catalogue's, empty where it does not know the indicator; a label is the
publisher's own text, empty where there is none."""

FINDINGS = (
    *("verdict", "label", "indicator", "name", "area_code", "area_name", "period", "sex", "age"),
    *("group", "published", "ours", "rule", "why", "figures"),
)
COUNTRY, PARENT, TREND = "comparison", "parent_comparison", "trend"
Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class LabelReport:
    """What became of every label."""

    findings: pd.DataFrame
    """One row a label, with the columns of `FINDINGS`: its verdict (``agrees``, ``wrong``, ``cannot
    be recomputed``), whose it is, what it says, what the figures give and which."""

    @property
    def wrong(self) -> pd.DataFrame:
        """The labels that no rule that may be used gives."""
        return self.findings[self.findings["verdict"] == WRONG].reset_index(drop=True)

    @cached_property
    def counts(self) -> pd.DataFrame:
        """How many labels of each kind agree, are wrong and cannot be recomputed."""
        return pd.crosstab(self.findings["label"], self.findings["verdict"]).reindex(
            columns=[AGREES, WRONG, CANNOT], fill_value=0
        )

    @property
    def reasons(self) -> pd.DataFrame:
        """What keeps labels from being recomputed, most frequent first."""
        rows = self.findings[self.findings["verdict"] == CANNOT]
        count = rows.groupby(["label", "why"]).size().rename("labels").reset_index()
        return count.sort_values("labels", ascending=False, kind="stable", ignore_index=True)

    @property
    def summary(self) -> str:
        """The report in a few lines."""
        total = len(self.findings)
        if not total:
            return "No published label to recompute: the figures come without any."
        width = max(len(label) for label in self.counts.index)
        lines = [f"{plural(total, 'published label')}, {len(self.wrong):,} of them wrong."]
        for label, row in self.counts.iterrows():
            numbers = ", ".join(f"{row[verdict]:,} {verdict}" for verdict in self.counts.columns)
            lines.append(f"  {label!s:<{width}}  {numbers}")
        return "\n".join(lines)

    def as_text(self, most: int) -> str:
        """Tell the report: the summary, wrong labels up to a number, and what is left open."""
        lines = [self.summary]
        for row in self.wrong.head(most).itertuples(index=False):
            about = ", ".join(
                filter(None, [row.area_name, row.period, row.sex, row.age, row.group])
            )
            lines += [
                "",
                f"  {row.indicator} {row.name.strip()}: {about}",
                f"      {row.label}: published “{row.published}”, ours “{row.ours}”. {row.figures}",
                f"      {row.why}{f' ({row.rule})' if row.rule else ''}",
            ]
        if len(self.wrong) > most:
            lines += [
                "",
                f"  and {len(self.wrong) - most:,} more: `--out FILE.csv` writes them all.",
            ]
        if len(self.reasons):
            lines += ["", "Not recomputed:"]
            lines += [f"  {n:>8,}  {label}: {why}" for label, why, n in self.reasons.to_numpy()]
        return "\n".join(lines)

    def require_none(self) -> None:
        """Refuse labels that are wrong."""
        if len(self.wrong):
            raise ContradictionError(
                f"{plural(len(self.wrong), 'published label')} contradict the figures beside them. "
                "Pages show our own verdict and note theirs; tell the publisher "
                "(docs/published-labels.md)."
            )


def audit_labels(rows: pd.DataFrame, progress: Progress = lambda _done, _of: None) -> LabelReport:
    """Recompute every label of comparison and of recent trend.

    Rows have `COLUMNS`: all periods there are, and the comparators. `progress` is called with how
    many indicators are done, and of how many.
    """
    if missing := [name for name in COLUMNS if name not in rows]:
        raise InputError(
            f"Rows with labels lack {plural(len(missing), 'column')}: {listed(missing)}."
        )
    parts = [part for _, part in rows.groupby("indicator", sort=False)]
    findings = [pd.DataFrame(columns=list(FINDINGS))]
    for number, part in enumerate(parts, start=1):
        findings += [frame for frame in _of_indicator(part.reset_index(drop=True)) if len(frame)]
        progress(number, len(parts))
    return LabelReport(pd.concat(findings[1:] or findings, ignore_index=True))


def _of_indicator(rows: pd.DataFrame) -> Iterator[pd.DataFrame]:
    compared = audit_comparisons(rows, COUNTRY, _country(rows))
    yield _as_findings(compared, COUNTRY, "compared with the country", _compared_figures)
    parent = audit_comparisons(rows, PARENT, _parent(rows))
    yield _as_findings(parent, PARENT, "compared with the parent area", _compared_figures)
    trends = audit_trends(rows, _polarity(rows, compared))
    yield _as_findings(trends, TREND, "recent trend", lambda row: row.points)


def _polarity(rows: pd.DataFrame, compared: pd.DataFrame) -> str:
    """Return what a high value means, from the catalogue or else from the labels of comparison."""
    meant: str = rows["polarity"].iloc[0]
    if meant in GOOD or compared.empty:
        return meant
    judged = compared[COUNTRY].map(lambda text: JUDGED.get(comparison_word(text), 0))
    votes = judged * (compared["value"] - compared["base"])
    good, bad = (votes > 0).sum(), (votes < 0).sum()
    return "favourable" if good > bad else "adverse" if bad > good else meant


def _country(rows: pd.DataFrame) -> pd.DataFrame:
    totals = rows[rows["is_country"] & rows["group"].eq("")]
    return _beside(rows, totals.drop_duplicates(KEYS), KEYS)


def _parent(rows: pd.DataFrame) -> pd.DataFrame:
    totals = rows[rows["group"].eq("")].drop_duplicates([*KEYS, "area_code"])
    totals = totals.assign(parent_code=totals["area_code"])
    return _beside(rows, totals, [*KEYS, "parent_code"])


def _beside(rows: pd.DataFrame, totals: pd.DataFrame, keys: list[str]) -> pd.DataFrame:
    """Put the comparator's figures beside each row."""
    names = {
        **{"area_code": "base_code", "area_name": "base_name", "value": "base"},
        **{"lower_ci": "base_lower", "upper_ci": "base_upper"},
    }
    wanted = totals[[*keys, *names]].rename(columns=names)
    joined = rows[keys].merge(wanted, on=keys, how="left")
    text = ["base_code", "base_name"]
    return joined[list(names.values())].assign(**joined[text].astype("object").fillna(""))


def _as_findings(
    rows: pd.DataFrame, label: str, kind: str, figures: Callable[[Any], str]
) -> pd.DataFrame:
    findings = rows.rename(columns={label: "published"}).assign(label=kind)
    # Most labels agree, and nobody reads the figures behind those.
    findings["figures"] = [
        "" if row.verdict == AGREES else figures(row) for row in rows.itertuples(index=False)
    ]
    return findings[list(FINDINGS)]


def _compared_figures(row: Any) -> str:
    limits = f" ({stated(row.lower_ci)} to {stated(row.upper_ci)})"
    own = f"{stated(row.value)}{limits if pd.notna(row.lower_ci) else ''}"
    return f"{own}; {row.base_name or 'comparator'} {stated(row.base)}"
