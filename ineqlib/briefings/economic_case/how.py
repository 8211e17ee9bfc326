"""How the page was worked out, and whether the range was worked out right."""

from ineqlib.briefings.economic_case.facts import Case
from ineqlib.briefings.economic_case.money import Money
from ineqlib.narrative.sentence import Period, Sentence, Words, possessive, sentence


def check_words(case: Case, money: Money) -> Sentence:
    """Whether draws and exact moments tell the same."""
    said = (
        "The two agree, to within what so many draws allow."
        if money.check.agrees
        else "The two do NOT agree: do not use the range, and report it as a fault."
    )
    return sentence(
        "The range was worked out twice: by ",
        case.draws,
        " draws, which seed ",
        case.seed,
        " repeats; and exactly, from the means and variances of what is "
        f"multiplied. {said}{_likeliest(money)}",
    )


def _likeliest(money: Money) -> str:
    """Say why the mean is not the sum of the answer."""
    if money.check.mean.text.startswith(money.total.text.removesuffix(" million")):
        return ""
    return (
        " The mean is not the sum in the answer, which takes every cost at its central value: "
        "costs do not reach as far down as up."
    )


def method_items(case: Case) -> list[Words]:
    """How this was worked out, in at most ten short sentences."""
    items: list[Words] = [
        "Avoidable: events beyond those at the rate aimed at, a year. Against the least "
        "deprived it is the population attributable fraction, as a number of events.",
        "Where rates are standardised for age, each group's events count as far as its rate is "
        "above the rate aimed at.",
    ]
    if case.money is not None and case.asked.costs is not None:
        items += [*_of_money(case.money, case.asked.costs.source), _discounting(case)]
    items += [
        "It assumes that the whole gap could go and that nothing else differs. It is a measure "
        f"of how large {possessive(case.asked.place.name)} gap is, not a forecast.",
        "No case is made of modelled figures, of samples, without counts, or where neither "
        "more nor less is better.",
    ]
    return items


def _of_money(money: Money, source: str) -> list[Words]:
    return [
        sentence(
            "Sums: that number times the unit costs of ",
            Period(source),
            "; none is ours. All are rounded.",
        ),
        f"{_spread(money)} The number is normal; all are taken as independent of one another.",
        sentence(
            "Were all unit costs at their low ends together it would be ",
            money.low,
            "; at their high ends ",
            money.high,
            ".",
        ),
        "An average cost is not what one event fewer saves: much of it is paid anyway.",
        "Budgets are different purses: who pays for change is seldom who gains.",
    ]


def _spread(money: Money) -> str:
    """Say how unit costs are spread between their ends."""
    used = {cost.row.distribution for cost in money.costs}
    if used == {"triangular"}:
        return "Each unit cost may be anything from low to high, likeliest at central (a triangle)."
    return (
        "Each unit cost is spread as the table of assumptions says: a triangle and PERT from low "
        "to high with the likeliest at central, log-normal and gamma with their mean at central "
        "and 95% between low and high."
    )


def _discounting(case: Case) -> Sentence:
    if case.rate is None:
        return sentence("Nothing is discounted, because no rate was asked for.")
    return sentence(
        "The first year counts whole; each later one is discounted by ",
        case.rate,
        " a year more, as was asked.",
    )
