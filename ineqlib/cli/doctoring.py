"""The command that looks over this computer and a project."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ineqlib.cli.group import main
from ineqlib.cli.screen import say
from ineqlib.errors import ComputerError, UserError, listed

if TYPE_CHECKING:
    from ineqlib.diagnosis import Diagnosis
    from ineqlib.workbench.notebooks import State


@main.command()
@click.argument("folder", type=click.Path(path_type=Path), required=False)
@click.option("--beside", is_flag=True, help="Put newer notebooks beside yours (NAME.new.ipynb).")
@click.option("--online", is_flag=True, help="Also ask each publisher whether it is reached.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON, to be sent or kept.")
def doctor(folder: Path | None, beside: bool, online: bool, as_json: bool) -> None:
    """Look over this computer, and a project: what does not work here, and what to do.

    Of a project it tells which notebooks differ from the newest, and which runs cannot be made. No
    notebook of yours is ever overwritten, and nothing leaves the computer without --online.

    \b
    Example:  ineq doctor
              ineq doctor my-council --beside
              ineq doctor --online --json > doctor.json
    """
    from ineqlib import __version__
    from ineqlib.diagnosis import diagnose
    from ineqlib.pulling.reach import network_checks, online_checks
    from ineqlib.workbench.doctor import checks
    from ineqlib.workbench.notebooks import RECORD, made_with, notebook_states

    place = folder or Path()
    states: list[State] | None = None
    if folder or beside or (place / RECORD).exists():
        states = notebook_states(place)
    asked = online_checks() if online else {}
    seen = diagnose({**checks(place), **network_checks(), **asked})
    report: dict[str, Any] = {
        "ineqlib": __version__,
        "computer": [vars(diagnosis) for diagnosis in seen],
    }
    if states is not None:
        runs = sorted(place.glob("params/runs/*.yml"))
        report["project"] = {
            "made_with": made_with(place),
            "notebooks": {state.name: state.state for state in states},
            "runs": {run.name: _run_state(run) for run in runs},
        }
    if as_json:
        say(json.dumps(report, indent=1, ensure_ascii=False))
    else:
        _tell_computer(seen)
        if states is not None:
            _tell_project(report, is_offered=not beside)
    if beside and states:
        _put_beside(place, states, quiet=as_json)
    failed = [diagnosis.name for diagnosis in seen if diagnosis.state == "fail"]
    if failed:
        raise ComputerError(f"Not everything works on this computer: {listed(failed, most=20)}.")


def _tell_computer(seen: "list[Diagnosis]") -> None:
    width = max((len(diagnosis.name) for diagnosis in seen), default=0)
    for diagnosis in seen:
        say(f"{diagnosis.state:<4}  {diagnosis.name:<{width}}  {diagnosis.says}")
        if diagnosis.remedy:
            say(f"{'':<{width + 6}}  → {diagnosis.remedy}")


def _tell_project(report: dict[str, Any], *, is_offered: bool) -> None:
    from ineqlib.workbench.notebooks import OFFERED

    project = report["project"]
    notebooks, runs = project["notebooks"], project["runs"]
    width = max(map(len, [*notebooks, *runs]), default=0)
    say(f"\nMade with ineqlib {project['made_with']}; installed is {report['ineqlib']}.")
    for name, state in notebooks.items():
        say(f"  {name:<{width}}  {state}")
    offered = [name for name, state in notebooks.items() if state in OFFERED]
    if offered and is_offered:
        say(f"There is a newer one of {listed(offered)}. `ineq doctor --beside` puts it beside.")
    for name, state in runs.items():
        say(f"  {name:<{width}}  {state}")


def _put_beside(folder: Path, states: "list[State]", *, quiet: bool) -> None:
    from ineqlib.workbench.notebooks import OFFERED, put_beside

    offered = [state for state in states if state.state in OFFERED]
    for name, is_written in put_beside(folder, offered):
        if not quiet:
            how = "written" if is_written else "was there already, and is left as it is"
            say(f"{name} {how}.")


def _run_state(run: Path) -> str:
    from ineqlib.pack import open_pack
    from ineqlib.publish.run_file import read_run

    try:
        pack: Any = open_pack(read_run(run).pack)
    except UserError as error:
        return str(error)
    return f"makes documents from {pack.title}"
