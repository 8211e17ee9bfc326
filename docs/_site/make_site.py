"""Build the documentation site: ``python tasks.py docs``.

Sphinx makes it of the pages of ``docs`` and of the project's folder, and of pages that are made
from the code: the reference, the command line, the notebooks as they ran. Warnings are errors.
"""

import argparse
import gc
import os
import shutil
import sys
from collections.abc import Sequence
from pathlib import Path

import code_tables
import command_pages
import name_pages
import notebook_pages
from sphinx.cmd.build import build_main
from staging import REPO, Staging

from ineqlib.demo import make_demo_pack

HERE = Path(__file__).resolve().parent
OUT = REPO / "build" / "site"
NOBODY = "http://127.0.0.1:9"
"""A port where nobody answers: whatever would ask for a network fails the building."""
FOR_EVERYBODY = {
    ' lang="en"': ' lang="en-GB"',
    '<p class="caption" role="heading">': '<p class="caption" role="heading" aria-level="2">',
    '<aside class="sidebar-drawer">': '<aside class="sidebar-drawer" aria-label="All pages">',
    '<aside class="toc-drawer': '<aside aria-label="This page" class="toc-drawer',
    '<th class="head"><p></p></th>': '<td class="head"></td>',
    '<div id="search-results">': '<h1>Search</h1><div id="search-results">',
    '<div class="table-wrapper': '<div tabindex="0" class="table-wrapper',
    "<pre>": '<pre tabindex="0">',  # keys have to scroll what is wider than a phone
}
"""What the theme writes -> what it should."""


def make_site(pack: Path, out: Path, run: Sequence[str] | None = None) -> Path:
    """Build the site and return its first page.

    Parameters
    ----------
    pack
        The demonstration, which the notebooks are run on.
    out
        Folder to write into: ``html`` gets the site, ``source`` what Sphinx made it of.
    run
        Names of the notebooks to run, each with the page it makes; None for all.

    Raises
    ------
    SystemExit
        Sphinx warned of something, such as a link that leads nowhere.
    """
    source, html = out / "source", out / "html"
    pages = html / "pages"
    for folder in (source, html):
        shutil.rmtree(folder, ignore_errors=True)
    made = {**name_pages.pages(), **command_pages.pages(), **code_tables.pages()}
    shown = notebook_pages.pages(pack, pages, run)
    Staging(source).write(made, shown)
    words = ["-q", "-W", "--keep-going", "-c", HERE, "-d", out / "doctrees", source, html]
    if build_main([str(word) for word in words]):
        raise SystemExit("The site is not as it should be: see the warnings above.")
    for page in html.rglob("*.html"):
        if pages not in page.parents:
            page.write_text(for_everybody(page.read_text(encoding="utf-8")), encoding="utf-8")
    return html / "index.html"


def for_everybody(page: str) -> str:
    """Give a page of the theme what keyboards and screen readers lack in it."""
    for theirs, ours in FOR_EVERYBODY.items():
        page = page.replace(theirs, ours)
    return page


def main(words: Sequence[str]) -> None:
    """Build the site as the command line asks."""
    gc.disable()  # saves nearly a third of the time, for 0.9 GB of memory until this program ends
    parser = argparse.ArgumentParser(description="Build the documentation site.")
    parser.add_argument("--out", type=Path, default=OUT, help="folder to write into")
    parser.add_argument("--pack", type=Path, help="the demonstration, where it is made already")
    parser.add_argument("--run", nargs="*", metavar="NOTEBOOK", help="run only these notebooks")
    given = parser.parse_args(words)
    out = given.out.resolve()
    os.environ.update(dict.fromkeys(("http_proxy", "https_proxy"), NOBODY))
    pack = given.pack.resolve() if given.pack else make_demo_pack(out / "demo")
    sys.stdout.write(f"{make_site(pack, out, given.run)}\n")


if __name__ == "__main__":
    main(sys.argv[1:])
