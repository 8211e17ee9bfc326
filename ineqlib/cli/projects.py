"""Commands for a project of one's own: making it, opening it, seeing to it."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from ineqlib.cli.group import main, quiet
from ineqlib.cli.screen import DELAY, is_terminal, say
from ineqlib.errors import ParameterError, UnknownArea
from ineqlib.files import in_command, no_folder

if TYPE_CHECKING:
    from ineqlib.document.subject import Subject
    from ineqlib.pack import Pack

LATER = "later"


@main.command()
@click.argument("folder", type=click.Path(path_type=Path), required=False)
@click.option("--area", help="Name or code of the area it is about.")
@click.option("--audience", help="For whom: director (default), member, public, children, adults.")
@click.option("--data", metavar="FOLDER", help="Folder of downloaded files; or 'later' (default).")
@quiet
def new(
    folder: Path | None, area: str | None, audience: str | None, data: str | None, quiet: bool
) -> None:
    """Make a project: notebooks to change, a run file, templates for figures of your own.

    What is not given is asked for. Where no data are given, its notebooks open a fictional county.

    \b
    Example:  ineq new my-council
              ineq new my-council --area Stevenage --audience member --data downloads
    """
    from ineqlib.workbench.project import Answers, new_project, require_free

    asking = is_terminal() and None in (folder, area, audience, data)
    if asking:
        folder, area, audience, data = _ask(folder, area, audience, data)
    if folder is None:
        raise click.UsageError("Say where to put the project, such as: ineq new my-council")
    files = None if data in (None, LATER) else Path(str(data))
    if files and not area:
        raise ParameterError("With --data, say which area the project is about: --area.")
    answers = Answers(area or "", audience or "director", files)
    require_free(folder)  # before it is said that something is being made
    if not quiet:
        made = f"from the files in {files}" if files else "of a fictional county (half a minute)"
        say(f"Making a pack {made} …")
    from tqdm import tqdm

    with tqdm(unit="B", unit_scale=True, delay=DELAY, disable=quiet or not files) as bar:

        def show(_: str, more: int, of: int) -> None:
            bar.total = of
            bar.update(more)

        def find(pack: "Pack") -> "Subject":
            bar.close()
            return _find(pack, answers.area, again=asking, demonstration=files is None)

        subject = new_project(folder, answers, find=find, progress=show)
    if not quiet:
        say(f"{folder} is ready; its notebooks open {subject.name} ({subject.code}).")
        if not files:
            say("That is a fictional county, until you have data: the README there says how.")
        say(f"Next: ineq lab {in_command(folder)}")


def _ask(
    folder: Path | None, area: str | None, audience: str | None, data: str | None
) -> tuple[Path, str, str, str]:
    """Ask for what was not given."""
    area = area or click.prompt("1 of 4. Which area is it about (name or code)")
    audience = audience or click.prompt(
        "2 of 4. Who reads it (director, member, public, children, adults)",
        default="director",
        value_proc=_audience,
    )
    data = data or click.prompt(
        "3 of 4. The folder with downloaded files, or 'later'", LATER, value_proc=_data
    )
    folder = folder or click.prompt(
        "4 of 4. Where to put the project", "my-council", value_proc=_free
    )
    return folder, area, audience, data


def _audience(name: str) -> str:
    """Refuse an audience that there is not, so that it is asked again."""
    from ineqlib.workbench.project import Answers

    try:
        return Answers(audience=name).audience
    except ParameterError as error:
        raise click.UsageError(str(error)) from error


def _data(place: str) -> str:
    if place != LATER and not Path(place).is_dir():
        raise click.UsageError(no_folder(place))
    return place


def _free(place: str) -> Path:
    if Path(place).exists():
        raise click.UsageError(f"{place} is there already; choose another name.")
    return Path(place)


def _find(pack: "Pack", name: str, *, again: bool, demonstration: bool) -> "Subject":
    """Find the area; ask for another where somebody sits there and it is unknown."""
    from ineqlib.briefings.kinds import find_area
    from ineqlib.workbench.project import DEMO_AREA

    while True:
        try:
            return find_area(pack, name or DEMO_AREA)
        except UnknownArea as error:
            if demonstration:  # its own area comes with its own data
                return find_area(pack, DEMO_AREA)
            if not again:
                raise
            say(f"{error}", err=True)
            name = click.prompt("Which area is it about (name or code)")


@main.command(context_settings={"ignore_unknown_options": True})
@click.option("--no-browser", is_flag=True, help="Only print the address.")
@click.argument("words", nargs=-1, type=click.UNPROCESSED, metavar="[FOLDER] [JUPYTERLAB OPTIONS]")
def lab(no_browser: bool, words: tuple[str, ...]) -> None:
    """Open a project in JupyterLab, at its welcome notebook; Ctrl-C ends it.

    \b
    Example:  ineq lab my-council
              ineq lab my-council --no-browser --port=9000
    """
    first = words[:1] if words and not words[0].startswith("-") else ()
    folder = Path(*first)
    from ineqlib.workbench.lab import open_lab

    open_lab(folder, [*words[len(first) :], *["--no-browser"] * no_browser])


@main.command()
@click.argument("notebook", type=click.Path(path_type=Path))
@click.option("--out", type=click.Path(path_type=Path), default=Path("build"), show_default=True)
@quiet
def page(notebook: Path, out: Path, quiet: bool) -> None:
    """Run a notebook of your own and make an accessible, self-contained page of it.

    The page says how far its figures were checked.

    \b
    Example:  ineq page notebooks/my_question.ipynb --out build/my-question.html
    """
    from ineqlib.publish.own_page import page as make_page

    made = make_page(notebook, out)
    if not quiet:
        say(f"The page is {made}")
