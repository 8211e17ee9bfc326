"""The command that follows a figure of a page back to its publisher."""

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ineqlib.cli.group import main
from ineqlib.cli.screen import say
from ineqlib.errors import nearest

if TYPE_CHECKING:
    from ineqlib.trace.page import TracedPage


@main.command()
@click.argument("fact_id", metavar="FIGURE")
@click.argument("page", type=click.Path(path_type=Path))
@click.option("--pack", type=click.Path(path_type=Path), help="What the page was made from.")
@click.option(
    "--downloads",
    type=click.Path(path_type=Path),
    help="Folder of the files that the pack was built from. Default: downloads/.",
)
@click.option("--list", "is_list", is_flag=True, help="List the figures that have FIGURE in them.")
@click.option("--json", "is_json", is_flag=True, help="As JSON, for machines.")
def trace(
    fact_id: str,
    page: Path,
    pack: Path | None,
    downloads: Path | None,
    is_list: bool,
    is_json: bool,
) -> None:
    """Follow a figure of a page back to its row, file, publisher and day, each step proved.

    A step that is wrong is said, and the command ends with exit code 11. See docs/tracing.md.

    \b
    Example:  ineq trace --list "life expectancy" build/demo/x07000001-brackenhythe.html
              ineq trace life-expectancy-x07000001-male-2022-2024 PAGE
    """
    from ineqlib.trace import open_tracer
    from ineqlib.trace.page import read_traced_page

    if is_list:
        _list(read_traced_page(page), fact_id)
        return
    traced = open_tracer(page, pack, downloads).trace(fact_id)
    if is_json:
        say(json.dumps(traced.as_json(), ensure_ascii=False, indent=1))
    else:
        say(traced.as_text())
    traced.require_whole()


def _list(page: "TracedPage", words: str) -> None:
    """List the figures that have some words; where there is none, offer words of the page."""
    figures = page.listed(words)
    for figure in figures:
        say(f"{figure['id']}\n    {figure['text']}, {figure['method']}")
    if not figures:
        known = {part for name in page.figures for part in name.split("-")}
        strange = [word for word in words.split() if not page.listed(word)]
        meant = "".join(nearest(word, known) for word in strange)
        say(f"No figure of {page.path.name} has a word that begins with each of: {words}.{meant}")
