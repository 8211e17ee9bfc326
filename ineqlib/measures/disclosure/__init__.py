"""Disclosure control: which counts to hide, and what published sums give away of hidden ones.

`rules` says which counts are too small and `suppress` hides them, with `margins` to lay out a table
and its totals. `differencing` is the reader who subtracts, who knows which `sums` hold, with
`ranges` to do it by linear programming.
"""

from ineqlib.measures.disclosure.differencing import Risk, differencing_risks
from ineqlib.measures.disclosure.margins import Totals
from ineqlib.measures.disclosure.rules import RULES, Rule
from ineqlib.measures.disclosure.sums import Sum
from ineqlib.measures.disclosure.suppress import Suppressed, protect, round_counts, suppress

__all__ = [
    "RULES",
    "Risk",
    "Rule",
    "Sum",
    "Suppressed",
    "Totals",
    "differencing_risks",
    "protect",
    "round_counts",
    "suppress",
]
