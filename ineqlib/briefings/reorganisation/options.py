"""Ways to divide a county into authorities: as it is today, and those that a pack describes."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from ineqlib.catalogue import newest_index
from ineqlib.errors import ParameterError, listed
from ineqlib.pack import Area, Pack

TODAY = "Today's districts"
UNNAMED = "The proposal"


@dataclass(frozen=True)
class Authority:
    """One authority of an option, with its neighbourhoods by the newest index."""

    area: Area
    neighbourhoods: frozenset[str]


@dataclass(frozen=True)
class Option:
    """One way to divide the county; together its authorities are all of it."""

    name: str
    authorities: tuple[Authority, ...]


@dataclass(frozen=True)
class County:
    """A county and the ways to divide it, today's first."""

    area: Area
    index: str
    options: tuple[Option, ...]


def county_of(pack: Pack, code_or_name: str) -> County:
    """Find the options that a pack has for a county.

    One without any, or with one that does not divide all of it, is refused: the message says what
    to add.
    """
    area = pack.area(code_or_name)
    districts = pack.districts(area.code)
    small = pack.small_areas(area.code) if pack.has("small_areas") else None
    if not districts or small is None or small.empty:
        raise ParameterError(
            f"{area.name} cannot be divided: the pack knows no districts of it, or no "
            "neighbourhoods. Choose a county with districts, such as one that "
            "`ineq areas` lists as utla."
        )
    index = newest_index(small["index"].unique())
    of_index = small[small["index"] == index]
    every = frozenset(of_index["small_area_code"])
    today = Option(TODAY, tuple(_authority(pack, district, index) for district in districts))
    proposed: dict[str, list[Authority]] = {}
    if pack.has("own_areas"):
        rows = pack.table("own_areas").drop_duplicates("area_code")
        for code, kind, option in rows[["area_code", "own_type", "option"]].itertuples(index=False):
            authority = _authority(pack, pack.area(code), index)
            if kind == "proposed unitary" and authority.neighbourhoods & every:
                proposed.setdefault(option or UNNAMED, []).append(authority)
    if not proposed:
        raise ParameterError(
            f"The pack '{pack.title}' has no proposed unitaries in {area.name}. Describe them in "
            "an areas.yml and `ineq combine` it (see docs/reorganisation.md)."
        )
    options = tuple(Option(name, tuple(of_name)) for name, of_name in proposed.items())
    _require_whole(area, every, options)
    return County(area, index, (today, *options))


def _authority(pack: Pack, area: Area, index: str) -> Authority:
    rows = pack.small_areas(area.code, index)
    return Authority(area, frozenset(rows["small_area_code"]))


def _require_whole(area: Area, every: frozenset[str], options: Iterable[Option]) -> None:
    """Refuse an option that leaves out a part of the county, or has one twice or another's."""
    for option in options:
        times = Counter(
            code for authority in option.authorities for code in authority.neighbourhoods
        )
        faults = {
            "left out": every - times.keys(),
            "in two authorities": {code for code, number in times.items() if number > 1},
            f"not in {area.name}": times.keys() - every,
        }
        if any(faults.values()):
            said = listed(f"{len(codes)} {what}" for what, codes in faults.items() if codes)
            raise ParameterError(
                f"The option '{option.name}' does not divide {area.name}: of its "
                f"{len(every)} neighbourhoods, {said}. Correct the areas.yml and combine again."
            )
