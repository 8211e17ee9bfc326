"""The service that is to replace Fingertips: figures by area in JSON. All figures are made up."""

import json
from pathlib import Path

import pandas as pd
import pytest

from ineqlib.errors import InputError
from ineqlib.sources.recognise import recognise

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
    ("name", "figures", "kept"),
    [
        ("rag_expected", 33, 33),
        ("rag-sex_expected", 33, 33),
        ("quintiles", 13, 0),
    ],
)
def test_recorded_answers_are_read(real_data: Path, name: str, figures: int, kept: int) -> None:
    file = real_data / "fingertips_next" / f"api_test-indicators-benchmark-{name}-response.json"
    content = file.read_bytes()
    parsed = recognise(content).parse(content, {})
    assert (len(parsed.frame), parsed.rows_read) == (kept, figures)
    assert kept == figures or "GSS code" in parsed.set_aside[0].reason
