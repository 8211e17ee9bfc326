"""What was asked of an audit: which service, by which need, and where the decisions are."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from ineqlib.briefings.equity_audit.decisions import DECISIONS, Decision, read_decisions
from ineqlib.briefings.need.needs import is_deprivation, parts_of
from ineqlib.briefings.need.units import Geography, current_code
from ineqlib.catalogue import Indicator, load_catalogue, load_indicator_set
from ineqlib.errors import ParameterError
from ineqlib.facts.own_indicators import indicator_named
from ineqlib.pack import Area, Pack
from ineqlib.pack.uptake import GROUPS, PLACE, Uptake, read_uptake
from ineqlib.text import plural

SHARE = "%"
SERVICES = "services"
"""Set of indicators of uptake: the first that the pack has for the area is the usual one."""


@dataclass(frozen=True)
class Asked:
    """What was asked, checked."""

    area: Area
    indicator: Indicator | None
    uptake: Uptake | None
    """Where the uptake is from: an indicator of the pack, or a file of one's own."""
    service: str
    """As decisions name it."""
    name: str
    """What the service is called on the page."""
    need: str
    decided: Mapping[str, Decision]
    """Key of a decision -> decision."""


def read_asked(
    pack: Pack, area: str, *, service: str, uptake: str, need: str, decisions: str
) -> Asked:
    """Check what was asked and read the files."""
    place = pack.area(area)
    if not is_deprivation(need):
        parts_of(pack, need)
    own = inside(pack, place, read_uptake(uptake, service)) if uptake else None
    indicator = None if own else _indicator(pack, place, service)
    key, name = (own.service, own.service) if own else ("", "")
    if indicator is not None:
        key, name = indicator.id, indicator.public_name
    if decisions:
        decided = read_decisions(decisions, pack, place.code, key)
    else:
        decided = {step: Decision() for step in DECISIONS}
    return Asked(place, indicator, own, key, name, need, decided)


def _indicator(pack: Pack, area: Area, service: str) -> Indicator | None:
    if service:
        indicator = indicator_named(pack, service)
        if indicator.polarity != "favourable":
            raise ParameterError(
                f"More of {indicator.public_name} ({indicator.id}) is not better, so it is no "
                "uptake of a service. Give a coverage, such as of screening, or a file in uptake."
            )
        if indicator.unit != SHARE:
            raise ParameterError(
                f"{indicator.public_name} ({indicator.id}) is in {indicator.unit}, and no share of "
                "people. Give a coverage, such as of screening, or a file in uptake."
            )
        return indicator
    catalogue = load_catalogue()
    in_pack = set(pack.indicators["indicator_id"])
    chosen = load_indicator_set(SERVICES)
    services = [name for name in chosen if name in in_pack]
    if not services:
        return None
    inside = [area.code, *pack.districts_within(area.code)]
    rows = pack.observations(indicator=services, area=inside, columns=["indicator_id", "area_code"])
    places = rows.groupby("indicator_id", observed=True)["area_code"].nunique()
    there = [name for name in services if name in places.index]
    return catalogue[max(there, key=lambda name: places[name])] if there else None


def inside(pack: Pack, area: Area, uptake: Uptake) -> Uptake:
    """Keep the rows about an area, its places and its people.

    A row without a place is of the area that the page is about; but where the file has places
    outside it, nobody can tell whose such a row is, and it is left out.
    """
    geography = Geography(pack, area)
    within = {area.code, *geography.districts, *geography.upper_of.values(), *geography.district_of}
    rows = uptake.rows
    codes = {code: current_code(pack, code) or code for code in set(rows[PLACE]) - within - {""}}
    rows = rows.assign(**{PLACE: rows[PLACE].replace(codes)})
    place, has_group = rows[PLACE], (rows[list(GROUPS)] != "").any(axis=1)
    is_elsewhere = (place != "") & ~place.isin(within)
    is_whose = (place == "") & is_elsewhere.any()
    is_part = ~is_elsewhere & has_group & ~place.isin(["", area.code])
    left_out = {
        f"of places that are not in {area.name}, or that the pack does not know": is_elsewhere,
        "without area_code: the file has places elsewhere, so nobody can tell whose they are": (
            is_whose
        ),
        f"of groups of people in a part of {area.name}": is_part,
    }
    remarks = [
        f"{plural(int(which.sum()), 'row')} left out, {why}"
        for why, which in left_out.items()
        if which.any()
    ]
    kept = rows[~(is_elsewhere | is_whose | is_part)]
    # What names the area itself is of the whole area, as what names no place is.
    kept = kept.assign(**{PLACE: kept[PLACE].replace({area.code: ""})})
    return replace(
        uptake,
        # The area may be named in one row and not in another.
        rows=kept.drop_duplicates([PLACE, *GROUPS]).reset_index(drop=True),
        remarks=(*uptake.remarks, *remarks),
    )
