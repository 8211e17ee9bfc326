"""A page is read past its scripts, styles and drawings; what these load is noticed."""

import pytest

from ineqlib.document.parse_page import read_page

IMAGE = '<img src="https://example.org/a.png">'
FOUND = "<img src> https://example.org/a.png"


@pytest.mark.parametrize(
    ("page", "loads"),
    [
        (f"<svg>words</svg>{IMAGE}<svg></svg>", [FOUND]),
        (f'<svg viewBox="0 0 1 1"/>{IMAGE}<svg></svg>', [FOUND]),
        (f"<svg>{IMAGE}", [FOUND]),
        (f"<svg <script>{IMAGE}</script>", []),
        ('<svg><image href="//example.org/b"/></svg>', ["//example.org/b"]),
        ("<style>@import '//example.org/c';</style>", ["//example.org/c"]),
        ("<style>p {}</style><style>a {b: url(http://d)}</style>", ["http://d"]),
        ("<script>fetch('https://example.org')</script>", []),
    ],
)
def test_loads_are_found_in_drawings_and_styles_and_after_them(page: str, loads: list[str]) -> None:
    assert read_page(page).loads == loads


def test_words_in_scripts_styles_and_drawings_are_not_read() -> None:
    page = "<p>One</p><script>1</script><svg><text>2</text></svg><p> two</p><style>3</style> three"
    assert read_page(page).words == "One two three"
