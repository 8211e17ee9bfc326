"""What changed since the last briefing: read from its page, told with facts, refused in words."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from ineqlib.briefings.area.document import open_briefing
from ineqlib.briefings.kinds import AREA_BRIEFING
from ineqlib.document.blocks import sentences
from ineqlib.document.model import Document
from ineqlib.document.page import document_page
from ineqlib.errors import ParameterError
from ineqlib.facts.fact import Fact, FactTable
from ineqlib.pack import Pack
from ineqlib.publish.run_file import read_run

from .plain_words import avoided

PELLWATER = "X07000009"
SMALL = {"indicator_set": ["smoking_adults", "life_expectancy", "suicide", "weekly_pay"]}
MADE = {"published": "2025-11-30"}


def page_of(document: Document, folder: Path, name: str = "pellwater.html") -> Path:
    path = folder / name
    path.write_text(document_page(document), encoding="utf-8")
    return path


def changed(document: Document, change: Callable[[Fact], Fact | None]) -> Document:
    """Return a document of other figures: what a publisher said before."""
    facts = filter(None, map(change, document.facts.values()))
    return replace(document, facts=FactTable(facts))


@pytest.fixture(scope="module")
def last(demo_pack: Pack, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The last briefing: smoking was 1.5 points higher, a later pay and no suicides were known."""
    now = open_briefing(demo_pack, PELLWATER, **SMALL, **MADE)
    newest = {each["indicator"]: each["period"] for each in now.figures}

    def before(fact: Fact) -> Fact | None:
        is_newest = fact.period == newest.get(fact.indicator_id) and fact.area_code == PELLWATER
        if fact.indicator_id == "suicide":
            return None
        if fact.indicator_id == "smoking_adults" and is_newest:
            return replace(fact, value=fact.value + 1.5)
        if fact.indicator_id == "weekly_pay" and is_newest:
            return None
        if fact.indicator_id == "life_expectancy" and fact.sex == "Male":
            return replace(fact, indicator_id="diabetes")
        return fact

    return page_of(changed(now, before), tmp_path_factory.mktemp("last"))


def told(document: Document) -> Iterator[str]:
    section = document.section("since_last")
    return (words.text for words in (section.lead, *sentences(section.blocks)))


def test_what_is_revised_newer_new_and_gone_is_told_with_facts(demo_pack: Pack, last: Path) -> None:
    document = open_briefing(demo_pack, PELLWATER, previous=str(last), **SMALL)
    section = document.section("since_last")
    said = dict.fromkeys(told(document))
    assert next(iter(said)).startswith("The last briefing was published on 30 November 2025.")
    [smoking] = [words for words in said if words.startswith("Adults who smoke")]
    assert "1.5 percentage points lower than the last briefing had it" in smoking
    [pay] = [words for words in said if words.startswith("Weekly pay")]
    assert "higher than" in pay or "lower than" in pay
    assert [block.text for block in section.blocks[::2]] == [
        "Revised by the publisher",
        "A newer period",
        "New here",
        "Gone",
    ]
    assert any("eaths by suicide" in words for words in said)
    assert any("eople known to have diabetes" in words for words in said)
    facts = {name for words in sentences(section.blocks) for name in words.facts}
    assert len(facts) >= 6
    assert facts <= set(document.facts)
    assert all(avoided(words) == [] for words in said)


def test_a_page_of_the_told_figures_alone_calls_nothing_new_or_gone(
    demo_pack: Pack, tmp_path: Path
) -> None:
    made = open_briefing(demo_pack, PELLWATER, audience="member", **SMALL)
    last = page_of(made, tmp_path)
    again = open_briefing(demo_pack, PELLWATER, audience="member", previous=str(tmp_path), **SMALL)
    assert len(made.facts) < len(open_briefing(demo_pack, PELLWATER, **SMALL).facts)
    assert last.exists()
    words = list(told(again))
    assert "No figure is newer, revised, new or gone since the last briefing." in words


def test_nothing_stands_where_there_was_no_briefing(demo_pack: Pack) -> None:
    document = open_briefing(demo_pack, PELLWATER, **SMALL)
    assert "since_last" not in [section.id for section in document.sections]


def test_an_area_that_the_last_run_lacks_is_told_so(demo_pack: Pack, last: Path) -> None:
    document = open_briefing(demo_pack, "Greywick", previous=str(last.parent), **SMALL)
    assert "The earlier run has no briefing of Greywick for this reader." in list(told(document))


@pytest.mark.parametrize(
    ("previous", "asked", "message"),
    [
        ("nowhere.html", {}, r"there is nothing\. Did you mean 'pellwater.html'\?"),
        ("pellwater.html", {"area": "Greywick"}, "is about Pellwater, not about Greywick"),
        ("pellwater.html", {"audience": "member"}, "is for the audience 'director'"),
        ("", {"audience": "public"}, "no page is a “how well people live here, and why”"),
        ("notes.txt", {}, "is no page of a briefing"),
    ],
)
def test_what_cannot_be_compared_is_refused_in_words(
    demo_pack: Pack, last: Path, previous: str, asked: dict[str, str], message: str
) -> None:
    (last.parent / "notes.txt").write_text("Notes", encoding="utf-8")
    where = str(last.parent / previous)
    with pytest.raises(ParameterError, match=message):
        open_briefing(demo_pack, **{"area": PELLWATER, **asked}, previous=where, **SMALL)
    area = asked.pop("area", PELLWATER)
    given = {**AREA_BRIEFING.parameters, **SMALL, **asked, "previous": where}
    with pytest.raises(ParameterError, match=message):
        AREA_BRIEFING.check(demo_pack, area, **given)


def test_a_run_files_previous_is_relative_to_it(tmp_path: Path) -> None:
    file = tmp_path / "run.yml"
    words = "title: T\npack: p\nout: o\nareas: [X]\nparameters: {previous: last/run}\n"
    file.write_text(f"{words}documents: [area_briefing]\n", encoding="utf-8")
    [document] = read_run(file).documents
    assert document.parameters["previous"] == str(tmp_path / "last" / "run")
