"""What a reader stumbled over once: words that disagree with what stands beside them."""

from dataclasses import replace
from pathlib import Path

import pytest

import ineqlib as iq
from ineqlib.briefings.area.map_section import neighbourhoods
from ineqlib.briefings.area.options import read_options
from ineqlib.briefings.area.readers.closing import uncertain
from ineqlib.briefings.area.readers.inside import inside
from ineqlib.briefings.area.readers.objectives import changes, objectives
from ineqlib.briefings.area.readers.owners import owners
from ineqlib.briefings.area.readers.peers import peers
from ineqlib.briefings.area.readers.summary import summary
from ineqlib.briefings.area.readers.telling import Telling, telling_of
from ineqlib.briefings.area.trend_figures import trend_figures
from ineqlib.briefings.evaluate_project.asked import read_asked
from ineqlib.briefings.sections import sources_section
from ineqlib.catalogue import load_catalogue
from ineqlib.document.blocks import FigureGrid, sentences
from ineqlib.document.model import Section
from ineqlib.facts.area import AreaFacts, area_facts
from ineqlib.facts.comparisons import SLOPE
from ineqlib.facts.profile import COMPARATORS, read_profile
from ineqlib.narrative.gaps import gap
from ineqlib.narrative.levels import level
from ineqlib.narrative.moves import by_place, changed
from ineqlib.narrative.reader import AUDIENCES, name_inside
from ineqlib.pack import Pack

from .chart_records import trend_point
from .simulated.handmade import Series, facts_of

DIRECTOR, PUBLIC = AUDIENCES["director"], AUDIENCES["public"]
BRACKENHYTHE, NETHERWOLD, PELLWATER = "X07000001", "X07000008", "X07000009"


@pytest.fixture(scope="module")
def facts(demo_pack: Pack) -> dict[str, AreaFacts]:
    return {
        code: area_facts(
            read_profile(demo_pack, code, comparators=list(COMPARATORS), indicator_set="marmot")
        )
        for code in (BRACKENHYTHE, NETHERWOLD, PELLWATER)
    }


def told(facts: AreaFacts, audience: str = "director") -> Telling:
    return telling_of(facts, read_options({"audience": audience}))


def text_of(section: Section) -> str:
    return " ".join([section.lead.text, *(words.text for words in sentences(section.blocks))])


def test_why_it_matters_goes_on_in_the_middle_of_its_sentence() -> None:
    whys = [one.why_this_indicator for one in load_catalogue().indicators.values()]
    begin_with_an_article = [why for why in whys if why.startswith("A ")]
    assert begin_with_an_article
    for why in begin_with_an_article:
        assert name_inside(why).startswith("a ")
    assert name_inside("NHS Health Checks").startswith("NHS")


def test_an_alternative_tells_the_change_that_its_title_tells() -> None:
    """A line that rose and then fell goes down by its title, and up from end to end."""
    points = [
        trend_point("area", "Here", year, value)
        for year, value in ((2004, 3.0), (2013, 9.0), (2023, 5.0))
    ]
    [ends] = by_place(points)
    assert ends.startswith("Here: up from 3.0 in 2004")
    [both] = by_place(points, told_since=points[1].period)
    assert both.startswith("Here: 3.0 years in 2004")
    assert "; down from 9.0 in 2013" in both and both.endswith("to 5.0 years in 2023 - 25.")
    [since_the_first] = by_place(points, told_since=points[0].period)
    assert since_the_first == ends


def test_a_trends_alternative_and_title_begin_in_the_same_period(tmp_path: Path) -> None:
    here = [9.0] * 4 + [30.0, 28.0, 26.0, 24.0, 22.0, 20.0, 18.0, 16.0, 14.0, 12.0, 10.0]
    shown = facts_of(tmp_path, {"smoking_adults": Series(here, 15.0, half=0.3, events=400.0)})
    [trend] = shown.trends
    change = trend.comparison.change
    assert change is not None and change.first.text in ("30.0%", "28.0%", "26.0%")
    labels = trend_figures(shown.profile, [trend])[0].labels
    assert f"down from {change.first.text} to 10.0%" in labels.title
    assert f"down from {change.first.text} in {change.first.period} to 10.0%" in labels.alt


def test_what_is_level_is_not_told_from_a_number_to_the_same(tmp_path: Path) -> None:
    points = [trend_point("area", "Here", year, 2.5) for year in (2015, 2023)]
    assert list(by_place(points)) == ["Here: 2.5 years in 2015 - 17 and in 2023 - 25."]


def test_a_unit_in_words_stands_once_also_beside_provisional_figures(
    facts: dict[str, AreaFacts],
) -> None:
    [homeless] = [
        figure
        for figure in facts[BRACKENHYTHE].comparisons
        if figure.indicator.id == "homelessness_duty"
    ]
    words = level(homeless, None, DIRECTOR).text
    assert homeless.facts["country"].mark == "[p]"
    assert words.count("per 1,000 households") == 1
    assert words.count("[p]") == 3


def test_a_figure_that_nothing_judges_is_set_against_and_not_called_similar(
    tmp_path: Path,
) -> None:
    one_year = Series([62.0], 60.0)
    [figure] = facts_of(tmp_path, {"active_children": one_year}).comparisons
    assert figure.evidence is not None and not figure.evidence.basis
    words = level(figure, None, DIRECTOR).text
    assert ", against Land's 60.0" in words and "similar" not in words


def test_praise_says_where_the_figure_gets_worse(tmp_path: Path) -> None:
    """Obesity far below the country's, and rising: "better here" alone would send a reader home."""
    rising = Series([8.0, 10.0, 12.0, 14.0, 16.0], 30.0, half=0.3, events=400.0)
    shown = facts_of(tmp_path, {"year_6_obesity": rising})
    [figure] = shown.comparisons
    change = figure.change
    assert change is not None and change.better is False
    words = level(figure, change, PUBLIC).text
    assert words.startswith("Better here")
    assert words.endswith(" Here it has got worse since 2020.")
    assert "got worse" not in level(figure, replace(change, better=None), PUBLIC).text
    assert "got worse" not in level(figure, change, DIRECTOR).text


def test_what_moves_everywhere_is_not_told_as_the_areas_own_doing(tmp_path: Path) -> None:
    """A director who reads "rising, for the worse" asks what went wrong here."""
    here = [8.0, 10.0, 12.0, 14.0, 16.0]
    everywhere = Series(here, [22.0, 24.0, 26.0, 28.0, 30.0], half=0.3, events=400.0)
    only_here = Series(here, 30.0, half=0.3, events=400.0)
    [figure] = facts_of(tmp_path / "everywhere", {"year_6_obesity": everywhere}).comparisons
    alone = facts_of(tmp_path / "only", {"year_6_obesity": only_here}).comparisons[0]
    told = level(figure, figure.change, DIRECTOR).text
    assert told.endswith("; rising since 2020, for the worse, as in Land.")
    assert level(figure, figure.change, PUBLIC).text.endswith("worse since 2020, as in Land.")
    assert level(alone, alone.change, DIRECTOR).text.endswith("; rising since 2020, for the worse.")


def test_a_rise_that_has_turned_is_not_told_as_one_that_goes_on(tmp_path: Path) -> None:
    """Whoever looks at the last three years alone sees it fall, and doubts the page."""
    turned = Series([12.0, 12.0, 12.0, 13.0, 26.0, 23.0, 20.0], 30.0, half=0.4, events=400.0)
    [figure] = facts_of(tmp_path, {"persistent_absence": turned}).comparisons
    assert figure.change is not None
    told = level(figure, figure.change, DIRECTOR).text
    assert told.endswith("; rising since 2018, for the worse, but down from 26.0% in 2022.")
    moved = changed(figure, figure.change, DIRECTOR).text
    assert "which is worse, but down from 26.0% in 2022; Land at 30.0% both times." in moved
    plain = level(figure, figure.change, PUBLIC).text
    assert plain.endswith("Here it has got worse since 2018, but was worse still in 2022.")


def test_money_that_rises_is_not_taken_for_more_to_spend(tmp_path: Path) -> None:
    pay = Series([400.0, 440.0, 480.0, 520.0, 560.0], 500.0, half=4.0)
    [figure] = facts_of(tmp_path, {"weekly_pay": pay}).comparisons
    assert figure.change is not None
    assert (
        "rising since 2020, not adjusted for inflation"
        in level(figure, figure.change, DIRECTOR).text
    )
    assert ", not adjusted for inflation" in changed(figure, figure.change, DIRECTOR).text


def test_a_gap_that_could_be_chance_is_no_gap_from_group_to_group(
    facts: dict[str, AreaFacts],
) -> None:
    """Two groups six years apart, beside "about 2.9 years", would have to be read twice."""
    unclear = [part for part in facts[NETHERWOLD].inside if not part.is_clear]
    clear = [part for part in facts[PELLWATER].inside if part.is_clear]
    assert unclear and clear
    for part in unclear:
        words = gap(part, DIRECTOR).text
        assert ": no clear gap; about " in words and words.endswith(", which could be chance.")
        assert "from end to end" not in words and part.most is not None
        assert f"from {part.most.text}" not in words
    for part in clear:
        assert "no clear gap" not in gap(part, DIRECTOR).text


def test_what_the_pack_lacks_is_not_said_to_be_unpublished(facts: dict[str, AreaFacts]) -> None:
    words = text_of(uncertain(told(facts[PELLWATER])))
    assert "In these data for wider areas, not for Pellwater itself: " in words
    assert "Not published" not in words


def test_a_list_says_which_side_of_it_is_empty(facts: dict[str, AreaFacts]) -> None:
    best = objectives(told(facts[NETHERWOLD])).lead.text
    assert best.endswith("No figure is clearly worse.")
    both = objectives(told(facts[BRACKENHYTHE])).lead.text
    assert "No figure is clearly" not in both
    assert "in each, what is worse comes first" in both


def test_a_list_says_what_stands_in_it_without_the_countrys_figure(
    facts: dict[str, AreaFacts],
) -> None:
    here = told(facts[BRACKENHYTHE])
    first = here.judgement.worse[0]
    assert first.comparison is not None
    places = {role: fact for role, fact in first.comparison.facts.items() if role != "country"}
    alone = replace(first, comparison=replace(first.comparison, facts=places))
    judgement = replace(here.judgement, worse=(alone, *here.judgement.worse[1:]))
    assert "Where Lindermark has none" not in objectives(here).lead.text
    assert "Where Lindermark has none, those among the worst or best fifth of areas." in (
        objectives(replace(here, judgement=judgement)).lead.text
    )


def test_where_nothing_is_worse_nothing_is_made_of_it(facts: dict[str, AreaFacts]) -> None:
    best = told(facts[NETHERWOLD])
    assert text_of(peers(best)).endswith(
        "No figure here is clearly worse, so none is set beside theirs."
    )
    assert text_of(owners(best)).endswith("No figure here is clearly worse, so nobody is named.")


def test_who_can_act_says_what_is_listed_and_nothing_else(facts: dict[str, AreaFacts]) -> None:
    only_a_gap = owners(told(facts[PELLWATER])).lead.text
    assert only_a_gap.startswith("The gap inside the area, by who leads.")
    both = owners(told(facts[BRACKENHYTHE])).lead.text
    assert both.startswith(
        "Figures that are worse or get worse, and the gap inside the area, by who leads."
    )


def test_a_section_without_a_gap_is_not_called_one(facts: dict[str, AreaFacts]) -> None:
    assert inside(told(facts[PELLWATER])).title == "The gap inside Pellwater"
    without = replace(facts[PELLWATER], inside=())
    assert inside(told(without)).title == "Inside Pellwater"


def test_one_neighbourhood_is_one(facts: dict[str, AreaFacts]) -> None:
    shown = facts[PELLWATER]
    assert shown.spread is not None
    one = replace(shown.spread.neighbourhoods, value=1, text="1")
    alone = replace(shown, spread=replace(shown.spread, neighbourhoods=one))
    [grid] = neighbourhoods(alone).blocks
    assert ", 1 neighbourhood, by deprivation." in grid.figures[0].labels.alt  # type: ignore[union-attr]


def test_areas_alike_have_names_also_where_they_have_no_figure(demo_pack: Pack) -> None:
    made = iq.open_similar_areas(demo_pack, "X10000001")
    names = " ".join(words.text for words in sentences(made.section("answer").blocks))
    assert "are most like Wendlemere" in names
    assert not any(code in names for code in demo_pack.areas["area_code"])


def test_a_place_with_an_article_has_it_also_where_a_project_was(demo_pack: Pack) -> None:
    asked = read_asked(demo_pack, BRACKENHYTHE)
    islands = replace(asked, areas=(replace(asked.areas[0], name="Isles of Scilly"),))
    assert islands.places_inside == "the Isles of Scilly"
    assert asked.places_inside == asked.places == "Brackenhythe"


def test_nothing_changed_says_over_how_long(facts: dict[str, AreaFacts]) -> None:
    words = text_of(changes(told(facts[NETHERWOLD])))
    assert words.strip() == (
        "Over the last ten years no figure changed both by more than chance explains and by more "
        "than Lindermark's did."
    )


def test_an_illness_is_named_in_a_heading_as_in_its_sentence() -> None:
    deaths = load_catalogue().indicators["cardiovascular_deaths_under_75"]
    for words in (deaths.public_name, deaths.told_as):
        assert (
            words.endswith("of heart disease or stroke") or "from heart disease or stroke" in words
        )


def test_a_rate_of_usual_ages_is_not_told_as_a_count(tmp_path: Path) -> None:
    """Where few are old, fewer of every 100,000 die than the rate says."""
    early = {"preventable_deaths_under_75": Series([250.0] * 4, 146.0, spread=20.0)}
    babies = {"infant_mortality": Series([8.0] * 4, 4.0, half=1.0, events=50.0, spread=1.0)}
    for name, series, allows in (("early", early, True), ("babies", babies, False)):
        facts = facts_of(tmp_path / name, series)
        for audience in ("director", "public"):
            message = text_of(summary(told(facts, audience)))
            assert ("allowing for age" in message) is allows
        [figure] = trend_figures(facts.profile, facts.trends)
        assert ("standardised for age" in figure.labels.subtitle) is allows


def test_where_the_country_has_no_figure_everybody_hears_the_place_among_areas(
    facts: dict[str, AreaFacts],
) -> None:
    obesity = (c for c in facts[BRACKENHYTHE].comparisons if c.indicator.id == "year_6_obesity")
    known = next(obesity)
    alone = replace(known, facts={"area": known.facts["area"]})
    assert f" of {known.standing.among.text} areas (" in level(alone, None, PUBLIC).text
    assert " areas" not in level(replace(alone, standing=None), None, PUBLIC).text


def test_where_a_figure_turned_is_told_in_the_readers_numbers(tmp_path: Path) -> None:
    here = Series([12.0, 12.0, 12.0, 13.0, 28.6, 25.2, 22.6], 12.0, half=0.4)
    [comparison] = facts_of(tmp_path, {"persistent_absence": here}).comparisons
    assert comparison.change is not None
    assert ", but down from 29% in 2022;" in changed(comparison, comparison.change, PUBLIC).text
    assert ", but down from 28.6% in 2022;" in changed(comparison, comparison.change, DIRECTOR).text


def test_a_page_of_no_published_figure_thanks_nobody(demo_pack: Pack) -> None:
    assert "No published figure stands on this page." in text_of(sources_section(demo_pack, ()))


def test_neighbourhoods_of_a_place_with_an_article_are_its_own(
    facts: dict[str, AreaFacts], monkeypatch: pytest.MonkeyPatch
) -> None:
    shown = told(facts[BRACKENHYTHE])
    monkeypatch.setattr(Telling, "place", "the City of London")
    [grid] = (block for block in summary(shown).blocks if isinstance(block, FigureGrid))
    assert grid.figures[0].labels.title.startswith("The City of London's most deprived")


def test_men_and_women_stand_together_where_one_of_them_is_the_finding(
    facts: dict[str, AreaFacts],
) -> None:
    shown = told(facts[BRACKENHYTHE])
    [life] = (f for f in shown.judgement.worse if f.topic == "length of life")
    assert life.comparison is not None
    other = {"Male": "Women: ", "Female": "Men: "}[life.comparison.series.sex]
    lines = [words.text for words in sentences(objectives(shown).blocks)]
    [line] = (words for words in lines if words.startswith("How long people can expect to live"))
    assert f". {other}" in line
    assert line.endswith(" areas.")


def test_a_title_does_not_set_a_gap_inside_beside_the_whole_countrys(
    facts: dict[str, AreaFacts],
) -> None:
    shown = facts[BRACKENHYTHE]
    gaps = [trend for trend in shown.trends if trend.comparison.indicator.value_type == SLOPE]
    figures = trend_figures(shown.profile, tuple(gaps))
    assert any("the two cannot be compared" in figure.labels.note for figure in figures)
    assert not any("Lindermark" in figure.labels.title for figure in figures)
