"""Hiding small counts, and what would give them away; rounding."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ineqlib.errors import ParameterError
from ineqlib.estimate import FloatArray
from ineqlib.measures._checks import is_whole, not_negative, same_labels
from ineqlib.measures.disclosure.differencing import Risk, findings, marked, whole_numbers
from ineqlib.measures.disclosure.margins import Totals, lay_out
from ineqlib.measures.disclosure.rules import Rule, named_rule
from ineqlib.measures.disclosure.sums import Sum, check_sums


@dataclass(frozen=True)
class Suppressed:
    """A table that can be published.

    Parameters
    ----------
    counts
        As given, rounded if the rule says so; NaN where hidden or missing.
    status
        Of each count: "published", "primary" (too small), "secondary" (would give a small one
        away) or "missing" (there was no count).
    totals, totals_status
        The same of the totals.
    """

    counts: FloatArray
    status: NDArray[np.str_]
    totals: Totals
    totals_status: Totals


def suppress(
    counts: ArrayLike, rule: str | Rule, *, totals: Totals | ArrayLike | None = None
) -> Suppressed:
    """Hide counts that are too small, then whatever would give them away.

    Parameters
    ----------
    counts
        Whole numbers. One line of cells, shape ``(…, c)``, or a table of rows and columns, shape
        ``(…, r, c)``; leading axes are tables of their own. NaN is a count that is missing: it
        stays missing, and is not suppressed.
    rule
        A name in `RULES` or a `Rule` of your own.
    totals
        The totals that are published beside the counts: `Totals`, or an array of the total of each
        row, shape ``(…)`` or ``(…, r)``. Without any, only the small counts are hidden.

    Returns
    -------
    Suppressed
        Publish its `counts` and `totals` with one and the same mark for everything hidden: marks
        that tell primary from secondary tell more.

    Raises
    ------
    InputError
        Counts that are negative or not whole; totals that are not the sum of their parts; a total
        of a line in which a count is missing.
    ParameterError
        An unknown rule.

    Method
    ------
    title: Suppression of small counts
    sentence: Hides counts that are too small, then others that would give them away.
    formula:
        primary: hide_from ≤ n ≤ hide_to
        secondary: the smallest other counts, until for every hidden n the sums leave open more than
            one number, and for every small one all of hide_from … hide_to
        n: a count; hide_from, hide_to: the rule's limits
    use: Before a table of counts of people leaves your team, with its totals, under the rule of
        whoever gave you the data.
    avoid: For tables that are linked (areas within regions, the same people by sex and by age): one
        table at a time is not enough. Take protect, and check with differencing_risks.
    interval: None: nothing is estimated.
    source: Kelly, Golden & Assad 1992, Cell suppression: disclosure protection for sensitive
        tabular data, Networks 22; rules: see RULES

    Notes
    -----
    A total can be small too, and is then hidden. Further counts are hidden, each time the smallest
    that would help, until a reader who knows the rule cannot narrow any hidden count by more than
    the rule itself tells; the totals come in where other counts do not suffice. Zeros are hidden
    last of all, because a reader often knows that they must be zero. This choice is good, not the
    best there is: finding the fewest counts is a problem without a fast exact solution.

    Examples
    --------
    The 3 is small; with the total 43 published it could be had by subtraction, so 12 is hidden too:

    >>> hidden = suppress([3, 12, 28], "fewer_than_5", totals=43)
    >>> hidden.status.tolist()
    ['primary', 'secondary', 'published']
    >>> hidden.counts.tolist(), hidden.totals.rows.tolist()
    ([nan, nan, 28.0], 43.0)
    """
    rule = named_rule(rule)
    layout = lay_out(counts, totals)
    whole_numbers(layout.cells)
    small = (layout.cells >= rule.hide_from) & (layout.cells <= rule.hide_to)
    missing = np.isnan(layout.cells)
    secret = protect(layout.cells, layout.sums, hidden=small, rule=rule)
    status = np.select(
        [missing, small, secret], ["missing", "primary", "secondary"], default="published"
    )
    shown, shown_totals = layout.apart(_shown(layout.cells, secret, rule))
    status, totals_status = layout.apart(status)
    return Suppressed(shown, status, shown_totals, totals_status)


def protect(
    counts: ArrayLike,
    sums: Sequence[Sum],
    *,
    hidden: ArrayLike,
    rule: str | Rule | None = None,
) -> NDArray[np.bool_]:
    """Say which counts to hide so that sums give away none of the hidden ones.

    For tables that are linked to one another; `suppress` does it for a single table.

    Parameters
    ----------
    counts
        The true counts, shape ``(n,)``; NaN where nobody knows.
    sums
        What adds up to what, by places among the counts.
    hidden
        True for the counts that are hidden to begin with, shape ``(n,)``.
    rule
        A name in `RULES` or a `Rule` of your own; as in `differencing_risks`. A reader is then
        taken to know which counts (other than totals) are hidden by it, and so within it.

    Returns
    -------
    array of bool
        True for every count to hide, those hidden to begin with included.

    Raises
    ------
    InputError
        As `differencing_risks`; besides, true counts that do not add up.

    Method
    ------
    title: Secondary suppression over linked tables
    sentence: Says which counts to hide besides, so that sums give away none of the hidden.
    formula:
        while a hidden n_i has min n_i = max n_i over all tables with the published counts: hide the
            smallest published count in the sums that show it
        n_i: a count; min and max by linear programming under n ≥ 0 and the sums
    use: Where counts add up in several directions: areas, sexes, groups of deprivation.
    avoid: Where one table is all you publish: suppress does the same in the table's shape.
    interval: None: nothing is estimated.
    source: Fischetti & Salazar 2001, Solving the cell suppression problem on tabular data with
        linear constraints, Management Science 47

    Examples
    --------
    >>> protect([12, 9, 3], [Sum(0, (1, 2))], hidden=[False, False, True]).tolist()
    [False, True, True]
    """
    rule = None if rule is None else named_rule(rule)
    same_labels(counts=counts, hidden=hidden)
    counts = whole_numbers(counts)
    check_sums(sums, len(counts))
    first = marked(hidden, counts)
    within = _known_of_small(counts, sums, first, rule)
    secret = first.copy()
    known: dict[object, list[Risk]] = {}
    while risks := findings(_shown(counts, secret, rule), sums, secret, within, rule, known):
        new: set[int] = set()
        # The shortest way to a count first; what it hides may close the longer ways too.
        for risk in sorted(risks, key=lambda risk: len(risk.sums)):
            if all(new.isdisjoint(addition.cells) for addition in risk.sums):
                new.add(_next_to_hide(counts, risk, secret))
        secret[list(new)] = True
    return secret


def round_counts(counts: ArrayLike, *, base: int = 5) -> FloatArray:
    """Round counts to the nearest multiple of `base`; halves go up.

    Parameters
    ----------
    counts
        Whole numbers of any shape.
    base
        2 or more.

    Returns
    -------
    array
        Totals rounded by this function need not be the sum of rounded parts: round each total
        itself, never add up rounded counts.

    Raises
    ------
    InputError
        A count that is missing, negative or not whole.
    ParameterError
        A base that is not a whole number of 2 or more.

    Method
    ------
    title: Rounding of counts
    sentence: Rounds counts to the nearest multiple of a base, so that small changes hide.
    formula:
        r = b ⌊(n + ⌊b/2⌋) / b⌋
        n: a count; b: the base; r: what is published. Halves go up; each total is rounded itself
    use: After suppression, where the rule of the data asks for it (hospital episodes: to 5).
    avoid: Instead of suppression: a rounded 5 under a base of 5 is a count from 3 to 7. And do not
        compute rates from rounded counts that are small.
    interval: None: nothing is estimated.
    source: NHS Digital 2018, Disclosure control methodology for Hospital Episode Statistics

    Notes
    -----
    Rounding alone does not hide small counts: 3 becomes 5 and 2 becomes 0, and a reader knows how
    far off they can be. Suppress first.

    Examples
    --------
    >>> round_counts([0, 2, 3, 17, 23]).tolist()
    [0.0, 0.0, 5.0, 15.0, 25.0]
    """
    counts = whole_numbers(not_negative(counts, "counts"))
    if not is_whole(base) or base < 2:
        raise ParameterError(f"base={base!r}: expected a whole number of 2 or more, such as 5.")
    return _nearest(counts, int(base))


def _nearest(counts: FloatArray, base: int) -> FloatArray:
    return np.floor((counts + base // 2) / base) * base


def _shown(counts: FloatArray, secret: NDArray[np.bool_], rule: Rule | None) -> FloatArray:
    """Return what a reader sees: NaN where a count is hidden, the others rounded."""
    shown = np.where(secret, np.nan, counts)
    return shown if rule is None or rule.round_to is None else _nearest(shown, rule.round_to)


def _known_of_small(
    counts: FloatArray, sums: Sequence[Sum], first: NDArray[np.bool_], rule: Rule | None
) -> tuple[FloatArray, FloatArray]:
    """Return what a reader knows of each count if it is hidden.

    Nothing of a total: were it known to be small too, no choice of counts could always protect its
    parts.
    """
    lower, upper = np.zeros(len(counts)), np.full(len(counts), np.inf)
    if rule is not None:
        small = first & (counts >= rule.hide_from) & (counts <= rule.hide_to)
        small[[addition.total for addition in sums]] = False
        lower[small], upper[small] = rule.hide_from, rule.hide_to
    return lower, upper


def _next_to_hide(counts: FloatArray, risk: Risk, secret: NDArray[np.bool_]) -> int:
    """Choose the smallest count that is still published in what gives a hidden one away.

    Sums with a single hidden count come first: they need another one whatever else is done.
    """
    published = ~secret & ~np.isnan(counts)
    single = [addition for addition in risk.sums if (~published[list(addition.cells)]).sum() == 1]
    cells = {cell for addition in single or risk.sums for cell in addition.cells if published[cell]}
    return min(cells, key=lambda cell: (counts[cell] == 0, counts[cell], cell))
