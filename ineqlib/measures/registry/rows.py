"""What a row of the registry holds."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

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
        Option and the word of it with which this is needed: ``("scale", "log")``; empty if always.
    """

    words: str
    met: Callable[[FloatArray, FloatArray], NDArray]
    when: tuple[str, str] | tuple[()] = ()

    def applies(self, options: Mapping[str, Any]) -> bool:
        """Whether it is needed with these options (all of the function's, defaults included)."""
        return not self.when or options[self.when[0]] == self.when[1]


@dataclass(frozen=True, kw_only=True)
class Measure(Method):
    """A summary of the inequality between groups.

    Parameters
    ----------
    kind
        "absolute" (in the indicator's unit, or its square) or "relative" (no unit).
    squared
        True where its unit is the square of the indicator's.
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
    weighted: bool
    at_equality: float
    least_groups: int = 2
    needs: tuple[Need, ...] = field(default=())
    squared: bool = False
