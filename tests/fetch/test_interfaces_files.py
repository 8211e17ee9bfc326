"""Published files: found where they stand now, believed when whole, read. All figures made up."""

import json
from typing import Any

import pandas as pd
import pytest

from ineqlib.errors import InputError, ParameterError
from ineqlib.sources.interfaces import ons_files, publications
from ineqlib.sources.recognise import recognise

from .conftest import refuses
from .published_files import FILE_7_OF_2019, LIFE_EXPECTANCY, MEDIA, OUTTURN, attached

STEVENAGE, HERTS = "E07000243", "E10000015"
FILE_7 = "File 7: all ranks, scores, deciles and population denominators"
FIRST = attached(FILE_7, "68ff5daabcb10f6bf9bef911")
CORRECTED = attached(FILE_7, "691ded56d140bbbaa59a2a7d")


@pytest.mark.parametrize("files", [[FIRST, CORRECTED], [CORRECTED, FIRST]])
def test_of_two_versions_under_one_title_the_newest_stands_and_it_is_said(
    files: list[dict[str, Any]],
) -> None:
    query = publications.file_7(publications.INDICES_2025, files)
    assert query.url == CORRECTED["url"]
    [remark] = query.expectation.prove(b"LSOA code").remarks
    assert remark == (
        "2 versions are attached under this title; taken is the newest, of 19 November 2025"
    )
    alone = publications.file_7(publications.INDICES_2025, [FIRST])
    assert alone.expectation.prove(b"LSOA code").remarks == ()


@pytest.mark.parametrize(
    "other",
    [
        attached("File 7: errata", "691ded56d140bbbaa59a2a7d"),
        attached(FILE_7, "68ff5daabcb10f6bf9bef911"),
        attached(FILE_7, "newest"),
    ],
    ids=["of another title", "of one moment", "of no known moment"],
)
def test_which_of_two_files_is_meant_is_not_guessed(other: dict[str, Any]) -> None:
    with pytest.raises(ParameterError, match="2 files attached"):
        publications.file_7(publications.INDICES_2025, [FIRST, other])


def test_file_7_of_2019_is_found_and_read() -> None:
    title = "File 7: all ranks, deciles and scores for the indices of deprivation"
    listed = {"details": {"attachments": [attached(title, "5d8b", size=len(FILE_7_OF_2019))]}}
    asked = publications.INDICES_2019.attachments()
    assert asked.url.endswith("/english-indices-of-deprivation-2019")
    files = asked.expectation.read(json.dumps(listed).encode())
    query = publications.file_7(publications.INDICES_2019, files)
    assert query.expectation.prove(FILE_7_OF_2019).proved
    parsed = recognise(FILE_7_OF_2019).parse(FILE_7_OF_2019, {})
    assert parsed.attributes == {"index": "imd2019", "level": "lsoa", "vintage": "2011"}
    assert parsed.frame["decile"].tolist() == [1, 10]


def test_spending_is_read_by_authority_and_line_without_totals_of_classes() -> None:
    layout = recognise(OUTTURN)
    assert layout.name == "Revenue Outturn"
    parsed = layout.parse(OUTTURN, {})
    rows = parsed.frame.set_index(["area_code", "line"])["net_expenditure"]
    assert rows[HERTS].to_dict() == {"RS_edu": 1_200_500, "RS_phs": 61_500, "RO3_phsmis": 9}
    assert rows[STEVENAGE].to_dict() == {"RS_phs": 0}
    assert set(parsed.frame["year"]) == {"2024/25"}
    [totals] = parsed.set_aside
    assert (totals.rows, totals.examples) == (1, ("row 4: 'E10'",))


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        (b"61500", b"much", "1 amounts are no numbers: much"),
        (b"202503,E07", b"2025,E07", "'2025' is no financial year"),
        (b"E07000243", b"E10000015", "1 authorities are there twice"),
    ],
)
def test_spending_that_cannot_be_read_is_refused(old: bytes, new: bytes, words: str) -> None:
    content = OUTTURN.replace(old, new, 1)
    with pytest.raises(InputError, match=words):
        recognise(content).parse(content, {})


def test_spending_is_found_by_title_and_has_the_lines_meant() -> None:
    title = "Revenue Outturn time series data: 2017-18 to 2025-26"
    media = "6aaa9380f1f8d2a39605f8bb"
    other = attached("Revenue Outturn metadata", "6aaa93a044ec1aa417346b5b", "application/zip")
    query = publications.spending([attached(title, media, size=len(OUTTURN)), other])
    assert query.url == f"{MEDIA}/{media}/File.csv"
    assert query.expectation.prove(OUTTURN).proved
    renamed = OUTTURN.replace(b"RS_phs_net", b"RS_ph0_net")
    refuses(lambda: query.expectation.prove(renamed), "'RS_phs_net_exp' is not", may_pass=False)


def test_life_expectancy_is_read_below_the_row_with_area_code() -> None:
    layout = recognise(LIFE_EXPECTANCY)
    assert layout.name == "ONS life expectancy for local areas"
    parsed = layout.parse(LIFE_EXPECTANCY, {})
    rows = parsed.frame
    assert rows["publisher_id"].tolist() == ["90366", "91102", "90366"]
    assert rows["value"].tolist()[:2] == [78.5, 18.25]
    assert (rows["lower_ci"][0], rows["age"][1]) == (77.5, "65")
    assert (rows["status"][2], pd.isna(rows["upper_ci"][2])) == ("not_available", True)
    assert {out.reason for out in parsed.set_aside} == {
        "life expectancy at another age than birth and 65",
        "outside England: Wales",
    }
    assert parsed.rows_read == len(rows) + sum(out.rows for out in parsed.set_aside)


def test_the_newest_edition_of_life_expectancy_is_asked_for() -> None:
    base = ons_files.LIFE_EXPECTANCY
    listed = [
        {"uri": f"{base}/between2001to2003and{years}"}
        for years in ("2021to2023", "2022to2024", "2020to2022")
    ]
    asked = ons_files.editions()
    assert asked.expectation.read(json.dumps({"datasets": listed}).encode()) == listed
    query = ons_files.life_expectancy(listed)
    assert query.url == (
        f"https://www.ons.gov.uk/file?uri={base}/between2001to2003and2022to2024/"
        "lifeexpectancylocalareas.xlsx"
    )
    with pytest.raises(ParameterError, match="None of 1 editions"):
        ons_files.life_expectancy([{"uri": f"{base}/current"}])


NOMIS_DEATHS = (
    b'"DATE","DATE_NAME","GEOGRAPHY_NAME","GEOGRAPHY_CODE","CAUSE_OF_DEATH_NAME","GENDER_NAME",'
    b'"AGE_NAME","MEASURE_NAME","OBS_VALUE","RECORD_COUNT"\n'
    b'2024,"2024","Stevenage","E07000243","X60-X84 Self-harm","Total","All ages","Deaths",7,3\n'
    b'2024,"2024","Stevenage","E07000243","X60-X84 Self-harm","Male","All ages","Deaths",7,3\n'
    b'2024,"2024","Stevenage","E07000243","X60-X84 Self-harm","Female","All ages","Deaths",0,3\n'
)


def test_a_zero_of_deaths_is_withheld_and_no_total_is_made_of_it() -> None:
    rows = recognise(NOMIS_DEATHS).parse(NOMIS_DEATHS, {}).frame.set_index("sex")
    assert rows["value"].to_dict() == pytest.approx(
        {"Persons": 7, "Male": 7, "Female": float("nan")}, nan_ok=True
    )
    assert rows.loc["Female", ["status", "note"]].tolist() == [
        "suppressed",
        "fewer than 5 deaths, or none: Nomis writes 0 for both",
    ]
    assert set(rows["indicator_name"]) == {"X60-X84 Self-harm: Deaths"}
    other = NOMIS_DEATHS.replace(b"CAUSE_OF_DEATH_NAME", b"ITEM_NAME")
    assert recognise(other).parse(other, {}).frame["value"].tolist() == [7, 7, 0]
