"""The command line: reads what was typed, prints what was found; decides nothing."""

import sys
import traceback
from pathlib import Path
from typing import Any

import click
from tqdm import tqdm

from ineqlib import __version__
from ineqlib.errors import RenderError, UserError, exit_code, listed

DEMO_PACK = Path("data") / "demo"
DEMO_OUT = Path("build") / "demo"
DEMO_RUN = Path(__file__).parents[1] / "params" / "runs" / "demo.yml"


class _Group(click.Group):
    """Commands whose mistakes of the user's end in one message and an exit code of their own."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except UserError as error:
            click.echo(f"Error: {error}", err=True)
            ctx.exit(exit_code(error))
        except KeyboardInterrupt as error:
            click.echo("Stopped. Every briefing already written is complete.", err=True)
            ctx.exit(exit_code(error))
        except (click.ClickException, click.exceptions.Exit, click.Abort):
            raise
        except Exception as error:
            click.echo(traceback.format_exc(), err=True)
            click.echo("This is a fault of ineqlib, not of yours: please report it.", err=True)
            ctx.exit(exit_code(error))


quiet = click.option("--quiet", is_flag=True, help="No progress bar and no summary.")


@click.group(cls=_Group, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="ineq")
def main() -> None:
    """Health-inequality briefings for every area in England, from open data.

    \b
    First try:  ineq demo
    Your own:   ineq build DOWNLOADS --out data/packs/mine
                ineq render params/runs/mine.yml
    Exit codes: 0 all done, 1 some briefings failed, 2 wrong usage, 3 an unknown name or value,
                4 a file that cannot be read, 5 a damaged pack, 6 hidden counts that can be
                worked out, 70 a fault of the program, 130 stopped by you.
    """


@main.command()
@click.option("--pack", type=click.Path(path_type=Path), default=DEMO_PACK, show_default=True)
@click.option("--out", type=click.Path(path_type=Path), default=DEMO_OUT, show_default=True)
@click.option("--workers", type=click.IntRange(1), help="Processes at a time. Default: cores.")
@quiet
def demo(pack: Path, out: Path, workers: int | None, quiet: bool) -> None:
    """Make the fictional county and the briefings of its ten districts.

    \b
    Example:  ineq demo
    """
    from ineqlib.demo import make_demo_pack

    if not quiet:
        click.echo(f"Making the fictional county's pack at {pack} …")
    make_demo_pack(pack)
    _render(DEMO_RUN, pack=pack, out=out, workers=workers, quiet=quiet)


@main.command()
@click.argument("run", type=click.Path(path_type=Path))
@click.option("--pack", type=click.Path(path_type=Path), help="Instead of the run's own pack.")
@click.option("--out", type=click.Path(path_type=Path), help="Instead of the run's own folder.")
@click.option("--workers", type=click.IntRange(1), help="Processes at a time. Default: cores.")
@quiet
def render(
    run: Path, pack: Path | None, out: Path | None, workers: int | None, quiet: bool
) -> None:
    """Make the briefings a run file asks for, and an index page.

    \b
    Example:  ineq render params/runs/hertfordshire.yml --pack data/packs/england
    """
    _render(run, pack=pack, out=out, workers=workers, quiet=quiet)


def _render(
    run: Any, *, pack: Path | None, out: Path | None, workers: int | None, quiet: bool
) -> None:
    from ineqlib.briefing.batch import plan, render_batch

    planned = plan(run, pack=pack, out=out)
    with tqdm(total=len(planned.areas), unit="briefing", disable=quiet) as bar:
        batch = render_batch(planned, workers=workers, progress=lambda _: bar.update())
    for outcome in batch.failed:
        click.echo(f"{outcome.area.name} ({outcome.area.code}): {outcome.summary}", err=True)
    if not quiet:
        click.echo(f"{len(batch.outcomes) - len(batch.failed)} briefings and {batch.index}")
    if batch.failed:
        raise RenderError(
            f"{len(batch.failed)} of {len(batch.outcomes)} briefings failed: "
            f"{listed(outcome.area.name for outcome in batch.failed)}. The others are complete; "
            "what these had before is untouched."
        )


@main.command()
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--out", type=click.Path(path_type=Path), required=True, help="Where the pack goes.")
@click.option("--title", help="Title printed on every briefing made from the pack.")
@click.option(
    "--describe",
    type=click.Path(path_type=Path),
    help="Statements about files whose layout leaves something out (see docs/packs.md).",
)
@quiet
def build(folder: Path, out: Path, title: str | None, describe: Path | None, quiet: bool) -> None:
    """Turn a folder of downloads into a pack, reporting file by file.

    \b
    Example:  ineq build downloads --out data/packs/mine
    """
    from ineqlib.pack.build import build as build_pack

    options = {"title": title} if title else {}
    with tqdm(unit="file", disable=quiet) as bar:
        report = build_pack(
            folder, out, describe=describe, progress=lambda _: bar.update(), **options
        )
    if not quiet:
        click.echo(report.as_text())


@main.command()
@click.option("--pack", type=click.Path(path_type=Path), default=DEMO_PACK, show_default=True)
@click.option("--parent", help="Only the districts of this county.")
def areas(pack: Path, parent: str | None) -> None:
    """List the areas of a pack: code, type, name.

    \b
    Example:  ineq areas --pack data/packs/england --parent Hertfordshire
    """
    from ineqlib.pack import open_pack

    held = open_pack(pack)
    if parent:
        chosen = [(a.code, a.area_type, a.name) for a in held.districts(parent)]
    else:
        current = held.areas[~held.areas["ended"]]
        columns = ["area_code", "area_type", "area_name"]
        chosen = list(current[columns].itertuples(index=False, name=None))
    for code, kind, name in chosen:
        click.echo(f"{code}  {kind:<8} {name}")


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
    held = set(open_pack(pack).indicators["indicator_id"]) if pack else set()
    for objective in catalogue.objectives.values():
        click.echo(f"{objective.id}  {objective.name}")
        for indicator in catalogue.of_objective(objective.id):
            mark = "*" if indicator.id in held else " "
            click.echo(f"  {mark} {indicator.id:<40} {indicator.name} ({indicator.unit})")


@main.command()
@click.argument("pack", type=click.Path(path_type=Path))
@click.option("--disclosure", is_flag=True, help="Also try to work out every hidden count.")
@click.option("--rule", help="Rule counts were hidden by, such as fewer_than_5, with --disclosure.")
@click.option("--out", type=click.Path(path_type=Path), help="CSV for all that --disclosure finds.")
@quiet
def check(pack: Path, disclosure: bool, rule: str | None, out: Path | None, quiet: bool) -> None:
    """Compare a pack with the hashes written when it was made; look for hidden counts it tells.

    \b
    Example:  ineq check data/packs/england
              ineq check data/packs/mine --disclosure --rule fewer_than_5 --out risks.csv
    """
    from ineqlib.pack import open_pack

    if not disclosure and (rule or out):
        raise click.UsageError("--rule and --out go with --disclosure.")
    held = open_pack(pack, verify=True)
    rows = held.meta.tables["observations"].rows
    if not quiet:
        click.echo(f"{held.title}: {len(held.meta.tables)} tables as built, {rows:,} observations.")
    if disclosure:
        _check_disclosure(held, rule, out, quiet)


def _check_disclosure(pack: Any, rule: str | None, out: Path | None, quiet: bool) -> None:
    from ineqlib.facts.disclosure import disclosure_risks

    with tqdm(unit="series", disable=quiet) as bar:

        def show(done: int, of: int) -> None:
            bar.total = of
            bar.update()

        report = disclosure_risks(pack, rule=rule, progress=show)
    if out is not None:
        report.risks.to_csv(out, index=False)
    for words in report.unchecked:
        click.echo(f"Not checked: {words}", err=True)
    if not quiet:
        click.echo(report.summary)
    report.require_none()


@main.command()
@click.argument("old", type=click.Path(path_type=Path))
@click.argument("new", type=click.Path(path_type=Path))
@click.option("--area", help="Only this area, by code or name.")
@click.option("--out", type=click.Path(path_type=Path), help="CSV for every change.")
@quiet
def diff(old: Path, new: Path, area: str | None, out: Path | None, quiet: bool) -> None:
    """Tell what changed between two batches of briefings, by their folders or manifests.

    \b
    Example:  ineq diff build/mine-2026 build/mine-2027 --out changes.csv
    """
    from ineqlib.briefing.diff import diff as changes_between
    from ineqlib.briefing.diff_words import as_text

    changes = changes_between(old, new)
    if area:
        changes = changes.of(area)
    if out is not None:
        changes.rows.to_csv(out, index=False)
    if not quiet:
        click.echo(as_text(changes))


if __name__ == "__main__":
    sys.exit(main())
