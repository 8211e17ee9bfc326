import pytest

from ineqlib.charts.beside_chart import beside
from ineqlib.charts.figure import Labels
from ineqlib.charts.layout import CUT
from ineqlib.errors import InputError

from .chart_records import a_fact

LABELS = Labels("beside", "Apart", "Life expectancy, Ambridge", "They are apart.", "Made up")
PLACES = {
    "area_most_deprived": "Most deprived fifth of Ambridge",
    "area_average": "Ambridge, average",
    "country_most_deprived": 'A "long" <name>',
    "country_average": "England",
}
FACTS = {
    "country_average": a_fact(79.0),
    "country_most_deprived": a_fact(73.5, status="low_reliability"),
    "area_most_deprived": a_fact(74.0, limits=(73.0, 75.0)),
}


def test_every_figure_is_written_with_its_mark_and_interval() -> None:
    figure = beside(FACTS, PLACES, LABELS)
    assert figure.table.to_dict("list") == {
        "Place": ["Most deprived fifth of Ambridge", 'A "long" <name>', "England"],
        "Value": ["74.0 years", "73.5 years [u]", "79.0 years"],
        "95% interval": ["73.0 to 75.0", "[x]", "[x]"],
    }
    assert "73.5 [u]</text>" in figure.svg
    assert "&lt;name&gt;" in figure.svg


def test_a_place_without_a_figure_takes_no_row() -> None:
    figure = beside(FACTS, PLACES, LABELS)
    assert "Ambridge, average" not in figure.html
    assert len(figure.datasets[figure.spec["data"]["name"]]) == 3


def test_beside_with_nothing_is_an_error() -> None:
    with pytest.raises(InputError, match="no value to draw"):
        beside({}, PLACES, LABELS)


def test_the_chart_itself_says_that_its_scale_omits_zero() -> None:
    near_zero = {"area_average": a_fact(20.0), "country_average": a_fact(79.0)}
    assert beside(FACTS, PLACES, LABELS).labels.subtitle == f"{LABELS.subtitle}; {CUT}"
    assert beside(near_zero, PLACES, LABELS).labels == LABELS
