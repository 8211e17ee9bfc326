"""The command that puts areas of one's own into a pack."""

from pathlib import Path

import click

from ineqlib.cli.default_pack import pack_option, pack_or_default
from ineqlib.cli.group import main, quiet
from ineqlib.cli.screen import say


@main.command()
@click.argument("areas", type=click.Path(path_type=Path), metavar="AREAS.yml")
@pack_option
@click.option("--out", type=click.Path(path_type=Path), required=True, help="Where the pack goes.")
@click.option("--title", help="Title printed on every briefing made from the new pack.")
@quiet
def combine(areas: Path, pack: Path | None, out: Path, title: str | None, quiet: bool) -> None:
    """Make a pack with areas of your own from one that is there.

    What could be added up and what not, with the reasons, is told area by area.

    \b
    Example:  ineq combine params/reorganisation/demo.yml --pack data/demo --out data/packs/options
    """
    from ineqlib.pack import open_pack
    from ineqlib.pack.combine import combine as combine_areas

    opened = open_pack(pack_or_default(pack))
    made = combine_areas(opened, areas, out, title=title)
    if not quiet:
        say("\n".join(made.meta.remarks[len(opened.meta.remarks) :]))
        say(f"Pack {out}: {made.title}.")
