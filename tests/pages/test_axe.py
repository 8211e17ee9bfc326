"""The check of accessibility meets the one text among many that nobody could read."""

from pathlib import Path

import pytest

pytestmark = pytest.mark.browser

ROWS = "<tr><td>Ward</td><td>12.3</td></tr>" * 40
PALE = '<span class="pale">12.4</span>'
HIDDEN = f"<details><summary>More</summary>{PALE * 20}</details>"
PAGE = """<!doctype html><html lang="en"><head><title>A table</title><style>
.pale {{ color: #bbb }} .dark {{ background: #222 }} .dark .light {{ color: #eee }}
.light {{ color: #333 }} tr:last-child .last {{ opacity: 0.3 }}
</style></head><body><main><h1>A table</h1>{body}</main></body></html>"""


@pytest.mark.parametrize(
    ("body", "broken"),
    [
        (f"<table>{ROWS}</table>", ""),
        (f"<table>{ROWS}<tr><td>Ward</td><td>{PALE}</td></tr></table>", 'class="pale"'),
        (f"<table>{ROWS}<tr><td>Ward</td><td class='last'>12.5</td></tr></table>", 'class="last"'),
        (f"<table>{ROWS}<tr class='dark'><td>Ward</td><td>12.5</td></tr></table>", "<td"),
        ("<p class='light'>a</p>" * 9 + "<div class='dark'><p class='light'>a</p></div>", ""),
        (f"{HIDDEN}<p>{PALE}</p>", 'class="pale"'),
        ("<p>Name</p>" * 9 + "<input class='pale' aria-label='Name' value='Ward'>", "<input"),
    ],
)
def test_texts_that_look_alike_are_judged_together_and_no_other(
    tmp_path: Path, open_page, axe, body: str, broken: str
) -> None:
    path = tmp_path / "page.html"
    path.write_text(PAGE.format(body=body), encoding="utf-8")
    found = axe(open_page(path))
    assert bool(found) is bool(broken), found
    assert all(rule.startswith("color-contrast") and broken in rule for rule in found)
