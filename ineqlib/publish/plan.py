"""What a batch would do: its run read, every name checked, and what is to be made."""

from dataclasses import dataclass, replace
from pathlib import Path

from ineqlib.document.notebook_parameters import check_request
from ineqlib.errors import InputError
from ineqlib.pack import Area, Pack, open_pack
from ineqlib.publish.job import file_stem
from ineqlib.publish.manifest import MANIFEST, Manifest, read_manifest
from ineqlib.publish.run_file import Run, areas_of, read_run
from ineqlib.publish.staleness import Selection, Task, stale_tasks

UNREADABLE = "manifest.unreadable.json"


@dataclass(frozen=True)
class Plan:
    """A run whose every name has been checked, and what is to be made of it.

    Parameters
    ----------
    areas
        All areas of the run.
    choose
        Which of them were asked for.
    tasks
        Those to make, each with its reason.
    manifest
        What the folder's manifest said then.
    """

    run: Run
    pack: Pack
    areas: tuple[Area, ...]
    choose: Selection
    tasks: tuple[Task, ...]
    manifest: Manifest


def plan(
    run: Run | str | Path,
    *,
    pack: str | Path | None = None,
    out: str | Path | None = None,
    choose: Selection | None = None,
) -> Plan:
    """Read and check a run, and see what is to be made; nothing is rendered or written.

    Parameters
    ----------
    run
        A run, or its file.
    pack, out
        Used instead of the run's own.
    choose
        Which areas to make; by default those missing, failed or changed.

    Raises
    ------
    ParameterError, PackError, InputError
        Something is wrong with what was asked.
    """
    run = run if isinstance(run, Run) else read_run(Path(run))
    run = replace(run, pack=pack or run.pack, out=Path(out or run.out))
    held = open_pack(run.pack)
    areas = tuple(areas_of(run, held))
    _require_own_names(areas)
    chosen = choose or Selection()
    manifest, _ = held_manifest(run.out)
    tasks = stale_tasks(run, held, areas, manifest, chosen)
    if tasks:  # the request is the same for all
        check_request(run.notebook, held, tasks[0].area, run.parameters)
    return Plan(run, held, areas, chosen, tasks, manifest)


def held_manifest(out: Path) -> tuple[Manifest, tuple[str, ...]]:
    """Return the folder's manifest; a new one where there is none or it is damaged.

    Raises
    ------
    InputError
        It is out of reach: what it says still holds.
    """
    if not (out / MANIFEST).exists():
        return Manifest(), ()
    try:
        return read_manifest(out), ()
    except InputError as error:
        if isinstance(error.__cause__, OSError):
            raise
        return Manifest(), (
            f"{error} It was set aside as {UNREADABLE}, and every briefing was made again.",
        )


def _require_own_names(areas: tuple[Area, ...]) -> None:
    """Refuse areas of which one's page would replace another's."""
    stems: dict[str, list[str]] = {}
    for area in areas:
        stems.setdefault(file_stem(area), []).append(f"{area.name} ({area.code})")
    if shared := {stem: names for stem, names in stems.items() if len(names) > 1}:
        stem, names = next(iter(shared.items()))
        raise InputError(
            f"{' and '.join(names)} would both be written to {stem}.html. Give them codes that "
            "differ in more than capitals and signs, or render them into folders of their own."
        )
