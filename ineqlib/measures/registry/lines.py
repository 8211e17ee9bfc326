"""What a slope rests on, and the same indices made as others make them."""

from ineqlib.measures.line_checks import gradient_checks
from ineqlib.measures.quantiles import assign_quantiles, relative_rank
from ineqlib.measures.registry.rows import Method
from ineqlib.measures.simulated_slopes import rii_simulated, sii_simulated, simulation_spread

_OHID = "OHID, inequalities tools and guidance"
_DRAWS = (
    "Chance is drawn around each group's value, normal on the scale named by noise; the limits "
    "stand at places round(R (1 − q)) and round(R q) of R draws in order, q = ½ (1 + confidence). "
    "They change with the generator: simulation_spread says how far."
)
_AS_OHID = "To match limits made with OHID's tool, or noise on another scale than the line's."

METHODS = (
    Method(
        function=sii_simulated,
        title="Slope index of inequality, simulated limits",
        sentence="The slope index, its limits made by simulation as OHID's tool makes them.",
        formula="As sii; y* = y + se e on the scale of noise, e standard normal, R times",
        use=_AS_OHID,
        avoid="Otherwise: sii gives at once the limits these come near, the same for every reader.",
        interval=_DRAWS,
        source=_OHID,
    ),
    Method(
        function=rii_simulated,
        title="Relative index of inequality, simulated limits",
        sentence="The relative index, its limits made by simulation as OHID's tool makes them.",
        formula="As rii; y* = y + se e on the scale of noise, e standard normal, R times",
        use=_AS_OHID,
        avoid="Otherwise: rii gives at once the limits these come near, the same for every reader.",
        interval=_DRAWS,
        source=_OHID,
    ),
    Method(
        function=simulation_spread,
        title="Spread of simulated limits",
        sentence="How far simulated limits move when the simulation is made again.",
        formula=(
            "Σ |limit_t − limit_1| / number of them, over both limits and simulations t = 2 … T\n"
            "T: simulations made, 10 unless told otherwise"
        ),
        use="Once, to choose a number of draws; limits are no better than it.",
        avoid="As a measure of the index's own uncertainty: that is what the limits are for.",
        interval="None.",
        source=_OHID,
    ),
    Method(
        function=gradient_checks,
        title="Checks of a gradient",
        sentence="Whether a straight line describes the groups, before its slope is quoted.",
        formula=(
            "R² = 1 − Σ a (y − ŷ)² / Σ a (y − ȳ)²;  departure: Σ ((y − ỹ) / se)² on k − 2 degrees\n"
            "y: value of a group; a: its share of the population; ŷ: the line; ȳ: the mean; "
            "ỹ: the most precise line there is; influence: the slope without a group less with it"
        ),
        use="Beside every slope index.",
        avoid="As a licence: a line can fit and still say little, as of five groups.",
        interval=(
            "None. The departure's probability is from chi-squared, errors taken to be normal and "
            "known; 0.8 of R² and 0.05 are conventions of this package."
        ),
        source="Draper and Smith 1998, Applied Regression Analysis, 3rd edition",
    ),
    Method(
        function=assign_quantiles,
        title="Fifths, tenths and other quantiles of areas",
        sentence="Which tenth of deprivation an area is in, the first being the most deprived.",
        formula=(
            "q = k + 1 − ⌈(n + 1 − r) k / n⌉, in whole numbers\n"
            "n: areas; r: rank, 1 the most deprived, ties sharing the lowest; k: quantiles"
        ),
        use="To make groups of areas, within England or within one area.",
        avoid=(
            "Where the publisher gives the groups: take those. Of fewer areas than quantiles. "
            "Where many areas tie, look at the sizes: groups can be unequal."
        ),
        interval="None.",
        source="OHID technical guide, Assigning Deprivation Categories",
    ),
    Method(
        function=relative_rank,
        title="Relative rank",
        sentence="Where a group stands between the most deprived person (0) and the least (1).",
        formula="b_j = a_1 + … + a_(j−1) + a_j / 2\na: a group's share of the population",
        use="As the horizontal axis of every gradient.",
        avoid="With groups in any other order than from the most deprived to the least.",
        interval="None: populations are taken to be known.",
        source="Pamuk 1985, Popul Stud 39:17",
    ),
)
