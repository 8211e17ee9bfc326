"""Small answers in the layouts of the publishers, for an invented Hertfordshire.

Layouts are those of the interfaces as they were in November 2026; all figures are made up.
"""

import json
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from .loopback import Reply, Seen
from .right import HEADER

COUNTY, REGION, ENGLAND = "E10000015", "E12000006", "E92000001"
DISTRICTS = {"E07000243": "Stevenage", "E07000103": "Watford"}
COUNTIES = {COUNTY: "Hertfordshire", "E06000032": "Luton"}
IDS = ("90366", "93190")
LEVEL = {
    code: 78 + number
    for number, code in enumerate((ENGLAND, REGION, COUNTY, *DISTRICTS, "E06000032"))
}

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
    "LSOA21_WD25_LAD25_EW_LU_v2",
    "Lower_layer_Super_Output_Areas_December_2021_Boundaries_EW_BGC_V5",
    "Lower_layer_Super_Output_Areas_December_2021_Boundaries_EW_BSC_V4",
]
SMALL_AREAS = {
    "E01023001": ("Stevenage 001A", "E07000243"),
    "E01023002": ("Watford 001A", "E07000103"),
    "E01023003": ("Watford 001B", "E07000103"),
}
NEIGHBOUR_TYPES = [
    {"NeighbourTypeId": 3, "Name": "Similar services", "ApplicableAreaTypes": [{"Id": 501}]},
    {"NeighbourTypeId": 1, "Name": "CIPFA nearest neighbours", "ApplicableAreaTypes": [
        {"Id": 501, "Name": "Districts & UAs"}, {"Id": 502, "Name": "Counties & UAs"}]},
]  # fmt: skip
NEIGHBOURS = {"E07000243": ("E07000103", "E06000032"), "E10000015": ("E06000032",)}
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
OFFERED = {
    "employment-rate": "Employment rate",
    "housing-affordability-ratio": "Housing affordability ratio (residence-based)",
    "museums": "museums",
}
"""What Explore Local Statistics has: name in addresses -> name; the catalogue has two of them."""
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


def table(area_type: int, parent: str, ids: tuple[str, ...]) -> str:
    """Figures of the areas of a type, those around them and England's."""
    inside = {501: DISTRICTS, 502: {COUNTY: "Hertfordshire"}, 6: {REGION: "East of England"}}
    names = {COUNTY: "Hertfordshire", REGION: "East of England"}
    areas = {ENGLAND: "England", **({parent: names[parent]} if parent != ENGLAND else {})}
    areas |= inside[area_type] | ({"E06000032": "Luton"} if parent != COUNTY else {})
    kinds = {ENGLAND: "England", COUNTY: "County", REGION: "Region"}
    lines = [HEADER]
    for indicator in ids:
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
    if "WD25" in service:
        return [
            {"LSOA21CD": code, "LSOA21NM": name, "WD25CD": f"E0500{code[-4:]}", "WD25NM": "Bedwell",
             "LAD25CD": district, "LAD25NM": DISTRICTS[district]}
            for code, (name, district) in SMALL_AREAS.items()
        ]  # fmt: skip
    if service.startswith("Lower_layer"):
        return [{"LSOA21CD": code, "LSOA21NM": name} for code, (name, _) in SMALL_AREAS.items()]
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


def described(slug: str, code: str, **changes: Any) -> dict[str, Any]:
    """One indicator in the order and with the names that Explore Local Statistics has."""
    return {
        "label": code,
        "topic": "health and wellbeing",
        "subTopic": "healthy living",
        "description": "This indicator shows something invented.",
        "source": [
            {"name": "Office A", "href": "https://example.org/a", "date": "2026-02-19"},
            {"name": "Office B", "href": None, "date": "2026-05-01"},
        ],
        "slug": slug,
        "dataModified": "2026-05-02",
        "code": code,
        "dataset": slug,
        "prefix": None,
        "suffix": "%",
        "subText": None,
        "decimalPlaces": 1,
        "standardised": True,
        "subtitle": "Percentage of something",
        "isMultivariate": False,
        "confidenceIntervals": True,
        "frequency": "annual",
        "periodFormat": "3-year",
        "experimentalStatistic": False,
        "geography": {"countries": ["E"], "levels": ["ctry", "rgn", "ltla"], "year": 2024},
        "updated": "2026-05-01",
        "caveats": ["Interim method."],
        "dimensions": {"areacd": {"id": "areacd", "label": "Area code", "order": 0}},
        **changes,
    }


def local_statistics(levels: list[str]) -> str:
    """Figures of one indicator, which does not say its name, for the areas of some levels."""
    of_level = {
        "ctry": {ENGLAND: "England", "W92000004": "Wales"},
        "rgn": {REGION: "East of England"},
        "ltla": {**DISTRICTS, "E06000032": "Luton"},
    }
    rows = [
        f"{code},{name},{year}-01-01/P1Y,{70 + year % 10}.5,60.1,80.9,"
        for level in levels
        for code, name in of_level[level].items()
        for year in (2023, 2024)
    ]
    return "\n".join(["areacd,areanm,period,value,lci_95,uci_95,status", *rows])


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
            areas = {
                "501": {**DISTRICTS, "E06000032": "Luton"},
                "502": COUNTIES,
                "6": {REGION: "East of England"},
            }[asked["area_type_id"]]
            return as_json([{"Code": code, "Name": name} for code, name in areas.items()])
        case ["api", "nearest_neighbour_types"]:
            return as_json(NEIGHBOUR_TYPES)
        case ["api", "areas", "by_parent_area_code"]:
            near = NEIGHBOURS[asked["parent_area_code"].removeprefix("nn-1-")]
            return as_json([{"Code": code, "Name": code} for code in near])
        case ["api", "available_data"]:
            of_type = {"AreaTypeId": int(asked["area_type_id"])}
            return as_json([{"IndicatorId": int(i), **of_type} for i in (*IDS, "1")])
        case ["api", "all_data", "csv", "by_indicator_id"]:
            parent, ids = asked["parent_area_code"], tuple(asked["indicator_ids"].split(","))
            return Reply(table(int(asked["child_area_type_id"]), parent, ids).encode())
        case ["api", "content", *_]:
            return as_json(CONTENT)
        case ["explore-local-statistics", *_, "metadata", "indicators"]:
            return as_json([described(slug, name) for slug, name in OFFERED.items()])
        case ["explore-local-statistics", *_, "data.csv"]:
            return Reply(local_statistics(asked["geo"].split(",")).encode())
        case ["media", "687", "File_7.csv"]:
            return Reply(FILE_7.encode())
        case [*_, "services"]:
            return as_json({"services": [{"name": n, "type": "FeatureServer"} for n in LAYERS]})
        case [*_, service, "FeatureServer", "0", "query"]:
            return as_json(page(chosen(features(unquote(service)), asked["where"]), asked))
    return Reply(b"Not here", 404)


def chosen(rows: list[dict[str, object]], where: str) -> list[dict[str, object]]:
    """The rows that are meant: ``1=1``, ``LSOA21CD LIKE 'E%'`` or ``LAD25CD IN ('…','…')``."""
    column, is_one_of, codes = where.partition(" IN ")
    if not is_one_of:
        return rows
    return [row for row in rows if f"'{row[column]}'" in codes]


def page(rows: list[dict[str, object]], asked: dict[str, str]) -> dict[str, object]:
    """One page of a layer, as many rows as are asked for."""
    if "returnCountOnly" in asked:
        return {"count": len(rows)}
    start = int(asked.get("resultOffset", 0))
    wanted = rows[start : start + int(asked.get("resultRecordCount", 2000))]
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
