"""Build the documentation site: ``python tasks.py docs``.

Sphinx makes it of the pages of ``docs`` and of the project's folder, and of pages that are made
from the code: the reference, the command line, the notebooks as they ran. Warnings are errors.
"""

import argparse
import shutil
import sys
from collections.abc import Sequence
from pathlib import Path

import commands
import notebook_pages
import reference
import tables
from sphinx.cmd.build import build_main
from staging import REPO, Staging

from ineqlib.demo import make_demo_pack

HERE = Path(__file__).resolve().parent
OUT = REPO / "build" / "site"


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
    for folder in (source, html):
        shutil.rmtree(folder, ignore_errors=True)
    made = {**reference.pages(), **commands.pages(), **tables.pages()}
    shown = notebook_pages.pages(pack, html / "pages", run)
    Staging(source).write(made, shown)
    words = ["-q", "-W", "--keep-going", "-c", HERE, "-d", out / "doctrees", source, html]
    if build_main([str(word) for word in words]):
        raise SystemExit("The site is not as it should be: see the warnings above.")
    return html / "index.html"


def main(words: Sequence[str]) -> None:
    """Build the site as the command line asks."""
    parser = argparse.ArgumentParser(description="Build the documentation site.")
    parser.add_argument("--out", type=Path, default=OUT, help="folder to write into")
    parser.add_argument("--run", nargs="*", metavar="NOTEBOOK", help="run only these notebooks")
    given = parser.parse_args(words)
    out = given.out.resolve()
    pack = make_demo_pack(out / "demo")
    sys.stdout.write(f"{make_site(pack, out, given.run)}\n")


if __name__ == "__main__":
    main(sys.argv[1:])
