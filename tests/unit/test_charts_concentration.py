"""A concentration curve is drawn from corner to corner, with the line of the same for everybody."""

import json
from pathlib import Path

import altair as alt
import pytest
from jsonschema import Draft7Validator

from ineqlib.charts.concentration_chart import EVEN, CurveDrawn, concentration
from ineqlib.charts.figure import Figure, Labels
from ineqlib.errors import InputError

from .chart_records import a_fact

LABELS = Labels("curve", "Half goes to a fifth", "Share of the money", "Half does.", "Made up")
SHARES = (50.0, 70.0, 85.0, 95.0)


def curve(name: str) -> CurveDrawn:
    fifths = [a_fact(share) for share in SHARES]
    people = [0, *(0.2 * at for at in range(1, 5)), 1]
    return CurveDrawn(name, fifths, people, [0, *(share / 100 for share in SHARES), 1])


@pytest.fixture
def figure() -> Figure:
    return concentration([curve("Money"), curve("Need")], LABELS, first="most deprived")


def test_it_is_what_vega_lite_says_it_may_be(figure: Figure) -> None:
    file = Path(alt.__file__).parent / "vegalite/v6/schema/vega-lite-schema.json"
    validator = Draft7Validator(json.loads(file.read_text(encoding="utf-8")))
    whole = {**figure.spec, "datasets": figure.datasets}
    assert [error.message[:300] for error in validator.iter_errors(whole)] == []


def test_both_curves_and_the_even_line_are_drawn_and_named(figure: Figure) -> None:
    lines = [one for one in figure.spec["layer"] if one["mark"]["type"] == "line"]
    ends = [figure.datasets[one["data"]["name"]] for one in lines]
    assert [(rows[0]["share"], rows[-1]["share"]) for rows in ends] == [(0, 1)] * 3
    assert all(f">{name}</text>" in figure.svg for name in ("Money", "Need", EVEN))


def test_the_table_has_the_share_of_each_part_of_the_people(figure: Figure) -> None:
    assert list(figure.table) == ["People, most deprived first", "Money", "Need"]
    assert figure.table["Money"].tolist() == [a_fact(share).text for share in SHARES]


def test_no_curve_is_refused_in_words() -> None:
    with pytest.raises(InputError, match="no curve"):
        concentration([], LABELS, first="most deprived")
