"""The page of publishers says what is asked and proved, and which test holds it."""

import pytest

from .publishers import ASKED, BEGIN, PAGE, TESTS, Asked, names_of_tests, questions, with_table


def test_the_page_has_the_table_of_publishers() -> None:
    page = PAGE.read_text(encoding="utf-8")
    assert BEGIN in page
    assert page == with_table(page), "run: python -m tests.fetch.publishers"


def test_every_question_of_the_interfaces_is_in_the_table() -> None:
    asked = [row.by for row in ASKED if row.by]
    assert sorted(asked) == sorted(questions()), "add a row to ASKED (tests/fetch/publishers.py)"


@pytest.mark.parametrize("row", ASKED, ids=lambda row: row.what)
def test_every_row_is_held_by_a_test_there_is(row: Asked) -> None:
    file, _, name = row.test.partition("::")
    assert name in names_of_tests(TESTS / file)
