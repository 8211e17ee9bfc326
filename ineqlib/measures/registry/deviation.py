"""How far groups lie on average from their mean, from the best of them, or from one of them."""

from ineqlib.measures.deviation import idis, mdb, mdm, mdr
from ineqlib.measures.registry.dispersion import LETTERS, NEARLY_ALIKE
from ineqlib.measures.registry.needs import NOT_NEGATIVE
from ineqlib.measures.registry.publications import SCHLOTHEUBER, SCHLOTHEUBER_DOI
from ineqlib.measures.registry.rows import Measure, Method

_LETTERS = f"{LETTERS}\nw: p, or 1 / k with weighted=False"
_NEAREST = (
    "Those of two truths: under the one a value at least as large as observed comes once in 40 "
    "times, under the other one as small (for 95%). Each is the nearest to the data, in standard "
    "errors, of all with its measure. If distances in truth are d with errors s, each is observed "
    "as a folded normal variable: the value has the mean Σ w (d (2 Φ(a) − 1) + 2 s φ(a)), with "
    "a = d / s, Φ and φ being the normal distribution function and density, and is taken as "
    "normal. A lower limit of 0: the groups cannot be told apart. Plain normal limits where all "
    "sides are certain. Groups are taken to be independent of one another and their values normal."
)

ROWS = (
    Measure(
        function=idis,
        title="Index of disparity",
        sentence="How far the groups lie from their mean on average, as a fraction of the mean.",
        formula=f"IDIS = Σ w |y − μ| / μ\n{_LETTERS}",
        use="Beside mdm, to compare indicators of different units or levels.",
        avoid=(
            "Across programs without a look at the formula: some measure from the best group. "
            f"{NEARLY_ALIKE}"
        ),
        interval=f"As for mdm, over the mean, whose error is allowed for. {_NEAREST}",
        source=f"Pearcy and Keppel 2002, Public Health Rep 117:273; {SCHLOTHEUBER}",
        doi="10.1093/phr/117.3.273",
        kind="relative",
        ordered=False,
        needs=(NOT_NEGATIVE,),
    ),
    Measure(
        function=mdm,
        title="Mean difference from the mean",
        sentence="How far the groups lie from the mean of all people, on average.",
        formula=f"MDM = Σ w |y − μ|\n{_LETTERS}",
        use="For groups with no order, in the indicator's unit; easier to say than bgsd.",
        avoid=f"To say who is worse off: it has no direction. {NEARLY_ALIKE}",
        interval=_NEAREST,
        source=SCHLOTHEUBER,
        doi=SCHLOTHEUBER_DOI,
        kind="absolute",
        ordered=False,
    ),
)

METHODS = (
    Method(
        function=mdb,
        title="Mean difference from the best group",
        sentence="How far the groups lie from the best of them, on average.",
        formula=f"MDB = Σ w |y − y_best|\ny_best: highest or lowest value, as is good\n{_LETTERS}",
        use="Where the best group shows what is within reach of the others.",
        avoid=(
            "Where the best group is small: the best of uncertain values looks better than it is. "
            f"Then name a reference group beforehand, with mdr. {NEARLY_ALIKE}"
        ),
        interval=(
            "Those of two truths: under the one a best group that leads by at least as much as "
            "observed comes once in 40 times, under the other one that leads by as little (for "
            "95%). The first has all leads cut to one size, the second one group's raised: the one "
            "for which that takes fewest standard errors. Plain normal limits where the best group "
            "is certain. Groups' leads are taken to be independent and their values normal."
        ),
        source=SCHLOTHEUBER,
        doi=SCHLOTHEUBER_DOI,
    ),
    Method(
        function=mdr,
        title="Mean difference from a reference group",
        sentence="How far the groups lie from one of them, named beforehand, on average.",
        formula=f"MDR = Σ w |y − y_ref|\ny_ref: value of the reference group\n{_LETTERS}",
        use="Where one group is the natural comparison, such as the capital or the largest.",
        avoid=f"With a reference picked after a look at the values: use mdb. {NEARLY_ALIKE}",
        interval=_NEAREST,
        source=SCHLOTHEUBER,
        doi=SCHLOTHEUBER_DOI,
    ),
)
