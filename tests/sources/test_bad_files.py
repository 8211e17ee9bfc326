"""However a file is damaged, it is read or refused in words; odd names come through unchanged."""

import csv
import io
import json
import re

import pytest

from ineqlib.errors import InputError
from ineqlib.sources.content import read_table
from ineqlib.sources.recognise import recognise

IMD = "Index of Multiple Deprivation (IMD)"
DESCRIBED = {"method": "ONS demographic neighbours", "index": "iod2025"}
RING = [[-0.2, 51.8], [-0.1, 51.8], [-0.1, 51.9], [-0.2, 51.9], [-0.2, 51.8]]
TABLES = {
    "Fingertips download": """
Indicator ID,Indicator Name,Area Code,Area Name,Area Type,Sex,Age,\
Category Type,Category,Time period,Value,Lower CI 95.0 limit,Upper CI 95.0 limit,\
Count,Denominator,Value note
90366,Life expectancy,E07000243,Stevenage,District,Male,All ages,,,2021 - 23,78.9,78.1,79.7,,,
90366,Life expectancy,E92000001,England,Country,Male,All ages,,,2021 - 23,79.1,79.0,79.2,,,
""",
    "Explore Local Statistics": """
areacd,areanm,geography,indicator,period,observation,measure,unit,lci_95,uci_95,status,notes
E07000243,Stevenage,LA,Cigarette smokers,2020-01-01/P5Y,14.0,Percentage,%,11.0,17.0,,
""",
    "your own figures": """
area_code,area_name,indicator,period,value,sex,note
E07000243,Stevenage,Warm homes visits,2023/24,4.1,Persons,
""",
    "Indices of Deprivation, small areas (File 7)": f"""
LSOA code (2011),LSOA name (2011),Local Authority District code (2019),\
{IMD} Rank (where 1 is most deprived),\
{IMD} Decile (where 1 is most deprived 10% of LSOAs)
E01000001,Stevenage 001A,E07000243,1,1
E01000002,Stevenage 001B,E07000243,2,10
""",
    "Indices of Deprivation, summary of authorities": """
lad_code,imd_avg_score,imd_avg_rank,imd_pct_most_deprived
E07000243,20.1,14000,0.05
""",
    "ONS history of authority codes": """
ltla19_code,ltla19_name,ltla20_code,ltla20_name
E07000101,Stevenage,E07000243,Stevenage
""",
    "ONS lookup": """
LAD23CD,LAD23NM,CTYUA23CD,CTYUA23NM
E07000243,Stevenage,E10000015,Hertfordshire
""",
    "ONS nearest neighbours": """
AREACD,1,2
E07000243,E07000026,E07000027
""",
    "ONS population estimates": """
LSOA11CD,total_population,0
E01000001,1500,20
""",
}  # fmt: skip
ODD_NAMES = (
    "<script>alert(1)</script>",
    'O\'Brien "& Sons" <b>',
    "../../etc/passwd",
    "..\\..\\autoexec.bat",
    "{{ 7 * 7 }} ${x} %s",
    "N" * 5000,
)


def rows_of(layout: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(TABLES[layout].strip())))


def written(rows: list[list[str]]) -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text).writerows(rows)
    return text.getvalue().encode()


def damaged(rows: list[list[str]]) -> dict[str, bytes]:
    """Return the table with each column in turn left out, given twice, emptied and spoilt."""
    heading, *body = rows
    found = {"no rows": written([heading]), "cut off": written(rows)[:-12]}
    for i, name in enumerate(heading):
        found[f"no {name}"] = written([row[:i] + row[i + 1 :] for row in rows])
        found[f"{name} twice"] = written([[*row[: i + 1], *row[i:]] for row in rows])
        for cell in ("", "?"):
            spoilt = [[*row[:i], cell, *row[i + 1 :]] for row in body]
            found[f"'{cell}' in {name}"] = written([heading, *spoilt])
    return found


def parse(content: bytes):
    return recognise(content).parse(content, DESCRIBED)


@pytest.mark.parametrize("layout", TABLES)
def test_the_examples_are_read(layout):
    content = written(rows_of(layout))
    assert recognise(content).name == layout
    assert len(parse(content).frame) >= 1


@pytest.mark.parametrize("layout", TABLES)
def test_a_damaged_table_is_read_or_refused_in_words(layout):
    refused = {}
    for damage, content in damaged(rows_of(layout)).items():
        try:
            parse(content)
        except InputError as error:
            refused[damage] = str(error)
    assert "no rows" in refused
    assert any(damage.startswith("no ") and damage != "no rows" for damage in refused)
    assert all(len(message) > 20 for message in refused.values())


@pytest.mark.parametrize("layout", TABLES)
def test_an_error_page_in_place_of_the_rest_is_refused(layout):
    page = b"\r\n<!DOCTYPE html>\r\n<html><body>504 Gateway Time-out</body></html>\r\n"
    lines = len(rows_of(layout))
    with pytest.raises(InputError, match=f"Line {lines + 2} begins a web page"):
        parse(written(rows_of(layout)) + page)


def test_rows_longer_than_the_heading_are_refused_not_shifted():
    with pytest.raises(InputError, match="more cells than the heading has columns"):
        read_table(b"code,rank\nE06000001,1,2\nE06000002,3,4\n")


def boundaries(*features: object) -> bytes:
    return json.dumps({"type": "FeatureCollection", "features": features}).encode()


def feature(**changes: object) -> dict[str, object]:
    return {
        "type": "Feature",
        "properties": {"LAD24CD": "E07000243", "LAD24NM": "Stevenage"},
        "geometry": {"type": "Polygon", "coordinates": [RING]},
    } | changes


@pytest.mark.parametrize(
    ("features", "said"),
    [
        (
            [feature(), feature(properties={"LAD24CD": None, "LAD24NM": "x"})],
            "1 of 2 shapes have no code in LAD24CD",
        ),
        ([feature(geometry=None)], "1 shapes are empty"),
        ([feature(properties=None)], "no fields"),
        (["a text"], "no fields"),
        ([], "JSON of type 'FeatureCollection'"),
    ],
)
def test_damaged_boundaries_are_refused_in_words(features, said):
    with pytest.raises(InputError, match=re.escape(said)):
        parse(boundaries(*features))


@pytest.mark.parametrize("name", ODD_NAMES)
@pytest.mark.parametrize("layout", [layout for layout in TABLES if "Stevenage" in TABLES[layout]])
def test_odd_names_come_through_unchanged(layout, name):
    rows = rows_of(layout)
    names = [i for i, text in enumerate(rows[1]) if text.startswith("Stevenage")]
    changed = [[name if i in names else cell for i, cell in enumerate(rows[1])], *rows[2:]]
    frame = parse(written([rows[0], *changed])).frame
    assert any(name in set(frame[column]) for column in frame)


@pytest.mark.parametrize("name", ODD_NAMES)
def test_odd_indicator_names_come_through_unchanged(name):
    for layout in ("Fingertips download", "your own figures"):
        heading, row, *_ = rows_of(layout)
        column = "Indicator Name" if "Indicator Name" in heading else "indicator"
        row[heading.index(column)] = name
        assert parse(written([heading, row])).frame["indicator_name"].tolist() == [name]


@pytest.mark.parametrize("name", ODD_NAMES)
def test_odd_names_of_shapes_come_through_unchanged(name):
    properties = {"LAD24CD": "E07000243", "LAD24NM": name}
    frame = parse(boundaries(feature(properties=properties))).frame
    assert frame["name"].tolist() == [name]
