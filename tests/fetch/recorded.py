"""Small answers in the layouts of the publishers, for an invented Hertfordshire.

Layouts are those of the interfaces as they were in November 2026; all figures are made up.
"""

import json
from urllib.parse import parse_qs, unquote, urlsplit

from .loopback import Reply, Seen
from .right import HEADER

COUNTY, REGION, ENGLAND = "E10000015", "E12000006", "E92000001"
DISTRICTS = {"E07000243": "Stevenage", "E07000103": "Watford"}
COUNTIES = {COUNTY: "Hertfordshire", "E06000032": "Luton"}
IDS = ("90366", "93190")
LEVEL = {code: 78 + number for number, code in enumerate((ENGLAND, REGION, COUNTY, *DISTRICTS))}

AREA_TYPES = [
    {"Id": 401, "Name": "Lower tier local authorities (post 4/21)", "Short": "Districts & UAs"},
    {"Id": 501, "Name": "Lower tier local authorities (post 4/23)", "Short": "Districts & UAs"},
    {"Id": 502, "Name": "Upper tier local authorities (post 4/23)", "Short": "Counties & UAs"},
    {"Id": 6, "Name": "Regions (statistical)", "Short": "Regions"},
    {"Id": 15, "Name": "England", "Short": "England"},
]
LAYERS = [
    "LAD_MAY_2025_UK_BSC_V2",
    "Local_Authority_Districts_December_2024_Boundaries_UK_BSC",
    "Local_Authority_Districts_May_2025_Boundaries_UK_BFC",
    "Counties_and_Unitary_Authorities_December_2024_Boundaries_UK_BSC",
    "Regions_December_2024_Boundaries_EN_BSC",
    "LTLA24_UTLA24_EW_LU",
    "LTLA25_UTLA25_EW_LU",
    "LAD25_RGN25_EN_LU",
    "LSOA21_WD24_LAD24_EW_LU",
]
FILE_7 = (
    "LSOA code (2021),LSOA name (2021),Local Authority District code (2024),"
    "Local Authority District name (2024),Index of Multiple Deprivation (IMD) Score,"
    "Index of Multiple Deprivation (IMD) Rank (where 1 is most deprived),"
    "Index of Multiple Deprivation (IMD) Decile (where 1 is most deprived 10% of LSOAs),"
    "Total population: mid 2022\n"
    "E01023001,Stevenage 001A,E07000243,Stevenage,80.1,1,1,1600\n"
    "E01023002,Watford 001A,E07000103,Watford,40.0,2,5,1700\n"
    "E01023003,Watford 001B,E07000103,Watford,9.5,3,10,1500\n"
)
CONTENT = {
    "details": {
        "attachments": [
            {
                "title": f"File {number}: {what}",
                "url": f"https://assets.publishing.service.gov.uk/media/68{number}/File_{number}.csv",
                "content_type": "text/csv",
                "file_size": len(FILE_7),
            }
            for number, what in (
                (1, "index of multiple deprivation"),
                (7, "all ranks, scores, deciles and population denominators"),
            )
        ]
    }
}


def table(area_type: int) -> str:
    """Figures of the areas of a type, those around them and England's."""
    inside = DISTRICTS if area_type == 501 else {COUNTY: "Hertfordshire"}
    around = (COUNTY, "Hertfordshire") if area_type == 501 else (REGION, "East of England")
    areas = {ENGLAND: "England", around[0]: around[1], **inside}
    kinds = {ENGLAND: "England", COUNTY: "County", REGION: "Region"}
    lines = [HEADER]
    for indicator in IDS:
        for code, name in areas.items():
            lines += [
                f"{indicator},Invented,,,{code},{name},{kinds.get(code, 'District')},{sex},All ages"
                f",,,{year} - {(year + 2) % 100},{LEVEL[code]}.{year % 10},77.1,83.2,,,,,,,"
                f"Similar,,{year}0000,,"
                for sex in ("Male", "Female")
                for year in (2020, 2021)
            ]
    return "".join(f"{line}\r\n" for line in lines)


def features(service: str) -> list[dict[str, object]]:
    """Rows of a layer, with shapes where it has any."""
    if "UTLA25" in service:
        return [
            {"LTLA25CD": code, "LTLA25NM": name, "UTLA25CD": above, "UTLA25NM": COUNTIES[above]}
            for code, name, above in (
                *((code, name, COUNTY) for code, name in DISTRICTS.items()),
                ("E06000032", "Luton", "E06000032"),
            )
        ]
    if "RGN25" in service:
        names = {**DISTRICTS, "E06000032": "Luton"}
        return [
            {"LAD25CD": c, "LAD25NM": n, "RGN25CD": REGION, "RGN25NM": "East of England"}
            for c, n in names.items()
        ]
    if service.startswith("LAD_"):
        return [{"LAD25CD": code, "LAD25NM": name} for code, name in DISTRICTS.items()]
    if service.startswith("Count"):
        return [{"CTYUA24CD": code, "CTYUA24NM": name} for code, name in COUNTIES.items()]
    return [{"RGN24CD": REGION, "RGN24NM": "East of England"}]


def square(number: int) -> dict[str, object]:
    west, south = -0.2 - number, 51.9
    corners = [(0, 0), (0.1, 0), (0.1, 0.1), (0, 0.1), (0, 0)]
    ring = [[west + x, south + y] for x, y in corners]
    return {"type": "Polygon", "coordinates": [ring]}


def answer(seen: Seen, _number: int) -> Reply:
    """What the publishers answer."""
    parts = urlsplit(seen.url)
    asked = {name: values[0] for name, values in parse_qs(parts.query).items()}
    match parts.path.split("/")[1:]:
        case ["api", "area_types"]:
            return as_json(AREA_TYPES)
        case ["api", "areas", "by_area_type"]:
            areas = DISTRICTS if asked["area_type_id"] == "501" else COUNTIES
            return as_json([{"Code": code, "Name": name} for code, name in areas.items()])
        case ["api", "available_data"]:
            of_type = {"AreaTypeId": int(asked["area_type_id"])}
            return as_json([{"IndicatorId": int(i), **of_type} for i in (*IDS, "1")])
        case ["api", "all_data", "csv", "by_indicator_id"]:
            return Reply(table(int(asked["child_area_type_id"])).encode())
        case ["api", "content", *_]:
            return as_json(CONTENT)
        case ["media", "687", "File_7.csv"]:
            return Reply(FILE_7.encode())
        case [*_, "services"]:
            return as_json({"services": [{"name": n, "type": "FeatureServer"} for n in LAYERS]})
        case [*_, service, "FeatureServer", "0", "query"]:
            return as_json(page(features(unquote(service)), asked))
    return Reply(b"Not here", 404)


def page(rows: list[dict[str, object]], asked: dict[str, str]) -> dict[str, object]:
    """One page of a layer, as many rows as are asked for."""
    if "returnCountOnly" in asked:
        return {"count": len(rows)}
    start = int(asked["resultOffset"])
    wanted = rows[start : start + int(asked["resultRecordCount"])]
    cut = {"exceededTransferLimit": True} if start + len(wanted) < len(rows) else {}
    if asked["f"] == "json":
        return {"features": [{"attributes": row} for row in wanted], **cut}
    shapes = [
        {"type": "Feature", "properties": row, "geometry": square(start + number)}
        for number, row in enumerate(wanted)
    ]
    return {"type": "FeatureCollection", "features": shapes} | ({"properties": cut} if cut else {})


def as_json(value: object) -> Reply:
    return Reply(json.dumps(value).encode(), headers={"ETag": '"1"'})
