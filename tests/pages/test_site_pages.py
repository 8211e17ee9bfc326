"""The documentation site in a real browser, opened from the disk: for everybody, and quiet."""

from pathlib import Path

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.slow]

PHONE = (320, 640)
TEN = (
    *("index", "tutorial", "how-to", "run-file", "decisions", "gallery-documents"),
    *("reference/ineqlib", "reference/command-line", "notebooks/my_question", "search"),
)


@pytest.mark.parametrize("name", TEN)
def test_accessibility_rules_hold_and_nothing_is_asked_of_others(
    site: Path, name: str, open_page, axe
) -> None:
    page = open_page(site / f"{name}.html", viewport=PHONE)
    assert [
        address for address in page.requests if not address.startswith(("file:", "data:"))
    ] == []
    assert page.complaints == []
    assert page.evaluate("document.documentElement.scrollWidth") == PHONE[0]
    assert axe(page) == []


@pytest.mark.parametrize("name", ["tutorial", "reference/ineqlib.measures"])
def test_a_phone_without_javascript_has_the_words_and_the_way_to_all_pages(
    site: Path, name: str, open_page
) -> None:
    page = open_page(site / f"{name}.html", js=False, viewport=PHONE)
    heading = page.locator("h1")
    assert heading.is_visible()
    assert heading.bounding_box()["width"] <= PHONE[0]
    link = page.locator(".sidebar-tree a", has_text="How do I …")
    assert link.bounding_box()["x"] < 0, "aside until it is asked for"
    page.locator(".nav-overlay-icon").click()
    link.hover()  # once it stands still where it can be met
    assert link.bounding_box()["x"] >= 0
    link.click()
    assert page.locator("h1").inner_text().startswith("How do I")


def test_the_search_needs_no_network(site: Path, open_page) -> None:
    page = open_page(site / "index.html")
    page.locator("input[name=q]").first.fill("withheld ward")
    page.keyboard.press("Enter")
    # The results come one after the other, with a pause between them.
    page.locator("#search-results a", has_text="Tutorial").wait_for()
    assert [address for address in page.requests if not address.startswith("file:")] == []
    assert page.complaints == []
