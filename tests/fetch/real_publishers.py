"""Publishers on this computer that answer with the real files beside the project.

Each answers as its interface does: Fingertips the first 100 ids alone, and of the areas only those
that lie in the one asked; Open Geography in pages, and what a condition says.
"""

import csv
import gzip
import io
import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cached_property
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from ineqlib.text import slug

from .loopback import Reply, Seen
from .recorded import AREA_TYPES, ENGLAND, NEIGHBOUR_TYPES, described

FIGURES = "fingertips_derived/native_layout_reconstructed.csv.gz"
FILE_7 = "imd/iod2025_lsoa21_scores_ranks_deciles_england.csv.gz"
NEIGHBOURS = "ons_els/clusters/demographic-neighbours.csv.gz"
LAYERS = {
    "LAD_MAY_2024_UK_BSC": "boundaries/ons_hub_LAD_MAY_2024_UK_BSC.geojson.gz",
    "CTYUA_DEC_2023_UK_BSC": "boundaries/ons_hub_CTYUA_DEC_2023_UK_BSC.geojson.gz",
    "RGN_DEC_2023_EN_BUC": "boundaries/ons_hub_RGN_DEC_2023_EN_BUC.geojson.gz",
    "LSOA_DEC_2021_EW_BSC_V4": "boundaries/lsoa21_england_generalised.geojson.gz",
    "LAD23_CTYUA23_EN_LU": "lookups/lad23_ctyua23.csv",
    "LAD24_RGN24_EN_LU": "lookups/lad24_region24.csv",
    "LSOA21_WD24_LAD24_EW_LU": "lookups/lsoa21_ward24_lad24.csv.gz",
}
LOCAL_STATISTICS = "ons_els"
FEW = ("cancer-diagnosis-at-stage-1-and-2", "cigarette-smokers", "employment-rate")
FEW += ("healthy-life-expectancy", "preventable-cardiovascular-mortality-england")
"""Files of Explore Local Statistics with two sexes, levels of every sort, limits, figures that are
missing or unreliable, and figures of two authorities together: a quarter of all rows."""
LEVEL_OF = {
    **dict.fromkeys(("E92", "W92", "S92", "N92", "K02", "K03", "K04"), "ctry"),
    **dict.fromkeys(("E10",), "utla"),
    **dict.fromkeys(("E06", "E07", "E08", "E09", "W06", "S12", "N09"), "ltla"),
    **{"E12": "rgn", "E47": "cauth"},
}
"""How the codes of a level of Explore Local Statistics begin."""
MOST_IDS = 100
Row = dict[str, Any]


def unpacked(path: Path) -> bytes:
    """The bytes of a file, whether packed or not."""
    return gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()


def level_of(row: Row) -> str:
    """The level of Explore Local Statistics that a row's area is of; empty for others."""
    return LEVEL_OF.get(row["areacd"][:3], "")


class RealPublishers:
    """Answers from a folder of files.

    Parameters
    ----------
    folder
        Where they are.
    local_statistics
        What the files are called that Explore Local Statistics has.
    """

    def __init__(self, folder: Path, local_statistics: Iterable[str] = FEW) -> None:
        self.folder = folder
        self.names = local_statistics

    def file(self, name: str) -> bytes:
        return unpacked(self.folder / name)

    def rows(self, name: str) -> list[Row]:
        return list(csv.DictReader(io.StringIO(self.file(name).decode("utf-8-sig"))))

    @cached_property
    def figures(self) -> dict[str, list[Row]]:
        """Rows of each indicator."""
        by_id = defaultdict(list)
        for row in self.rows(FIGURES):
            by_id[row["Indicator ID"]].append(row)
        return by_id

    @cached_property
    def parents(self) -> dict[str, dict[str, str]]:
        """Of each level, child -> parent."""
        counties = {
            row["LAD23CD"]: row["CTYUA23CD"] for row in self.rows("lookups/lad23_ctyua23.csv")
        }
        regions = {
            row["LAD24CD"]: row["RGN24CD"] for row in self.rows("lookups/lad24_region24.csv")
        }
        of_counties = {county: regions[district] for district, county in counties.items()}
        return {"502": counties, "6": regions | of_counties}

    @cached_property
    def areas(self) -> dict[str, set[str]]:
        counties = self.parents["502"]
        return {
            "501": set(counties),
            "502": set(counties.values()),
            "6": set(self.parents["6"].values()),
        }

    def is_of_type(self, row: Row, area_type: str) -> bool:
        return row["Area Code"] in self.areas[area_type]

    @cached_property
    def features(self) -> dict[str, list[Row]]:
        """What each layer has, in the order of its codes."""
        layers = {}
        for service, name in LAYERS.items():
            if name.endswith(".csv") or ".csv." in name:
                rows = [{"attributes": row} for row in self.rows(name)]
            else:
                rows = json.loads(self.file(name))["features"]
            layers[service] = rows
        return layers

    def answer(self, seen: Seen, _number: int) -> Reply:
        """What is asked with a condition has not changed."""
        if {"If-None-Match", "If-Modified-Since"} & {*seen.headers}:
            return Reply(status=304)
        parts = urlsplit(seen.url)
        asked = {name: values[0] for name, values in parse_qs(parts.query).items()}
        match parts.path.split("/")[1:]:
            case ["api", "area_types"]:
                return self._json(AREA_TYPES)
            case ["api", "areas", "by_area_type"]:
                codes = sorted(self.areas[asked["area_type_id"]])
                return self._json([{"Code": code, "Name": code} for code in codes])
            case ["api", "available_data"]:
                return self._json(self._available(asked["area_type_id"]))
            case ["api", "nearest_neighbour_types"]:
                return self._json(NEIGHBOUR_TYPES)
            case ["api", "areas", "by_parent_area_code"]:
                code = asked["parent_area_code"].removeprefix("nn-1-")
                row = next(row for row in self.rows(NEIGHBOURS) if row["AREACD"] == code)
                ranked = [row[str(rank)] for rank in range(1, 21)]
                near = [code for code in ranked if code.startswith("E")]
                return self._json([{"Code": area, "Name": area} for area in near])
            case ["api", "all_data", "csv", "by_indicator_id"]:
                return Reply(
                    self._table(asked), headers={"Last-Modified": "Sun, 01 Nov 2026 09:00:00 GMT"}
                )
            case ["api", "content", *_]:
                return self._json(self._attachments())
            case ["explore-local-statistics", *_, name]:
                return self._of_local_statistics(name, asked)
            case ["media", *_]:
                return Reply(self.file(FILE_7), headers={"ETag": '"file7"'})
            case [*_, "services"]:
                names = [{"name": name, "type": "FeatureServer"} for name in LAYERS]
                return self._json({"services": names})
            case [*_, service, "FeatureServer", "0", "query"]:
                return self._json(self._page(unquote(service), asked))
        return Reply(b"Not here", 404)

    @cached_property
    def local_statistics(self) -> dict[str, list[Row]]:
        """Rows of each indicator of Explore Local Statistics, by its name in addresses."""
        by_name = defaultdict(list)
        for name in self.names:
            for row in self.rows(f"{LOCAL_STATISTICS}/{name}.csv.gz"):
                by_name[slug(row["indicator"])].append(row)
        return by_name

    @cached_property
    def described(self) -> dict[str, Row]:
        """What the service says of each of them: its levels are those of the areas it has."""
        return {
            name: described(
                name,
                rows[0]["indicator"],
                geography={"levels": sorted({*map(level_of, rows)} - {""})},
            )
            for name, rows in self.local_statistics.items()
        }

    def _of_local_statistics(self, name: str, asked: dict[str, str]) -> Reply:
        """What the service says of its indicators, or one of them."""
        if name == "indicators":
            return self._json([*self.described.values()])
        tag = {"ETag": f'"{asked["indicator"]}"'}
        return Reply(self._table_of_levels(asked), headers=tag)

    def _table_of_levels(self, asked: dict[str, str]) -> bytes:
        """The rows of some levels, in the columns that the interface gives."""
        names = {"observation": "value"}
        columns = ("areacd", "areanm", "period", "observation", "lci_95", "uci_95", "status")
        text = io.StringIO(newline="")
        writer = csv.writer(text, lineterminator="\n")
        writer.writerow([names.get(name, name) for name in columns])
        levels = asked["geo"].split(",")
        writer.writerows(
            [row[name] for name in columns]
            for row in self.local_statistics[asked["indicator"]]
            if level_of(row) in levels
        )
        return text.getvalue().rstrip("\n").encode()

    def _available(self, area_type: str) -> list[Row]:
        return [
            {"IndicatorId": int(indicator), "AreaTypeId": int(area_type)}
            for indicator, rows in self.figures.items()
            if any(self.is_of_type(row, area_type) for row in rows)
        ]

    def _table(self, asked: dict[str, str]) -> bytes:
        text = io.StringIO(newline="")
        header = next(iter(self.figures.values()))[0].keys()
        writer = csv.DictWriter(text, header, lineterminator="\r\n")
        writer.writeheader()
        for indicator in asked["indicator_ids"].split(",")[:MOST_IDS]:
            writer.writerows(self._of_indicator(indicator, asked))
        return text.getvalue().encode()

    def _of_indicator(self, indicator: str, asked: dict[str, str]) -> Iterator[Row]:
        """England's rows, then the parent's, then those of its children."""
        rows, parent = self.figures[indicator], asked["parent_area_code"]
        above = self.parents.get(asked["parent_area_type_id"], {})
        yield from (row for row in rows if row["Area Code"] == ENGLAND)
        yield from (row for row in rows if row["Area Code"] == parent != ENGLAND)
        for row in rows:
            inside = above.get(row["Area Code"], "" if above else ENGLAND)
            if inside == parent and self.is_of_type(row, asked["child_area_type_id"]):
                yield row

    def _attachments(self) -> Row:
        return {
            "details": {
                "attachments": [
                    {
                        "title": "File 7: all ranks, scores, deciles and population denominators",
                        "url": "https://assets.publishing.service.gov.uk/media/691/File_7.csv",
                        "content_type": "text/csv",
                        "file_size": len(self.file(FILE_7)),
                    }
                ]
            }
        }

    def _page(self, service: str, asked: dict[str, str]) -> Row:
        rows = list(_meant(self.features[service], asked["where"]))
        if "returnCountOnly" in asked:
            return {"count": len(rows)}
        rows.sort(key=lambda row: _values(row)[asked["orderByFields"]])
        start = int(asked.get("resultOffset", 0))
        most = min(int(asked.get("resultRecordCount", 2000)), 2000)
        cut = {"exceededTransferLimit": True} if start + most < len(rows) else {}
        page = {"features": rows[start : start + most]}
        if asked["f"] == "json":
            return page | cut
        return {"type": "FeatureCollection", **page, "properties": cut}

    @staticmethod
    def _json(value: object) -> Reply:
        return Reply(json.dumps(value).encode(), headers={"ETag": '"1"'})


def _meant(rows: Iterable[Row], where: str) -> Iterator[Row]:
    column, is_one_of, codes = where.partition(" IN ")
    wanted = set(re.findall(r"'(\w+)'", codes))
    for row in rows:
        if not is_one_of or _values(row)[column] in wanted:
            yield row


def _values(row: Row) -> Row:
    return row.get("attributes") or row["properties"]
