"""Commands about what is kept on this computer."""

import click

from ineqlib.cli.group import main
from ineqlib.cli.screen import say

NAMES = "fetched, parsed, packs"


@main.group()
def cache() -> None:
    """List, measure or delete what this computer keeps to be quicker.

    \b
    Example:  ineq cache list
              ineq cache size
              ineq cache clear parsed --yes
    """


@cache.command("list")
def list_kept() -> None:
    """List what was fetched from publishers: date, size, hash, what it is and where from.

    \b
    Example:  ineq cache list
    """
    from ineqlib.pack.caches import fetched

    downloads = fetched()
    for download in downloads:
        say(
            f"{download.fetched:%Y-%m-%d}  {_megabytes(download.size)}  {download.sha256[:12]}  "
            f"{download.what}\n    {download.url}\n    {download.source.licence}"
        )
    if not downloads:
        say("Nothing fetched from publishers is kept.")


@cache.command()
def size() -> None:
    """Tell how much is kept, and where.

    \b
    Example:  ineq cache size
    """
    from ineqlib.pack.caches import caches

    for kept in caches().values():
        say(f"{kept.name:<8} {_megabytes(kept.size())}  {kept.what}: {kept.folder}")


@cache.command()
@click.argument("names", nargs=-1, metavar=f"[{NAMES.replace(', ', '|')}]...")
@click.option("--yes", is_flag=True, help="Do not ask.")
def clear(names: tuple[str, ...], yes: bool) -> None:
    """Delete what is kept, or some of it. Packs that were built, and pages, stay.

    \b
    Example:  ineq cache clear
              ineq cache clear fetched packs --yes
    """
    from ineqlib.pack.caches import chosen

    folders = chosen(names)
    if not yes:
        for kept in folders:
            say(f"{kept.name:<8} {_megabytes(kept.size())}  {kept.what}")
        click.confirm("Delete this?", abort=True)
    for kept in folders:
        say(f"{kept.name:<8} {_megabytes(kept.clear())} deleted")


def _megabytes(size: int) -> str:
    return f"{size / 1e6:8,.1f} MB"
