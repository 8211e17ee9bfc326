"""Every check on one table, and what becomes of the rows that are doubted."""

from collections.abc import Collection, Iterable
from typing import NamedTuple

import pandas as pd

from ineqlib.catalogue import Catalogue
from ineqlib.errors import InputError, listed, nearest
from ineqlib.sources.base import Parsed, SetAside
from ineqlib.sources.identify import OWN
from ineqlib.sources.plausible import groups, jumps, meaning, others, pairs, scale, withheld
from ineqlib.sources.plausible.finding import Check, Context, Finding, quoted
from ineqlib.sources.rows import FILE_ROW
from ineqlib.sources.texts import changed
from ineqlib.text import plural

_COUNTED = ("value", "count", "denominator", "unit")
_PLACED = ("value", "area_code", "period")
_CORRECT = "Correct the value, or state the unit it is in."

CHECKS: tuple[Check, ...] = (
    Check(
        "period_cannot_be",
        meaning.period_cannot_be,
        ("period",),
        "Correct the period.",
    ),
    Check(
        "text_is_a_date",
        meaning.text_is_a_date,
        ("stated_age", "subgroup"),
        "Format the column as text and type it again.",
    ),
    Check(
        "name_of_another_area",
        pairs.name_of_another_area,
        ("area_code", "area_name"),
        "Correct the code or the name: the figures may stand beside the wrong area.",
        published="warn",
    ),
    Check(
        "several_units",
        meaning.several_units,
        ("stated_unit",),
        "Convert the values, or give the indicator a name of its own.",
    ),
    Check(
        "unit_of_another_kind",
        meaning.unit_of_another_kind,
        ("stated_unit", "value"),
        "If the values are in the unit of the file, they are of another indicator.",
        published="warn",
    ),
    Check(
        "value_on_another_scale",
        scale.value_on_another_scale,
        _COUNTED,
        "Convert the value to the indicator's unit, or correct count or denominator.",
    ),
    Check(
        "value_outside_its_range",
        meaning.value_outside_its_range,
        ("value", "unit"),
        _CORRECT,
    ),
    Check("minus_one", meaning.minus_one, _PLACED, "Write [x] for not available."),
    Check(
        "count_above_denominator",
        scale.count_above_denominator,
        ("count", "denominator"),
        "Correct the count or the denominator.",
    ),
    Check(
        "label_contradicts_order",
        groups.label_contradicts_order,
        ("subgroup", "subgroup_order"),
        "Number the groups from 1 = most deprived, or correct the labels.",
    ),
    Check(
        "value_is_not_its_share",
        scale.value_is_not_its_share,
        _COUNTED,
        "Correct the value, the count or the denominator.",
    ),
    Check(
        "share_far_from_its_count",
        scale.share_far_from_its_count,
        _COUNTED,
        "Correct the value, the count or the denominator.",
        published="warn",
    ),
    Check(
        "limits_lopsided",
        pairs.limits_lopsided,
        ("value", "lower_ci", "upper_ci"),
        "Correct the value or the limits.",
        published="warn",
        own="warn",
    ),
    Check(
        "healthy_life_is_longer",
        pairs.healthy_life_is_longer,
        ("value", "area_code", "period"),
        "Correct the values; the columns of the two may be exchanged.",
    ),
    Check(
        "whole_is_not_its_parts",
        groups.whole_is_not_its_parts,
        ("area_code", "period", "sex", "value", "count"),
        "Correct the row of Persons, or those of Male and Female.",
        published="warn",
    ),
    Check(
        "total_outside_its_groups",
        groups.total_outside_its_groups,
        _PLACED,
        "Correct the total, or the groups.",
        published="warn",
    ),
    Check(
        "zeros_for_withheld",
        groups.zeros_for_withheld,
        ("area_code", "period", "value", "count"),
        "Write [c] where a figure is withheld.",
        published="warn",
        own="warn",
    ),
    Check(
        "withheld_by_difference",
        withheld.withheld_by_difference,
        ("area_code", "period", "sex", "subgroup"),
        "Write [c] for another of these figures too, or leave out the counts.",
        published="warn",
    ),
    Check("fractions", meaning.fractions, _PLACED, _CORRECT, published="warn", own="warn"),
    Check("jump_between_periods", jumps.jump_between_periods, _PLACED, _CORRECT, published="warn"),
    Check("jump_between_areas", jumps.jump_between_areas, _PLACED, _CORRECT, published="warn"),
    Check("jump_between_groups", jumps.jump_between_groups, _PLACED, _CORRECT, published="warn"),
    Check("unlike_other_files", others.unlike_other_files, _PLACED, _CORRECT, published="warn"),
)
"""Every check, in the order they are made; a row is told of once, by the first that doubts it."""


class Examined(NamedTuple):
    """A table after the checks: which rows stay, and what was found."""

    kept: pd.Series
    findings: tuple[Finding, ...]

    @property
    def set_aside(self) -> list[SetAside]:
        """The rows that do not stay, for the report."""
        return [
            SetAside(f"{finding.reason}. {finding.remedy}", finding.rows, finding.cells)
            for finding in self.findings
            if finding.action == "set aside"
        ]

    @property
    def remarks(self) -> list[str]:
        """What is to be read of the rows that stay although they were doubted."""
        return [
            f"{_SAYS[finding.action]}: {finding.as_text()}"
            for finding in self.findings
            if finding.action in _SAYS
        ]


_SAYS = {
    "warn": "Kept, but look at it",
    "accepted": "Kept, as the description of the file accepts it",
}


def check_names(text: str) -> tuple[str, ...]:
    """Return the names of the checks that a description accepts.

    Raises
    ------
    InputError
        There is no such check; the message offers the nearest.
    """
    known = [check.name for check in CHECKS]
    names = tuple(filter(None, (name.strip() for name in text.split(","))))
    if unknown := [name for name in names if name not in known]:
        raise InputError(
            f"`accept: {unknown[0]}` names no check.{nearest(unknown[0], known)} "
            f"Known: {listed(known, most=30)}."
        )
    return names


def with_meaning(parsed: Parsed, resolved: pd.DataFrame, catalogue: Catalogue) -> pd.DataFrame:
    """Put beside resolved rows what the checks need: what the file said, and what is measured.

    Parameters
    ----------
    parsed
        What the layout made of the file.
    resolved
        The same rows in the tidy contract, with the catalogue's ids and units.
    catalogue
        Gives the kind of value; of an indicator it does not know that is empty.
    """
    kinds = {
        name: catalogue[name].value_type
        for name in resolved["indicator_id"].unique()
        if name in catalogue
    }
    return resolved.assign(
        **{
            FILE_ROW: parsed.frame[FILE_ROW].to_numpy(),
            "publisher": parsed.frame["publisher"].array,
            "indicator_name": parsed.frame["indicator_name"].array,
            "stated_unit": parsed.frame["unit"].array,
            "stated_age": parsed.frame["age"].array,
            "value_type": changed(resolved["indicator_id"], lambda text: kinds.get(text, "")),
        }
    )


def examine(
    rows: pd.DataFrame,
    context: Context,
    *,
    sheet: str = "",
    accepted: Collection[str] = (),
    checks: Iterable[Check] = CHECKS,
) -> Examined:
    """Make every check on the rows of one file.

    Parameters
    ----------
    rows : DataFrame
        See `with_meaning`.
    context : Context
        What the checks may know besides.
    sheet : str
        Of the workbook.
    accepted : collection of str
        Checks that the description of the file overrules.
    checks : iterable of Check
        The checks to make.

    Returns
    -------
    Examined
        The rows to keep, and the findings.

    Raises
    ------
    InputError
        Your own figures are not what they must be; one message with every finding.
    """
    kept = pd.Series(True, rows.index)
    told = pd.Series(False, rows.index)
    own = rows["publisher"].eq(OWN).any()
    findings = []
    for check in checks:
        for doubt in check.find(rows, context):
            fresh = doubt.rows & ~told
            if not fresh.any():
                continue
            action = check.own if own else check.published
            accept = check.name in accepted
            if not accept:
                told |= fresh
            doubted = rows[fresh]
            finding = Finding(
                check=check.name,
                action="accepted" if accept else action,
                sheet=sheet,
                rows=len(doubted),
                cells=quoted(doubted, check.cells),
                expected=doubt.expected,
                remedy=check.remedy,
                indicators=tuple(doubted["indicator_id"].unique()),
            )
            findings.append(finding)
            if finding.action == "set aside":
                kept &= ~fresh
    _refuse(findings)
    return Examined(kept, tuple(findings))


def _refuse(findings: list[Finding]) -> None:
    refused = [finding for finding in findings if finding.action == "refuse"]
    if refused:
        lines = "".join(f"\n  - {finding.as_text()}" for finding in refused)
        names = ", ".join(dict.fromkeys(finding.check for finding in refused))
        raise InputError(
            f"Your own figures contradict themselves or what they are figures of, in "
            f"{plural(len(refused), 'way')}:{lines}\nCorrect them and build again. If they are "
            f"right, say so with `accept: [{names}]` in the description of the file."
        )
