"""One area, its figures chosen by hand, among thirty ordinary ones."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from ineqlib.catalogue import load_catalogue
from ineqlib.facts import area_facts, read_profile
from ineqlib.facts.area import AreaFacts
from ineqlib.pack import PackMeta, open_pack, write_pack

AREA = "X06000001"
OTHERS = 30
COUNTRY = "X92000001"
PLACES = {AREA: "Here", COUNTRY: "Land"} | {f"X06{n:06d}": f"Area {n}" for n in range(2, 32)}
META = PackMeta(title="By hand", fictional=True, vintage="2024")


@dataclass(frozen=True)
class Series:
    """The figures of one indicator.

    Parameters
    ----------
    here
        The area's, the last of `end`; None where withheld.
    country
        The country's: one for all years, or one for each.
    half
        Half the width of the area's interval; None where none is published.
    comparisons
        The publisher's own, if it has any.
    spread
        Of the other areas around the country (a standard deviation, nearly).
    """

    here: Sequence[float | None]
    country: float | Sequence[float]
    half: float | None = None
    comparisons: Sequence[str] = ()
    events: float | None = None
    spread: float = 3.0
    end: int = 2024
    years: int = 1


def facts_of(
    folder: Path,
    series: Mapping[str, Series],
    *,
    deciles: Sequence[int] = (5,) * 40,
    comparators: Sequence[str] = ("country",),
) -> AreaFacts:
    """Write a pack of the area and thirty others, and compute the area's facts.

    Parameters
    ----------
    deciles
        National tenth of deprivation of each of the area's neighbourhoods; none for no such table.
    """
    rows = [row for name, one in series.items() for row in _rows(name, one)]
    tables = {
        "observations": pd.DataFrame(rows),
        "indicators": _indicators(series),
        "areas": _areas(),
        "area_changes": _nothing("old_code", "old_name", "new_code", "new_name", "date", "kind"),
        "sources": _nothing("source_id", "title", "publisher", "licence", "attribution"),
    }
    if deciles:
        count = len(deciles)
        tables["small_areas"] = pd.DataFrame(
            {
                "small_area_code": [f"X01{n:06d}" for n in range(count)],
                "small_area_name": [f"Here {n}" for n in range(count)],
                "area_code": AREA,
                "index": "demo2024",
                "score": np.linspace(50, 5, count),
                "rank": range(1, count + 1),
                "decile": sorted(deciles),
                "population": 1500.0,
            }
        )
    write_pack(folder / "pack", tables, META)
    profile = read_profile(
        open_pack(folder / "pack"),
        AREA,
        comparators=list(comparators),
        indicator_set=list(series),
    )
    return area_facts(profile)


def _rows(name: str, series: Series) -> list[dict[str, object]]:
    indicator = load_catalogue()[name]
    count = len(series.here)
    national = np.broadcast_to(np.asarray(series.country, dtype=float), count)
    ordinary = np.linspace(-1.6, 1.6, OTHERS)
    rows = []
    for place, (here, country) in enumerate(zip(series.here, national, strict=True)):
        year = series.end - count + 1 + place
        about = {
            "indicator_id": name,
            "period": str(year),
            "period_start": pd.Timestamp(year - series.years + 1, 1, 1),
            "period_end": pd.Timestamp(year, 12, 31),
            "sex": "Persons",
            "age": indicator.age,
            "unit": indicator.unit,
            "status": "ok",
            "source": "hand",
        }
        half = np.nan if series.half is None or here is None else series.half
        rows.append(
            {
                **about,
                **_who(AREA),
                "value": np.nan if here is None else here,
                "status": "suppressed" if here is None else "ok",
                "lower_ci": (here or 0.0) - half,
                "upper_ci": (here or 0.0) + half,
                "count": np.nan if series.events is None else series.events,
                "comparison": series.comparisons[place] if series.comparisons else "",
            }
        )
        rows.append({**about, **_who(COUNTRY), "value": country})
        # Each moves a little from year to year, by a tenth of what areas differ.
        moved = 0.1 * np.where((np.arange(OTHERS) + place) % 2, 1, -1)
        values = country + series.spread * (ordinary + moved)
        codes = (code for code in PLACES if code not in (AREA, COUNTRY))
        rows += [
            {**about, **_who(code), "value": value}
            for code, value in zip(codes, values.tolist(), strict=True)
        ]
    return rows


def _who(code: str) -> dict[str, str]:
    kind = "country" if code == COUNTRY else "lad"
    return {"area_code": code, "area_name": PLACES[code], "area_type": kind}


def _areas() -> pd.DataFrame:
    areas = pd.DataFrame([_who(code) for code in PLACES])
    country = np.where(areas["area_code"] == COUNTRY, "", COUNTRY)
    empty = dict.fromkeys(("parent_code", "region_code", "successors", "renamed_from"), "")
    return areas.assign(country_code=country, **empty, ended=False)


def _indicators(series: Mapping[str, Series]) -> pd.DataFrame:
    known = [load_catalogue()[name] for name in series]
    cells = [(each.id, each.name, each.unit, each.decimals, "hand", True) for each in known]
    columns = ["indicator_id", "name", "unit", "decimals", "source", "catalogued"]
    return pd.DataFrame(cells, columns=columns)


def _nothing(*columns: str) -> pd.DataFrame:
    return pd.DataFrame(columns=columns, dtype="str")
