"""Which areas are chosen: by name, by what they are part of, by type, by how deprived they are."""

from dataclasses import dataclass

from ineqlib.areas import type_meant
from ineqlib.errors import ParameterError, UnknownArea, choose_from, listed
from ineqlib.pack import Area, Pack

MEASURES = {
    "average_score": "the average score of its neighbourhoods",
    "share_most_deprived": "the share of its neighbourhoods in the country's most deprived tenth",
}
"""Columns that can rank areas; of each, a higher figure is more deprived. The average rank is not
among them: publishers number ranks from either end, and a pack does not say from which."""

SHOWN = 10
"""Most unknown areas that a message tells of, each with what may be meant."""


@dataclass(frozen=True)
class AreaChoice:
    """Which areas are meant.

    Parameters
    ----------
    areas
        Codes or names.
    parent
        Instead of `areas`, or besides: a county whose current districts are all meant; an area
        without districts stands for itself. With `area_type`: the county, region or country whose
        areas of that type are meant.
    area_type
        All current areas of a type, such as ``all lower-tier districts``.
    most_deprived
        Of the areas of `parent` and `area_type`, only so many; areas named one by one stay.
    index, by
        Of `most_deprived`: the index of deprivation (the newest by default) and what ranks by it.
    """

    areas: tuple[str, ...] = ()
    parent: str = ""
    area_type: str = ""
    most_deprived: int = 0
    index: str = ""
    by: str = "average_score"


def areas_of(choice: AreaChoice, pack: Pack) -> list[Area]:
    """Return the areas chosen, each once: those named, in their order, then the others.

    Those of a type or a parent stand by name; the most deprived, by deprivation.

    Raises
    ------
    UnknownArea
        A name the pack does not have, before anything is rendered.
    ParameterError
        The pack cannot choose as asked.
    """
    chosen = _of_type(choice, pack) if choice.area_type else _of_parent(choice, pack)
    if choice.most_deprived:
        chosen = most_deprived(pack, chosen, choice.most_deprived, index=choice.index, by=choice.by)
    return list({area.code: area for area in [*_named(choice.areas, pack), *chosen]}.values())


def _named(names: tuple[str, ...], pack: Pack) -> list[Area]:
    """Return the areas of some names; all names that the pack does not have are told at once."""
    areas, unknown = [], []
    for name in names:
        try:
            areas.append(pack.area(name))
        except UnknownArea as error:
            unknown.append(error)
    if len(unknown) == 1:
        raise unknown[0]
    if unknown:
        messages = "".join(f"\n  {error}" for error in unknown[:SHOWN])
        more = f"\n  and {len(unknown) - SHOWN} more" if len(unknown) > SHOWN else ""
        raise UnknownArea(f"{len(unknown)} of {len(names)} areas cannot be used:{messages}{more}")
    return areas


def _of_parent(choice: AreaChoice, pack: Pack) -> list[Area]:
    if not choice.parent:
        return []
    return pack.districts(choice.parent) or [pack.area(choice.parent)]


def _of_type(choice: AreaChoice, pack: Pack) -> list[Area]:
    """Return the current areas of the type, all or those within the parent."""
    type_meant(choice.area_type)  # no document is made of what else a pack holds figures of
    rows = pack.current(choice.area_type, within=choice.parent or None)
    return [pack.area(code) for code in rows["area_code"]]


def most_deprived(
    pack: Pack,
    areas: list[Area],
    count: int,
    *,
    index: str = "",
    by: str = "average_score",
) -> list[Area]:
    """Return the most deprived of some areas, the most deprived first.

    Areas level with the last one are all returned, so there can be more than `count`; areas level
    with each other stand by name.

    Parameters
    ----------
    count
        How many.
    index
        The index of deprivation; the newest of the pack by default.
    by
        One of `MEASURES`.

    Raises
    ------
    ParameterError
        The pack ranks no authorities, or not by this index; an area has no figure (leaving it out
        would be a rank nobody asked for); more areas are wanted than there are.
    """
    if by not in MEASURES:
        raise ParameterError(f"Areas cannot be ranked by '{by}'.{choose_from(by, MEASURES)}.")
    if not pack.has("area_deprivation"):
        raise ParameterError(
            f"The pack '{pack.title}' has no deprivation of whole authorities, so areas cannot be "
            "chosen by it. Build it with the publisher's district summaries, or name the areas."
        )
    figures = pack.area_deprivation(index or None).set_index("area_code")[by].dropna()
    if absent := [area for area in areas if area.code not in figures.index]:
        raise ParameterError(
            f"{len(absent)} of {len(areas)} areas have no {by} in the pack '{pack.title}', so "
            f"nobody can say which {count} are the most deprived: "
            f"{listed(f'{area.name} ({area.code})' for area in absent)}. Take another "
            "index, rank districts alone (`area_type: lad`), or name the areas."
        )
    if count > len(areas):
        raise ParameterError(
            f"The {count} most deprived are asked for, but there are {len(areas)} areas."
        )
    ranked = sorted(areas, key=lambda area: (-figures[area.code], area.name))
    last = figures[ranked[count - 1].code]
    return [area for area in ranked if figures[area.code] >= last]
