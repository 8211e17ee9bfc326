import pytest

from ineqlib.charts.deprivation_line_chart import deprivation_line
from ineqlib.charts.figure import Figure, Labels
from ineqlib.errors import InputError
from ineqlib.facts.deprivation_line import PeerPoint
from ineqlib.facts.fact import FactTable

from .chart_records import deprivation_line_of, peer_point

LABELS = Labels("line", "Better than expected", "Life expectancy", "It is better.", "Made up")
HOSTILE = 'Feni<ng> & "Co"'
POINTS = [
    peer_point("Ambridge", "area", 10.0, 84.0, (83.0, 85.0)),
    peer_point("Borchester", "comparator", 20.0, 80.0, (79.0, 81.0)),
    peer_point(HOSTILE, "other", 30.0, 79.0, (78.0, 80.0)),
]


def draw(*points: PeerPoint) -> Figure:
    return deprivation_line(deprivation_line_of(*points), LABELS)


def test_the_area_is_named_and_the_rest_explained_in_words() -> None:
    svg = draw(*POINTS).svg
    words = ("Ambridge", "Similar areas", "Other areas", "Fitted line")
    assert all(each in svg for each in words)
    assert ">Borchester<" not in svg


def test_the_table_has_the_areas_picked_out_the_most_deprived_first() -> None:
    figure = draw(*POINTS)
    assert figure.table.to_dict("list") == {
        "Area": [HOSTILE, "Borchester", "Ambridge"],
        "Deprivation score": ["30.0", "20.0", "10.0"],
        "Value": ["79.0 years", "80.0 years", "84.0 years"],
        "95% interval": ["78.0 to 80.0", "79.0 to 81.0", "83.0 to 85.0"],
        "Shown as": ["Nearest in deprivation", "Similar areas", "This area"],
    }
    assert "<ng>" not in figure.html


def test_of_areas_that_are_not_picked_out_only_the_name_is_told() -> None:
    others = [peer_point(f"Far {n}", "other", 40.0 + n, 70.0 + n) for n in range(6)]
    line = deprivation_line_of(*POINTS, *others)
    figure = deprivation_line(line, LABELS)
    assert "Far 5" not in figure.table["Area"].tolist()
    assert 'data-label="Far 5"' in figure.svg
    told = FactTable.within(line).values()
    assert not any(fact.text in ("75.0 years", "45.0") for fact in told)
    assert any(fact.text == "84.0 years" for fact in told)


def test_only_marked_areas_carry_their_interval_and_a_table_without_any_has_no_column() -> None:
    figure = draw(*POINTS)
    drawn = figure.datasets[figure.spec["data"]["name"]]
    assert {row["role"]: "lower_ci" in row for row in drawn} == {
        "other": False,
        "comparator": True,
        "area": True,
    }
    bare = draw(*(peer_point(p.area_name, p.role, p.deprivation.value, 80.0) for p in POINTS))
    assert list(bare.table) == ["Area", "Deprivation score", "Value", "Shown as"]


def test_a_chart_without_the_area_itself_is_still_drawn() -> None:
    svg = draw(*POINTS[1:]).svg
    assert "Other areas" in svg
    assert "Ambridge" not in svg


def test_a_line_without_areas_is_an_error() -> None:
    with pytest.raises(InputError, match="no value to draw"):
        _ = draw().spec
