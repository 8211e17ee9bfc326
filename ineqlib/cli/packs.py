"""Commands about packs: building, listing and fetching for them."""

from pathlib import Path
from typing import Any

import click

from ineqlib.cli.default_pack import pack_option, pack_or_default
from ineqlib.cli.group import main, quiet
from ineqlib.cli.screen import progress_bar, say


@main.command()
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--out", type=click.Path(path_type=Path), required=True, help="Where the pack goes.")
@click.option("--title", help="Title printed on every briefing made from the pack.")
@click.option(
    "--describe",
    type=click.Path(path_type=Path),
    help="Statements about files whose layout leaves something out (see docs/packs.md).",
)
@click.option(
    "--areas",
    type=click.Path(path_type=Path),
    help="Areas of your own, made of districts, wards or neighbourhoods (see the docs).",
)
@click.option(
    "--report",
    "to_file",
    type=click.Path(path_type=Path),
    help="Page (.html) or JSON (.json) for the report, also where nothing could be built.",
)
@quiet
def build(folder: Path, out: Path, to_file: Path | None, quiet: bool, **statements: Any) -> None:
    """Turn a folder of downloads into a pack, reporting file by file.

    \b
    Example:  ineq build downloads --out data/packs/mine --report build.html
    """
    from ineqlib.pack.build import build as build_pack
    from ineqlib.pack.report import NothingToBuild
    from ineqlib.publish.build_report import check_report_path, write_report

    if to_file:
        check_report_path(to_file)
    try:
        with progress_bar("B", quiet=quiet, unit_scale=True) as advance:
            report = build_pack(
                folder, out, **statements, progress=lambda _, more, of: advance(more, of)
            )
    except NothingToBuild as nothing:
        if to_file:
            write_report(nothing.report, to_file)
        raise
    if to_file:
        write_report(report, to_file)
    if not quiet:
        say(report.as_text())


@main.command()
@pack_option
@click.argument("words", nargs=-1)
@click.option("--parent", help="Only the areas that lie in this county, region or country.")
def areas(pack: Path | None, parent: str | None, words: tuple[str, ...]) -> None:
    """List the areas of a pack: code, type, name.

    With WORDS only those that have them in their name, whose code begins so, or that are of that
    type, such as region.

    \b
    Example:  ineq areas gate --pack data/packs/england
              ineq areas --pack data/packs/england --parent Hertfordshire
    """
    from ineqlib.errors import ParameterError
    from ineqlib.pack import open_pack
    from ineqlib.pack.areas import like

    opened = open_pack(pack_or_default(pack))
    current = opened.areas[~opened.areas["ended"]]
    if parent:
        around = opened.area(parent)
        above = current[["parent_code", "region_code", "country_code"]]
        current = current[(above == around.code).any(axis=1)].sort_values("area_name")
        if current.empty:
            raise ParameterError(
                f"No area is known to lie in {around.name} ({around.code}). Where it has parts, "
                "build the pack with the ONS lookup from districts to counties or to regions."
            )
    if words:
        current = like(current, " ".join(words))
    columns = ["area_code", "area_type", "area_name"]
    for code, kind, name in current[columns].itertuples(index=False, name=None):
        say(f"{code}  {kind:<8} {name}")


@main.command()
@click.option("--pack", type=click.Path(path_type=Path), help="Mark those this pack holds.")
def indicators(pack: Path | None) -> None:
    """List the catalogue by Marmot objective.

    \b
    Example:  ineq indicators --pack data/packs/england
    """
    from ineqlib.catalogue import load_catalogue
    from ineqlib.pack import open_pack

    catalogue = load_catalogue()
    present = set(open_pack(pack).indicators["indicator_id"]) if pack else set()
    for objective in catalogue.objectives.values():
        say(f"{objective.id}  {objective.name}")
        for indicator in catalogue.of_objective(objective.id):
            mark = "*" if indicator.id in present else " "
            say(f"  {mark} {indicator.id:<40} {indicator.name} ({indicator.unit})")
