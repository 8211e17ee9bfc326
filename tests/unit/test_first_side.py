"""The first side: the message once and before all else, a map, and each figure by its meaning."""

import re
from dataclasses import replace
from pathlib import Path

import pytest

from ineqlib.briefings.area.document import summary_of
from ineqlib.briefings.area.options import read_options
from ineqlib.briefings.area.readers.inside import inside
from ineqlib.briefings.area.readers.member import questions
from ineqlib.briefings.area.readers.objectives import changes, objectives
from ineqlib.briefings.area.readers.of_one_period import Item, bullets_by_period
from ineqlib.briefings.area.readers.public import building_blocks
from ineqlib.briefings.area.readers.summary import leading_indicators, summary
from ineqlib.briefings.area.readers.telling import Telling, telling_of
from ineqlib.catalogue import Indicator, load_catalogue
from ineqlib.charts.figure import Labels
from ineqlib.charts.overview_map_chart import NAMED, overview_map
from ineqlib.document.blocks import BulletList, Heading, Paragraph, sentences
from ineqlib.document.model import Section
from ineqlib.document.page import document_page
from ineqlib.facts.area import AreaFacts, area_facts
from ineqlib.facts.profile import COMPARATORS, read_profile
from ineqlib.narrative.gaps import spread_in_brief
from ineqlib.narrative.judgement import judge
from ineqlib.narrative.levels import level
from ineqlib.narrative.reader import AUDIENCES
from ineqlib.narrative.sentence import Sentence, sentence
from ineqlib.pack import Pack

from .simulated.handmade import Series, facts_of

PELLWATER, GREYWICK = "X07000009", "X07000005"


@pytest.fixture(scope="module")
def facts(demo_pack: Pack) -> dict[str, AreaFacts]:
    return {
        code: area_facts(
            read_profile(demo_pack, code, comparators=list(COMPARATORS), indicator_set="marmot")
        )
        for code in (PELLWATER, GREYWICK)
    }


def told(facts: AreaFacts, audience: str) -> Telling:
    return telling_of(facts, read_options({"audience": audience}))


def headings(section: Section) -> list[str]:
    return [block.text for block in section.blocks if isinstance(block, Heading)]


def texts(section: Section) -> list[str]:
    return [words.text for words in sentences(section.blocks)]


def test_the_message_stands_before_the_contents(facts: dict[str, AreaFacts]) -> None:
    page = document_page(summary_of(facts[GREYWICK], read_options({})))
    main = page.index('id="main"')
    places = [page.index(part, main) for part in ('class="message"', 'class="contents"')]
    assert places == sorted(places)
    assert page.index('href="#main"') < main, "who skips hears the message next"
    assert page.count('class="message"') == 1


@pytest.mark.parametrize("audience", AUDIENCES)
def test_a_small_map_names_the_most_deprived(facts: dict[str, AreaFacts], audience: str) -> None:
    section = summary(told(facts[PELLWATER], audience))
    (figure,) = section.figures
    places = facts[PELLWATER].neighbourhoods
    assert places is not None
    for place in places.places[:NAMED]:
        assert place.full_name in figure.svg
        assert place.full_name in figure.labels.alt
    index = "fictional deprivation index 2024"
    assert index in figure.labels.subtitle, "a picture of it alone is dated"
    shown = "; ".join(figure.table.iloc[:, 1])
    assert shown.count(";") + 1 == len(places.places), "each neighbourhood is in the table"
    assert len(figure.svg) < 20_000


def test_the_key_of_a_small_map_has_long_names_whole(facts: dict[str, AreaFacts]) -> None:
    """Their ends, which tell one neighbourhood from another, were cut."""
    places = facts[PELLWATER].neighbourhoods
    assert places is not None
    long = "Kingston-upon-the-Marsh, St Bartholomew and Great Wychling-cum-Hope"
    named = (
        place._replace(name=f"{long} 00{n}A", locality="") for n, place in enumerate(places.places)
    )
    labels = Labels("map", "A map", "Of an area", "A map.", "Made up")
    drawing = overview_map(replace(places, places=tuple(named)), labels).svg
    words = re.findall(r'<text x="0"[^>]*>([^<]+)<', drawing)
    assert all(len(line) <= 42 for line in words)
    for number in range(1, NAMED + 1):
        assert f"{number} {long} 00{number - 1}A" in " ".join(words)


@pytest.mark.parametrize("audience", ["director", "public"])
def test_what_everybody_is_told_first_is_told_once(
    facts: dict[str, AreaFacts], audience: str
) -> None:
    for each in facts.values():
        leading = judge(each).leading
        shown = summary(told(each, audience))
        message = next(b for b in shown.blocks if isinstance(b, Paragraph))
        items = [w for b in shown.blocks if isinstance(b, BulletList) for w in b.items]
        firsts = set(message.words.facts) - {
            name for item in items if isinstance(item, Sentence) for name in item.facts
        }
        assert firsts == set(message.words.facts)
        assert sum("more" in words and "to know" in words for words in headings(shown)) == (
            len(leading) > 1
        )


def test_what_the_message_leaves_out_follows_it(facts: dict[str, AreaFacts]) -> None:
    message, more, *_ = texts(summary(told(facts[GREYWICK], "director")))
    (first, *_) = judge(facts[GREYWICK]).leading
    assert first.comparison is not None
    assert first.comparison.period in message
    assert more.startswith("It is the 2nd lowest of 35 areas; 95% interval")
    assert "Worse too: deaths before 75" in more
    plain = texts(summary(told(facts[GREYWICK], "public")))
    assert not any("95%" in words or "too:" in words for words in plain)


def test_gaps_of_men_and_women_are_told_in_one_sentence(facts: dict[str, AreaFacts]) -> None:
    for area, audience in ((PELLWATER, "director"), (GREYWICK, "director"), (GREYWICK, "public")):
        said = [w for w in texts(summary(told(facts[area], audience))) if "years" in w]
        both = [w for w in said if re.search(r"\bwomen\b", w) and re.search(r"\bmen\b", w)]
        assert len(both) >= 1, said
        assert sum("most deprived" in words or "Gap in length" in words for words in said) <= 2
    message, more, *_ = texts(summary(told(facts[PELLWATER], "director")))
    assert "men about" not in message.split(";")[0], "the larger first, in full"
    assert re.search(r"95% interval [\d.]+ to [\d.]+ for men; 95% interval", more)


def test_how_soon_is_said_once_where_it_is_the_same(facts: dict[str, AreaFacts]) -> None:
    for each in facts.values():
        shown = texts(summary(told(each, "director")))
        kinds = {i.sensitive_to_local_action for i in leading_indicators(told(each, "director"))}
        said = sum(bool(re.search("[Rr]esults .*(can show|show over)", w)) for w in shown)
        assert said == (1 if len(kinds) == 1 else len(shown_levers(each))), shown


def shown_levers(facts: AreaFacts) -> list[Sentence]:
    blocks = summary(told(facts, "director")).blocks
    (levers,) = (b for b in blocks if isinstance(b, BulletList) and b.id == "who-can-act")
    return [words for words in sentences([levers]) if not words.text.startswith("Areas most")]


def test_similar_areas_that_do_better_stand_beside_who_can_act(
    facts: dict[str, AreaFacts],
) -> None:
    first = judge(facts[GREYWICK]).leading[0].comparison
    assert first is not None and first.standing is not None and first.standing.near_better
    said = [w for w in texts(summary(told(facts[GREYWICK], "director"))) if "most like it" in w]
    assert len(said) == 1
    assert f"{first.standing.near_better.text} of " in said[0]
    assert not any("most like it" in w for w in texts(summary(told(facts[GREYWICK], "public"))))


def test_a_tiny_place_is_not_told_how_sure_its_findings_are(tmp_path: Path) -> None:
    rates = {"smoking_adults": Series([20.0, 20.5, 21.0], 12.0, half=1.5)}
    tiny = facts_of(tmp_path, rates, deciles=(5,) * 6)
    said = texts(summary(told(tiny, "director")))
    # Its annex has "where this area does worse": the first side must not deny that.
    assert "Nothing above the annex is called worse or better." in said[-1]
    assert "The annex judges each figure by itself" in said[-1]
    assert not any("more than chance" in words for words in texts(changes(told(tiny, "director"))))


def test_an_area_that_only_its_inside_sets_apart_is_told_so(facts: dict[str, AreaFacts]) -> None:
    assert any(
        "What sets it apart" in words
        for words in texts(summary(told(facts[PELLWATER], "director")))
    )
    assert not any(
        "sets it apart" in words for words in texts(summary(told(facts[GREYWICK], "director")))
    )


def test_owner_and_contact_are_left_to_the_masthead(facts: dict[str, AreaFacts]) -> None:
    made = {"owner": "The Council", "contact": "health@example.org", "published": "2026-11-30"}
    page = document_page(summary_of(facts[GREYWICK], read_options(made), made))
    for words in ("The Council", "health@example.org", "30 November 2026"):
        assert page.count(words) == 1, words


def test_public_lines_begin_with_what_they_mean(facts: dict[str, AreaFacts]) -> None:
    lines = [
        words
        for words in texts(building_blocks(told(facts[GREYWICK], "public")))
        if "Across" in words
    ]
    assert len(lines) > 5
    meanings = {line.split(":")[0] for line in lines}
    assert meanings <= {
        "Worse here",
        "Better here",
        "Higher here",
        "Lower here",
        "A little worse here",
        "A little better here",
        "No clear difference",
    }
    assert len(meanings) > 1


def test_a_period_is_said_once_for_figures_of_one_period() -> None:
    def tell(words: str, *, dated: bool = True) -> Sentence:
        return sentence(f"{words} (2024)." if dated else f"{words}.")

    items = [
        Item(period, lambda words=words, **how: tell(words, **how))
        for words, period in (("A", "2024"), ("B", "2024"), ("C", "2023"), ("D", ""))
    ]
    blocks = list(bullets_by_period("list", items, AUDIENCES["public"]))
    assert [words.text for words in sentences(blocks)] == [
        "In 2024:",
        "A.",
        "B.",
        "C (2024).",
        "D (2024).",
    ]
    assert len({block.id for block in blocks if not isinstance(block, Heading)}) == 3
    (whole,) = bullets_by_period("list", items, AUDIENCES["director"])
    assert [words.text for words in sentences([whole])][:2] == ["A (2024).", "B (2024)."]


def test_a_members_questions_differ_as_the_findings_do(facts: dict[str, AreaFacts]) -> None:
    divided = texts(questions(told(facts[PELLWATER], "member")))
    worse = texts(questions(told(facts[GREYWICK], "member")))
    assert any("which neighbourhoods does our money reach first" in words for words in divided)
    assert any("it may be chance: when shall we know" in words for words in worse)
    asked = [re.sub("“[^”]*”", "", words) for words in (*divided[:-1], *worse[:-2])]
    assert len(set(asked)) == len(asked)


def test_of_an_objective_what_is_furthest_behind_comes_first(tmp_path: Path) -> None:
    lives = {
        "life_expectancy": Series([77.8] * 4, 80.0, half=0.2, spread=1.0),
        "preventable_deaths_under_75": Series([246.0] * 4, 146.0, half=6, spread=40),
    }
    shown = told(facts_of(tmp_path, lives), "director")
    assert [finding.topic for finding in shown.judgement.worse] == [
        "length of life",
        "early deaths",
    ]
    names = [words.split(":")[0] for words in texts(objectives(shown)) if "worse than" in words]
    assert names == [
        "Deaths before 75 that could be prevented",
        "How long people can expect to live",
    ]


def test_what_changed_is_drawn_too(tmp_path: Path) -> None:
    rising = Series([8.0, 10.0, 12.0, 14.0, 16.0], 9.0, half=0.3, events=400.0)
    shown = told(facts_of(tmp_path, {"smoking_at_delivery": rising}), "director")
    section = changes(shown)
    assert len(shown.judgement.changes) == 1
    (figure,) = section.figures
    assert figure.labels.id == "change-smoking-at-delivery-persons"
    assert "up from 8.0% to 16.0%" in figure.labels.title
    assert "Land 9.0% both times" in figure.labels.title
    assert any("; Land at 9.0% both times." in words for words in texts(section))


def test_a_rank_is_counted_from_the_nearer_end(tmp_path: Path) -> None:
    best = Series([69.0, 70.0, 71.0], 47.0, half=0.5, events=400.0)
    shown = facts_of(tmp_path, {"active_children": best})
    (comparison,) = shown.comparisons
    words = level(comparison, None, AUDIENCES["director"])
    assert "; the highest of 31 areas" in words.text
    assert comparison.standing is not None
    assert (comparison.standing.rank.value, comparison.standing.share) == (31, 1.0)
    assert "place" not in words.text


def test_what_nothing_judges_is_not_called_similar(facts: dict[str, AreaFacts]) -> None:
    unjudged = [
        comparison
        for comparison in facts[GREYWICK].comparisons
        if comparison.verdict == "not compared" and comparison.evidence is None
    ]
    assert unjudged
    for comparison in unjudged:
        text = level(comparison, None, AUDIENCES["director"]).text
        assert ", against Lindermark's " in text
        assert "similar" not in text


def test_parts_of_a_gap_that_seem_not_to_add_up_are_said_to_be_rounded(
    facts: dict[str, AreaFacts],
) -> None:
    said = texts(inside(told(facts[GREYWICK], "director")))
    (whole,) = (words for words in said if words.startswith("Men and women together"))
    years = re.compile(r": ([\d.]+) years")
    for kind in ("age", "cause"):
        (parts,) = (words for words in said if words.startswith(f"By {kind}"))
        total = round(sum(map(float, years.findall(parts))), 1)
        assert ("the parts may not add up" in parts) == ([f"{total:.1f}"] != years.findall(whole))
    assert "the parts may not add up" in parts


def test_who_can_act_is_told_of_what_is_worse_and_of_praise_only_alone(tmp_path: Path) -> None:
    good = {"ks2_expected_standard": Series([76.0] * 4, 60.5, spread=4)}
    worse = {"claimant_count": Series([8.0, 8.1, 8.0, 8.2], 4.0, spread=1.0)}
    for name, series, acted_on in (
        ("both", good | worse, ["claimant_count"]),
        ("praise", good, ["ks2_expected_standard"]),
    ):
        telling = told(facts_of(tmp_path / name, series), "director")
        assert len(telling.judgement.leading) == len(series)
        assert [indicator.id for indicator in leading_indicators(telling)] == acted_on


def test_where_neighbourhoods_lie_is_said_with_the_word_once(facts: dict[str, AreaFacts]) -> None:
    spread = facts[PELLWATER].spread
    assert spread is not None
    of_places = spread_in_brief(replace(spread, unit="neighbourhoods")).text
    assert of_places.count("neighbourhoods") == 1
    assert spread_in_brief(spread).text.count("of neighbourhoods") == 1, "people live in them"


@pytest.mark.parametrize("indicator", load_catalogue().indicators.values(), ids=lambda i: i.id)
def test_why_it_matters_is_a_reason_and_no_advice(indicator: Indicator) -> None:
    """ "It matters because not smoking would avoid these deaths" says what to do, and blames."""
    assert not re.search(r"\b(would|could) avoid\b", indicator.why_this_indicator)
