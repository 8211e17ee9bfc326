"""The demonstration with figures that a council keeps itself, of wards and of neighbourhoods."""

from pathlib import Path

import pandas as pd

from ineqlib.observations import conform
from ineqlib.pack import Pack, PackMeta

from .revised_pack import revised

AREA, COUNTY, COUNTRY = "X07000003", "X10000001", "X92000001"
VISITS, JABS, DAMP = "own_figures_warm_homes", "own_figures_flu_jabs", "own_figures_damp"
YEARS = (2021, 2022, 2023)
TYPES = {"05": "ward", "02": "msoa", "01": "lsoa", "07": "lad", "10": "utla", "92": "country"}
"""Second and third sign of a code -> the type of area."""
WITHHELD, ABSENT, NOUGHT = range(3)
"""Places of the wards that have no figure, each for another reason, or none at all."""


def wards_of(pack: Pack) -> pd.DataFrame:
    """Return code and name of each quarter of the area, which stand for its wards."""
    rows = pack.small_areas(AREA)
    names = sorted(set(rows["locality"]) - {""})
    codes = [f"X05{number:06d}" for number in range(len(names))]
    return pd.DataFrame({"area_code": codes, "area_name": names})


def own_pack(demo: Pack, folder: Path) -> Pack:
    """Write the demonstration with own figures added: of the area, its wards, MSOAs and LSOAs."""
    tables = {name: demo.table(name) for name in demo.meta.tables}
    small = tables["small_areas"].copy()
    here = small["area_code"] == AREA
    small.loc[here, "small_area_name"] = [
        f"Here {number // 4 + 1:03d}{'ABCD'[number % 4]}" for number in range(here.sum())
    ]
    tables["small_areas"] = small
    wards = wards_of(demo)
    msoas = sorted(set(small.loc[here, "small_area_name"].str[:-1]))
    groups = pd.DataFrame(
        {"area_code": [f"X02{number:06d}" for number in range(len(msoas))], "area_name": msoas}
    )
    lsoas = small.loc[here, ["small_area_code", "small_area_name"]]
    lsoas = lsoas.set_axis(["area_code", "area_name"], axis=1)
    names = demo.areas.set_index("area_code")["area_name"]
    whole = pd.DataFrame({"area_code": [AREA, COUNTY, COUNTRY]})
    whole["area_name"] = whole["area_code"].map(names)
    rows = [
        *(_row(VISITS, place, year, 4 + n, 1.0) for year in YEARS for n, place in _each(whole)),
        *(_row(VISITS, place, 2023, _of_ward(n), 0.5) for n, place in _each(wards)),
        *(_row(JABS, place, 2023, 60 + 3 * n, 2.0) for n, place in _each(groups)),
        *(_row(DAMP, place, 2023, n % 7, None) for n, place in _each(lsoas)),
    ]
    own = conform(pd.DataFrame(rows))
    own.loc[own["area_code"] == wards["area_code"][WITHHELD], "status"] = "suppressed"
    before = tables["observations"]
    own["row"] = range(int(before["row"].max()) + 1, int(before["row"].max()) + 1 + len(own))
    tables["observations"] = pd.concat([before, own], ignore_index=True)[before.columns]
    inside = pd.concat([wards, groups, lsoas]).assign(parent_code=AREA, country_code=COUNTRY)
    inside["area_type"] = inside["area_code"].str[1:3].map(TYPES)
    areas = pd.concat([tables["areas"], inside], ignore_index=True)
    text = areas.columns.difference(["ended"])
    tables["areas"] = areas.assign(ended=areas["ended"].eq(True), **areas[text].fillna(""))
    described = [
        (VISITS, "Warm homes visits", "%", "favourable"),
        (JABS, "Flu jabs", "%", ""),
        (DAMP, "Homes with damp", "per 100", "adverse"),
    ]
    indicators = pd.DataFrame(described, columns=["indicator_id", "name", "unit", "polarity"])
    indicators = indicators.assign(decimals=1, source="own", catalogued=False)
    tables["indicators"] = pd.concat([tables["indicators"], indicators], ignore_index=True)
    return revised(demo, folder, tables, PackMeta(title="Own", fictional=True, vintage="2024"))


def _each(places: pd.DataFrame) -> list[tuple[int, pd.Series]]:
    return list(enumerate(row for _, row in places.iterrows()))


def _of_ward(number: int) -> float | None:
    return {WITHHELD: None, ABSENT: None, NOUGHT: 0.0}.get(number, 2.0 + number)


def _row(
    indicator: str, place: pd.Series, year: int, value: float | None, half: float | None
) -> dict[str, object]:
    limits = {}
    if value is not None and half is not None:
        limits = {"lower_ci": max(value - half, 0.0), "upper_ci": value + half}
    return {
        "indicator_id": indicator,
        "area_code": place["area_code"],
        "area_name": place["area_name"],
        "area_type": TYPES[place["area_code"][1:3]],
        "period": f"{year}/{(year + 1) % 100}",
        "period_start": pd.Timestamp(year, 4, 1),
        "period_end": pd.Timestamp(year + 1, 3, 31),
        "sex": "Persons",
        "value": value,
        "unit": "per 100" if indicator == DAMP else "%",
        "status": "not_available" if value is None else "ok",
        "source": "own",
        **limits,
    }
