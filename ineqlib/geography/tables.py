"""A pack's tables with areas of one's own in them."""

from collections.abc import Iterable
from typing import Any, NamedTuple

import pandas as pd

from ineqlib.areas import OWN_AREA, area_type, is_upper_tier
from ineqlib.catalogue import load_catalogue
from ineqlib.errors import ParameterError, listed
from ineqlib.geography.by_age import AgeTables
from ineqlib.geography.combine import Combiner, Target, refusals_in_words
from ineqlib.geography.ground import Ground, ResolvedArea
from ineqlib.geography.neighbourhoods import deprivation, outline
from ineqlib.geography.own_areas import OwnArea, OwnAreas, require_known_parents
from ineqlib.geography.parts import SERIES
from ineqlib.text import plural

Tables = dict[str, pd.DataFrame]

SMALL_AREAS = ["small_area_code", "small_area_name", "area_code", "index", "decile"]
OWN_AREAS = ["area_code", "own_type", "option", "part_code", "part_name", "part_type"]
MEMBERS = ["area_code", "index", "small_area_code"]
REFUSED = "own_area_refusals"


class Extended(NamedTuple):
    """The tables, and what to tell of them."""

    tables: Tables
    remarks: tuple[str, ...]


def with_own_areas(tables: Tables, own: OwnAreas) -> Extended:
    """Add areas of one's own to the tables of a pack: figures, deprivation, outlines.

    The tables given are not changed.

    Raises
    ------
    ParameterError, InputError
        A part or parent is unknown or no more, or two parts of an area overlap.
    """
    tables = dict(tables)
    every = _resolved_areas(tables, own.areas)
    combiner = Combiner(
        tables["observations"],
        load_catalogue(),
        AgeTables.of(tables.get("deaths"), tables.get("populations")),
    )
    remarks: list[str] = []
    refused: list[pd.DataFrame] = []
    if own.successors:
        remarks += _add_successors(tables, combiner, refused)
        combiner = combiner.over(tables["observations"])
    if own.areas:
        remarks += _add_areas(tables, every, combiner, refused)
    if refused:
        tables[REFUSED] = pd.concat(refused, ignore_index=True)
    return Extended(tables, tuple(remarks))


def _resolved_areas(tables: Tables, own: tuple[OwnArea, ...]) -> list[ResolvedArea]:
    """Find all that is named in areas of one's own, before anything is computed."""
    if not own:
        return []
    small_areas = tables.get("small_areas", pd.DataFrame(columns=SMALL_AREAS))
    changes = tables.get("small_area_changes", pd.DataFrame())
    ground = Ground(tables["areas"], small_areas, changes)
    _refuse_same_name(own, tables["areas"])
    return [ground.make(area) for area in own]


def _add_areas(
    tables: Tables, every: list[ResolvedArea], combiner: Combiner, refused: list[pd.DataFrame]
) -> list[str]:
    areas = tables["areas"]
    current = areas[~areas["ended"].astype(bool)]
    parents = require_known_parents([resolved.area for resolved in every], current)
    indicators = tables["indicators"]
    names = dict(zip(indicators["indicator_id"], indicators["name"], strict=True))
    remarks, rows = [], []
    for resolved in every:
        area = resolved.area
        combined = combiner.combine(Target(area.id, area.name, OWN_AREA, resolved.covers))
        rows.append(combined.rows)
        refused.append(combined.refused)
        remarks += _remarks(resolved, combined.rows, refusals_in_words(combined.refused, names))
    tables["observations"] = appended(tables["observations"], rows)
    described = [_described(resolved, areas, parents[resolved.area.id]) for resolved in every]
    tables["areas"] = pd.concat([areas, pd.DataFrame(described)], ignore_index=True)[areas.columns]
    tables["own_areas"] = _parts(every)
    tables["own_small_areas"] = _members(every)
    _add_deprivation(tables, every)
    _add_outlines(tables, every)
    return remarks


def _parts(every: Iterable[ResolvedArea]) -> pd.DataFrame:
    rows = [
        (own.area.id, own.area.type, own.area.option, part.code, part.name, part.kind)
        for own in every
        for part in own.parts
    ]
    return pd.DataFrame(rows, columns=OWN_AREAS)


def _members(every: Iterable[ResolvedArea]) -> pd.DataFrame:
    rows = [
        (own.area.id, index, code)
        for own in every
        for index, codes in own.members.items()
        for code in sorted(codes)
    ]
    return pd.DataFrame(rows, columns=MEMBERS)


def _refuse_same_name(own: Iterable[OwnArea], areas: pd.DataFrame) -> None:
    taken = {str(name).casefold() for name in areas.loc[~areas["ended"].astype(bool), "area_name"]}
    if same := [area.name for area in own if area.name.casefold() in taken]:
        raise ParameterError(
            f"{plural(len(same), 'area')} of your own with the name of another area of the pack: "
            f"{listed(same)}. Choose another name, so that readers know which is meant."
        )


def _described(resolved: ResolvedArea, areas: pd.DataFrame, parent: str) -> dict[str, object]:
    """Return the row of the table of areas: in a region and country if all parts are."""
    within = areas[areas["area_code"].isin(resolved.districts)]
    around = {
        column: codes[0] if len(codes := sorted(set(within[column]))) == 1 else ""
        for column in ("region_code", "country_code")
    }
    return {
        "area_code": resolved.area.id,
        "area_name": resolved.area.name,
        "area_type": OWN_AREA,
        "parent_code": parent,
        **around,
        "ended": False,
        "successors": "",
        "renamed_from": "",
    }


def _remarks(resolved: ResolvedArea, rows: pd.DataFrame, refusals: list[str]) -> list[str]:
    parts = listed([part.name for part in resolved.parts], 12)
    number = int(rows["value"].notna().sum())
    who = f"{resolved.area.name} ({resolved.area.id})"
    first = f"{who}, made of {parts}: {plural(number, 'figure')} added up or taken over"
    without = [
        f"{who} has no neighbourhoods by {index}: {why}" for index, why in resolved.without.items()
    ]
    return [f"{first}.", *(f"{who}: {line}." for line in refusals), *(f"{w}." for w in without)]


def _add_deprivation(tables: Tables, every: list[ResolvedArea]) -> None:
    if not {"small_areas", "area_deprivation"} <= tables.keys():
        return
    small, known = tables["small_areas"], tables["area_deprivation"]
    rows = [
        {"area_code": resolved.area.id, "index": index, **deprivation(of_area)}
        for resolved in every
        for index, codes in resolved.members.items()
        for of_area in [small[(small["index"] == index) & small["small_area_code"].isin(codes)]]
    ]
    published = [
        known[known["area_code"] == cover[0]].assign(area_code=resolved.area.id)
        for resolved in every
        for cover in resolved.covers
        if len(cover) == 1
    ]
    # Of one area and index, what is published for the same ground stands before what we make.
    both = pd.concat([known, *published, pd.DataFrame(rows, columns=known.columns)])
    tables["area_deprivation"] = both.drop_duplicates(["area_code", "index"], ignore_index=True)


def _add_outlines(tables: Tables, every: list[ResolvedArea]) -> None:
    """Add the outlines of areas all of whose parts have a shape."""
    shapes: dict[str, Any] = {}
    for level in ("lad", "small_area"):
        if f"boundaries_{level}" in tables:
            table = tables[f"boundaries_{level}"].drop_duplicates("code")
            shapes |= table.set_index("code").geometry.to_dict()
    rows = []
    for resolved in every:
        for cover in (*resolved.covers, *resolved.members.values()):
            if set(cover) <= shapes.keys():
                rows.append((resolved.area.id, resolved.area.name, outline(shapes, cover)))
                break
    if rows:
        import geopandas as gpd  # noqa: PLC0415 (takes half a second)

        like = next(t for name, t in tables.items() if name.startswith("boundaries_"))
        codes, names, ground = zip(*rows, strict=True)
        tables["boundaries_own"] = gpd.GeoDataFrame(
            {"code": codes, "name": names}, geometry=list(ground), crs=like.crs
        )


def _add_successors(tables: Tables, combiner: Combiner, refused: list[pd.DataFrame]) -> list[str]:
    """Give authorities the figures of those merged into them, the earliest mergers first."""
    changes, areas = tables["area_changes"], tables["areas"].set_index("area_code")["area_name"]
    merged = changes[(changes["kind"] == "merged") & changes["new_code"].isin(areas.index)]
    remarks = []
    for (_, new), pairs in merged.groupby(["date", "new_code"], sort=True):
        rows = tables["observations"]
        covers = covers_of_merger(list(pairs["old_code"]))
        combined = combiner.over(rows).combine(Target(str(new), areas[new], "lad", covers))
        of_new = rows["area_code"] == new
        known = _keys(rows[of_new & rows["value"].notna()])
        figures = combined.rows[combined.rows["value"].notna()]
        figures = figures[~_keys(figures).isin(known)]
        refused.append(combined.refused)
        if len(figures):
            without = rows[of_new & rows["value"].isna()]
            instead = without.index[_keys(without).isin(_keys(figures))]
            tables["observations"] = appended(rows.drop(index=instead), [figures])
        remarks.append(
            f"{areas[new]} ({new}): {plural(len(figures), 'earlier figure')} made of those of "
            f"{listed(pairs['old_name'], 12)}."
        )
    return remarks


def covers_of_merger(old: list[str]) -> list[tuple[str, ...]]:
    """Return the ways to put together what merged: the county alone, if it went whole; districts.

    Examples
    --------
    >>> covers_of_merger(["E07000187", "E07000188", "E10000027"])
    [('E10000027',), ('E07000187', 'E07000188')]
    """
    districts = tuple(code for code in old if area_type(code) == "lad")
    counties = tuple(code for code in old if area_type(code) == "utla")
    is_county = len(counties) == 1 and not any(map(is_upper_tier, districts))
    return [cover for cover in (counties if is_county else (), districts) if cover]


def _keys(rows: pd.DataFrame) -> pd.MultiIndex:
    return pd.MultiIndex.from_frame(rows[list(SERIES)].astype(dict.fromkeys(SERIES, "str")))


def appended(rows: pd.DataFrame, further: list[pd.DataFrame]) -> pd.DataFrame:
    """Return observations with further ones; texts that are categories stay so."""
    more = pd.concat(further, ignore_index=True)
    columns = {}
    for name in rows:
        column = rows[name]
        if isinstance(column.dtype, pd.CategoricalDtype):
            texts = sorted({*column.cat.categories, *more[name].unique()})
            dtype = pd.CategoricalDtype(pd.Index(texts, dtype="str"))
            columns[name] = pd.concat([column.astype(dtype), more[name].astype(dtype)])
        else:
            columns[name] = pd.concat([column, more[name].astype(column.dtype)])
    return pd.DataFrame(columns).reset_index(drop=True)
