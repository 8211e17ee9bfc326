"""What the page says: the answer, how sure it is, and what next."""

from ineqlib.briefings.economic_case.facts import NONE, PROVEN, UNSURE, Case
from ineqlib.briefings.economic_case.money import AIM, CHANCE, COST, Cost, Money, Swing
from ineqlib.briefings.economic_case.ways import Way
from ineqlib.measures.cost_shapes import COST_SHAPES
from ineqlib.narrative import leads
from ineqlib.narrative.reader import name_inside, place_inside
from ineqlib.narrative.sentence import (
    Number,
    Period,
    Sentence,
    Strong,
    Words,
    at,
    capitalised,
    in_brackets,
    interval,
    sentence,
)
from ineqlib.pack.unit_costs import KEYS
from ineqlib.text import joined, lower_first, number, with_unit

NOT_CASHABLE = "This is no saving that can be taken out of a budget"


def name_of(case: Case) -> str:
    """What is counted, and whose, as it stands inside a sentence."""
    series = case.about.series
    name = series.name if series is not None else case.asked.indicator.public_name
    return f"“{name_inside(name)}”"


def question(case: Case) -> str:
    """The question as a colleague would put it."""
    return f"What does the gap cost in {place_inside(case.asked.place.name)}, for {name_of(case)}?"


def title(case: Case) -> str:
    """What the page is called."""
    return f"The economic case in {place_inside(case.asked.place.name)}: {name_of(case)[1:-1]}"


def in_short(case: Case) -> str:
    """Return the answer in one line, for an index."""
    way, money = case.about.way, case.money
    if way is None:
        return "No case can be made"
    if case.verdict == NONE:
        return f"Nothing to avoid against {way.aim.name}"
    if case.verdict == UNSURE:
        return "Cannot tell whether anything could be avoided"
    avoided = f"{way.yearly.text} {_fewer(case)} a year"
    return f"{avoided}: {money.total.text}" if money else f"{avoided}; no costs were given"


def _fewer(case: Case) -> str:
    return "fewer" if case.is_adverse else "more"


def answer(case: Case) -> Sentence:
    """The answer in a few short sentences."""
    way, place = case.about.way, place_inside(case.asked.place.name)
    if way is None:
        is_all = not case.about.instead and not case.about.ways
        others = "; the pack has nothing else there of which one could be" if is_all else ""
        return sentence(
            Strong("No case can be made"),
            f" for {name_of(case)} in {place}, because {case.about.why_not}{others}.",
        )
    if case.verdict == NONE:
        return sentence(
            (Strong("Nothing to avoid"), f": {name_of(case)} in {place} ", at(way.now.period)),
            (f" was no worse than {way.aim.name}, ", way.aim.goal, ".", _other_aim(case)),
        )
    if case.verdict == UNSURE:
        start = sentence(Strong("Cannot tell"), " whether anything could be avoided. ")
        return sentence(start, _would(case, way), " Chance alone could explain that.", _so(case))
    if case.money is None:
        return sentence(_would(case, way, strong=True), " ", _no_cost(case))
    return sentence(_sum(case, case.money), " ", _would(case, way), f" {NOT_CASHABLE}.")


def _other_aim(case: Case) -> Sentence:
    """Tell of the aim that asks for most, where one asks for anything."""
    most = max(case.about.ways.values(), key=lambda way: way.yearly.value)
    if most.yearly.value <= 0:
        return sentence()
    return sentence(
        (f" Against {most.aim.name} there would be ", most.yearly, f" {_fewer(case)} a year"),
        (interval(most.yearly), "."),
    )


def _sum(case: Case, money: Money) -> Sentence:
    """The sum, over how long, and in whose prices."""
    over: Words = (" over ", case.years) if case.asked.years > 1 else " a year"
    discounted: Words = ""
    if case.rate is not None:
        discounted = ", discounted by ", case.rate, " a year"
    return sentence(
        (Strong("The gap costs"), " about ", money.total, over, interval(money.total), discounted),
        (", at ", Period(money.price_year), " prices."),
    )


def _would(case: Case, way: Way, *, strong: bool = False) -> Sentence:
    """How many fewer there would be, and if what."""
    of = " of" if case.asked.indicator.uncounted else ""
    lead = f"{_fewer(case)}{of} {name_of(case)} a year"
    as_now = ""
    if way.yearly.number == "0":
        as_now, lead = f"about as many{of} {name_of(case)} as now: ", f"{_fewer(case)} a year"
    return sentence(
        (f"If {way.aim.words}, ", way.aim.goal, in_brackets(way.now.period)),
        (f", there would be {as_now}", way.yearly, " ", Strong(lead) if strong else lead),
        (interval(way.yearly), "."),
    )


def _so(case: Case) -> Sentence:
    if case.money is None:
        return sentence()
    return sentence(
        " At the unit costs given it would be ",
        case.money.total,
        interval(case.money.total),
        ", which may be nothing: do not quote the sum alone.",
    )


def _no_cost(case: Case) -> Sentence:
    """Say why no sum is put to it."""
    costs = case.asked.costs
    if costs is None:
        return sentence(
            "What that costs cannot be told: this page was given no unit costs, and makes none up."
        )
    return sentence(
        ("What that costs cannot be told: ", Period(costs.source)),
        (f" has no cost of {name_of(case)} (", Period(case.asked.indicator.id), ")."),
    )


def what_is_needed(case: Case) -> Sentence:
    """Say what to get to put a sum to it."""
    rows = "a file with a row for each cost" if case.asked.costs is None else "a row for it"
    return sentence(
        f"ask those who would pay for published unit costs, and give this page {rows}: ",
        Period(joined(list(KEYS))),
        ".",
    )


def how_sure(case: Case) -> Sentence:
    """What is counted, what is assumed, and which of it moves the answer most."""
    way, money = case.about.way, case.money
    if way is None or case.verdict == NONE:
        return sentence()
    old = ", years before the newest figures here" if case.about.is_old else ""
    counted = way.counted, " events counted ", at(way.counted.period)
    start = sentence(counted, old, _newer(case))
    if money is None:
        chance = "more than chance, by the 95% interval; " if case.verdict == PROVEN else ""
        return leads.how_sure(chance, start, ".")
    most = next(swing for swing in money.swings if swing.what in (CHANCE, COST))
    return leads.how_sure(
        (start, "; unit costs are assumptions. ", capitalised(_called(most))),
        (" alone moves the sum from ", _ends(most), "."),
    )


def choice(money: Money) -> Sentence:
    """How far the choice of the aim, which is no uncertainty, moves the sum."""
    aims = [swing for swing in money.swings if swing.what == AIM]
    if not aims:
        return sentence()
    return sentence("What is aimed at is a choice, and moves the sum from ", _ends(aims[0]), ".")


def _newer(case: Case) -> Sentence:
    if not case.about.newer:
        return sentence()
    return sentence("; the newest figure", in_brackets(case.about.newer), " has no count")


def _called(swing: Swing) -> Sentence:
    if swing.what == COST:
        return sentence("the cost of “", Period(swing.name), "”")
    return sentence(lower_first(swing.name))


def _ends(swing: Swing) -> Sentence:
    """Tell both ends to which an assumption moves the total, each with its unit."""
    total = swing.total
    low, high = total.limits or (total.value, total.value)
    unit = " million" if total.unit.endswith("million") else ""
    first, last = (
        Number(with_unit(number(end, total.decimals), f"£{unit}"), float(end), total.id)
        for end in (low, high)
    )
    return sentence(first if low else "nothing", " to ", last)


def next_step(case: Case) -> Sentence:
    """What to do next."""
    more_years = "take several years together, which narrows the range, before asking for more."
    if case.about.way is None:
        return leads.what_next(_instead(case))
    if case.verdict == NONE:
        return leads.what_next("set a target that asks for more, or look at the gaps inside it.")
    if case.money is None and case.verdict == UNSURE:
        return leads.what_next(more_years)
    if case.money is None:
        return leads.what_next(what_is_needed(case))
    most = case.money.swings[0]
    if most.what == AIM:
        return leads.what_next(
            "agree first what is aimed at, and give the sums of each aim side by side, as below."
        )
    if most.what == COST:
        row = next(cost.row for cost in case.money.costs if cost.row.label == most.name)
        return leads.what_next(
            "have the budget holder (",
            Period(row.budget),
            ") check that cost, and say what could stop.",
        )
    if most.what == CHANCE:
        return leads.what_next(more_years)
    return leads.what_next("show the sum without discounting beside it.")


def _instead(case: Case) -> Sentence:
    names = case.about.instead
    if names:
        return sentence("of this area a case could be made of ", Period(joined(list(names))), ".")
    if case.about.ways:
        ways = joined([way.aim.name for way in case.about.ways.values()])
        return sentence(f"ask for another target: the pack can answer for {ways}.")
    return sentence("add figures with counts to the pack.")


def shape_of(cost: Cost) -> str:
    """Name the distribution of a cost, and what of it lies in its range; nothing of a fixed one."""
    if cost.row.low == cost.row.high:
        return ""
    shape = COST_SHAPES[cost.row.distribution]
    return f" ({shape.words})" if shape.holds == "all" else f" ({shape.words}, {shape.holds})"


def swing_title(money: Money) -> str:
    """What the chart of assumptions shows."""
    most = money.swings[0]
    if most.what == COST:
        return f"What “{most.name}” costs moves the answer most"
    return f"{most.name} moves the answer most"
