"""Pictures of whole pages for the gallery: how they look to those who do not see them as we do."""

import base64
import shutil
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ineqlib.briefings.area.document import open_briefing
from ineqlib.document.model import Document
from ineqlib.document.page import document_page
from ineqlib.pack import Pack

AREA = "X07000005"
MADE = {
    "owner": "Public health, Wendlemere County Council",
    "contact": "public.health@wendlemere.example",
    "published": "2026-11-30",
    "next_steps": ["The health and wellbeing board meets in March.", "A report follows in June."],
}
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "chrome", "msedge")
"""Programs that are asked before the one that Playwright brings."""
QUALITY = 35
"""Of a picture, of 100."""
TALLEST = 5_000
"""Pixels of a picture: of a longer page the beginning is shown."""
OPENING = """
## Whole pages

Pages of the same demonstration as people meet them who do not sit before a wide, light screen with
a mouse. Each is a picture of the page as it stands, {audiences},
cut after {tallest:,} pixels.
"""


@dataclass(frozen=True)
class View:
    """One way to look at a page.

    Parameters
    ----------
    name
        Of its picture.
    audience
        Whose briefing is shown.
    about
        What is seen, in words.
    size
        Width and height of the window in pixels.
    browser
        Further options of the browser's context.
    media
        What is emulated: ``screen`` or ``print``.
    """

    name: str
    audience: str
    about: str
    size: tuple[int, int]
    browser: dict[str, Any] = field(default_factory=dict)
    media: str = "screen"

    @property
    def file(self) -> str:
        """Name of its picture."""
        return f"page-{self.name}.webp"


VIEWS = (
    View(
        "phone", "public", "On a phone 320 pixels wide: the message, then the contents", (320, 640)
    ),
    View(
        "zoom",
        "member",
        "Enlarged to 400% on a screen 1,280 pixels wide: one column, nothing to scroll sideways",
        (320, 256),
        {"device_scale_factor": 2},
    ),
    View(
        "dark",
        "director",
        "Dark, as the reader's system asks",
        (1100, 800),
        {"color_scheme": "dark"},
    ),
    View(
        "forced",
        "director",
        "In forced colours, as people choose who need contrast; drawings keep theirs, on white",
        (1100, 800),
        {"forced_colors": "active"},
    ),
    View(
        "no-script",
        "public",
        "Without JavaScript: every chart and table is there; the map is a picture with its table",
        (1100, 800),
        {"java_script_enabled": False},
    ),
    View(
        "print",
        "member",
        "As it is laid out for paper, 190 millimetres wide",
        (718, 1000),
        media="print",
    ),
)


def section(views: Sequence[View] = VIEWS) -> str:
    """Write the part of the gallery's page with these pictures."""
    audiences = "of the public's, a member's or the director's briefing of Greywick without annex"
    parts = [OPENING.format(audiences=audiences, tallest=TALLEST)]
    parts += [
        f"\n**{view.about}.**\n\n![A whole page: {view.about}.](images/gallery/{view.file})\n"
        for view in views
    ]
    return "".join(parts)


def write_pictures(pack: Pack, folder: Path) -> None:
    """Take the pictures, in place of those there were; needs Playwright and a Chromium."""
    for old in folder.glob("page-*.webp"):
        old.unlink()
    made = {"annex": "none", **MADE}
    pictures(
        {
            folder / view.file: (open_briefing(pack, AREA, audience=view.audience, **made), view)
            for view in VIEWS
        }
    )


def pictures(views: Mapping[Path, tuple[Document, View]], *, tallest: int = TALLEST) -> None:
    """Take pictures of the pages of documents, each into the file that is its key."""
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 (the charts do without)

    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as pages:
        program = next(filter(None, map(shutil.which, BROWSERS)), None)
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        for file, (document, view) in views.items():
            page = Path(pages) / "page.html"
            page.write_text(document_page(document), encoding="utf-8")
            file.write_bytes(_picture(browser, page, view, tallest))
        browser.close()


def _picture(browser: Any, file: Path, view: View, tallest: int) -> bytes:
    width, height = view.size
    context = browser.new_context(viewport={"width": width, "height": height}, **view.browser)
    page = context.new_page()
    page.emulate_media(media=view.media)
    page.goto(file.as_uri())
    session = context.new_cdp_session(page)
    size = session.send("Page.getLayoutMetrics")["cssContentSize"]
    clip = {"x": 0, "y": 0, "width": width, "height": min(size["height"], tallest), "scale": 1}
    asked = {"format": "webp", "quality": QUALITY, "captureBeyondViewport": True, "clip": clip}
    picture = session.send("Page.captureScreenshot", asked)["data"]
    context.close()
    return base64.b64decode(picture)
