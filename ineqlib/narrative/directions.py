"""Which way a figure goes: since when, whether for the better, and whether it has turned."""

import re
from collections.abc import Callable

from ineqlib.facts.change_over_time import CASH, Change
from ineqlib.facts.fact import Fact
from ineqlib.narrative.sentence import Number, Period, Sentence, at, number_of, sentence


def direction(change: Change | None) -> Sentence:
    """Which way a figure goes, since when, and whether that is for the better."""
    if change is None:
        return sentence()
    since = Period(first_year(change.first.period))
    match change.direction:
        case "too early to say":
            return sentence("too early to say which way it is going")
        case "no clear change":
            return sentence("no clear change since ", since)
        case moving:
            way = {True: ", for the better", False: ", for the worse", None: ""}[change.better]
            about = way or as_prices_do(change)
            country = as_elsewhere(change)
            return sentence(
                f"{moving} since ", since, about, country, turned_back(change, number_of)
            )


def as_elsewhere(change: Change) -> str:
    """Say that the country moved alike: what rises everywhere is not this area's doing."""
    country = change.country_last
    return f", as in {country.area_name}" if country and change.is_as_in_country else ""


def turned_back(change: Change, tell: Callable[[Fact], Number]) -> Sentence:
    """Say where a rise, or a fall, has turned, or that it only leads back to where it was.

    Those who look at the last years alone see the one, those who look at all years the other.
    `tell` puts the furthest figure as the reader is told the others.
    """
    furthest = change.turning_point
    if furthest is None:
        return sentence(", back to where it was before") if change.is_return else sentence()
    way = "down" if change.direction == "rising" else "up"
    return sentence(f", but {way} from ", tell(furthest), " ", at(furthest.period))


def as_prices_do(change: Change) -> str:
    """Say of money that rises that prices rise too: it may buy less than before."""
    is_cash = change.last.unit == CASH and change.direction == "rising"
    return ", not adjusted for inflation" if is_cash else ""


def first_year(period: str) -> str:
    """Return the year a period begins in.

    Examples
    --------
    >>> first_year("2001 to 2003"), first_year("30 April 2025")
    ('2001', '2025')
    """
    year = re.search(r"\d{4}", period)
    return year[0] if year else period
