"""The figures that an index page colours its map by."""

import re
from typing import Any

import geopandas as gpd
import pandas as pd
import pytest
from shapely import box

from ineqlib.catalogue import load_catalogue
from ineqlib.charts.theme import sequential
from ineqlib.publish.index_headlines import GAP, Headline, headlines
from ineqlib.publish.index_page import NO_FIGURE, index_html

HEADLINES = [each for each in load_catalogue().indicators.values() if each.headline]
GAPS = next(each for each in HEADLINES if each.value_type == GAP)
LEVEL = next(each for each in HEADLINES if each.polarity == "favourable")
OTHER = next(each for each in load_catalogue().indicators.values() if not each.headline)


def figure(indicator: Any, value: float | None, **more: str) -> dict[str, Any]:
    about = {"sex": "Male", "age": indicator.age, "period": "2022 to 2024", **more}
    return {"indicator": indicator.id, "value": value, "comparison": "", **about}


def of(indicator: Any, *values: float | None) -> tuple[Headline, ...]:
    return headlines({f"E{n}": [figure(indicator, value)] for n, value in enumerate(values)})


def test_gaps_come_first_and_what_is_no_headline_is_left_out() -> None:
    own = [figure(OTHER, 1.0), figure(LEVEL, 80.0), figure(GAPS, 5.0)]
    made = headlines({"E1": own, "E2": own})
    assert [headline.unit for headline in made] == [GAPS.unit, LEVEL.unit]
    assert made[0].name.startswith(GAPS.public_name)


def test_the_worst_are_darkest_whichever_way_is_worse() -> None:
    (level,) = of(LEVEL, 70.0, 75.0, 80.0, 81.0, 82.0)
    assert level.classes == {f"E{n}": n for n in range(5)}
    (gap,) = of(GAPS, 1.0, 2.0, 3.0, 4.0, 9.0)
    assert gap.classes == {f"E{n}": 4 - n for n in range(5)}
    assert gap.legend == ("9.0", "4.0", "3.0", "2.0", "1.0")


def test_classes_are_of_about_one_size_and_their_ranges_leave_nothing_out() -> None:
    (gap,) = of(GAPS, *[n / 3 for n in range(50)])
    sizes = pd.Series(gap.classes).value_counts()
    assert sizes.tolist() == [10] * 5
    for code, text in gap.texts.items():
        low, _, high = gap.legend[gap.classes[code]].partition(" to ")
        assert float(low) <= float(text) <= float(high or low)


def test_areas_of_one_number_have_one_colour() -> None:
    (gap,) = of(GAPS, 3.04, 2.96, 5.0, 7.0)
    assert gap.classes["E0"] == gap.classes["E1"]
    (same,) = of(GAPS, 4.0, 4.0, 4.0)
    assert set(same.classes.values()) == {0}
    assert same.legend == ("4.0",)


def test_areas_without_a_figure_or_of_another_period_have_no_colour() -> None:
    own = {f"E{n}": [figure(GAPS, float(n))] for n in range(4)}
    own["E8"] = [figure(GAPS, None)]
    own["E9"] = [figure(GAPS, 5.0, period="2014 to 2016")]
    (gap,) = headlines(own)
    assert set(gap.values) == {"E0", "E1", "E2", "E3"}
    assert gap.ends == ("E0", "E3")


@pytest.mark.parametrize(
    "own",
    [
        {},
        {"E1": [figure(GAPS, 2.0)]},
        {"E1": [figure(GAPS, 2.0)], "E2": [], "E3": [], "E4": [], "E5": []},
        {"E1": [figure(OTHER, 1.0)], "E2": [figure(OTHER, 2.0)]},
    ],
    ids=["nothing", "one area", "few of many", "no headline"],
)
def test_a_map_that_would_say_nothing_is_not_coloured(own: dict[str, Any]) -> None:
    assert headlines(own) == ()


def page(*values: float | None, apart: int = 9000) -> str:
    codes = [f"E{n}" for n in range(len(values))]
    entries = pd.DataFrame(
        {
            "document": "area_briefing",
            "subject_code": codes,
            "subject_name": [f"Tŷ & {code}" for code in codes],
            "href": [f"{code.lower()}.html" for code in codes],
            "summary": "One true line",
            "status": "ready",
        }
    )
    shapes = gpd.GeoDataFrame(
        {"code": codes},
        geometry=[box(apart * n, 0, apart * n + 9000, 9000) for n in range(len(codes))],
    )
    words = {"title": "All", "pack_title": "P", "fictional": True, "made_with": "ineqlib"}
    made = headlines({c: [figure(GAPS, v)] for c, v in zip(codes, values, strict=True)})
    return index_html(entries, shapes, headlines=made, **words)


def test_the_page_says_between_what_the_areas_lie_and_has_the_figure_in_its_table() -> None:
    html = page(4.0, 9.5, None)
    assert "3 areas, 3 documents." in html
    assert "from 4.0 years in Tŷ &amp; E0 to 9.5 years in Tŷ &amp; E1." in html
    cells = re.findall(r'<td class="number"( data-name="[^"]+")(.*?)>(.*?)</td>', html)
    expected = {(' data-class="0" data-figure="9.5 years"', "9.5"), ("", "[x]")}
    assert {cell[1:] for cell in cells} >= expected


@pytest.mark.parametrize(("values", "is_said"), [((4.0, None), True), ((4.0, 5.0), False)])
def test_what_stands_for_a_missing_figure_is_explained_where_there_is_one(
    values: tuple[float | None, ...], is_said: bool
) -> None:
    assert ("[x]: no figure" in page(4.0, *values)) is is_said


def test_the_map_says_which_colour_is_worst_and_each_areas_figure() -> None:
    html = page(4.0, 9.5, None)
    legend = html.partition('class="legend"')[2].partition("</ul>")[0]
    assert re.findall("<span>(.*?)</span>", legend) == ["9.5 (worst)", "4.0", "no figure"]
    titles = re.findall("<title>(.*?)</title>", html.partition('class="map"')[2])
    assert titles == ["Tŷ &amp; E0: 4.0 years", "Tŷ &amp; E1: 9.5 years", "Tŷ &amp; E2"]


def test_of_areas_with_one_figure_none_is_called_worst() -> None:
    assert "(worst)" not in page(4.0, 4.0)


def test_names_that_would_meet_on_a_phone_are_for_wide_screens() -> None:
    names, _, others = page(*[None] * 10).partition('<g class="on-wide-screens">')
    assert [names.count("</tspan>"), others.count("</tspan>")] == [5, 5]


def test_on_the_map_an_area_leads_to_the_first_document_that_was_made() -> None:
    entries = pd.DataFrame(
        {
            "document": ["area_briefing", "methods"],
            "subject_code": "E0",
            "subject_name": "Alder",
            "href": ["", "methods.html"],
            "summary": "",
            "status": ["failed", "ready"],
        }
    )
    shapes = gpd.GeoDataFrame({"code": ["E0"]}, geometry=[box(0, 0, 9000, 9000)])
    words = {"title": "All", "pack_title": "P", "fictional": True, "made_with": "ineqlib"}
    html = index_html(entries, shapes, **words)
    assert '<a href="methods.html" data-code="E0"' in html
    assert ">failed</td>" in html


def test_a_status_is_shown_only_where_a_document_is_lacking() -> None:
    assert "Status" not in page(4.0, 9.5)


def test_the_map_has_the_colours_of_the_first_headline_and_names() -> None:
    html = page(4.0, 9.5, None)
    dark, light = sequential(2)
    for code, colour in [("E0", light), ("E1", dark), ("E2", NO_FIGURE)]:
        link = html.partition(f'data-code="{code}"')[2]
        assert link.partition('fill="')[2].startswith(colour)
    assert html.count("<tspan") == 3


@pytest.mark.parametrize(("apart", "is_named"), [(250_000, True), (10_000, False)])
def test_a_small_area_has_its_name_where_no_other_is_near(apart: int, is_named: bool) -> None:
    html = page(*[None] * (600_000 // apart), apart=apart)
    assert ("E1</tspan>" in html) is is_named


def test_without_headlines_the_map_is_one_colour_and_has_no_legend() -> None:
    html = page(None, None)
    assert 'class="legend"' not in html
    assert html.count(f'<path fill="{NO_FIGURE}"') == 2


def test_every_headline_has_a_short_name_of_its_own() -> None:
    short = [indicator.short_name for indicator in HEADLINES]
    assert all(short)
    names = {name for each in load_catalogue().indicators.values() for name in (each.public_name,)}
    assert len({*short, *names}) == len(short) + len(names)
