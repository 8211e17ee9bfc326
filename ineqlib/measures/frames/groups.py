"""A frame of groups read for its measures: values, populations, errors, and every fault."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from ineqlib.errors import InputError, ParameterError, nearest
from ineqlib.estimate import FloatArray
from ineqlib.measures._checks import is_whole
from ineqlib.measures.frames.columns import Columns
from ineqlib.measures.frames.places import check_places, read_places
from ineqlib.measures.frames.stack import (
    Findings,
    Mask,
    Stack,
    check_columns,
    plain_numbers,
    plain_text,
    stack_rows,
)
from ineqlib.measures.intervals import implied_se

CAUTION = {"provisional": "provisional", "low_reliability": "of low reliability"}
NO_VALUE = {
    "suppressed": "suppressed",
    "not_available": "not available",
    "not_applicable": "not applicable",
}
STATUSES = ("ok", *CAUTION, *NO_VALUE)
"""Every status of the tidy contract, which this room does not know; a test holds the two alike."""

ORDER = "1 is the most deprived; turn the order round, or correct the labels"
NO_PEOPLE = "without a population above zero"
EVEN = "where groups are equally large by how they are cut, say columns=Columns(population=None)"
UNSTATED = "nothing tells how many groups there should be but the most found: say groups="

SLACK = 1e-6
"""Limits may miss their value by this share of it: published figures are rounded."""


@dataclass(frozen=True)
class Groups:
    """Numbers of the sorted rows, and what is wrong with each set of groups.

    Parameters
    ----------
    stack
        Which rows make which set.
    value, population, se
        Of the sorted rows.
    has_se, why_no_se
        Whether every group of the set has an error; if not, why.
    unit
        Of each set.
    common
        What spoils every measure.
    unordered
        Sets without order: they spoil ordered measures.
    wrong_end
        Which groups their labels place at the other end: that spoils ordered measures too.
    groups_unstated
        Sets of which nothing tells how many groups there should be.
    bad_population
        What is wrong with the populations: it spoils weighted measures.
    caution
        The status of a value that can be had: ``ok``, ``low_reliability`` or ``provisional``.
    """

    stack: Stack
    value: FloatArray
    population: FloatArray
    se: FloatArray
    has_se: Mask
    why_no_se: NDArray
    unit: NDArray
    common: Findings
    unordered: Mask
    wrong_end: NDArray
    groups_unstated: Mask
    bad_population: NDArray
    caution: NDArray

    def findings_for(self, *, with_unit: bool, ordered: bool, weighted: bool) -> Findings:
        """Return what spoils a measure that asks this of its groups, to be added to."""
        findings = self.common.copy()
        if with_unit:
            unstated = (self.unit == "") & (findings.status == "ok")
            findings.add(unstated, "not_available", "no unit stated, and this measure is in one")
        if ordered:
            findings.add(self.unordered, "not_applicable", "these groups have no order")
            findings.add(self.wrong_end != "", "not_applicable", self.wrong_end)
            findings.remark(self.groups_unstated & (findings.status == "ok"), UNSTATED)
        if weighted:
            findings.add(self.bad_population != "", "not_available", self.bad_population)
        return findings


def read_groups(frame: pd.DataFrame, by: list[str], columns: Columns, groups: int | None) -> Groups:
    """Read a frame of groups; its faults become findings, text for numbers an error."""
    _check(frame, columns, groups)
    member = np.full(len(frame), True)
    if columns.dimension:
        member = plain_text(frame[columns.dimension]) != ""
        if columns.dimension in by:
            frame, member = frame[member], member[member]
    places = read_places(frame, columns, member, groups)
    stack = stack_rows(frame[by], places.place, member)
    rows = stack.rows
    places = places.of(rows)
    value = _column(frame, columns.value)[rows]
    unit = plain_text(frame[columns.unit])[rows]
    population = (
        _column(frame, columns.population)[rows] if columns.population else np.ones(len(rows))
    )
    common = Findings(stack, places.name)
    common.add(stack.size == 0, "not_available", "no rows of groups, only of the whole area")
    status = _statuses(frame, columns)[rows]
    caution = _check_values(value, status, common)
    check_places(places, common)
    common.add(stack.differs(pd.factorize(unit)[0]), "not_applicable", "values in several units")
    se, why = _errors(frame.iloc[rows], columns, Findings(stack, places.name))
    first_unit = np.full(len(stack.size), "", dtype=object)
    first_unit[stack.problem[::-1]] = unit[::-1]
    return Groups(
        stack=stack,
        value=value,
        population=population,
        se=se,
        has_se=why == "",
        why_no_se=why,
        unit=first_unit,
        common=common,
        unordered=stack.any(places.unordered),
        wrong_end=common.describe(places.wrong_end, "labelled as the other end", ORDER),
        groups_unstated=~stack.any(places.stated) & (stack.size > 0),
        bad_population=_population_faults(population, Findings(stack, places.name)),
        caution=caution,
    )


def _population_faults(population: FloatArray, findings: Findings) -> NDArray:
    """Say for each set what is wrong with its populations; empty where nothing is."""
    stack = findings.stack
    endless = np.isinf(population)
    bad = ~(endless | (population > 0))
    everywhere = bad & (stack.count(bad) == stack.size)[stack.problem]
    findings.remark_rows(bad & ~everywhere, NO_PEOPLE)
    findings.remark_rows(everywhere, NO_PEOPLE, EVEN)
    findings.remark_rows(endless, "with an infinite population")
    return findings.note


def _check(frame: pd.DataFrame, columns: Columns, groups: int | None) -> None:
    check_columns(
        frame,
        [name for name in vars(columns).values() if isinstance(name, str)],
        "Say what it is called with columns=Columns(…); None where there is none and none needed.",
    )
    if groups is not None and (not is_whole(groups) or groups < 2):
        raise ParameterError(f"groups={groups!r}: expected a whole number of groups, 2 or more.")


def _column(frame: pd.DataFrame, name: str | None) -> FloatArray:
    return plain_numbers(frame[name]) if name else np.full(len(frame), np.nan)


def _statuses(frame: pd.DataFrame, columns: Columns) -> NDArray:
    if columns.status is None:
        return np.full(len(frame), "ok", dtype=object)
    status = plain_text(frame[columns.status])
    for word in pd.unique(status):
        if word not in STATUSES:
            raise InputError(
                f"{columns.status}: {(status == word).sum()} rows hold {word!r}; expected one of "
                f"{', '.join(STATUSES)}.{nearest(word, STATUSES)}"
            )
    return status


def _check_values(value: FloatArray, status: NDArray, findings: Findings) -> NDArray:
    """Note values that are not there, and return the status of those that are."""
    for word, words in NO_VALUE.items():
        findings.add_rows(status == word, word, words)
    shown = ~np.isin(status, list(NO_VALUE))
    findings.add_rows(shown & np.isnan(value), "not_available", "without a value")
    findings.add_rows(shown & np.isinf(value), "not_available", "with an infinite value")
    caution = np.full(len(findings.status), "ok", dtype=object)
    for word, words in CAUTION.items():
        doubtful = status == word
        caution[findings.stack.any(doubtful)] = word
        findings.remark_rows(doubtful, words)
    return caution


def _errors(rows: pd.DataFrame, columns: Columns, why: Findings) -> tuple[FloatArray, NDArray]:
    """Return standard errors, and why a set of groups has not all of them."""

    def refuse(bad: Mask, words: str) -> None:
        why.remark(why.stack.any(bad), "no limits: " + why.describe(bad, words))

    if columns.se:
        se = _column(rows, columns.se)
        refuse(~np.isfinite(se), "without a standard error")
        refuse(se < 0, "with a standard error below zero")
        return se, why.note
    if columns.lower is None or columns.upper is None:
        why.remark(why.stack.size > 0, "no limits: neither limits nor standard errors given")
        return np.full(len(rows), np.nan), why.note
    lower, upper = _column(rows, columns.lower), _column(rows, columns.upper)
    value = _column(rows, columns.value)
    slack = SLACK * np.maximum(np.abs(value), 1)
    known = np.isfinite(lower) & np.isfinite(upper)
    turned = known & (lower > upper)
    beside = known & ~turned & ((value < lower - slack) | (value > upper + slack))
    refuse(~known, "without both limits")
    refuse(turned, "with limits the wrong way round")
    refuse(beside, "with a value outside its limits")
    good = known & ~turned
    se = np.full(len(rows), np.nan)
    se[good] = implied_se(lower[good], upper[good], confidence=columns.limits_confidence)
    return se, why.note
