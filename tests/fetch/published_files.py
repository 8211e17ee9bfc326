"""Files that publishers list, and how they list them. All figures are made up."""

from typing import Any

from ..sources.made_workbooks import saved
from .loopback import Reply, Seen
from .recorded import answer, as_json

STEVENAGE = "E07000243"
MEDIA = "https://assets.publishing.service.gov.uk/media"


def attached(title: str, media: str, kind: str = "text/csv", size: int = 9) -> dict[str, Any]:
    url = f"{MEDIA}/{media}/File.csv"
    return {"title": title, "url": url, "content_type": kind, "file_size": size}


FILE_7_OF_2019 = (
    b"LSOA code (2011),LSOA name (2011),Local Authority District code (2019),"
    b"Local Authority District name (2019),Index of Multiple Deprivation (IMD) Score,"
    b"Index of Multiple Deprivation (IMD) Rank (where 1 is most deprived),"
    b"Index of Multiple Deprivation (IMD) Decile (where 1 is most deprived 10% of LSOAs),"
    b"Total population: mid 2015 (excluding prisoners)\n"
    b"E01023001,Stevenage 001A,E07000243,Stevenage,80.1,1,1,1600\n"
    b"E01023002,Stevenage 001B,E07000243,Stevenage,9.5,2,10,1700\n"
)
OUTTURN = (
    b"year_ending,ONS_code,LA_LGF_code,LA_name,status,LA_class,LA_subclass,RS_edu_net_exp,"
    b"RS_phs_net_exp,RS_phs_tot_exp,RO3_phsmis_net_cur_exp,RG_granttot_tot_grant\n"
    b'202503,E10000015,E1920,Hertfordshire,Certified,Shire County,SC,"1,200,500",61500,70000,9,1\n'
    b"202503,E07000243,E1937,Stevenage,Certified,Shire District,SD,..,0,0,,1\n"
    b"202503,E10,,Shire counties,,Shire County,,99,88,77,66,1\n"
    b"202503,E92000001,,England,,,,999,888,777,666,1\n"
)
LE_HEADING = [
    "Period", "Country", "Area type", "Area code", "Area name", "Sex", "Sex code", "Age group",
    "Age code", "Life expectancy", "Lower confidence interval", "Upper confidence interval",
]  # fmt: skip


LE_NAMES = {STEVENAGE: "Stevenage", "E06000053": "Isles of Scilly", "W06000001": "Anglesey"}


def le_row(age: str, value: object, code: str = STEVENAGE) -> list[object]:
    where = ["2022 to 2024", "England", "Local Areas", code, LE_NAMES[code], "Male", "1"]
    limits = ["[x]", "[x]"] if value == "[x]" else [float(str(value)) - 1, float(str(value)) + 1]
    return [*where, age, "1", value, *limits]


LIFE_EXPECTANCY = saved(
    ["Life expectancy for local areas"],
    ["This worksheet contains one table."],
    [],
    ["Source: invented"],
    ["Some cells have [x]"],
    LE_HEADING,
    le_row("<1", 78.5),
    le_row("65 to 69", 18.25),
    le_row("10 to 14", 68.0),
    le_row("<1", "[x]", "E06000053"),
    le_row("<1", 77.0, "W06000001"),
)

LISTED = {
    "english-indices-of-deprivation-2019": attached(
        "File 7: all ranks, deciles and scores", "5d8b", size=len(FILE_7_OF_2019)
    ),
    "local-authority-revenue-expenditure-and-financing-england-revenue-outturn-multi-year-data-set":
        attached("Revenue Outturn time series data", "6aaa", size=len(OUTTURN)),
}  # fmt: skip
"""Page of GOV.UK -> what is attached to it."""


def answer_with_files(seen: Seen, number: int) -> Reply:
    """What publishers answer, these files among it."""
    for page, item in LISTED.items():
        if seen.path.endswith(page):
            return as_json({"details": {"attachments": [item]}})
    for name, content in {"/5d8b/": FILE_7_OF_2019, "/6aaa/": OUTTURN}.items():
        if name in seen.path:
            return Reply(content)
    if seen.host == "www.ons.gov.uk" and seen.path.startswith("/file?uri="):
        return Reply(LIFE_EXPECTANCY)
    if seen.host == "www.ons.gov.uk" and seen.path.endswith("areasoftheuk/data"):
        return as_json({"datasets": [{"uri": "/a/between2001to2003and2022to2024"}]})
    return answer(seen, number)
