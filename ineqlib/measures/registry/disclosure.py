"""Hiding small counts so that they stay hidden."""

from ineqlib.measures.disclosure import differencing_risks, protect, round_counts, suppress
from ineqlib.measures.registry.rows import Method

NO_INTERVAL = "None: nothing is estimated."
FISCHETTI = (
    "Fischetti & Salazar 2001, Solving the cell suppression problem on tabular data with linear "
    "constraints, Management Science 47"
)

ROWS = (
    Method(
        function=suppress,
        title="Suppression of small counts",
        sentence="Hides counts that are too small, then others that would give them away.",
        formula=(
            "primary: hide_from ≤ n ≤ hide_to\n"
            "secondary: the smallest other counts, until for every hidden n the sums leave open "
            "more than one number, and for every small one all of hide_from … hide_to\n"
            "n: a count; hide_from, hide_to: the rule's limits"
        ),
        use=(
            "Before a table of counts of people leaves your team, with its totals, under the rule "
            "of whoever gave you the data."
        ),
        avoid=(
            "For tables that are linked (areas within regions, the same people by sex and by age): "
            "one table at a time is not enough. Take protect, and check with differencing_risks."
        ),
        interval=NO_INTERVAL,
        source=(
            "Kelly, Golden & Assad 1992, Cell suppression: disclosure protection for sensitive "
            "tabular data, Networks 22; rules: see RULES"
        ),
    ),
    Method(
        function=protect,
        title="Secondary suppression over linked tables",
        sentence="Says which counts to hide besides, so that sums give away none of the hidden.",
        formula=(
            "while a hidden n_i has min n_i = max n_i over all tables with the published counts: "
            "hide the smallest published count in the sums that show it\n"
            "n_i: a count; min and max by linear programming under n ≥ 0 and the sums"
        ),
        use="Where counts add up in several directions: areas, sexes, groups of deprivation.",
        avoid=("Where one table is all you publish: suppress does the same in the table's shape."),
        interval=NO_INTERVAL,
        source=FISCHETTI,
    ),
    Method(
        function=differencing_risks,
        title="Differencing check",
        sentence="Finds hidden counts that a reader can work out from published sums.",
        formula=(
            "exact: min n_i = max n_i\n"
            "narrow: hide_from ≤ min n_i, max n_i ≤ hide_to, "
            "max n_i − min n_i < hide_to − hide_from\n"
            "min and max over all n ≥ 0 with total = Σ parts for every sum and n = the published "
            "number for every published count"
        ),
        use="As the last step before publishing, over everything published, old tables included.",
        avoid=(
            "As proof of safety: it knows the sums it is given. Figures elsewhere, intervals from "
            "which a count can be computed back, and what neighbours know are not among them."
        ),
        interval=NO_INTERVAL,
        source=FISCHETTI,
    ),
    Method(
        function=round_counts,
        title="Rounding of counts",
        sentence="Rounds counts to the nearest multiple of a base, so that small changes hide.",
        formula=(
            "r = b ⌊(n + ⌊b/2⌋) / b⌋\n"
            "n: a count; b: the base; r: what is published. Halves go up; each total is rounded "
            "itself"
        ),
        use="After suppression, where the rule of the data asks for it (hospital episodes: to 5).",
        avoid=(
            "Instead of suppression: a rounded 5 under a base of 5 is a count from 3 to 7. And do "
            "not compute rates from rounded counts that are small."
        ),
        interval=NO_INTERVAL,
        source=("NHS Digital 2018, Disclosure control methodology for Hospital Episode Statistics"),
    ),
)
