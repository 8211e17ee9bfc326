"""Published rules for which counts are too small to show."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from ineqlib.errors import ParameterError
from ineqlib.measures._checks import is_whole, one_of


@dataclass(frozen=True)
class Rule:
    """Which counts are hidden, and what the others are rounded to.

    Parameters
    ----------
    hide_from, hide_to
        Counts from the one to the other are hidden, both included. 0 hides zeros too; 1 shows
        them. At least two numbers, since hiding one number alone tells it.
    round_to
        All other counts are rounded to the nearest multiple; None leaves them as they are.
    source
        Where the rule was published.
    """

    hide_from: int
    hide_to: int
    round_to: int | None = None
    source: str = ""

    def __post_init__(self) -> None:
        whole = is_whole(self.hide_from) and is_whole(self.hide_to)
        if not whole or not 0 <= self.hide_from < self.hide_to:
            raise ParameterError(
                f"A rule that hides counts from {self.hide_from!r} to {self.hide_to!r}: expected "
                "two or more whole numbers, zero or above, the smaller first. Hiding one number "
                "alone tells everybody which it is."
            )
        if self.round_to is not None and (not is_whole(self.round_to) or self.round_to < 2):
            raise ParameterError(
                f"round_to={self.round_to!r}: expected a whole number of 2 or more, or None."
            )


_HES = "NHS Digital 2018, Disclosure control methodology for Hospital Episode Statistics"
_ONS = "Office for National Statistics 2006, Review of the Dissemination of Health Statistics"

RULES: Mapping[str, Rule] = MappingProxyType(
    {
        "hes": Rule(1, 7, round_to=5, source=f"{_HES} (below national level)"),
        "hes_before_2018": Rule(1, 5, source=f"{_HES} (the rule it replaced)"),
        "fewer_than_5": Rule(1, 4, source=f"{_ONS} (small places, sensitive subjects)"),
        "fewer_than_3": Rule(1, 2, source=f"{_ONS} (counts of 1 and 2)"),
        "opensafely": Rule(0, 7, round_to=5, source="OpenSAFELY 2023, ehrQL: disclosure control"),
    }
)
"""Rules by name. Which one binds you is said by whoever gave you the data."""


def named_rule(rule: str | Rule) -> Rule:
    """Return a rule by its name; a rule of one's own as it is."""
    return rule if isinstance(rule, Rule) else RULES[one_of(rule, "rule", RULES)]
