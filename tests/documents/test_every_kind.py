"""What holds for every kind of document, on the demonstration county; a new one adds its name."""

import re
from collections.abc import Callable
from functools import cache
from pathlib import Path

import nbformat
import pytest

from ineqlib.charts.drawn_figure import DrawnFigure
from ineqlib.document.blocks import Paragraph
from ineqlib.document.kinds import Kind, kind_named, kinds
from ineqlib.document.model import Document
from ineqlib.document.verify.page import problems
from ineqlib.errors import UnknownArea
from ineqlib.narrative.sentence import Strong
from ineqlib.pack import Pack

from ..unit.document_parts import MOST_WORDS, MOST_WORDS_REFUSING, words_to_the_first_figure
from ..unit.made_pages import Made, changed, made_page
from ..unit.permitted_numbers import Permitted, answers, figures_of, in_words, names_in, tables

DISTRICT = "X07000001"
SUBJECTS: dict[str, str] = {"area_briefing": DISTRICT, "summary": DISTRICT, "annex": DISTRICT}
SUBJECTS |= {"methods": DISTRICT}
SUBJECTS |= {"reorganisation": "X10000001"}
SUBJECTS |= {"similar_areas": DISTRICT, "what_would_it_take": DISTRICT}
SUBJECTS |= {"county_profile": "X10000001"}
SUBJECTS |= {"indicator_gradient": "X92000001"}
SUBJECTS |= {"evaluate_project": DISTRICT}
SUBJECTS |= {"spend_and_need": "X10000001"}
SUBJECTS |= {"life_expectancy_gap": DISTRICT}
SUBJECTS |= {"equity_audit": "X10000001", "local_outcomes": "X10000001"}
SUBJECTS |= {"economic_case": DISTRICT}
SUBJECTS |= {"neighbourhoods": "X07000009"}
"""Kind -> what its document is about here."""
NEEDS_OPTIONS = {"reorganisation"}
"""Kinds for packs that hold areas of one's own."""
OWN_NUMBERS = {"methods", "annex"}
"""Kinds whose numbers tests of their own walk: one sets published tables beside ours, the other is
a part of a briefing."""
NO_ANSWER = {"area_briefing", "summary", "annex", "methods"}
"""Kinds that are no answer to one question."""
MOST_BYTES = 1_200_000


@cache
def built(pack: Pack, kind: str) -> Document:
    return kind_named(kind).build(pack, SUBJECTS[kind])


@cache
def page_of(pack: Pack, kind: str) -> Made:
    return made_page(built(pack, kind))


@pytest.fixture(params=sorted(SUBJECTS))
def kind(request: pytest.FixtureRequest) -> Kind:
    return kind_named(request.param)


@pytest.fixture
def pack(kind: Kind, request: pytest.FixtureRequest) -> Pack:
    name = "options_pack" if kind.name in NEEDS_OPTIONS else "demo_pack"
    fitting: Pack = request.getfixturevalue(name)
    return fitting


@pytest.fixture
def document(kind: Kind, pack: Pack) -> Document:
    return built(pack, kind.name)


@pytest.fixture
def made(kind: Kind, pack: Pack) -> Made:
    return page_of(pack, kind.name)


@pytest.fixture
def wrong(document: Document, pack: Pack) -> Callable[[Made], list[str]]:
    """What is wrong with a page of the document."""
    return lambda made: problems(made.page, document, pack, report=made.report, others={})


def test_every_kind_is_here() -> None:
    ours = {name for name, defined in kinds().items() if defined.startswith("ineqlib.")}
    assert ours == set(SUBJECTS)


def test_facts_do_not_depend_on_what_was_shown(kind: Kind, document: Document, pack: Pack) -> None:
    again = kind.build(pack, SUBJECTS[kind.name])
    for name in reversed(list(again.outline)):
        again.section(name)
    assert dict(again.facts) == dict(document.facts)


def test_a_page_of_it_passes_the_check(made: Made, wrong: Callable[[Made], list[str]]) -> None:
    assert wrong(made) == []
    assert len(made.page.encode()) < MOST_BYTES


def test_it_names_the_pack_that_it_was_made_from(document: Document, pack: Pack) -> None:
    assert document.origin.pack == pack.id


def test_a_page_that_says_another_number_is_refused(
    made: Made, wrong: Callable[[Made], list[str]]
) -> None:
    number = re.search(r'<data class="fact" value="([^"]+)" data-fact="[^"]+">', made.page)
    assert number
    other = number[0].replace(f'"{number[1]}"', '"98765"')
    assert wrong(changed(made, number[0], other, 1))


def test_a_subject_that_is_not_there_is_refused_in_words(kind: Kind, pack: Pack) -> None:
    with pytest.raises(UnknownArea):
        kind.find_subject(pack, "Nowhere at all")


def test_its_notebook_shows_every_section(kind: Kind, document: Document) -> None:
    cells = nbformat.read(kind.notebook, as_version=4).cells
    source = "\n".join(cell.source for cell in cells if cell.cell_type == "code")
    shown = re.findall(r'\.section\(\s*"(\w+)"', source)
    assert [name for name in document.outline if name not in shown] == []
    assert Path(kind.notebook).stem == kind.name


@pytest.mark.parametrize("kind", sorted(set(SUBJECTS) - NO_ANSWER), indirect=True)
def test_it_answers_then_says_how_sure_and_what_next(document: Document) -> None:
    message, sure, following, *rest = document.section(next(iter(document.outline))).blocks
    assert isinstance(message, Paragraph) and message.style == "message"
    leads = {"How sure:": sure, "What next:": following}
    for lead, block in leads.items():
        assert isinstance(block, Paragraph) and block.words.parts[0] == Strong(lead)
        assert len(block.words.text) > len(lead) + 1
    assert [one for one in rest if getattr(one, "id", "") in {sure.id, following.id}] == []
    refuses = message.words.text.startswith("Cannot tell")
    limit = MOST_WORDS_REFUSING if refuses else MOST_WORDS
    assert words_to_the_first_figure(document) <= limit


@pytest.mark.parametrize("kind", sorted(set(SUBJECTS) - OWN_NUMBERS), indirect=True)
def test_every_number_is_a_fact(document: Document, pack: Pack) -> None:
    permitted = Permitted(document, names_in(document, pack))
    facts = document.facts.values()
    for section in document.sections:
        cells = [cell for head, own in tables(section) for cell in (head, *own)]
        texts = [*in_words(section), *cells]
        if section.id != "sources":  # publishers' own words
            assert permitted.without_fact(texts, facts) == [], section.id
    for figure in figures_of(document):
        labels = figure.labels
        texts = [labels.title, labels.subtitle, labels.alt, labels.note, *figure.cells]
        if not isinstance(figure, DrawnFigure):  # a map's numbers are of one neighbourhood each
            texts += [*answers(figure), *(cell for own in figure.cells.values() for cell in own)]
        assert permitted.without_fact(texts, facts) == [], labels.id
