"""The command that fetches figures from their publishers, and makes a pack of them."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ineqlib.cli.group import main, quiet
from ineqlib.cli.screen import DELAY, is_terminal, say

if TYPE_CHECKING:
    from ineqlib.pulling import Fetcher, Mode, Plan


@main.command()
@click.option("--area", help="A district, unitary authority or county, by name or code.")
@click.option(
    "--all",
    "whole",
    type=click.Choice(["districts", "counties"]),
    help="All of England's, with what they lie in, in place of one area.",
)
@click.option(
    "--list",
    "search",
    is_flag=False,
    flag_value="",
    metavar="[WORDS]",
    help="List the areas there are, or those with words such as herts.",
)
@click.option(
    "--also",
    multiple=True,
    type=click.Choice(["spending", "life_expectancy", "deprivation_2019"]),
    help="A file that few need, besides: what every council spent, the ONS's newest life "
    "expectancy, the Indices of 2019. May be given several times.",
)
@click.option("--out", type=click.Path(path_type=Path), help="Where the pack goes.")
@click.option(
    "--downloads",
    type=click.Path(path_type=Path),
    help="Where the files go that the pack is built from. Default: downloads/ and the area's name.",
)
@click.option("--plan", "only_plan", is_flag=True, help="Only say what would be fetched.")
@click.option("--yes", is_flag=True, help="Do not ask before fetching.")
@click.option("--offline", is_flag=True, help="Ask nobody: use what was fetched before.")
@click.option("--refresh", is_flag=True, help="Ask publishers about everything again.")
@click.option(
    "--network",
    type=click.Path(path_type=Path),
    help="Settings of the network: proxy, certificates (see docs/proxies.md).",
)
@quiet
def pull(
    area: str | None,
    whole: Any,
    search: str | None,
    out: Path | None,
    downloads: Path | None,
    quiet: bool,
    **options: Any,
) -> None:
    """Fetch an area's figures from their publishers, and build a pack of them.

    It says first what is fetched, from whom and how big, and at a terminal asks whether to go on.
    What was fetched in the last day is not fetched again. See docs/fetching.md.

    \b
    Example:  ineq pull --list herts
              ineq pull --area Stevenage --out data/packs/stevenage
              ineq pull --area Stevenage --out data/packs/stevenage --also spending
              ineq pull --area Stevenage --out data/packs/stevenage --offline
              ineq pull --all districts --out data/packs/england --yes
    """
    from ineqlib.pulling import list_areas, open_fetcher, plan_all, plan_area
    from ineqlib.pulling.listing import listing
    from ineqlib.pulling.own_deaths import with_people
    from ineqlib.text import slug

    if sum(choice is not None for choice in (area, whole, search)) != 1:
        raise click.UsageError("Give one of --area, --all and --list.")
    if search is None and out is None and not options["only_plan"]:
        raise click.UsageError("Give --out, the folder where the pack goes.")
    if options["offline"] and options["refresh"]:
        raise click.UsageError("Give either --offline or --refresh.")
    mode: Mode = "offline" if options["offline"] else "refresh" if options["refresh"] else "usual"
    with open_fetcher(mode, options["network"]) as fetcher:
        if search is not None:
            lines = listing(*list_areas(fetcher), search)
            for line in lines or [f"No area is called, or lies in, anything like '{search}'."]:
                say(line)
            return
        folder = downloads or Path("downloads") / slug(area or f"all-{whole}")
        also = options["also"]
        plan = plan_all(whole, fetcher, also) if whole else plan_area(str(area), fetcher, also)
        plan = with_people(plan, folder)
        outlook = {query.url: fetcher.outlook(query) for query in plan.queries}
        if not quiet or options["only_plan"]:
            say(plan.text(outlook))
        if options["only_plan"]:
            return
        asks = {*outlook.values()} - {"use"}
        if asks and is_terminal() and not (options["yes"] or quiet):
            click.confirm("Fetch this?", default=True, abort=True)
        _fetch_and_build(plan, folder, Path(str(out)), fetcher, quiet)


def _fetch_and_build(
    plan: "Plan", folder: Path, out: Path, fetcher: "Fetcher", quiet: bool
) -> None:
    from tqdm import tqdm

    from ineqlib.pack.build import build
    from ineqlib.pulling import fetch

    with tqdm(total=len(plan.queries), unit="request", delay=DELAY, disable=quiet) as bar:

        def show(what: str) -> None:
            bar.set_postfix_str(what, refresh=False)
            bar.update()

        pulled = fetch(plan, folder, fetcher, show)
    for remark in pulled.remarks:
        say(remark, err=True)
    report = build(pulled.folder.files, out, title=pulled.title, describe=pulled.folder.description)
    if not quiet:
        say(f"Files and where they come from: {pulled.folder.path}")
        say(report.as_text())
