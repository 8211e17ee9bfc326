"""Gaps between two groups, and what would change if all had the least deprived group's value."""

from ineqlib.measures.gaps import difference, ratio
from ineqlib.measures.registry.needs import ENDS_ABOVE_ZERO
from ineqlib.measures.registry.publications import WHO_HANDBOOK
from ineqlib.measures.registry.rows import Measure

ROWS = (
    Measure(
        function=difference,
        title="Difference",
        sentence="How far the least deprived group is above (or below) the most deprived group.",
        formula="D = y_k − y_1\ny_1: value of the most deprived group; y_k: of the least deprived",
        use="Always, beside a relative measure: it is in the indicator's own unit and easy to say.",
        avoid=(
            "On its own where there are many groups: it looks at two of them and forgets the rest. "
            "Then show the slope index too."
        ),
        interval=(
            "Normal: D ± z √(se_1² + se_k²). The two groups are taken to be independent of one "
            "another. Exact where the values are normal."
        ),
        source=WHO_HANDBOOK,
        kind="absolute",
        ordered=True,
        weighted=False,
    ),
    Measure(
        function=ratio,
        title="Ratio",
        sentence="How many times the most deprived group's value the least deprived group has.",
        formula="R = y_k / y_1\ny_1: value of the most deprived group; y_k: of the least deprived",
        use="Beside the difference, to compare inequality in indicators of different units.",
        avoid=(
            "On its own: a ratio grows as a problem becomes rare although fewer people are harmed. "
            "Never of values that can be zero or below."
        ),
        interval=(
            "Normal on the log scale: R exp(± z √(se_1²/y_1² + se_k²/y_k²)), errors of the logs by "
            "the delta method. The two groups are taken to be independent of one another."
        ),
        source=WHO_HANDBOOK,
        kind="relative",
        ordered=True,
        weighted=False,
        at_equality=1,
        needs=(ENDS_ABOVE_ZERO,),
    ),
)
