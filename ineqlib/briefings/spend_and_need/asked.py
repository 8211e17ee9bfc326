"""What was asked of the page: which money, which need, and what an unlisted place got."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from ineqlib.briefings.need.needs import is_deprivation, parts_of
from ineqlib.errors import ParameterError, listed, nearest
from ineqlib.pack import Area, Pack
from ineqlib.pack.spending import Spending, read_spending, spending_in
from ineqlib.period_grammar import readings

UNKNOWN, NOTHING = "unknown", "nothing"
"""What areas got that a file of spending does not list."""
MOST_FUNDERS = 12
"""Funders that one page can tell of."""


@dataclass(frozen=True)
class Asked:
    """What was asked, checked; see `open_spend_and_need`."""

    area: Area
    spending: Spending | None
    need: str
    funders: tuple[str, ...]
    period: str
    unlisted: str


def read_asked(  # noqa: PLR0913 (as the builder)
    pack: Pack,
    area: str,
    *,
    spending: str,
    need: str,
    funders: Sequence[str],
    period: str,
    unlisted: str,
) -> Asked:
    """Check what was asked and read the file."""
    place = pack.area(area)
    if unlisted not in (UNKNOWN, NOTHING):
        raise ParameterError(
            f"unlisted is '{unlisted}'.{nearest(unlisted, (UNKNOWN, NOTHING))} Give {UNKNOWN}, or "
            f"{NOTHING} where places that the file does not list got no money."
        )
    if not is_deprivation(need):
        parts_of(pack, need)
    given = read_spending(spending) if spending else spending_in(pack)
    if given is None:
        return Asked(place, None, need, (), "", unlisted)
    rows = given.rows
    there = list(dict.fromkeys(rows["funder"]))
    if unknown := [name for name in funders if name not in there]:
        raise ParameterError(
            f"The spending has no funder '{unknown[0]}'.{nearest(unknown[0], there)} It has "
            f"{listed(there, 40)}."
        )
    chosen = tuple(dict.fromkeys(funders)) or tuple(there)
    if len(chosen) > MOST_FUNDERS:
        raise ParameterError(
            f"The spending has {len(chosen)} funders, and a page can tell of {MOST_FUNDERS}. Name "
            f"some of them in funders: {listed(there, 60)}."
        )
    rows = rows[rows["funder"].isin(chosen)]
    periods = list(dict.fromkeys(rows["period"]))
    if period and period not in periods:
        raise ParameterError(
            f"The spending has no period '{period}'.{nearest(period, periods)} It has "
            f"{listed(sorted(periods), 40)}."
        )
    when = period or max(periods, key=lambda text: max(read.end for read in readings(text)))
    rows = rows[rows["period"] == when]
    present = tuple(name for name in chosen if (rows["funder"] == name).any())
    without = [name for name in chosen if name not in present]
    others = sorted(name for name in periods if name != when)
    unused = {"other periods, not shown": others, f"funders without a row in {when}": without}
    remarks = [f"{words}: {listed(names, 20)}" for words, names in unused.items() if names]
    given = replace(given, rows=rows, remarks=(*given.remarks, *remarks))
    return Asked(place, given, need, present, when, unlisted)
