"""One row per measure of inequality: what it is called, what kind it is, where it comes from."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from ineqlib.estimate import Estimate
from ineqlib.measures.gaps import difference, ratio
from ineqlib.measures.gradients import rii, sii


@dataclass(frozen=True)
class Measure:
    """What the rest of the package, the methods page and the law tests know of a measure.

    Parameters
    ----------
    name
        The word people type, also the function's name.
    function
        Takes values (and populations where `weighted`), most deprived group first.
    title
        Its name in print.
    kind
        "absolute" (in the indicator's unit) or "relative" (no unit).
    ordered
        True where groups must be in order of deprivation.
    weighted
        True where the function takes the groups' populations second.
    at_equality
        Its value when all groups are equal.
    sentence
        What it says, for a reader who has never met it.
    citation
        Where the method comes from.
    """

    name: str
    function: Callable[..., Estimate]
    title: str
    kind: str
    ordered: bool
    weighted: bool
    at_equality: float
    sentence: str
    citation: str


_ROWS = (
    Measure(
        name="difference",
        function=difference,
        title="Difference",
        kind="absolute",
        ordered=True,
        weighted=False,
        at_equality=0,
        sentence="How far the least deprived group is above (or below) the most deprived group.",
        citation="WHO Handbook on Health Inequality Monitoring, 2013",
    ),
    Measure(
        name="ratio",
        function=ratio,
        title="Ratio",
        kind="relative",
        ordered=True,
        weighted=False,
        at_equality=1,
        sentence="How many times the most deprived group's value the least deprived group has.",
        citation="WHO Handbook on Health Inequality Monitoring, 2013",
    ),
    Measure(
        name="sii",
        function=sii,
        title="Slope index of inequality",
        kind="absolute",
        ordered=True,
        weighted=True,
        at_equality=0,
        sentence=(
            "How far apart the two ends of the scale of deprivation are, "
            "judged by a line through all the groups."
        ),
        citation="Pamuk 1985; Low and Low 2004, J Public Health 26:388",
    ),
    Measure(
        name="rii",
        function=rii,
        title="Relative index of inequality",
        kind="relative",
        ordered=True,
        weighted=True,
        at_equality=1,
        sentence=(
            "How many times the most deprived end's value the least deprived end has, "
            "judged by a line through all the groups."
        ),
        citation="Mackenbach and Kunst 1997, Soc Sci Med 44:757; limits by Fieller 1954",
    ),
)

REGISTRY: Mapping[str, Measure] = MappingProxyType({row.name: row for row in _ROWS})
"""Every inequality measure by name, in the order they are presented."""
