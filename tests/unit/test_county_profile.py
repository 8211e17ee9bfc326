"""The county profile: the demonstration county's truth, and what a table of districts must hold."""

import re
from dataclasses import replace
from functools import cache
from xml.etree import ElementTree

import numpy as np
import pandas as pd
import pytest

from ineqlib.briefings.area.document import open_briefing
from ineqlib.briefings.county_profile.answer import message
from ineqlib.briefings.county_profile.county import read_county
from ineqlib.briefings.county_profile.document import check, open_county_profile
from ineqlib.briefings.county_profile.facts import CountyFacts, county_facts
from ineqlib.briefings.county_profile.gaps import between_and_inside
from ineqlib.catalogue import MARMOT
from ineqlib.charts import Labels
from ineqlib.charts.heat_chart import COLOURS, HeatCell, heat_table
from ineqlib.document.blocks import FigureGrid, Paragraph
from ineqlib.errors import InputError, ParameterError, UnknownArea
from ineqlib.measures import theil_between_within
from ineqlib.narrative.rules import judged_figures, level_findings, speaking_figures
from ineqlib.pack import Pack

COUNTY, DISTRICT = "X10000001", "X07000001"
DEPRIVED = {"Brackenhythe", "Greywick", "Hollinscar"}
AFFLUENT = {"Fallowbridge", "Larkstead", "Netherwold"}
"""As docs/demonstration-data.md says they were made."""


@cache
def facts_of(pack: Pack) -> CountyFacts:
    return county_facts(read_county(pack, COUNTY, [], MARMOT))


def test_the_deprived_districts_are_worse_and_the_affluent_better(demo_pack: Pack) -> None:
    verdicts = facts_of(demo_pack).verdicts
    assert verdicts
    worse = {one.name: one.total.worse.value for one in verdicts.districts}
    better = {one.name: one.total.better.value for one in verdicts.districts}
    assert set(sorted(worse, key=lambda name: -worse[name])[:3]) == DEPRIVED
    assert set(sorted(better, key=lambda name: -better[name])[:3]) == AFFLUENT
    assert all(not worse[name] for name in AFFLUENT)
    assert all(not better[name] for name in DEPRIVED - {"Brackenhythe"})


def test_a_mark_allows_for_the_comparisons_of_all_districts(demo_pack: Pack) -> None:
    """Among enough figures that say nothing, none of a district's own stands any more."""
    own = facts_of(demo_pack).county.districts[0]
    speaking = speaking_figures(own.comparisons)
    alone = level_findings(own, speaking, {})
    judged = judged_figures(speaking)
    p = max(one.comparison.evidence.p for one in alone)  # type: ignore[union-attr]
    nothing = [
        replace(one, evidence=replace(one.evidence, p=1.0))  # type: ignore[type-var]
        for one in judged
    ]
    many = [*judged, *nothing * int(2 / max(p, 1e-3))]
    assert 0 < len(level_findings(own, speaking, {}, together=many)) < len(alone)


def test_no_mark_is_called_sure(demo_pack: Pack) -> None:
    """One mark in twenty may be chance."""
    made = open_county_profile(demo_pack, COUNTY)
    labels = [figure.labels for section in made.sections for figure in section.figures]
    assert any(one.subtitle.startswith("Clearly worse (▼) or better (▲)") for one in labels)
    assert not any("urely" in f"{one.title} {one.subtitle} {one.alt}" for one in labels)


def test_counts_are_of_the_findings(demo_pack: Pack) -> None:
    verdicts = facts_of(demo_pack).verdicts
    assert verdicts
    for district in verdicts.districts:
        for side in ("worse", "better"):
            total = getattr(district.total, side).value
            parts = (getattr(count, side).value for count in district.by_objective.values())
            rows = (row.cells.get(district.name) for row in verdicts.figures)
            assert total == sum(parts)
            assert total == sum(cell is not None and cell.side == side for cell in rows)
    assert verdicts.comparisons.value == sum(d.total.judged.value for d in verdicts.districts)


@pytest.mark.parametrize(
    ("alike", "words"),
    [
        (1, "stands out: 1 of its"),
        (3, "stand out: 1 figure of each is clearly worse than Lindermark's; "),
        (10, "In Wendlemere no one district stands out: at most 1 figure of any is clearly worse"),
    ],
)
def test_many_districts_that_are_alike_do_not_stand_out(
    demo_pack: Pack, alike: int, words: str
) -> None:
    facts = facts_of(demo_pack)
    assert facts.verdicts
    worse = facts.verdicts.districts[0].total.worse
    districts = tuple(
        replace(
            district,
            total=replace(
                district.total,
                worse=replace(worse, value=float(n < alike), text=str(int(n < alike))),
            ),
        )
        for n, district in enumerate(facts.verdicts.districts)
    )
    told = replace(facts, verdicts=replace(facts.verdicts, districts=districts))
    assert words in message(told).text


def test_what_comes_first_is_what_the_briefing_says_first(demo_pack: Pack) -> None:
    document = open_county_profile(demo_pack, COUNTY)
    [items] = document.section("priorities").blocks
    named = {str(item).partition(". ")[0]: str(item) for item in items.items}
    leading = facts_of(demo_pack).verdicts.districts[0].leading  # type: ignore[union-attr]
    briefing = open_briefing(demo_pack, "Brackenhythe").markdown("summary")
    assert leading.comparison.facts["area"].text in named["Brackenhythe"]
    assert leading.comparison.facts["area"].number in briefing


def test_ranks_hold_the_truth_of_length_of_life(demo_pack: Pack) -> None:
    first = facts_of(demo_pack).rankings[0]
    assert set(first.worse_half) <= DEPRIVED
    assert set(first.better_half) == AFFLUENT
    for rank in first.ranks:
        assert rank.limits
        assert rank.limits[0] <= rank.value <= rank.limits[1]


def test_the_widest_gap_is_in_the_district_of_extremes(demo_pack: Pack) -> None:
    facts = facts_of(demo_pack)
    titles = [figure.labels.title for figure in between_and_inside(facts).figures]
    assert len({title.split(": from ")[0] for title in titles}) == len(titles) > 1
    gaps = facts.gaps[0]
    assert gaps.inside[0].gap.area_name == "Pellwater"
    assert gaps.between
    assert gaps.best
    assert gaps.worst
    assert gaps.between.value == pytest.approx(gaps.best.value - gaps.worst.value)


def test_shares_of_the_inequality_add_up(demo_pack: Pack) -> None:
    [taken] = facts_of(demo_pack).inequalities
    rows = demo_pack.small_areas(COUNTY)
    parts = theil_between_within(rows["score"], rows["population"], rows["area_code"])
    inside = sum(part.inequality.value for part in taken.parts)
    assert taken.within.value == pytest.approx(inside)
    assert taken.between.value + inside == pytest.approx(100)
    assert taken.within.value == pytest.approx(100 * float(parts.within / parts.total))
    assert sum(part.people.value for part in taken.parts) == pytest.approx(100)
    assert taken.parts[0].inequality.area_name == "Pellwater"


def test_people_on_a_low_income_come_before_a_score(demo_pack: Pack, monkeypatch) -> None:
    """And a neighbourhood whose count is withheld is left out, and said to be."""
    codes = demo_pack.small_areas(COUNTY)["small_area_code"]
    counts = np.arange(len(codes)) % 7 + 1.0
    counts[0] = np.nan
    known = dict(zip(codes, counts, strict=True))
    name = "ineqlib.briefings.county_profile.inequality._income_deprived"
    monkeypatch.setattr(name, lambda pack, index: pd.Series(known))
    facts = county_facts(read_county(demo_pack, COUNTY, [], "headline"))
    assert [taken.is_share for taken in facts.inequalities] == [True, False]
    assert facts.inequalities[0].left_out.value == 1
    assert "low income" in message(facts).text


def test_districts_may_be_named(demo_pack: Pack) -> None:
    """As those of a combined authority must be, which a pack does not know."""
    named = ["Larkstead", "Greywick"]
    document = open_county_profile(demo_pack, COUNTY, districts=named, indicator_set="headline")
    assert document.parameters["districts"] == named
    grid = next(one for one in document.section("answer").blocks if isinstance(one, FigureGrid))
    assert grid.figures[0].table["District"].tolist() == sorted(named)


def test_a_county_of_one_district_is_told_that_it_has_one(demo_pack: Pack) -> None:
    """It was told that the pack does not say which districts make it up."""
    document = open_county_profile(demo_pack, COUNTY, districts=["Larkstead"])
    [words, step] = document.section("answer").blocks
    assert isinstance(words, Paragraph) and isinstance(step, Paragraph)
    assert "knows one district of Wendlemere, Larkstead" in words.words.text
    assert "read the briefing of Larkstead" in step.words.text


def test_what_has_no_districts_is_a_page_that_says_so(demo_pack: Pack) -> None:
    document = open_county_profile(demo_pack, DISTRICT)
    [words, step] = document.section("answer").blocks
    assert isinstance(words, Paragraph)
    assert words.style == "no-data"
    assert "Brackenhythe is one district" in words.words.text
    assert "It is part of Wendlemere" in words.words.text
    assert step.words.text.startswith("What next: choose a county or region")
    assert [section.id for section in document.sections] == ["answer", "how"]


def test_wrong_names_are_refused(demo_pack: Pack) -> None:
    with pytest.raises(UnknownArea):
        check(demo_pack, COUNTY, districts=["Nowhere"], indicator_set="headline")
    with pytest.raises(ParameterError, match="1 of 2 'districts' are no districts: Wendlemere"):
        check(demo_pack, COUNTY, districts=["Larkstead", COUNTY], indicator_set="headline")


LABELS = Labels("made", "Title", "Subtitle", "What it shows", "Nobody")
CELLS = [HeatCell("worse", "▼2", "2 worse, of 3"), HeatCell("none", "", "no figure")]


def test_a_heat_table_reads_without_colour() -> None:
    """Each cell has its mark in the drawing, its words in the table and on the card."""
    figure = heat_table({"Here <b>": CELLS}, ["Health", "Homes"], LABELS, heading="District")
    drawing = ElementTree.fromstring(figure.svg)
    words = "".join(drawing.itertext())
    assert "▼2" in words
    assert "Health" in words
    assert figure.table.iloc[0].tolist() == ["Here <b>", "2 worse, of 3", "no figure"]
    assert "Health: 2 worse, of 3" in figure.narrow
    two = heat_table(
        {"Here": [CELLS[0], CELLS[0]]}, ["Health", "Homes"], LABELS, heading="District"
    )
    without_style = re.sub("<.*?>", "", two.narrow)
    assert without_style == "Here: Health: 2 worse, of 3; Homes: 2 worse, of 3."
    assert "Homes" not in figure.narrow
    assert "<b>" not in figure.narrow
    with pytest.raises(InputError, match="nothing to set side by side"):
        heat_table({}, ["Health"], LABELS, heading="District")


def _luminance(colour: str) -> float:
    parts = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    linear = [
        part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    ]
    return float(np.dot(linear, [0.2126, 0.7152, 0.0722]))


def test_words_on_every_shade_can_be_read() -> None:
    for fill, ink in COLOURS.values():
        lighter, darker = sorted((_luminance(fill), _luminance(ink)), reverse=True)
        assert (lighter + 0.05) / (darker + 0.05) >= 4.5
