"""Commands that make documents, and tell what changed in them."""

from contextlib import nullcontext
from pathlib import Path
from typing import Any

import click

from ineqlib.cli.group import DEMO_PACK, TRAINING_PACK, main, quiet, write_csv
from ineqlib.cli.screen import DELAY, say
from ineqlib.errors import RenderError, listed
from ineqlib.files import shipped
from ineqlib.text import plural

DEMO_OUT = Path("build") / "demo"
DEMO_RUN = shipped("params", "runs", "demo.yml")
GIGABYTE = 1 << 30

workers = click.option("--workers", type=click.IntRange(1), help="Pages at a time. Default: cores.")


@main.command()
@click.option("--pack", type=click.Path(path_type=Path), help="Default: data/demo or training.")
@click.option("--out", type=click.Path(path_type=Path), help="Of the pages. Default: build/demo.")
@click.option("--training", is_flag=True, help="The county with exercises instead, and no pages.")
@click.option("--seed", type=click.IntRange(0), help="With --training: where its truths lie.")
@click.option("--answers", is_flag=True, help="With --training: print the answers of one made.")
@workers
@quiet
def demo(pack: Path | None, out: Path | None, workers: int | None, **options: Any) -> None:
    """Make the fictional county and the briefings of its ten districts; or one to learn from.

    With --training, the county has known truths in it, for notebooks/exercises.ipynb to ask for.
    Another --seed puts them elsewhere. See docs/how-to-training.md.

    \b
    Example:  ineq demo
              ineq demo --training --seed 7
              ineq demo --training --answers > answers.md
    """
    is_quiet = options["quiet"]
    if options["training"]:
        if out or workers:
            raise click.UsageError("--out and --workers are for pages; --training makes none.")
        _training(pack or TRAINING_PACK, options["seed"], options["answers"], is_quiet)
        return
    if options["seed"] is not None or options["answers"]:
        raise click.UsageError("--seed and --answers go with --training.")
    from ineqlib.publish.workers_ahead import workers_ahead

    out = out or DEMO_OUT
    with workers_ahead(DEMO_RUN, out):
        _demo(pack or DEMO_PACK, out, workers, is_quiet)


def _demo(pack: Path, out: Path, workers: int | None, is_quiet: bool) -> None:
    from ineqlib.demo import make_demo_pack
    from ineqlib.publish.plan import plan

    if not is_quiet:
        say(f"Making the fictional county's pack at {pack} …")
    make_demo_pack(pack)
    planned = plan(DEMO_RUN, pack=pack, out=out)
    _render(planned, quiet=is_quiet, workers=workers)


def _training(pack: Path, seed: int | None, answers: bool, is_quiet: bool) -> None:
    from ineqlib.demo.build import SEED
    from ineqlib.demo.training import answer_sheet, make_training_pack

    if answers:
        if seed is not None:
            raise click.UsageError("--answers are those of the pack that is there: no --seed.")
        say(answer_sheet(pack))
        return
    if not is_quiet:
        say(f"Making the fictional training county's pack at {pack} …")
    make_training_pack(pack, seed=SEED if seed is None else seed)
    if not is_quiet:
        say("Open notebooks/exercises.ipynb. For the instructor: ineq demo --training --answers")


@main.command()
@click.argument("run", type=click.Path(path_type=Path))
@click.option("--pack", help="Instead of the run's own: a folder, or an address (s3://…).")
@click.option("--out", type=click.Path(path_type=Path), help="Instead of the run's own folder.")
@click.option("--only", multiple=True, metavar="AREA", help="Only of this area; may be repeated.")
@click.option("--failed", is_flag=True, help="Only those that failed last time.")
@click.option("--changed", is_flag=True, help="Only those whose data or notebook changed.")
@click.option("--again", is_flag=True, help="Also what has not changed.")
@click.option("--dry-run", is_flag=True, help="List what would be made, and why; make nothing.")
@workers
@click.option(
    "--seconds", type=click.FloatRange(1), default=600, show_default=True, help="Time for each."
)
@click.option(
    "--memory",
    type=click.FloatRange(0.1),
    default=4,
    show_default=True,
    help="Gigabytes for each, beyond what all share. Only Linux can hold them to it.",
)
@click.option(
    "--scheduler",
    metavar="ADDRESS",
    help="Use the workers of a Dask scheduler. Whoever reaches its port can run code as whoever "
    "runs the workers: give it TLS, or keep it to a private network.",
)
@click.option("--dask", type=click.Choice(["local"]), help="Use Dask on this machine alone.")
@quiet
def render(run: Path, **options: Any) -> None:
    """Make the documents a run file asks for, and an index page.

    What was made before and has not changed is left as it is, so that a batch that was stopped goes
    on where it was. See docs/batch.md.

    \b
    Example:  ineq render params/runs/hertfordshire.yml --pack data/packs/england
              ineq render params/runs/hertfordshire.yml --dry-run
              ineq render params/runs/hertfordshire.yml --only Watford --again
              ineq render params/runs/england-districts.yml --scheduler tcp://host:8786
    """
    from ineqlib.publish.workers_ahead import workers_ahead

    if options["scheduler"] and options["dask"]:
        raise click.UsageError("Give either --scheduler or --dask.")
    address = options["scheduler"] or options["dask"]
    is_made_here = not (address or options["dry_run"])
    with workers_ahead(run, options["out"]) if is_made_here else nullcontext():
        _plan_and_render(run, address, options)


def _plan_and_render(run: Path, address: str | None, options: dict[str, Any]) -> None:
    from ineqlib.publish.dask_connection import Cluster
    from ineqlib.publish.plan import plan
    from ineqlib.publish.staleness import Selection

    workers = options["workers"]
    choose = Selection(options["again"], options["failed"], options["changed"], options["only"])
    planned = plan(run, pack=options["pack"], out=options["out"], choose=choose)
    if options["dry_run"]:
        _list(planned)
        return
    _render(
        planned,
        quiet=options["quiet"],
        workers=Cluster(address, workers) if address else workers,
        seconds=options["seconds"],
        memory=int(options["memory"] * GIGABYTE),
    )


def _list(planned: Any) -> None:
    for task in planned.tasks:
        say(f"{task.target.subject.code}  {task.target.name}: {task.reason}")
    left = len(planned.targets) - len(planned.tasks)
    say(f"{len(planned.tasks)} to make, {left} left as they are, in {planned.run.out}.")


def _render(planned: Any, *, quiet: bool, **limits: Any) -> None:
    from ineqlib.publish.batch import render_batch

    failed = 0
    from tqdm import tqdm

    with tqdm(total=len(planned.tasks), unit="page", delay=DELAY, disable=quiet) as bar:

        def show(outcome: Any) -> None:
            nonlocal failed
            failed += outcome.status == "failed"
            bar.set_postfix(failed=failed, refresh=False)
            bar.update()

        batch = render_batch(planned, progress=show, **limits)
    for words in batch.notes:
        say(words, err=True)
    for outcome in batch.failed:
        code = outcome.target.subject.code
        say(f"{outcome.target.name}, {code}: {outcome.summary}", err=True)
    if not quiet:
        there = sum(outcome.status == "ready" and not outcome.is_new for outcome in batch.outcomes)
        kept = f" {there} were there and have not changed." if there else ""
        say(f"{plural(len(batch.made), 'page')} made.{kept} All are in {batch.index}")
    if batch.failed:
        tried = len(batch.made) + len(batch.failed)
        raise RenderError(
            f"{len(batch.failed)} of {tried} pages failed: "
            f"{listed(outcome.target.name for outcome in batch.failed)}. The others are complete; "
            "a page that was not published left the one before it as it was. Once the cause is "
            "mended, the same command makes them."
        )


@main.command()
@click.argument("old", type=click.Path(path_type=Path))
@click.argument("new", type=click.Path(path_type=Path))
@click.option("--area", help="Only this area, by code or name.")
@click.option("--out", type=click.Path(path_type=Path), help="CSV for every change.")
@quiet
def diff(old: Path, new: Path, area: str | None, out: Path | None, quiet: bool) -> None:
    """Tell what changed between two batches of documents, by their folders or manifests.

    \b
    Example:  ineq diff build/mine-2026 build/mine-2027 --out changes.csv
    """
    from ineqlib.publish.diff import diff as changes_between
    from ineqlib.publish.diff_text import as_text

    changes = changes_between(old, new)
    if area:
        changes = changes.of(area)
    if out is not None:
        write_csv(changes.rows, out)
    if not quiet:
        say(as_text(changes))
