"""What the registry holds of a function: what its docstring says of the method, how to call it."""

import inspect
import re
import textwrap
from collections.abc import Callable, Mapping
from dataclasses import KW_ONLY, dataclass
from functools import cached_property
from typing import Any

from ineqlib.estimate import Estimate
from ineqlib.measures.registry.needs import Need

SECTION = re.compile(r"^Method\n-{6}\n(.*?)(?=^\S+\n-{3,}$|\Z)", re.MULTILINE | re.DOTALL)
"""What a docstring says below ``Method``, and that title."""
_ITEM = re.compile(r"^(\w+):(.*\n(?: .*\n)*)", re.MULTILINE)
_WRAPPED = re.compile(r"\n {4,}")
"""A line of a formula that goes on in the next one, which is indented further."""


def said_of(function: Callable[..., Any]) -> dict[str, str]:
    """Return what the ``Method`` section of a docstring says, by the names of its items.

    Examples
    --------
    >>> def mean(values):
    ...     '''Mean of some values.
    ...
    ...     Method
    ...     ------
    ...     title: Mean
    ...     formula:
    ...         Σ y / n
    ...         y: each value
    ...     '''
    >>> said_of(mean)
    {'title': 'Mean', 'formula': 'Σ y / n\\ny: each value'}
    """
    section = SECTION.search(f"{inspect.getdoc(function)}\n")
    items = _ITEM.findall(section[1]) if section else []
    return {name: _unwrapped(text, keep_lines=name == "formula") for name, text in items}


def _unwrapped(text: str, *, keep_lines: bool) -> str:
    if not keep_lines:
        return " ".join(text.split())
    return _WRAPPED.sub(" ", textwrap.dedent(text.lstrip("\n"))).rstrip()


@dataclass(frozen=True)
class Method:
    """A function with its name in print, and what its docstring says of the method."""

    function: Callable[..., Any]
    title: str

    @property
    def name(self) -> str:
        """The word people type: the function's name."""
        return self.function.__name__

    @cached_property
    def _said(self) -> Mapping[str, str]:
        return said_of(self.function)

    @property
    def sentence(self) -> str:
        """What it says, for a reader who has never met it."""
        return self._said["sentence"]

    @property
    def formula(self) -> str:
        """In plain text with the letters the field uses, one line or more; says what each is."""
        return self._said["formula"]

    @property
    def use(self) -> str:
        """When it is the right choice."""
        return self._said["use"]

    @property
    def avoid(self) -> str:
        """When it is not, and what to take instead."""
        return self._said["avoid"]

    @property
    def interval(self) -> str:
        """How the limits are made and what they take for granted."""
        return self._said["interval"]

    @property
    def source(self) -> str:
        """Where the method comes from: authors, year, journal."""
        return self._said["source"]

    @property
    def doi(self) -> str:
        """Identifier of the first source, such as "10.1093/pubmed/fdh175"; empty without one."""
        return self._said.get("doi", "")


@dataclass(frozen=True)
class Measure(Method):
    """A summary of the inequality between groups.

    Parameters
    ----------
    kind
        "absolute" (in the indicator's unit, or its square) or "relative" (no unit).
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
    squared
        True where its unit is the square of the indicator's.
    bounded
        True where it is a part of what the bounds allow, so that even an absolute one has no unit.
    """

    function: Callable[..., Estimate]
    kind: str
    _: KW_ONLY
    ordered: bool = True
    weighted: bool = True
    at_equality: float = 0
    least_groups: int = 2
    needs: tuple[Need, ...] = ()
    squared: bool = False
    bounded: bool = False

    @property
    def has_unit(self) -> bool:
        """Whether it is in the indicator's unit, or its square."""
        return self.kind == "absolute" and not self.bounded
