"""Uptake in an area and in its country, everybody together."""

import numpy as np

from ineqlib.briefings.equity_audit.asked import Asked
from ineqlib.briefings.equity_audit.groups import counts_of
from ineqlib.briefings.equity_audit.places import Taken
from ineqlib.briefings.need.follows import MOST_MISSING, About
from ineqlib.facts.fact import Fact, published
from ineqlib.facts.rows import Row, known_totals, read_rows
from ineqlib.facts.series import one_definition
from ineqlib.pack import Pack


def whole_of(
    pack: Pack, asked: Asked, taken: Taken | None
) -> tuple[Fact | None, Fact | None, list[Row]]:
    """Return the uptake of the area and of the country, and the rows of the area's period."""
    area = asked.area
    if asked.uptake is not None:
        about = About(
            area, asked.service, asked.uptake.period, asked.uptake.source, "audit", "%", ""
        )
        whole = counts_of(about, asked.uptake)
        if whole is None and taken is not None and taken.share_known >= 1 - MOST_MISSING:
            whole = taken.group(about, "everybody", np.arange(len(taken.units))).rate
        return whole, None, []
    if asked.indicator is None:
        return None, None, []
    roles = [(area.code, "area")]
    if area.country_code and area.country_code != area.code:
        roles.append((area.country_code, "country"))
    rows = read_rows(pack, (asked.indicator.id,), *roles)
    own = [row for row in rows if row.role == "area"]
    totals = known_totals(own)
    if not totals:
        return None, None, []
    definition = one_definition(totals, asked.indicator)
    newest = max(definition, key=lambda row: (row.period_end, row.sex == "Persons"))
    decimals = asked.indicator.decimals
    theirs = [
        row
        for row in rows
        if row.role == "country"
        and row.has_value
        and not row.dimension
        and row.when_and_who == newest.when_and_who
    ]
    same = [row for row in own if row.period_end == newest.period_end]
    country = published(theirs[0], decimals) if theirs else None
    return published(newest, decimals), country, same
