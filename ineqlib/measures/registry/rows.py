"""What a row of the registry holds."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ineqlib.estimate import Estimate, FloatArray


@dataclass(frozen=True, kw_only=True)
class Method:
    """What the methods page says of a function; the worked example is its docstring's.

    Parameters
    ----------
    function
        The function.
    title
        Its name in print.
    sentence
        What it says, for a reader who has never met it.
    formula
        In plain text with the letters the field uses, one line or more; says what each letter is.
    use
        When it is the right choice.
    avoid
        When it is not, and what to take instead.
    interval
        How the limits are made and what they take for granted.
    source
        Where the method comes from: authors, year, journal.
    doi
        Identifier of the first source named, such as "10.1093/pubmed/fdh175"; empty where it has
        none.
    """

    function: Callable[..., Any]
    title: str
    sentence: str
    formula: str
    use: str
    avoid: str
    interval: str
    source: str
    doi: str = ""

    @property
    def name(self) -> str:
        """The word people type: the function's name."""
        return self.function.__name__


@dataclass(frozen=True, kw_only=True)
class Need:
    """Something a measure asks of the groups of one problem, for a reason in words.

    Parameters
    ----------
    words
        What is needed, after "needs": "every value above zero".
    met
        Takes values and populations of shape ``(…, k)``, returns ``(…)``: True where it is met.
    when
        Option and the value of it with which this is needed: ``("scale", "log")``; empty if always.
    option
        An option that `met` takes third, by its place: ``"bounds"``; empty if none.
    """

    words: str
    met: Callable[..., NDArray]
    when: tuple[str, Any] | tuple[()] = ()
    option: str = ""

    def applies(self, options: Mapping[str, Any]) -> bool:
        """Whether it is needed with these options (all of the function's, defaults included)."""
        return not self.when or options[self.when[0]] == self.when[1]

    def is_met(
        self, value: FloatArray, population: FloatArray, options: Mapping[str, Any]
    ) -> NDArray:
        """Whether each problem meets it with these options; all do where it does not apply."""
        if not self.applies(options):
            return np.full(value.shape[:-1], True)
        more = (options[self.option],) if self.option else ()
        return np.asarray(self.met(value, population, *more))


@dataclass(frozen=True, kw_only=True)
class Measure(Method):
    """A summary of the inequality between groups.

    Parameters
    ----------
    kind
        "absolute" (in the indicator's unit, or its square) or "relative" (no unit).
    squared
        True where its unit is the square of the indicator's.
    bounded
        True where it is a part of what the bounds allow, so that even an absolute one has no unit.
    ordered
        True where groups must be in order of deprivation.
    weighted
        True where the function takes the groups' populations second.
    at_equality
        Its value when all groups are equal.
    least_groups
        Fewest groups it can be made of.
    needs
        What else it asks of the groups; the function refuses groups that do not meet it.
    """

    function: Callable[..., Estimate]
    kind: str
    ordered: bool
    weighted: bool = True
    at_equality: float = 0
    least_groups: int = 2
    needs: tuple[Need, ...] = field(default=())
    squared: bool = False
    bounded: bool = False

    @property
    def has_unit(self) -> bool:
        """Whether it is in the indicator's unit, or its square."""
        return self.kind == "absolute" and not self.bounded
