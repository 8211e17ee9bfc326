"""What was asked of an audit: which service, by which need, and where the decisions are."""

from collections.abc import Mapping
from dataclasses import dataclass

from ineqlib.briefings.equity_audit.decisions import Decision, read_decisions
from ineqlib.briefings.equity_audit.own_rows import inside
from ineqlib.briefings.equity_audit.steps import DECISIONS
from ineqlib.briefings.need.needs import is_deprivation, parts_of
from ineqlib.catalogue import Indicator, load_catalogue, load_indicator_set
from ineqlib.errors import ParameterError
from ineqlib.facts.own_indicators import indicator_named
from ineqlib.pack import Area, Pack
from ineqlib.pack.uptake import Uptake, read_uptake

SHARE = "%"
SERVICES = "services"
"""Set of indicators of uptake: the first that the pack has for the area is the usual one."""


@dataclass(frozen=True)
class Asked:
    """What was asked, checked.

    Parameters
    ----------
    indicator, uptake
        Where the uptake is from: an indicator of the pack, or a file of one's own.
    service
        As decisions name it.
    name
        What the service is called on the page.
    decided
        Key of a decision -> decision.
    """

    area: Area
    indicator: Indicator | None
    uptake: Uptake | None
    service: str
    name: str
    need: str
    decided: Mapping[str, Decision]


def read_asked(
    pack: Pack, area: str, *, service: str, uptake: str, need: str, decisions: str
) -> Asked:
    """Check what was asked and read the files.

    Raises
    ------
    UnknownArea, UnknownIndicator, ParameterError, InputError
        A name that does not exist, a service of which more is not better, or a file that cannot be
        read; the message says what is expected.
    """
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
    chosen = load_indicator_set(SERVICES, catalogue).indicators
    services = [name for name in chosen if name in in_pack]
    if not services:
        return None
    inside = [area.code, *pack.districts_within(area.code)]
    rows = pack.observations(indicator=services, area=inside, columns=["indicator_id", "area_code"])
    places = rows.groupby("indicator_id", observed=True)["area_code"].nunique()
    there = [name for name in services if name in places.index]
    return catalogue[max(there, key=lambda name: places[name])] if there else None
