"""Areas in order, and areas on a map: every one is found by its code, and the table has all."""

import re
from dataclasses import replace
from xml.etree import ElementTree

import geopandas as gpd
import pytest
from shapely.geometry import box

from ineqlib.charts import Labels
from ineqlib.charts.area_map_chart import area_map, class_edges
from ineqlib.charts.ranking_chart import FEW, Ranked, ranking
from ineqlib.errors import InputError
from ineqlib.facts.fact import Fact

LABELS = Labels("made", "Title", "Subtitle", "What it shows", "Nobody")
SVG = "{http://www.w3.org/2000/svg}"


def fact(number: int, value: float, name: str = "") -> Fact:
    return Fact(
        id=f"f{number}",
        value=value,
        text=f"{value:g}%",
        unit="%",
        lower_ci=value - 1,
        upper_ci=value + 1,
        area_code=f"X{number:08}",
        area_name=name or f"Area {number}",
    )


@pytest.mark.parametrize("count", [1, 2, FEW, FEW + 1, 300])
def test_every_area_has_a_mark_and_a_row(count: int) -> None:
    areas = [Ranked(fact(n, 10 + n), "area" if n == 0 else "other") for n in range(count)]
    figure = ranking([*areas, Ranked(fact(999, 12, "Country"), "reference")], LABELS)
    drawing = ElementTree.fromstring(figure.svg)
    codes = [mark.get("data-code") for mark in drawing.iter(f"{SVG}g") if mark.get("data-code")]
    assert {one.fact.area_code for one in areas} <= set(codes)
    assert figure.table["Area"].tolist() == [*(f"Area {n}" for n in range(count)), "Country"]
    assert figure.table["Order"].tolist()[-2:] == [str(count), "[z]"]
    words = "".join(drawing.itertext())
    assert "Area 0" in words
    assert "Country" in words


def test_marks_stand_in_order_of_their_values() -> None:
    drawing = ElementTree.fromstring(ranking([Ranked(fact(n, n)) for n in (1, 3, 7)], LABELS).svg)
    across = [float(mark.get("cx", 0)) for mark in drawing.iter(f"{SVG}circle")]
    assert across == sorted(across)
    assert (across[2] - across[1]) == pytest.approx(2 * (across[1] - across[0]), abs=0.2)


@pytest.mark.parametrize("count", [5, FEW + 1])
def test_axes_have_round_numbers(count: int) -> None:
    figure = ranking([Ranked(fact(n, 83.7 + 31.3 * n / count)) for n in range(count)], LABELS)
    drawing = ElementTree.fromstring(figure.svg)
    told = [text.text for text in drawing.iter(f"{SVG}text")]
    assert {"90", "100", "110"} <= set(told)


def test_what_all_are_set_against_is_a_line_through_their_rows() -> None:
    areas = [Ranked(fact(n, 10 + n)) for n in range(5)]
    country = Ranked(fact(999, 12, "Country"), "reference")
    drawing = ElementTree.fromstring(ranking([*areas, country], LABELS).svg)
    (line,) = [path for path in drawing.iter(f"{SVG}path") if path.get("stroke-dasharray")]
    row = next(one for one in drawing.iter(f"{SVG}g") if one.get("data-code") == "X00000999")
    mark = row.find(f"{SVG}circle")
    assert mark is not None
    assert line.get("d", "").startswith(f"M{mark.get('cx')} 0V")


def test_names_of_areas_are_escaped() -> None:
    strange = replace(fact(1, 5), area_name='<b>"&')
    for count in (1, 60):
        svg = ranking([Ranked(strange)] * count, LABELS).svg
        ElementTree.fromstring(svg)
        assert "<b>" not in svg


def test_nothing_to_rank_is_said() -> None:
    with pytest.raises(InputError, match="no area to rank"):
        ranking([Ranked(fact(1, 2), "reference")], LABELS)


def squares(count: int) -> gpd.GeoDataFrame:
    shapes = [box(1000 * n, 0, 1000 * (n + 1), 1000) for n in range(count)]
    codes = [f"X{n:08}" for n in range(count)]
    return gpd.GeoDataFrame({"code": codes, "name": codes}, geometry=shapes, crs=27700)


def fills(figure: object) -> dict[str, str]:
    drawing = ElementTree.fromstring(figure.svg)
    paths = [path for path in drawing.iter(f"{SVG}path") if path.get("data-code")]
    return {path.get("data-code"): path.get("fill") for path in paths}


def test_places_to_look_at_bear_numbers_that_stand_inside_them() -> None:
    facts = {f"X{n:08}": fact(n, float(n)) for n in range(4)}
    figure = area_map(squares(4), facts, LABELS, numbered=["X00000002", "X00000000", "absent"])
    drawing = ElementTree.fromstring(figure.svg)
    marks = [one for one in drawing.iter(f"{SVG}g") if one.get("class") == "map-number"]
    assert [one.findtext(f"{SVG}text") for one in marks] == ["1", "2"]
    across = [int(re.findall(r"\d+", one.get("transform", ""))[0]) for one in marks]
    assert across[0] > across[1], "the first is the third square, the second the first"
    assert "map-number" not in area_map(squares(4), facts, LABELS).svg


def texts(figure: object) -> list[str]:
    return [text.text for text in ElementTree.fromstring(figure.svg).iter(f"{SVG}text")]


def test_a_map_draws_each_class_in_its_blue_and_what_has_no_figure_grey() -> None:
    facts = {one.area_code: one for one in (fact(n, n) for n in range(10))}
    high = fills(area_map(squares(11), facts, LABELS))
    low = fills(area_map(squares(11), facts, LABELS, lowest_dark=True))
    assert len(set(high.values())) == 6
    assert high["X00000009"] == low["X00000000"] == "#12436D"
    assert high["X00000000"] == low["X00000009"]
    assert high["X00000010"] == low["X00000010"] not in {high[code] for code in facts}


def test_equal_figures_are_of_one_class() -> None:
    facts = {one.area_code: one for one in (fact(n, 5) for n in range(4))}
    figure = area_map(squares(4), facts, LABELS)
    assert len(set(fills(figure).values())) == 1
    assert texts(figure) == ["5"], "one class, and one figure in it"


def test_a_figure_on_an_edge_is_of_the_class_that_ends_there() -> None:
    values = [1 / 3 + n * 1e-8 for n in range(11)]
    edges = class_edges(values)
    assert set(edges) <= set(values)
    facts = {one.area_code: one for one in (fact(n, value) for n, value in enumerate(values))}
    drawn = fills(area_map(squares(11), facts, LABELS))
    sizes = [list(drawn.values()).count(colour) for colour in dict.fromkeys(drawn.values())]
    assert sizes == [3, 2, 2, 2, 2]


def test_areas_of_a_cluster_have_one_line_around_them_and_say_so() -> None:
    facts = {one.area_code: one for one in (fact(n, n) for n in range(4))}
    clusters = {"X00000001": "high among high", "X00000002": "high among high"}
    figure = area_map(squares(4), facts, LABELS, clusters=clusters)
    plain = area_map(squares(4), facts, LABELS)
    assert "In a cluster" in texts(figure) and "In a cluster" not in texts(plain)
    in_cluster = dict(zip(figure.cells["Area"], figure.cells["Cluster"], strict=True))
    assert sorted(in_cluster.values()) == ["high among high", "high among high", "no", "no"]
    assert "Cluster" not in plain.cells
    paths = ElementTree.fromstring(figure.svg).iter(f"{SVG}path")
    [line] = [path for path in paths if not path.get("data-code")]
    assert line.get("d").count("M") == 1, "the two touch: one line around both"


def test_withheld_missing_and_zero_are_told_apart_by_name() -> None:
    zero, five = fact(0, 0), fact(1, 5)
    facts = {zero.area_code: zero, five.area_code: five}
    figure = area_map(squares(4), facts, LABELS, statuses={"X00000003": "suppressed"})
    assert figure.table.to_numpy().tolist() == [
        ["Area 1", "5%", "4 to 6"],
        ["Area 0", "0%", "−1 to 1"],
        ["X00000002", "[x]", "[z]"],
        ["X00000003", "[c]", "[z]"],
    ]
    drawn = fills(figure)
    assert len(set(drawn.values())) == 4
    assert "X00000002: no figure, not available" in figure.svg
    assert "X00000003: no figure, withheld by the publisher" in figure.svg
    assert texts(figure)[-2:] == ["No data", "Withheld by the publisher"]


def test_equal_figures_share_a_place() -> None:
    figure = ranking([Ranked(fact(n, value)) for n, value in enumerate((9, 8, 8, 7))], LABELS)
    assert figure.table["Order"].tolist() == ["1", "2", "2", "4"]


def test_no_shape_to_map_is_said() -> None:
    with pytest.raises(InputError, match="no shapes"):
        area_map(squares(2), {"Y": fact(1, 2)}, LABELS)


@pytest.mark.parametrize(("unit", "least"), [(1.0, 15), (1_000_000.0, 8)])
def test_words_of_a_maps_legend_fit_their_boxes_and_are_large_enough_for_a_phone(
    unit: float, least: int
) -> None:
    """A phone shows the map whole, at half its size."""
    facts = {f"X{n:08d}": fact(n, unit * (n + 1)) for n in range(1, 11)}
    svg = area_map(squares(11), facts, LABELS).svg
    assert 'class="area-map"' in svg
    size = float(re.search(r'<g font-size="([\d.]+)"', svg)[1])  # type: ignore[index]
    words = re.findall(r'text-anchor="middle">([^<]+)<', svg)
    assert len(words) == 5 and any(" to " in one for one in words)
    assert least <= size <= 18
    assert max(map(len, words)) * 0.6 * size <= 638 / 5
