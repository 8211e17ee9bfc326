"""Which districts are set side by side, and each one's figures as its own briefing has them."""

from collections.abc import Sequence
from dataclasses import dataclass

from ineqlib.errors import ParameterError, listed
from ineqlib.facts.area import AreaFacts, area_facts
from ineqlib.facts.fact import Fact, calculated_of, fact_id
from ineqlib.facts.profile import read_profile
from ineqlib.narrative.reader import place_inside
from ineqlib.pack import Area, Pack

FEWEST = 2
MOST = 80
"""More districts than the largest region has could not be read side by side."""
DISTRICT = "lad"
CALLED = {"utla": "county", "region": "region", "country": "country"}


@dataclass(frozen=True)
class County:
    """A county, a region, or districts that somebody has put together."""

    pack: Pack
    area: Area
    """What the districts are the parts of."""
    districts: tuple[AreaFacts, ...] = ()
    """Their figures, by name."""
    why_not: str = ""
    """Why there is nothing to set side by side; empty where there is."""
    instead: str = ""

    @property
    def name(self) -> str:
        """Name of the county."""
        return self.area.name

    @property
    def called(self) -> str:
        """Its name as it stands in a sentence: the North East, but Kent."""
        return place_inside(self.name)

    @property
    def kind(self) -> str:
        """What it is, in a word."""
        return CALLED.get(self.area.area_type, "area")

    @property
    def country(self) -> str:
        """Name of the country that its districts are compared with."""
        return self.districts[0].profile.country_name if self.districts else "the country"

    def fact(self, what: str, value: float, method: str) -> Fact:
        """Make a fact about the county as a whole."""
        own_id = fact_id("county", what, self.area.code)
        return calculated_of(self.area, own_id, value, method=method)


def read_county(
    pack: Pack, area: str, districts: Sequence[str], indicator_set: str | list[str]
) -> County:
    """Read the figures of every district of a county, or say why they are not side by side."""
    about, parts = pack.area(area), areas_of(pack, area, districts)
    if len(parts) < FEWEST:
        why, instead = _too_few(pack, about, parts)
        return County(pack, about, why_not=why, instead=instead)
    if len(parts) > MOST:
        why = f"{about.name} has too many districts to read side by side."
        instead = "choose a region or county of it, or name the districts (parameter 'districts')."
        return County(pack, about, why_not=why, instead=instead)
    facts = (area_facts(read_profile(pack, code, indicator_set=indicator_set)) for code in parts)
    return County(pack, about, tuple(sorted(facts, key=lambda own: own.profile.area.name)))


def areas_of(pack: Pack, area: str, districts: Sequence[str]) -> list[str]:
    """Return the codes of the districts asked for, or of all that the pack knows in the county."""
    if not districts:
        about = pack.area(area)
        return [] if about.area_type == DISTRICT else pack.districts_within(about.code)
    named = [pack.area(name) for name in districts]
    if wrong := [place.name for place in named if place.area_type != DISTRICT]:
        raise ParameterError(
            f"{len(wrong)} of {len(named)} 'districts' are no districts: {listed(wrong)}. Give "
            "names or codes of districts or unitary authorities."
        )
    return list(dict.fromkeys(place.code for place in named))


def _too_few(pack: Pack, about: Area, parts: Sequence[str]) -> tuple[str, str]:
    """Say why so few districts are no profile, and what could be done instead."""
    if about.area_type == DISTRICT:
        county = f" It is part of {pack.area(about.parent_code).name}." if about.parent_code else ""
        return (
            f"{about.name} is one district, and this page sets the districts of a county or region "
            f"side by side.{county}",
            "choose a county or region, or name the districts (parameter 'districts').",
        )
    if parts:
        only = pack.area(parts[0]).name
        return (
            f"The pack '{pack.title}' knows one district of {about.name}, {only}: there is none to "
            "set beside it.",
            f"read the briefing of {only}, or name several districts (parameter 'districts').",
        )
    return (
        f"The pack '{pack.title}' does not say which districts make up {about.name}.",
        "name the districts (parameter 'districts'), or add a lookup from districts to it to the "
        "pack.",
    )
