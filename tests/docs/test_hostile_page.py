"""Every row of the table of hostile input is played by a test that there is."""

from .named_tests import REPO, TEST, functions_in

PAGE = (REPO / "docs" / "hostile-input.md").read_text(encoding="utf-8")
SECURITY = (REPO / "SECURITY.md").read_text(encoding="utf-8")


def test_every_test_that_is_named_exists() -> None:
    named = TEST.findall(PAGE + SECURITY)
    assert len(named) > 40
    assert [f"{file}::{test}" for file, test in named if test not in functions_in(file)] == []


def test_every_row_names_its_test() -> None:
    outside, _, rest = PAGE.partition("<!-- packs: begin -->")
    rows = (outside + rest.partition("<!-- packs: end -->")[2]).splitlines()
    bodies = [row for row in rows if row.startswith("| ") and not row.startswith("| what |")]
    assert [row for row in bodies if not TEST.search(row.rpartition(" | ")[2])] == []
