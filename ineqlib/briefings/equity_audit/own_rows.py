"""The rows of a file of uptake that are about one area: others are left out, and said to be."""

from dataclasses import replace

from ineqlib.briefings.need.units import Geography
from ineqlib.errors import UnknownArea
from ineqlib.pack import Area, Pack
from ineqlib.pack.uptake import GROUPS, PLACE, Uptake
from ineqlib.text import plural


def inside(pack: Pack, area: Area, uptake: Uptake) -> Uptake:
    """Keep the rows about an area, its places and its people.

    A row without a place is of the area that the page is about; but where the file has places
    outside it, nobody can tell whose such a row is, and it is left out.
    """
    geography = Geography(pack, area)
    within = {area.code, *geography.districts, *geography.upper_of.values(), *geography.district_of}
    rows = uptake.rows
    codes = {code: _current(pack, code) for code in set(rows[PLACE]) - within - {""}}
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


def _current(pack: Pack, code: str) -> str:
    """Return the code that an area goes by today; the code itself of one that is not known."""
    try:
        return pack.area(code).code
    except UnknownArea:
        return code
