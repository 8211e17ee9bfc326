"""What is asked: which indicator, of whom, where, by which groups and when."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from ineqlib.briefings.asked import place_and_indicator, require_one_of
from ineqlib.catalogue import Indicator
from ineqlib.catalogue.indices import index_title
from ineqlib.errors import ParameterError, listed, nearest
from ineqlib.facts.fact import Fact, published
from ineqlib.facts.gaps_of_areas import INDEX
from ineqlib.facts.rows import Row, known_totals, read_rows
from ineqlib.facts.series import one_definition
from ineqlib.facts.shared import tiers
from ineqlib.observations import SEXES, Dimension
from ineqlib.pack import Area, Pack
from ineqlib.text import series_name

LEVELS = ("lower", "upper")
PEER, PLACE = "peer", "area"
AREAS = "areas"


@dataclass(frozen=True)
class Asked:
    """What is asked, and the rows that may answer it."""

    pack: Pack
    place: Area
    """Whose neighbourhoods or parts are set side by side."""
    indicator: Indicator
    level: str
    """``lower`` or ``upper``: which authorities are set side by side."""
    sex: str
    """Whose figures; empty without any."""
    other_sexes: tuple[str, ...]
    """Who else there are figures of."""
    rows: tuple[Row, ...]
    """Of one definition and that sex, in the years asked for: the groups of the place by
    deprivation, and the totals of all areas within it."""
    everywhere: tuple[Row, ...]
    """The totals of all areas of that level in the pack, which tell where the series breaks."""
    dimensions: tuple[str, ...]
    """Those asked for, of those by which the place's rows are cut, and ``areas:`` with each index
    of the authorities."""
    newer_index: Fact | None
    """The published index of the gap inside the place, where it is newer than all its groups."""

    @property
    def name(self) -> str:
        """What is measured, and whose figures they are."""
        age = self.rows[0].age if self.rows else self.indicator.age
        return series_name(self.indicator.public_name, self.sex, age, self.indicator.age)

    def of(self, role: str) -> list[Row]:
        """Rows of the place's groups, or of the areas within it; oldest first."""
        return [row for row in self.rows if row.role == role]


def read_asked(  # noqa: PLR0913 (each says what is asked)
    pack: Pack,
    area: str,
    *,
    indicator: str = "",
    dimension: str = "",
    level: str = "",
    sex: str = "",
    since: int = 0,
    until: int = 0,
) -> Asked:
    """Find what is asked; see `open_indicator_gradient`."""
    place, of_indicator = place_and_indicator(pack, area, indicator, sex)
    require_one_of("level", level, LEVELS)
    if since and until and since > until:
        raise ParameterError(f"since={since} is after until={until}: give the earlier year first.")
    peers = {name: areas_within(pack, place, name) for name in LEVELS}
    rows = _rows_of_one_definition(pack, place, of_indicator)
    sexes = [name for name in SEXES if any(row.sex == name for row in rows)]
    if sex and rows and sex not in sexes:
        raise ParameterError(
            f"{of_indicator.public_name} ({of_indicator.id}) has no figures for '{sex}' in "
            f"{place.name}. It has {listed(sexes)}."
        )
    chosen = sex or (sexes[0] if sexes else "")
    level = level or _fuller(peers, rows)
    of_sex = [row for row in rows if row.sex == chosen and _is_within(row, since, until)]
    of_sex.sort(key=lambda row: (row.period_end, row.area_code, row.subgroup_order))
    tier: Collection[str] = getattr(pack.shared(tiers), level)
    everywhere = [row for row in of_sex if not row.dimension and row.area_code in tier]
    totals = [row for row in everywhere if row.area_code in peers[level]]
    groups = [row for row in of_sex if row.dimension and row.role == PLACE]
    dimensions = (*dict.fromkeys(row.dimension for row in groups), *_of_authorities(pack, totals))
    return Asked(
        pack,
        place,
        of_indicator,
        level,
        chosen,
        tuple(name for name in sexes if name != chosen),
        tuple(groups + totals),
        tuple(everywhere),
        _wanted(dimension, dimensions),
        None if until else _newer_index(pack, of_indicator, groups),
    )


def _newer_index(pack: Pack, indicator: Indicator, groups: Sequence[Row]) -> Fact | None:
    """Return the published index of the gap of some groups, where it is newer than all of them."""
    index = f"{indicator.id}{INDEX}"
    if not groups or index not in pack.indicator_ids:
        return None
    newest = groups[-1]
    rows = known_totals(read_rows(pack, (index,), (newest.area_code, newest.role)))
    of_sex = [row for row in rows if row.sex == newest.sex and row.period_end > newest.period_end]
    return published(of_sex[-1], indicator.decimals) if of_sex else None


def areas_within(pack: Pack, place: Area, level: str) -> frozenset[str]:
    """Return the codes of the current lower- or upper-tier areas inside a place, itself apart."""
    known = pack.shared(tiers)
    codes = getattr(known, level)
    if place.area_type == "country":
        return frozenset(codes)
    inside = set(pack.districts_within(place.code))
    if level == "upper":
        table = pack.areas
        inside |= set(table.loc[table["region_code"] == place.code, "area_code"])
    return frozenset(codes & inside) - {place.code}


def _rows_of_one_definition(pack: Pack, place: Area, indicator: Indicator) -> list[Row]:
    """Read the place's rows, whole and by deprivation, and the totals of all authorities."""
    known = pack.shared(tiers)
    roles = dict.fromkeys(known.lower | known.upper, PEER) | {place.code: PLACE}
    rows = [row for row in read_rows(pack, (indicator.id,), *roles.items()) if _is_used(row)]
    return one_definition(rows, indicator) if rows else []


def _is_within(row: Row, since: int, until: int) -> bool:
    return since <= row.period_start.year and (not until or row.period_end.year <= until)


def _is_used(row: Row) -> bool:
    if row.role == PEER and row.dimension:
        return False
    return not row.dimension or Dimension.parse(row.dimension).is_deprivation


def _fuller(peers: dict[str, frozenset[str]], rows: Sequence[Row]) -> str:
    """Return the level with the more areas that have figures; the lower one of two alike."""
    there = {row.area_code for row in known_totals(rows)}
    return max(LEVELS, key=lambda level: len(peers[level] & there))


def _of_authorities(pack: Pack, totals: Sequence[Row]) -> list[str]:
    """Name the cuts of areas by their own deprivation: one for each index that scores them."""
    if not totals or not pack.has("area_deprivation"):
        return []
    table = pack.table("area_deprivation")
    scored = table[table["area_code"].isin({row.area_code for row in totals})]
    return [f"{AREAS}:{index}" for index in sorted(scored["index"].unique())]


def _wanted(asked: str, dimensions: Sequence[str]) -> tuple[str, ...]:
    """Return the cuts meant: all; one; those by an index; or those of the authorities."""
    if not asked:
        return tuple(dimensions)
    chosen = [cut for cut in dimensions if asked in (cut, *cut.split(":"))]
    if not chosen and dimensions:
        indices = {cut: cut.partition(":")[2] for cut in dimensions}
        there = listed([f"{cut} ({index_title(index)})" for cut, index in indices.items()])
        known = [*dimensions, *sorted(set(indices.values()))]
        raise ParameterError(
            f"There are no groups '{asked}' here.{nearest(asked, known)} There are: {there}."
        )
    return tuple(chosen)
