"""Statistical neighbours: the areas most like each area, as the ONS publishes them."""

import pandas as pd

from ineqlib.errors import InputError, listed
from ineqlib.sources.base import Head, Layout, Parsed, SetAside, Source, stated_by_user
from ineqlib.sources.content import read_table
from ineqlib.sources.ons_columns import read_ons_table
from ineqlib.sources.tidy import stated

ONS_CLUSTERS = Source(
    id="neighbours_ons",
    title="Clusters and nearest neighbours of local authorities",
    publisher="Office for National Statistics",
    licence="Open Government Licence v3.0",
    attribution="Office for National Statistics licensed under the Open Government Licence v3.0.",
)


def _is_neighbours(head: Head) -> bool:
    first, *others = map(str.upper, head.columns or ("",))
    ranks = [name for name in others if name != "AREANM"]
    return first == "AREACD" and len(ranks) > 1 and all(rank.isdecimal() for rank in ranks)


def parse_neighbours(content: bytes, described: dict[str, str]) -> Parsed:
    """Read one row per area, its neighbours in order; only England is kept, and ranked again.

    Returns
    -------
    Parsed
        `frame` has one row per area and neighbour: area_code, rank, neighbour_code, method.

    Raises
    ------
    InputError
        The description does not say by which method the areas are alike: the layout does not. Or
        a rank heads two columns, or an area two rows.
    """
    method = stated_by_user(described, "method", "ONS demographic neighbours")
    table = read_ons_table(content, str.upper).drop(columns="AREANM", errors="ignore")
    if again := list(table.loc[table["AREACD"].duplicated(), "AREACD"].unique()):
        raise InputError(
            f"{len(again)} area(s) are there more than once: {listed(again)}. Expected one row for "
            "each, with its neighbours in order."
        )
    if twice := [name for name in table.columns[1:] if not name.isdecimal()]:
        raise InputError(
            f"{len(twice)} column(s) are there twice: {listed(twice)}. Expected AREACD, 1, 2, 3 …"
        )
    long = table.melt("AREACD", var_name="rank", value_name="neighbour_code")
    long = long.rename(columns={"AREACD": "area_code"}).assign(method=method)
    english = long["area_code"].str.startswith("E") & long["neighbour_code"].str.startswith("E")
    frame = long[english].astype({"rank": int}).sort_values(["area_code", "rank"])
    no_other = frame["area_code"] == frame["neighbour_code"]
    no_other |= frame.duplicated(["area_code", "neighbour_code"])
    asides = (
        SetAside("area or neighbour outside England", int((~english).sum())),
        SetAside("the area itself, or a neighbour that is there before", int(no_other.sum())),
    )
    frame = frame[~no_other]
    frame["rank"] = frame.groupby("area_code").cumcount() + 1
    return Parsed(
        "neighbours",
        frame[["area_code", "rank", "neighbour_code", "method"]].reset_index(drop=True),
        stated(ONS_CLUSTERS, described),
        set_aside=tuple(aside for aside in asides if aside.rows),
        attributes={"method": method},
    )


def _is_clusters(head: Head) -> bool:
    return {"AREACD", "AREANM", "GLOBAL"} <= {name.upper() for name in head.columns}


def parse_clusters(content: bytes, _described: dict[str, str]) -> Parsed:
    """Recognise the cluster each area belongs to; no table of a pack has it."""
    table: pd.DataFrame = read_table(content)
    return Parsed("reference", table, ONS_CLUSTERS, remarks=("clusters are not used",))


LAYOUTS = (
    Layout("ONS nearest neighbours", _is_neighbours, parse_neighbours),
    Layout("ONS clusters", _is_clusters, parse_clusters),
)
