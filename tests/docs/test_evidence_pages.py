"""What the pages about reproducibility, threats and accessibility name as evidence is there."""

import re
from collections.abc import Iterator
from datetime import date, datetime

import pytest

from ineqlib.document.kinds import kinds
from ineqlib.narrative.reader import AUDIENCES

from ..documents.test_every_kind import SUBJECTS
from ..pages.test_every_kind_page import ELSEWHERE
from ..pages.test_readers_pages import MOST
from .named_tests import NAMED, REPO, TEST, absent, functions_in, rows_of

FEWEST = {
    "rap": 20,
    "threat-model": 20,
    "accessibility-statement": 20,
    "assurance-example": 5,
}
"""Page -> tests that it names at least."""
CRITERIA = {"Baseline": 5, "Silver": 9, "Gold": 4}
WHY = 40
"""Letters that a reason takes at least."""
SHARED = "test_every_kind_page.py"
HOSTILE = (
    *("pack", "archives", "notebook", "name or note", "finished page"),
    *("user of the machine", "publisher's server", "proxy"),
)


def page(name: str) -> str:
    return (REPO / "docs" / f"{name}.md").read_text(encoding="utf-8")


def part(text: str, heading: str) -> str:
    """What stands under a heading, up to the next one."""
    return re.split(r"^#+ ", text.partition(f"# {heading}\n")[2], flags=re.MULTILINE)[0]


def test_what_is_absent_is_seen() -> None:
    named = "`tests/docs/none.py`, `tests/docs/test_docs.py::test_none`, `README.md`, `nowhere`"
    assert absent(named) == ["tests/docs/none.py", "tests/docs/test_docs.py::test_none", "nowhere"]


@pytest.mark.parametrize("name", FEWEST)
def test_every_test_that_is_named_exists(name: str) -> None:
    named = TEST.findall(page(name))
    assert len(named) >= FEWEST[name]
    assert [f"{file}::{test}" for file, test in named if test not in functions_in(file)] == []


@pytest.mark.parametrize("level", CRITERIA)
def test_every_criterion_is_shown_or_says_why_it_is_not_met(level: str) -> None:
    rows = list(rows_of(part(page("rap"), level)))
    assert len(rows) == CRITERIA[level]
    for criterion, status, evidence in rows:
        answer, _, reason = status.partition(": ")
        assert answer in {"met", "partly", "not met"}, criterion
        assert answer == "met" or len(reason) >= WHY, criterion
        assert answer == "not met" or NAMED.findall(evidence), criterion
        assert absent(evidence) == [], criterion


def test_what_is_not_met_is_said_at_the_head_of_the_page() -> None:
    unmet = [row for row in rows_of(part(page("rap"), "Baseline")) if row[1].startswith("not met")]
    said = "baseline lacks two things" in page("rap").replace("\n", " ")
    assert said == (len(unmet) == 2)


def test_whoever_may_mean_harm_can_and_cannot_by_a_test() -> None:
    text = page("threat-model")
    rows = list(rows_of(text))
    for who, can, cannot, evidence in rows:
        assert can, who
        assert cannot, who
        assert TEST.search(evidence), who
        assert absent(evidence) == [], who
    assert [each for each in HOSTILE if not any(each in row[0] for row in rows)] == []
    assert len(TEST.sub("", text).split()) < 800, "one page"


def kind_rows() -> Iterator[tuple[str, str]]:
    """Each kind of document that the statement names, with its tests."""
    for names, evidence in rows_of(part(page("accessibility-statement"), "Each kind of document")):
        for name in NAMED.findall(names):
            yield name, evidence


def test_the_statement_names_every_kind_once_with_a_test_that_opens_it() -> None:
    ours = [name for name, defined in kinds().items() if defined.startswith("ineqlib.")]
    assert sorted(name for name, _ in kind_rows()) == sorted(ours)
    for name, evidence in kind_rows():
        assert TEST.search(evidence), name
        assert (SHARED in evidence) == (name in set(SUBJECTS) - ELSEWHERE), name


def test_the_statement_names_every_reader_with_the_sheets_that_are_tested() -> None:
    rows = rows_of(part(page("accessibility-statement"), "Each reader's briefing"))
    sheets = {name.strip("`"): int(re.findall(r"\d+", most)[0]) for name, _, most in rows}
    assert sheets == MOST
    assert set(sheets) == set(AUDIENCES)


def test_the_statement_is_of_a_day() -> None:
    [day] = re.findall(r"As of (\d+ \w+ \d{4})\.", page("accessibility-statement"))
    assert date(2026, 11, 30) <= datetime.strptime(day, "%d %B %Y").date() <= date.today()
