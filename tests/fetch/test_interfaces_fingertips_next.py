"""The service that is to replace Fingertips: figures by area in JSON. All figures are made up."""

import json
from pathlib import Path

import pandas as pd
import pytest

from ineqlib.errors import InputError, ParameterError
from ineqlib.sources.interfaces.fingertips_next import FingertipsNext
from ineqlib.sources.proof import WholeHealthData
from ineqlib.sources.recognise import recognise

from .conftest import refuses

SERVICE = FingertipsNext("https://fingertips.example/api")
STEVENAGE, WATFORD = "E07000243", "E07000103"
EVERYBODY = {"sequence": 11, "value": "Persons", "type": "Persons", "isAggregate": True}
MOST = {
    "sequence": 10,
    "value": "Most deprived decile",
    "type": "LSOA21 deprivation deciles within area (IMD2019)",
    "isAggregate": False,
}


def figure(year: int, value: float | None, deprivation: dict[str, object]) -> dict[str, object]:
    return {
        "datePeriod": {"type": "Financial", "from": f"{year}-04-01", "to": f"{year + 1}-03-31"},
        "count": 120,
        "value": value,
        "lowerCi": None if value is None else value - 1,
        "upperCi": None if value is None else value + 1,
        "deprivation": deprivation,
        "trend": "Not yet calculated",
        "benchmarkComparison": {"outcome": "Better", "benchmarkAreaCode": "E92000001"},
    }


def area(code: str, *figures: object) -> dict[str, object]:
    segment = {
        "age": {"value": "18+ yrs", "isAggregate": True},
        "sex": {"value": "Female", "isAggregate": False},
        "healthData": figures,
    }
    return {"areaCode": code, "areaName": f"Area {code}", "indicatorSegments": [segment]}


def answer(*areas: dict[str, object], indicator: int = 41101) -> bytes:
    return json.dumps(
        {"indicatorId": indicator, "name": "Invented", "areaHealthData": areas}
    ).encode()


FIGURES = [figure(2022, 12.5, EVERYBODY), figure(2023, None, EVERYBODY), figure(2023, 9.0, MOST)]
WHOLE = answer(area(STEVENAGE, *FIGURES), area(WATFORD, *FIGURES))


def test_data_are_asked_in_lots_of_areas_each_named_by_itself() -> None:
    codes = [f"E070{number:05}" for number in range(301)]
    queries = SERVICE.data("41101", codes, years=(2022, 2023), inequalities=("deprivation",))
    assert [query.url.count("area_codes=") for query in queries] == [300, 1]
    assert queries[1].url == (
        "https://fingertips.example/api/indicators/41101/data?area_codes=E07000300&years=2022"
        "&years=2023&inequalities=deprivation"
    )
    ids = [str(number) for number in range(11)]
    assert [query.url.count("indicator_ids=") for query in SERVICE.indicators(ids)] == [10, 1]
    assert [query.url.count("area_codes=") for query in SERVICE.areas(codes)] == [300, 1]


def test_more_than_is_answered_is_not_asked() -> None:
    with pytest.raises(ParameterError, match="at most 20 years"):
        SERVICE.data("41101", [STEVENAGE], years=range(2000, 2021))
    with pytest.raises(ParameterError, match="0 areas"):
        SERVICE.data("41101", [])
    with pytest.raises(ParameterError, match="wealth"):
        SERVICE.data("41101", [STEVENAGE], inequalities=("wealth",))
    for address in ("", "http://fingertips.example/api"):
        with pytest.raises(ParameterError, match="fingertips_next: https"):
            FingertipsNext(address)


def test_areas_years_and_indicator_asked_are_those_got() -> None:
    [query] = SERVICE.data("41101", (STEVENAGE, WATFORD), years=(2022, 2023))
    assert query.expectation.prove(WHOLE).proved == (
        *("2 areaCodes asked and answered", "2 objects"),
        *("2 years asked and answered", "6 figures"),
    )
    prove = query.expectation.prove
    refuses(lambda: prove(answer()), "knows none of 2 areaCodes", may_pass=False)
    one = answer(area(STEVENAGE, *FIGURES))
    refuses(lambda: prove(one), "not answered: E07000103", may_pass=False)
    late = answer(area(STEVENAGE, FIGURES[0]), area(WATFORD, FIGURES[0]))
    refuses(lambda: prove(late), "1 of 2 years asked is not answered: 2023", may_pass=False)
    other = answer(area(STEVENAGE), area(WATFORD), indicator=1)
    refuses(lambda: prove(other), "indicator 41101, and 1 came", may_pass=False)
    none = answer(area(STEVENAGE), area(WATFORD))
    refuses(lambda: prove(none), "without a figure", may_pass=False)
    old = {"year": 2022, "value": 12.5}
    for new in (old, None, 12.5):
        changed = answer(area(STEVENAGE, new), area(WATFORD))
        refuses(lambda c=changed: prove(c), "changed its layout", may_pass=False)


def test_figures_are_read_with_their_groups_and_none_is_none() -> None:
    rows = recognise(WHOLE).parse(WHOLE, {}).frame
    assert rows["period"].tolist() == ["2022/23", "2023/24", "2023/24"] * 2
    assert rows["value"].tolist()[0] == 12.5
    assert rows["status"].tolist()[:3] == ["ok", "not_available", "ok"]
    assert pd.isna(rows["lower_ci"][1])
    assert set(zip(rows["sex"], rows["age"], rows["comparison"], strict=True)) == {
        ("Female", "18+ yrs", "better")
    }
    groups = rows[["dimension", "subgroup_order"]].fillna(0).values.tolist()
    assert groups[1:3] == [["", 0], ["local_deprivation_decile:imd2019", 1]]
    assert rows["publisher"].unique().tolist() == ["fingertips"]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (answer(), "knows none of the areas"),
        (b'{"areaHealthData": [{}]}', "changed: 'indicatorSegments'"),
    ],
)
def test_what_cannot_be_read_is_refused_in_words(content: bytes, words: str) -> None:
    with pytest.raises(InputError, match=words):
        recognise(content).parse(content, {})


@pytest.mark.real
@pytest.mark.parametrize(
    ("name", "indicator", "areas", "figures", "kept"),
    [
        ("rag_expected", "41101", "E12000007", 33, 33),
        ("rag-sex_expected", "41101", "E12000007", 33, 33),
        ("quintiles", "383", "A84022", 13, 0),
    ],
)
def test_recorded_answers_are_believed_and_read(
    real_data: Path, name: str, indicator: str, areas: str, figures: int, kept: int
) -> None:
    file = real_data / "fingertips_next" / f"api_test-indicators-benchmark-{name}-response.json"
    content = file.read_bytes()
    proved = WholeHealthData(indicator, (areas,)).prove(content).proved
    assert proved[-1] == f"{figures} figures"
    parsed = recognise(content).parse(content, {})
    assert (len(parsed.frame), parsed.rows_read) == (kept, figures)
    assert kept == figures or "GSS code" in parsed.set_aside[0].reason


@pytest.mark.real
def test_recorded_areas_are_believed(real_data: Path) -> None:
    file = real_data / "fingertips_next" / "api_test-areas-multiple-areas-response.json"
    [query] = SERVICE.areas(("E12000001", "E12000003"))
    assert query.expectation.prove(file.read_bytes()).proved[0] == "2 codes asked and answered"
