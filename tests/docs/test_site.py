"""The site: nothing is missing, no link leads nowhere, nothing comes from elsewhere."""

import importlib.util
import re
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from urllib.parse import unquote

import lxml.html
import pytest

import ineqlib
from ineqlib.catalogue import load_catalogue
from ineqlib.cli import main
from ineqlib.document.kinds import kinds
from ineqlib.narrative.reader import AUDIENCES
from ineqlib.publish.run_file import OF_DOCUMENT, TOP
from ineqlib.sources.recognise import LAYOUTS

DOCS = Path(__file__).resolve().parents[2] / "docs"
FACES = (
    "",
    ".measures",
    ".pack",
    ".facts",
    ".charts",
    ".catalogue",
    ".audit",
    ".trace",
    ".pulling",
)
"""Modules whose public names are for everybody."""
PICTURES = DOCS / "images" / "documents"
MOST_BYTES = 1_800_000
"""Of the pictures of documents together."""


class Page:
    """A page of the site, parsed."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.tree = lxml.html.parse(path).getroot()
        self.ids = {*self.tree.xpath("//@id"), *self.tree.xpath("//a/@name")}

    def loads(self) -> Iterator[str]:
        """Yield what a browser loads of itself."""
        yield from self.tree.xpath("//script/@src | //img/@src | //iframe/@src | //source/@src")
        yield from self.tree.xpath("//link[@rel='stylesheet' or @rel='icon']/@href")

    def links(self) -> Iterator[str]:
        """Yield what a reader may follow."""
        yield from self.tree.xpath("//a/@href")


@pytest.fixture(scope="module")
def pages(site: Path) -> dict[Path, Page]:
    own = [path for path in site.rglob("*.html") if path.parent != site / "pages"]
    return {path.resolve(): Page(path) for path in own}


def ids(site: Path, name: str) -> set[str]:
    return Page(site / "reference" / f"{name}.html").ids


def text(site: Path, name: str) -> str:
    return str(Page(site / f"{name}.html").tree.text_content()).replace("’", "'")


def test_no_link_or_anchor_leads_nowhere(pages: dict[Path, Page]) -> None:
    lost = []
    for page in pages.values():
        for link in {*page.links(), *page.loads()}:
            address, _, anchor = link.partition("#")
            if re.match(r"\w+:", link):
                continue
            path = unquote(address.partition("?")[0])
            target = (page.path.parent / path).resolve() if path else page.path.resolve()
            is_there = target.exists()
            if is_there and anchor and target in pages:
                is_there = unquote(anchor) in pages[target].ids
            if not is_there:
                lost.append(f"{page.path.name}: {link}")
    assert lost == []


def test_nothing_is_loaded_from_elsewhere(site: Path, pages: dict[Path, Page]) -> None:
    loaded = {address for page in pages.values() for address in page.loads()}
    assert [address for address in loaded if re.match(r"\w+:|//", address)] == []
    for style in site.rglob("*.css"):
        asked = re.findall(r"url\(['\"]?(?!data:)([^)'\"]+)|@import", style.read_text("utf-8"))
        assert [address for address in asked if re.match(r"\w+:|//|$", address)] == [], style.name


@pytest.mark.parametrize("face", FACES)
def test_every_public_name_is_in_the_reference(site: Path, face: str) -> None:
    module = import_module(f"ineqlib{face}")
    there = ids(site, module.__name__)
    lacking = [name for name in module.__all__ if f"{module.__name__}.{name}" not in there]
    rooms = [getattr(getattr(module, name), "__name__", "") for name in lacking]  # have own pages
    assert [room for room in rooms if not (site / "reference" / f"{room}.html").exists()] == []


def test_every_error_is_in_the_reference(site: Path) -> None:
    there = ids(site, "ineqlib.errors")
    errors = {name for name, value in vars(ineqlib.errors).items() if isinstance(value, type)}
    own = {name for name in errors if getattr(ineqlib.errors, name).__module__ == "ineqlib.errors"}
    assert {f"ineqlib.errors.{name}" for name in own} <= there


def test_every_command_is_there_with_every_option(site: Path) -> None:
    page = Page(site / "reference" / "command-line.html")
    for name, command in main.commands.items():
        [section] = page.tree.xpath(f"//section[@id='ineq-{name}']")
        words = section.text_content()
        options = [word for each in command.params for word in each.opts if word.startswith("--")]
        assert [option for option in options if option not in words] == [], name


def test_every_kind_indicator_and_layout_is_in_the_reference(site: Path) -> None:
    assert set(kinds()) <= {name.replace("-", "_") for name in ids(site, "documents")}
    indicators = text(site, "reference/indicators")
    assert [name for name in load_catalogue().indicators if name not in indicators] == []
    layouts = text(site, "reference/layouts")
    assert [layout.name for layout in LAYOUTS if layout.name not in layouts] == []


def test_the_page_of_the_run_file_has_every_key_and_no_other() -> None:
    keys, _, of_document = (
        (DOCS / "run-file.md").read_text(encoding="utf-8").partition("## A document of the list")
    )
    for part, known in ((keys, TOP), (of_document, OF_DOCUMENT)):
        first = [row.split(" | ")[0] for row in part.splitlines() if row.startswith("| `")]
        assert sorted(re.findall(r"`(\w+)`", " ".join(first))) == sorted(known)


def test_the_gallery_shows_every_kind_and_every_reader() -> None:
    page = (DOCS / "gallery-documents.md").read_text(encoding="utf-8")
    shown = re.findall(r"\(images/documents/([\w-]+)\.webp\)", page)
    expected = {*kinds(), *(f"for-{reader}" for reader in AUDIENCES)}
    assert set(shown) == expected, "run `py tasks.py gallery`"
    there = {path.stem: path.stat().st_size for path in PICTURES.iterdir()}
    assert sorted(there) == sorted(shown)
    assert sum(there.values()) < MOST_BYTES


def test_a_notebook_is_shown_with_the_page_it_made(site: Path) -> None:
    page = Page(site / "notebooks" / "my_question.html")
    [frame] = page.tree.xpath("//iframe")
    made = (page.path.parent / frame.get("src")).read_text(encoding="utf-8")
    assert "How far this page was checked" in made
    assert frame.get("title")


def test_every_notebook_has_its_page(site: Path, repo: Path) -> None:
    books = {path.stem for path in (repo / "notebooks").glob("*.ipynb")}
    assert {path.stem for path in (site / "notebooks").glob("*.html")} == books


def test_a_constant_that_says_nothing_of_itself_fails_the_reference(
    repo: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    spec = importlib.util.spec_from_file_location(
        "name_pages", repo / "docs" / "_site" / "name_pages.py"
    )
    assert spec and spec.loader
    name_pages = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(name_pages)
    silent = object()
    monkeypatch.setattr(ineqlib, "SILENT", silent, raising=False)
    with pytest.raises(LookupError, match="SILENT is public: say under it"):
        name_pages.said_of("SILENT", silent)
