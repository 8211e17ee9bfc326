"""What a reader can work out about hidden counts from the sums that published ones must add up to.

Published: Persons 12, Male 9. Hidden: Female. Everybody can subtract. This module asks, for any
set of counts and sums, how much each hidden count can still vary.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ineqlib.errors import InputError, listed
from ineqlib.estimate import FloatArray
from ineqlib.measures._checks import (
    floats,
    labels_array,
    numbers,
    possibly_missing,
    require,
    same_labels,
)
from ineqlib.measures.disclosure.ranges import Component, components
from ineqlib.measures.disclosure.rules import Rule, named_rule
from ineqlib.measures.disclosure.sums import Sum, check_sums

Within = tuple[ArrayLike, ArrayLike]
NOTHING_KNOWN: Within = (0, np.inf)


@dataclass(frozen=True)
class Risk:
    """A hidden count that is not hidden.

    Parameters
    ----------
    cell
        Its place among the counts.
    label
        What it is called.
    kind
        "exact": only one number is possible. "narrow": fewer numbers are possible than the rule
        leaves open, all of them small.
    lowest, highest
        The numbers that are possible.
    sums
        The sums that give it away.
    """

    cell: int
    label: str
    kind: str
    lowest: float
    highest: float
    sums: tuple[Sum, ...] = field(default=())

    @property
    def words(self) -> str:
        """The finding as a sentence."""
        numbers = f"{self.lowest:,.0f}"
        if self.kind == "narrow":
            numbers += f" to {self.highest:,.0f}"
        return f"{self.label} can only be {numbers}: see {listed(s.name for s in self.sums)}."


def differencing_risks(
    counts: ArrayLike,
    sums: Sequence[Sum],
    *,
    hidden: ArrayLike | None = None,
    within: Within = NOTHING_KNOWN,
    rule: str | Rule | None = None,
    labels: Sequence[str] | None = None,
) -> list[Risk]:
    """Find every hidden count that published sums give away.

    Parameters
    ----------
    counts
        What is published, shape ``(n,)``; NaN where a reader sees no number.
    sums
        What adds up to what. Sums that share no hidden count are looked at one by one, so that
        many tables can be checked in one call.
    hidden
        True for counts that must stay secret, shape ``(n,)``. By default every NaN; a count that
        is missing because nobody knows it is not a secret and should be False.
    within
        Lowest and highest number a reader thinks possible for each NaN; by default zero and up.
    rule
        The rule counts are hidden by, or its name in `RULES`. With it, ranges inside the rule's
        that are narrower than it are found too, and `counts` are taken as rounded to its
        `round_to`.
    labels
        A name for each count, for the words of the findings.

    Returns
    -------
    list of Risk
        In the order of `counts`; empty where nothing is given away.

    Raises
    ------
    InputError
        Published counts that are negative or not whole, sums that name a place there is not, a
        lowest number above the highest, or published counts that do not add up.

    Method
    ------
    title: Differencing check
    sentence: Finds hidden counts that a reader can work out from published sums.
    formula:
        exact: min n_i = max n_i
        narrow: hide_from ≤ min n_i, max n_i ≤ hide_to, max n_i − min n_i < hide_to − hide_from
        min and max over all n ≥ 0 with total = Σ parts for every sum and n = the published number
            for every published count
    use: As the last step before publishing, over everything published, old tables included.
    avoid: As proof of safety: it knows the sums it is given. Figures elsewhere, intervals from
        which a count can be computed back, and what neighbours know are not among them.
    interval: None: nothing is estimated.
    source: Fischetti & Salazar 2001, Solving the cell suppression problem on tabular data with
        linear constraints, Management Science 47

    Notes
    -----
    Each hidden count is made as small and as large as the sums allow by linear programming; for
    sums of one table, with or without nested areas, the limits found are exact. Where tables are
    linked in more than two directions the true range can be narrower than the one found. A sum is
    taken to hold.

    Examples
    --------
    Women are hidden, and given away by persons and men:

    >>> persons_men_women = [12, 9, float("nan")]
    >>> [risk] = differencing_risks(
    ...     persons_men_women, [Sum(0, (1, 2), "persons = men + women")],
    ...     labels=["Persons", "Men", "Women"],
    ... )
    >>> risk.words
    'Women can only be 3: see persons = men + women.'
    """
    same_labels(counts=counts, hidden=hidden)
    counts = whole_numbers(counts)
    if counts.ndim != 1:
        raise InputError(
            f"counts: expected one row of counts, found a table of shape {counts.shape}. Give its "
            "rows one after the other, and number the places in the sums so."
        )
    rule = None if rule is None else named_rule(rule)
    if labels is not None:
        given = labels_array(labels, "labels")
        if given.shape != counts.shape:
            raise InputError(
                f"labels: {given.size} given for {len(counts)} counts; expected one each."
            )
    if rule is not None and rule.round_to is not None:
        require(
            np.isnan(counts) | (counts % rule.round_to == 0),
            "counts",
            f"a multiple of {rule.round_to}, as the rule has it",
            "Round them first, or give a rule without rounding.",
        )
    unseen = np.isnan(counts)
    secret = unseen if hidden is None else marked(hidden, counts) & unseen
    check_sums(sums, len(counts))
    risks = findings(counts, sums, secret, within, rule, {})
    if labels is None:
        return risks
    return [replace(risk, label=given[risk.cell]) for risk in risks]


def findings(
    shown: FloatArray,
    sums: Sequence[Sum],
    secret: NDArray[np.bool_],
    within: Within,
    rule: Rule | None,
    known: dict[object, list[Risk]],
) -> list[Risk]:
    """Find what is given away, in the order of the counts.

    `known` keeps what was found, by problem: looking again after hiding a few counts more, only
    the problems that changed are solved.
    """
    lower, upper = _bounds(shown, within, rule)
    risks: list[Risk] = []
    for component in components(lower, upper, [addition.cells for addition in sums]):
        key = (component.key, secret[component.cells].tobytes())
        if key not in known:
            known[key] = _risks_of(component, sums, secret, rule)
        risks += known[key]
    return sorted(risks, key=lambda risk: risk.cell)


def _bounds(counts: FloatArray, within: Within, rule: Rule | None) -> tuple[FloatArray, FloatArray]:
    """Return the lowest and highest number each count can be, to somebody who sees `counts`."""
    seen = ~np.isnan(counts)
    if not isinstance(within, Sequence) or len(within) != 2:
        raise InputError(f"within: {within!r} found, expected the lowest and the highest number.")
    lowest, highest = (np.broadcast_to(_limits(limit), counts.shape) for limit in within)
    require(lowest <= highest, "within", "lowest first", "Are the two numbers swapped?")
    lower = np.where(seen, counts, np.ceil(lowest))
    upper = np.where(seen, counts, np.floor(highest))
    if rule is None or rule.round_to is None:
        return lower, upper
    below, above = rule.round_to // 2, (rule.round_to - 1) // 2
    rounded = seen & (counts > 0)
    smallest = rule.hide_to + 1
    return (
        np.where(rounded, np.maximum(counts - below, smallest), lower),
        np.where(rounded, np.maximum(counts + above, smallest), upper),
    )


def _limits(limit: ArrayLike) -> FloatArray:
    """Return limits as floats; infinity says that there is none."""
    array = floats(limit, "within")
    numbers(np.where(np.isinf(array), 0, array), "within")
    return array


def _risks_of(
    component: Component,
    sums: Sequence[Sum],
    secret: NDArray[np.bool_],
    rule: Rule | None,
) -> list[Risk]:
    """Find what the sums of one component give away."""
    if (fault := component.fault()) is not None:
        given = listed(sums[place].name or f"sum {place}" for place in fault)
        raise InputError(
            f"Published counts do not add up: {given}. Check the total and its parts, or leave "
            "the sum out."
        )
    small = (-np.inf, -np.inf) if rule is None else (rule.hide_from, rule.hide_to)
    hidden = [cell for cell in component.cells if secret[cell]]
    component.survey(hidden, small)
    risks = []
    for cell in hidden:
        low, high, because = component.range_of(cell, small)
        inside = small[0] <= low and high <= small[1]
        if low == high or (inside and high - low < small[1] - small[0]):
            kind = "exact" if low == high else "narrow"
            why = tuple(sums[place] for place in because)
            risks.append(Risk(cell, f"count {cell}", kind, low, high, why))
    return risks


def whole_numbers(counts: ArrayLike) -> FloatArray:
    """Return counts as floats, NaN where there is none, refusing what is no count."""
    counts = np.atleast_1d(possibly_missing(counts, "counts"))
    seen = np.where(np.isnan(counts), 0, counts)
    require((seen >= 0) & (seen == np.round(seen)), "counts", "a whole number, zero or above")
    return counts


def marked(hidden: ArrayLike, counts: FloatArray) -> NDArray[np.bool_]:
    """Return marks of hidden counts, refusing what is not one True or False for each."""
    marks = np.asarray(hidden)
    if marks.dtype.kind == "O" and all(isinstance(mark, bool) for mark in marks.flat):
        marks = marks.astype(bool)
    if marks.dtype.kind != "b" or marks.shape != counts.shape:
        raise InputError(f"hidden: expected True or False for each of {len(counts)} counts.")
    return marks
