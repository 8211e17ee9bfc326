"""Answers saved as pages, in a real browser."""

from collections.abc import Callable
from pathlib import Path

import pytest

import ineqlib as iq
from ineqlib.pack import Pack

pytestmark = pytest.mark.browser

HERE, COUNTY = "Brackenhythe", "Wendlemere"
QUESTIONS: dict[str, Callable[[Pack], iq.Answer]] = {
    "trend": lambda pack: iq.trend(pack, "life expectancy", [HERE, COUNTY, "Lindermark"]),
    "compare": lambda pack: iq.compare(pack, "smoking_adults", HERE),
    "rank": lambda pack: iq.rank(pack, "life expectancy", COUNTY, by="gap inside"),
    "gradient": lambda pack: iq.gradient(pack, "life expectancy", HERE),
    "map": lambda pack: iq.map(pack, "smoking_adults"),
    "neighbourhoods": lambda pack: iq.map(pack, "deprivation", HERE),
    "what_changed": lambda pack: iq.what_changed(pack, HERE),
    "share_out": lambda pack: iq.share_out(pack, 1_000_000, COUNTY),
}


@pytest.mark.parametrize("question", QUESTIONS)
def test_a_page_of_one_answer_is_whole(
    question: str, demo_pack: Pack, tmp_path: Path, open_page, axe
) -> None:
    answer = QUESTIONS[question](demo_pack)
    answer.save(tmp_path / "answer.html")
    page = open_page(tmp_path / "answer.html")
    assert page.requests == [(tmp_path / "answer.html").as_uri()]
    assert page.complaints == []
    assert axe(page) == []
    assert str(answer.sentence) in page.locator("main").inner_text()
    assert page.locator("figure svg").count() >= 1
    for note in answer.notes:
        assert note in page.locator("main").inner_text()
