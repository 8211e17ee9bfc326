"""Pages put together for Sphinx, with links that lead to where each page stands in the site."""

import re
import shutil
from collections.abc import Mapping
from fnmatch import fnmatch
from os.path import relpath
from pathlib import Path

REPO = Path(__file__).resolve().parents[2]
DOCS = REPO / "docs"
NAMED_ANEW = {"NOTICE.md": "data-licences.md", "data/README.md": "data-folder.md"}
"""Pages outside ``docs`` whose names would tell a reader of the site nothing."""
LINK = re.compile(r"\]\(([^)\s]+)\)")
ANCHOR = re.compile(r'^<a id="([\w-]+)"></a>$', re.MULTILINE)
SECTION = re.compile(r"^## (.+?)\n(.*?)(?=^## |\Z)", re.DOTALL | re.MULTILINE)
INDEXES = {"how-to.md": "how-to-*", "decisions.md": "decisions/*"}
"""Pages whose tables list others -> what belongs below them even where no table lists it."""


class Staging:
    """The folder that Sphinx reads, and where each page of the project stands in it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        inside = {page: page.relative_to(DOCS).as_posix() for page in DOCS.rglob("*.md")}
        outside = [*REPO.glob("*.md"), *REPO.glob("data/*.md")]
        names = {page: page.relative_to(REPO).as_posix() for page in outside}
        anew = {page: NAMED_ANEW.get(name, name.lower()) for page, name in names.items()}
        self.places = {**inside, **anew}

    def write(self, made: Mapping[str, str], shown: Mapping[str, str]) -> None:
        """Write all pages.

        Parameters
        ----------
        made
            Pages of the reference that are made from the code, by their names.
        shown
            Pages of notebooks, by theirs.
        """
        shutil.copytree(DOCS / "images", self.folder / "images")
        for page, place in self.places.items():
            self._put(place, self._linked(page))
        for place, text in {**made, **shown}.items():
            self._put(place, text)
        elsewhere = self._listed("index.md", self._read("index.md"))
        for place, pattern in INDEXES.items():
            text = self._read(place)
            listed = [page for page in self._listed(place, text) if page not in elsewhere]
            others = {each for each in self.places.values() if fnmatch(each, pattern)}
            self._put(place, text + toctree("", [*listed, *sorted(others.difference(listed))]))
        self._put("index.md", self._root(made, shown))

    def _put(self, place: str, text: str) -> None:
        file = self.folder / place
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")

    def _read(self, place: str) -> str:
        return (self.folder / place).read_text(encoding="utf-8")

    def _linked(self, page: Path) -> str:
        text = LINK.sub(lambda match: f"]({self._target(match[1], page)})", page.read_text("utf-8"))
        return ANCHOR.sub(r"(\1)=", text)

    def _target(self, target: str, page: Path) -> str:
        path, sign, anchor = target.partition("#")
        if "://" in path or not path:
            return target
        file = (page.parent / path).resolve()
        if file.suffix == ".ipynb":
            place = f"notebooks/{file.stem}.md"
        elif DOCS in file.parents or file in self.places:
            place = self.places.get(file) or file.relative_to(DOCS).as_posix()
        else:
            place = f"files/{file.relative_to(REPO).as_posix()}"
            (self.folder / place).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(file, self.folder / place)
        start = Path(self.places[page]).parent
        return relpath(place, start).replace("\\", "/") + sign + anchor

    def _listed(self, place: str, text: str) -> list[str]:
        """Return the pages that a text links, in its order and each once."""
        targets = [target.partition("#")[0] for target in LINK.findall(text)]
        pages = [target for target in targets if (self.folder / target).suffix == ".md"]
        return list(dict.fromkeys(page for page in pages if page != place))

    def _root(self, made: Mapping[str, str], shown: Mapping[str, str]) -> str:
        """Return the first page with what its sections link as the site's contents."""
        text = self._read("index.md")
        more = {"Reference": list(made), "Gallery and notebooks": list(shown)}
        trees = [
            toctree(title, [*self._listed("index.md", section), *more.get(title, ())])
            for title, section in SECTION.findall(text)
        ]
        return "".join([text, *trees])


def toctree(caption: str, pages: list[str]) -> str:
    """Write a part of the contents, which a page itself does not show."""
    lines = ["", "```{toctree}", ":hidden:", *([f":caption: {caption}"] if caption else [])]
    return "\n".join([*lines, "", *(page.removesuffix(".md") for page in pages), "```", ""])
