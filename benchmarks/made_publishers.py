"""Publishers on this computer with made-up figures of all districts, each answer after 50 ms.

``python benchmarks/made_publishers.py FOLDER`` serves until its input ends; it first writes
``network.yml`` there.
"""

import csv
import io
import itertools
import json
import random
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from made_download import HEADING

from ineqlib.pulling.parts import catalogue_ids
from tests.fetch.loopback import Reply, Seen, loopback, make_certificates
from tests.fetch.recorded import described

DELAY = 0.05
REGIONS, COUNTIES, DISTRICTS, UNITARIES = 9, 21, 164, 132
INDICATORS = 65
YEARS = range(2018, 2024)
SEXES = ("Male", "Female")
SMALL_AREAS = 114
"""Of each district."""
ENGLAND = "E92000001"
TYPES = [
    {"Id": 501, "Name": "Lower tier local authorities (post 4/23)", "Short": "Districts & UAs"},
    {"Id": 502, "Name": "Upper tier local authorities (post 4/23)", "Short": "Counties & UAs"},
]
Row = dict[str, Any]

# Of numbers that no authority has had: the codes of some have changed.
DISTRICT_CODES = [f"E07{number:06}" for number in range(901, 901 + DISTRICTS)]
UNITARY_CODES = [f"E06{number:06}" for number in range(901, 901 + UNITARIES)]
COUNTY_OF = {
    **{code: f"E10{901 + place % COUNTIES:06}" for place, code in enumerate(DISTRICT_CODES)},
    **{code: code for code in UNITARY_CODES},
}
LOWER = [*DISTRICT_CODES, *UNITARY_CODES]
UPPER = sorted(set(COUNTY_OF.values()))
REGION_OF = {code: f"E12{1 + int(COUNTY_OF[code][3:]) % REGIONS:06}" for code in LOWER}
NAMES = {code: f"Invented {code}" for code in [*LOWER, *UPPER, *REGION_OF.values()]}
SMALL = [(f"E01{number:06}", code) for number, code in enumerate(
    itertools.chain.from_iterable([code] * SMALL_AREAS for code in LOWER), 1)]  # fmt: skip
IDS = sorted(catalogue_ids())[:INDICATORS]
FURTHER = {
    f"further-indicator-{number}": name
    for number, name in enumerate(sorted(catalogue_ids("explore_statistics")), 1)
}
"""Names of the catalogue's indicators in Explore Local Statistics, by their names in addresses."""


def figures(area_type: int) -> bytes:
    """Write the figures of all areas of a type, as Fingertips does."""
    areas = {501: LOWER, 502: UPPER, 6: sorted(set(REGION_OF.values()))}[area_type]
    chance = random.Random(area_type)
    lines = [HEADING]
    for indicator in IDS:
        for code in [ENGLAND, *areas]:
            lines += _of_area(indicator, code, chance)
    return "".join(f"{line}\r\n" for line in lines).encode()


def _of_area(indicator: str, code: str, chance: random.Random) -> Iterator[str]:
    # The same in each type of area: a unitary authority is of two.
    level = random.Random(f"{indicator}{code}").uniform(19, 21)
    for year, sex in itertools.product(YEARS, SEXES):
        value = round(level + 0.1 * (year % 5) + 0.3 * SEXES.index(sex), 3)
        yield (
            f"{indicator},Made-up share of people number {indicator} (invented figures),"
            f"E92000001,England,{code},Invented {code},District,{sex},All ages,,,{year},{value},"
            f"{value - 1.25:.5f},{value + 1.25:.5f},{value - 1.9:.5f},{value + 1.9:.5f},,,,"
            f"Cannot be calculated,Similar,Not compared,{year}0000,,,1y"
        )


def further_figures() -> bytes:
    """Write an indicator of Explore Local Statistics, of all areas; every one has the same."""
    chance = random.Random("further")
    lines = ["areacd,areanm,period,value,lci_95,uci_95,status"]
    for code in [ENGLAND, *sorted(set(REGION_OF.values())), *sorted({*UPPER, *LOWER})]:
        for year in YEARS:
            value = round(chance.uniform(19, 21), 2)
            name = NAMES.get(code, "England")
            lines.append(
                f"{code},{name},{year}-01-01/P1Y,{value},{value - 1.5:.2f},{value + 1.5:.2f},"
            )
    return "\n".join(lines).encode()


def file_7() -> bytes:
    """Write the deprivation of all neighbourhoods."""
    text = io.StringIO()
    index = "Index of Multiple Deprivation (IMD)"
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(
        [
            *("LSOA code (2021)", "LSOA name (2021)"),
            "Local Authority District code (2024)",
            "Local Authority District name (2024)",
            f"{index} Score",
            f"{index} Rank (where 1 is most deprived)",
            f"{index} Decile (where 1 is most deprived 10% of LSOAs)",
            "Total population: mid 2022",
        ]
    )
    for place, (code, district) in enumerate(SMALL):
        tenth = 1 + 10 * place // len(SMALL)
        score = round(90 - 85 * place / len(SMALL), 3)
        writer.writerow(
            [
                code,
                f"Invented {place:05}A",
                district,
                NAMES[district],
                score,
                place + 1,
                tenth,
                1_600,
            ]
        )
    return text.getvalue().encode()


def square(west: float, south: float, width: float, height: float, points: int) -> Row:
    """Make a rectangle with so many points on each side."""
    along = [step / points for step in range(points)]
    ring = [
        *((west + width * at, south) for at in along),
        *((west + width, south + height * at) for at in along),
        *((west + width * (1 - at), south + height) for at in along),
        *((west, south + height * (1 - at)) for at in along),
    ]
    ring = [[round(x, 6), round(y, 6)] for x, y in [*ring, ring[0]]]
    return {"type": "Polygon", "coordinates": [ring]}


def place_of(code: str) -> tuple[float, float]:
    """Return the south-western corner of an authority."""
    row, column = divmod(LOWER.index(code), 18)
    return -3 + 0.15 * column, 51 + 0.09 * row


def shapes(codes: list[str], column: str, points: int) -> list[Row]:
    """Make the shapes of a level: those of counties and regions stand for themselves alone."""
    return [
        {
            "type": "Feature",
            "properties": {f"{column}CD": code, f"{column}NM": NAMES[code], "GlobalID": code},
            "geometry": square(
                -3 + 0.2 * (number % 13), 51 + 0.2 * (number // 13), 0.2, 0.2, points
            ),
        }
        for number, code in enumerate(codes)
    ]


def small_shapes() -> list[Row]:
    """Make the shapes of neighbourhoods, in their district a grid."""
    features = []
    for number, (code, district) in enumerate(SMALL):
        west, south = place_of(district)
        row, column = divmod(number % SMALL_AREAS, 12)
        features.append(
            {
                "type": "Feature",
                "properties": {"LSOA21CD": code, "LSOA21NM": f"Invented {number:05}A"},
                "geometry": square(west + column / 80, south + row / 112, 1 / 80, 1 / 112, 8),
            }
        )
    return features


def rows(pairs: dict[str, str], column: str, above: str) -> list[Row]:
    """Make a lookup."""
    return [
        {f"{column}CD": code, f"{column}NM": NAMES[code], f"{above}CD": of, f"{above}NM": NAMES[of]}
        for code, of in pairs.items()
    ]


class MadePublishers:
    """All answers, made before anybody asks."""

    def __init__(self) -> None:
        self.figures = {area_type: figures(area_type) for area_type in (501, 502, 6)}
        self.further = further_figures()
        self.file_7 = file_7()
        self.layers = {
            "LAD_MAY_2025_UK_BSC_V2": shapes(LOWER, "LAD25", 60),
            "CTYUA_DEC_2024_UK_BSC": shapes(UPPER, "CTYUA24", 90),
            "RGN_DEC_2024_EN_BSC": shapes(sorted(set(REGION_OF.values())), "RGN24", 300),
            "LSOA_DEC_2021_EW_BSC_V4": small_shapes(),
            "LTLA25_UTLA25_EW_LU": rows(COUNTY_OF, "LTLA25", "UTLA25"),
            "LAD25_RGN25_EN_LU": rows(REGION_OF, "LAD25", "RGN25"),
            "LSOA21_WD25_LAD25_EW_LU": [
                {"LSOA21CD": code, "LSOA21NM": code, "WD25CD": f"E05{place // 4:06}",
                 "WD25NM": f"Ward {place // 4}", "LAD25CD": of, "LAD25NM": NAMES[of]}
                for place, (code, of) in enumerate(SMALL)
            ],
        }  # fmt: skip

    def answer(self, seen: Seen, _number: int) -> Reply:
        """Answer as the publisher would."""
        time.sleep(DELAY)
        parts = urlsplit(seen.url)
        asked = {name: values[0] for name, values in parse_qs(parts.query).items()}
        match parts.path.split("/")[1:]:
            case ["api", "area_types"]:
                return _json(TYPES)
            case ["api", "areas", "by_area_type"]:
                codes = {"501": LOWER, "502": UPPER, "6": sorted(set(REGION_OF.values()))}
                return _json(
                    [{"Code": code, "Name": NAMES[code]} for code in codes[asked["area_type_id"]]]
                )
            case ["api", "available_data"]:
                kind = int(asked["area_type_id"])
                return _json([{"IndicatorId": int(i), "AreaTypeId": kind} for i in IDS])
            case ["api", "all_data", *_]:
                wanted = {*asked["indicator_ids"].split(",")}
                whole = self.figures[int(asked["child_area_type_id"])]
                if wanted == {*IDS}:
                    return Reply(whole)
                header, *lines = whole.splitlines(keepends=True)
                of_ids = [line for line in lines if line.split(b",", 1)[0].decode() in wanted]
                return Reply(b"".join([header, *of_ids]))
            case ["explore-local-statistics", *_, "indicators"]:
                return _json([
                    described(slug, name, geography={"levels": ["ctry", "rgn", "utla", "ltla"]})
                    for slug, name in FURTHER.items()
                ])  # fmt: skip
            case ["explore-local-statistics", *_, "data.csv"]:
                return Reply(self.further)
            case ["api", "content", *_]:
                return _json({"details": {"attachments": [{
                    "title": "File 7: all ranks", "content_type": "text/csv",
                    "url": "https://assets.publishing.service.gov.uk/media/1/File_7.csv",
                    "file_size": len(self.file_7),
                }]}})  # fmt: skip
            case ["media", *_]:
                return Reply(self.file_7)
            case [*_, "services"]:
                return _json(
                    {"services": [{"name": n, "type": "FeatureServer"} for n in self.layers]}
                )
            case [*_, service, "FeatureServer", "0", "query"]:
                return _json(_page(self.layers[unquote(service)], asked))
        return Reply(b"Not here", 404)


def _page(every: list[Row], asked: dict[str, str]) -> Row:
    if "returnCountOnly" in asked:
        return {"count": len(every)}
    start = int(asked["resultOffset"])
    wanted = every[start : start + int(asked["resultRecordCount"])]
    if asked["f"] == "json":
        return {"features": [{"attributes": row} for row in wanted]}
    return {"type": "FeatureCollection", "features": wanted}


def _json(value: object) -> Reply:
    return Reply(json.dumps(value).encode())


def main() -> None:
    """Serve until nobody is left who would ask."""
    folder = Path(sys.argv[1])
    certificates = make_certificates(folder)
    made = MadePublishers()
    with loopback(certificates.publishers) as publishers:
        publishers.answer = made.answer
        settings = (
            f"proxy: http://127.0.0.1:{publishers.port}\ncertificates: {certificates.authority}\n"
        )
        (folder / "network.yml").write_text(settings, encoding="utf-8")
        size = sum(map(len, made.figures.values()))
        lines = sum(content.count(b"\n") - 1 for content in made.figures.values())
        print(json.dumps([size, lines]), flush=True)
        sys.stdin.read()
        print(json.dumps(len(publishers.seen)), flush=True)


if __name__ == "__main__":
    main()
