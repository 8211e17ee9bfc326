import re
from typing import Any

import pandas as pd
import pytest

from ineqlib.charts.figure import Figure, Labels
from ineqlib.charts.layout import BREAK, CUT
from ineqlib.charts.trend_chart import trend, trend_scale
from ineqlib.errors import InputError
from ineqlib.facts.series import TrendPoint

from .chart_records import a_fact, trend_point
from .drawn_shapes import shapes

LABELS = Labels("trend", "Flat", "Life expectancy, Ambridge", "It is flat.", "Made up")
HOSTILE = '<script>alert("x")</script> & Sons'


def area(periods: int = 4, place: str = "Ambridge", **changes: Any) -> list[TrendPoint]:
    return [
        trend_point("area", place, 2000 + n, 81.0 + n / 10, limits=(79.0, 83.0), **changes)
        for n in range(periods)
    ]


def country(periods: int = 4, **changes: Any) -> list[TrendPoint]:
    return [
        trend_point("country", "England", 2000 + n, 80.0 + n / 10, **changes)
        for n in range(periods)
    ]


def in_segments(points: list[TrendPoint], *segments: int) -> list[TrendPoint]:
    return [point._replace(segment=n) for point, n in zip(points, segments, strict=True)]


def draw(*series: list[TrendPoint]) -> Figure:
    return trend([point for points in series for point in points], LABELS)


def drawn(figure: Figure) -> pd.DataFrame:
    return pd.DataFrame(figure.datasets[figure.spec["data"]["name"]])


def labels(figure: Figure) -> list[str]:
    """What the marks of a drawing say, in drawing order."""
    in_xml = figure.svg.replace("\n", "&#10;")  # where a line break would be a space
    return [shape.label for shape in shapes(in_xml) if shape.label]


def test_table_holds_every_number_with_its_unit() -> None:
    table = draw(area(2), country(2)).table
    assert table.to_dict("list") == {
        "Period": ["2000 - 02", "2001 - 03"],
        "Ambridge": ["81.0 years", "81.1 years"],
        "95% interval": ["79.0 to 83.0", "79.0 to 83.0"],
        "England": ["80.0 years", "80.1 years"],
    }


def test_a_missing_value_is_a_gap_in_the_line_and_says_why_in_the_table() -> None:
    points = area(5)
    points[2] = points[2]._replace(fact=None, status="suppressed")
    figure = draw(points, country(5))
    ours = drawn(figure).query("role == 'area'")
    assert len(ours) == 4
    assert ours["run"].nunique() == 2
    assert figure.table["Ambridge"][2] == "[c]"


def test_years_without_any_figure_part_the_line_and_are_marked() -> None:
    figure = draw(in_segments(area(), 0, 0, 1, 1), in_segments(country(), 0, 0, 1, 1))
    assert drawn(figure).groupby("role")["run"].nunique().tolist() == [2, 2]
    assert "no figure" in figure.svg
    assert "no figure" not in draw(area(), country()).svg


def test_years_without_a_figure_for_one_place_only_are_not_marked() -> None:
    assert "no figure" not in draw(in_segments(area(), 0, 0, 1, 1), country()).svg


def test_marks_of_many_gaps_do_not_cover_each_other() -> None:
    apart = (in_segments(points, *range(12)) for points in (area(12), country(12)))
    assert 1 < draw(*apart).svg.count("no figure") < 5


def test_a_value_of_low_reliability_says_so_when_pointed_at() -> None:
    figure = draw(area(1, status="low_reliability"), country(1))
    assert figure.table["Ambridge"].tolist() == ["81.0 years [u]"]
    interval = "95% interval: 79.0 to 83.0"
    assert f"Ambridge, 2000 - 02\n81.0 years [u]\n{interval}" in labels(figure)


def test_every_point_but_no_line_says_its_figure() -> None:
    figure = draw(area(), country())
    said = labels(figure)
    assert len(set(said)) == len(said) == len(drawn(figure)) == 8
    assert "England, 2001 - 03\n80.1 years" in said


def test_a_single_period_is_a_dot_without_a_line() -> None:
    figure = draw(area(1), country(1))
    assert drawn(figure)["alone"].all()
    assert "81.0 Ambridge" in figure.svg


@pytest.mark.parametrize("periods", [1, 2, 20])
def test_the_panel_has_one_size(periods: int) -> None:
    assert 'width="344" height="224"' in draw(area(periods), country(periods)).svg


def test_first_and_last_period_are_written_as_published() -> None:
    svg = draw(area(20), country(20)).svg
    assert "2000 - 02" in svg
    assert "2019 - 21" in svg


def test_a_place_that_ends_early_keeps_its_label() -> None:
    svg = draw(area(4), country(2)).svg
    assert "80.1 England" in svg
    assert "(2001 - 03)" in svg
    assert "(2003 - 05)" not in svg


def test_a_leader_across_the_plot_does_not_look_like_a_line() -> None:
    assert 'stroke-dasharray="1,4"' in draw(area(4), country(2)).svg
    assert 'stroke-dasharray="1,4"' not in draw(area(4), country(4)).svg


def test_long_names_of_periods_share_the_axis() -> None:
    names = ("Nov 2015 to Nov 2016", "Nov 2024 to Nov 2025")
    points = [point._replace(period=name) for point, name in zip(area(2), names, strict=True)]
    svg = draw(points).svg
    assert ">Nov 2015 to" in svg
    assert ">Nov 2024 to Nov 2025<" not in svg
    assert 'height="238"' in svg


def test_the_years_of_the_pandemic_are_marked_where_a_chart_reaches_them() -> None:
    recent = [trend_point("area", "Ambridge", year, 81.0) for year in range(2015, 2023)]
    assert ">pandemic</text>" in draw(recent).svg
    assert "pandemic" not in draw(area(), country()).svg


def test_a_gap_in_the_pandemic_is_named_with_it() -> None:
    years = [2015, 2016, 2017, 2018, 2022, 2023]
    points = [trend_point("area", "Ambridge", year, 81.0) for year in years]
    svg = draw(in_segments(points, 0, 0, 0, 0, 1, 1)).svg
    assert ">pandemic, no figure</text>" in svg
    assert ">no figure</text>" not in svg


def test_a_scale_that_leaves_out_zero_has_a_break_on_its_axis() -> None:
    cut = draw(area(), country())
    near_zero = draw([trend_point("area", "Ambridge", 2000 + n, 3.0 + n) for n in range(4)])
    breaks = [
        sum(part["mark"].get("shape") == BREAK for part in figure.spec["layer"])
        for figure in (cut, near_zero)
    ]
    assert breaks == [1, 0]
    (ends,) = (p["value"] for p in near_zero.spec["params"] if p["name"] == "ends")
    assert ends[0] == 0


def test_charts_side_by_side_share_a_scale() -> None:
    men, women = country(), [point._replace(fact=a_fact(90.0)) for point in country()]
    scale = trend_scale([*men, *women])
    ends = [
        [
            p["value"]
            for p in trend(points, LABELS, scale=scale).spec["params"]
            if p["name"] == "ends"
        ]
        for points in (men, women)
    ]
    assert ends[0] == ends[1] == [scale.ends]
    assert scale.low < 80.0
    assert scale.high > 90.0


def test_hostile_names_stay_text() -> None:
    assert "<script>" not in draw(area(3, HOSTILE), country(3)).html


def test_nothing_to_draw_is_an_error() -> None:
    with pytest.raises(InputError, match="no value to draw"):
        draw([point._replace(fact=None) for point in area(2)])
    with pytest.raises(InputError, match="no value to draw"):
        draw([])


def test_the_chart_itself_says_that_its_scale_omits_zero() -> None:
    from_zero = [point._replace(fact=a_fact(9.0 * n)) for n, point in enumerate(area())]
    assert draw(area()).labels.subtitle == f"{LABELS.subtitle}; {CUT}"
    assert draw(from_zero).labels == LABELS


def test_large_numbers_on_an_axis_are_written_short() -> None:
    """1,200,000 was cut at the edge of the drawing; 200 is left as it is."""
    large = draw([trend_point("area", "Ambridge", 2000 + n, 9e5 + 1e5 * n) for n in range(4)])
    assert "1.2m" in re.findall(r">([^<]+)</text>", large.svg)
    assert "1,200,000<" not in large.svg
    assert "labelExpr" not in draw(area()).spec["encoding"]["y"]["axis"]
