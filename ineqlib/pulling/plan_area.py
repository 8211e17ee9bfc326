"""What a pack of an area, or of all areas, is made of."""

from collections.abc import Iterable

from ineqlib.pulling.extras import Extra
from ineqlib.pulling.parts import NEIGHBOURHOODS, NO_MAP, NO_NEIGHBOURS, alike_part, around
from ineqlib.pulling.place import COMBINED, REGION_TYPE, Authorities, Tier, Whole, tier
from ineqlib.pulling.plan import Plan
from ineqlib.pulling.survey import Survey
from ineqlib.sources.fetch import Fetcher
from ineqlib.sources.interfaces import small_areas
from ineqlib.sources.interfaces.fingertips import ENGLAND, ENGLAND_TYPE

NO_WARDS = "the wards that neighbourhoods lie in"


def plan_area(area: str, fetcher: Fetcher, also: Iterable[Extra] = ()) -> Plan:
    """Plan what a pack of one area, its county, region and country is made of.

    `also` are files that few need.
    """
    survey = Survey(fetcher)
    place = survey.authorities.find(area)
    survey.keep_lookups()
    districts, counties = survey.published("districts"), survey.published("counties")
    inside = around(place, counties.tier)
    region = (REGION_TYPE, place.region)
    known = survey.authorities
    parts = [
        districts.figures(place.districts, inside, known.how_many(inside[1]) + 2),
        counties.figures((place.county,), region, len(known.counties_in(place.region)) + 2),
        *survey.whole_layers(),
    ]
    with survey.optional(NO_NEIGHBOURS):
        of_type = districts if place.code in known.county_of else counties
        upper, asked = (counties.tier, inside) if of_type is districts else (None, region)
        alike = survey.alike(place, of_type)
        parts.append(alike_part(alike, of_type, known, upper, asked))
    with survey.optional(NO_MAP):
        parts.append(survey.neighbourhoods(place))
    parts += [*survey.local_statistics("districts"), *survey.extras(also)]
    others = dict.fromkeys(known.names[code] for code in (place.county, place.region))
    besides = [name for name in others if name != place.name]
    if place.is_two_tier:
        besides.insert(0, f"the {len(place.districts)} districts of its county")
    return survey.plan(place.name, f"{', '.join(besides)} and England", parts)


def plan_all(which: Whole, fetcher: Fetcher, also: Iterable[Extra] = ()) -> Plan:
    """Plan what a pack of all districts, or counties, of England is made of.

    `also` are files that few need.
    """
    survey = Survey(fetcher)
    survey.keep_lookups()
    known, country = survey.authorities, (ENGLAND_TYPE, ENGLAND)
    regions = survey.published_of(Tier(REGION_TYPE, "Regions"))
    of_tier: dict[Whole, tuple[str, ...]] = {"counties": known.counties}
    if which == "districts":
        of_tier["districts"] = tuple(known.county_of)
    parts = [
        survey.published(name).figures(set(codes) - {*COMBINED}, country, len(codes) + 1)
        for name, codes in of_tier.items()
    ]
    in_regions = set(known.region_of.values())
    parts += [regions.figures(in_regions, country, len(in_regions) + 1), *survey.whole_layers()]
    if which == "districts":
        with survey.optional(NO_WARDS):
            parts.append(
                survey.counted("wards of neighbourhoods", "wards", survey.wards(), NO_WARDS)
            )
        with survey.optional(NO_MAP):
            shapes = survey.neighbourhood_layer(small_areas.ENGLISH_LSOAS)
            parts.append(survey.counted(NEIGHBOURHOODS, "lsoa", shapes, NO_MAP))
    parts += [*survey.local_statistics(which), *survey.extras(also)]
    others = "counties, regions and England" if which == "districts" else "regions and England"
    return survey.plan(f"{which.capitalize()} of England", others, parts)


def list_areas(fetcher: Fetcher) -> tuple[Authorities, dict[Whole, Tier]]:
    """Return the areas that can be pulled, and what their types are called."""
    survey = Survey(fetcher)
    names: tuple[Whole, ...] = ("districts", "counties")
    return survey.authorities, {name: tier(survey.types, name) for name in names}
