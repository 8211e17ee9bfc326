"""What Fingertips answers in JSON, its errors and its traps. All figures are made up."""

import json
import math
from datetime import UTC, datetime

import pytest

from ineqlib.errors import InputError
from ineqlib.sources.fetch.failures import of_status
from ineqlib.sources.interfaces import fingertips_json
from ineqlib.sources.layouts.fingertips_json import (
    read_area_categories,
    read_group_trends,
    read_groups,
    read_population,
    read_trends,
)

from .conftest import refuses

STEVENAGE, WATFORD = "E07000243", "E07000103"
NOW = datetime(2026, 11, 29, tzinfo=UTC)
SERIES = fingertips_json.Series(93190, area_type=501)


TRENDS = {
    STEVENAGE: {"Marker": 2, "PointsUsed": 5, "Message": None},
    WATFORD: {"Marker": 0, "PointsUsed": 0, "Message": "No data points found"},
}


def test_recent_trends_are_proved_by_their_areas_and_read_in_words() -> None:
    query = fingertips_json.recent_trends(SERIES, 7, "E10000015", (STEVENAGE, WATFORD))
    assert "parent_area_code=E10000015&group_id=7&area_type_id=501&indicator_id=93190" in query.url
    content = json.dumps(TRENDS).encode()
    assert query.expectation.prove(content).proved[0] == "2 areas asked and answered"
    rows = read_trends(content)
    assert rows.values.tolist() == [
        [STEVENAGE, "Decreasing", 5, ""],
        [WATFORD, "Cannot be calculated", 0, "No data points found"],
    ]
    one = json.dumps({STEVENAGE: TRENDS[STEVENAGE]}).encode()
    refuses(lambda: query.expectation.prove(one), "not answered: E07000103", may_pass=False)
    refuses(lambda: query.expectation.prove(b"{}"), "knows none of 2 areas", may_pass=False)
    refuses(lambda: query.expectation.prove(b'{"E07000243": 2}'), "lacks Marker", may_pass=False)
    refuses(lambda: query.expectation.prove(b"[]"), "expected an object", may_pass=False)
    with pytest.raises(InputError, match=r"not known: 9"):
        read_trends(b'{"E07000243": {"Marker": 9}}')


def test_categories_of_areas_are_proved_by_their_areas() -> None:
    query = fingertips_json.area_categories(39, 501, 19, (STEVENAGE,))
    assert query.url.endswith("profile_id=19&child_area_type_id=501&category_type_id=39")
    content = b'{"E07000243": 4, "E07000103": 7}'
    assert query.expectation.prove(content).proved == ("1 area asked and answered", "2 objects")
    assert read_area_categories(content).values.tolist() == [[STEVENAGE, 4], [WATFORD, 7]]


CATEGORY_TYPES = json.dumps(
    [
        {
            "Id": 9,
            "Name": "LSOA11 deprivation deciles within area (IMD2019)",
            "Categories": [
                {"Id": 1, "Name": "Most deprived decile (IMD2019)"},
                {"Id": 2, "Name": "Second most deprived decile (IMD2019)"},
            ],
        }
    ]
).encode()


def figure(category: int, **numbers: object) -> dict[str, object]:
    return {"SexId": 1, "Year": 2022, "YearRange": 3, "CategoryTypeId": 9} | {
        "CategoryId": category,
        **numbers,
    }


def test_groups_are_read_and_minus_one_is_no_figure() -> None:
    query = fingertips_json.groups(SERIES, STEVENAGE, 19)
    answer = {
        "AreaCode": STEVENAGE,
        "IndicatorId": 93190,
        "SexId": 1,
        "Data": [
            figure(1, Val=-1, ValF="-", LoCI=70, UpCI=75, Count=-1, Denom=0),
            figure(2, Val=78.5, ValF="78.5", LoCI=77.1, UpCI=79.9, Count=12, Denom=900),
            {"SexId": 1, "Year": 2022, "Val": 80.0, "ValF": "80.0"},
        ],
    }
    content = json.dumps(answer).encode()
    assert query.expectation.prove(content).proved[0] == "1 AreaCode asked and answered"
    first, second = read_groups(content, CATEGORY_TYPES).to_dict("records")
    assert all(math.isnan(first[name]) for name in ("value", "lower_ci", "count", "denominator"))
    assert second["category"] == "Second most deprived decile (IMD2019)"
    assert (second["value"], second["lower_ci"], second["count"]) == (78.5, 77.1, 12)
    with pytest.raises(InputError, match="2 group"):
        read_groups(content, b"[]")
    other = json.dumps({**answer, "AreaCode": WATFORD}).encode()
    refuses(lambda: query.expectation.prove(other), "not answered: E07000243", may_pass=False)


def test_groups_over_time_have_a_figure_for_each_period() -> None:
    query = fingertips_json.group_trends(SERIES, STEVENAGE, 19)
    assert "by_categories?profile_id=19&area_code=E07000243&indicator_id=93190" in query.url
    kind = {
        "Labels": [{"Id": 1, "Name": "Most deprived decile"}],
        "TrendData": {"1": [{"Val": 70.5, "ValF": "70.5"}, {"Val": -1, "ValF": "-"}, None]},
        "Periods": ["2020 - 22", "2021 - 23", "2022 - 24"],
    }
    content = json.dumps([kind]).encode()
    assert query.expectation.prove(content).proved == ("1 object",)
    rows = read_group_trends(content)
    assert rows["period"].tolist() == kind["Periods"]
    assert rows["value"].tolist() == pytest.approx([70.5, math.nan, math.nan], nan_ok=True)
    kind["Periods"] = ["2020 - 22"]
    with pytest.raises(InputError, match="3 figures of 'Most deprived decile' for 1 periods"):
        read_group_trends(json.dumps([kind]).encode())


def test_populations_are_read_only_where_no_band_is_left_out() -> None:
    query = fingertips_json.population(STEVENAGE, 501)
    assert query.url.endswith("area_code=E07000243&area_type_id=501&data_point_offset=0")
    answer = {
        "Code": STEVENAGE,
        "Values": {"1": [51.0, 49.0], "2": [40.0, 60.0]},
        "PopulationTotals": {"1": [2_550, 2_450], "2": [2_000, 3_000]},
        "Labels": ["0-4", "5-9"],
        "Period": "2024",
    }
    content = json.dumps(answer).encode()
    assert query.expectation.prove(content).proved
    rows = read_population(content)
    assert rows["population"].tolist() == [2_550, 2_450, 2_000, 3_000]
    assert rows.loc[3, ["area_code", "period", "sex", "age"]].tolist() == [
        *(STEVENAGE, "2024", "Female", "5-9")
    ]
    answer["PopulationTotals"] = {"1": [2_550]}
    with pytest.raises(InputError, match="1 numbers for 2 bands"):
        read_population(json.dumps(answer).encode())


def test_the_names_of_categories_are_asked_for() -> None:
    query = fingertips_json.category_types()
    assert query.expectation.prove(CATEGORY_TYPES).proved == ("1 object",)
    refuses(lambda: query.expectation.prove(b'[{"Id": 9}]'), "lacks Name", may_pass=False)


@pytest.mark.parametrize(
    ("status", "text", "attempts"),
    [
        (400, "IndicatorIds cannot be null or empty, ParentAreaCode cannot be null or empty", 1),
        (500, "CSV data could not be built for indicator 1 and time period 2015.\r\nAdditional "
         "information: No such type", 3),
    ],
)  # fmt: skip
def test_errors_are_quoted_and_a_500_is_tried_twice_more(
    status: int, text: str, attempts: int
) -> None:
    failed = of_status(status, {"Content-Type": "text/plain"}, text.encode(), NOW)
    assert " ".join(text.split()) in failed.reason
    assert failed.attempts == attempts
