"""What a batch would do: its run read, every name checked, and what is to be made."""

from dataclasses import dataclass, replace
from pathlib import Path

from ineqlib.document.notebook_parameters import check_request
from ineqlib.document.subject import Subject
from ineqlib.errors import InputError
from ineqlib.pack import Pack, open_pack
from ineqlib.publish.area_selection import areas_of
from ineqlib.publish.manifest import MANIFEST, Manifest, read_manifest
from ineqlib.publish.output_folder import require_ours
from ineqlib.publish.run_file import Run, read_run
from ineqlib.publish.staleness import Selection, Task, stale_tasks
from ineqlib.publish.target import DocumentRequest, Target

UNREADABLE = "manifest.unreadable.json"


@dataclass(frozen=True)
class Plan:
    """A run whose every name has been checked, and what is to be made of it.

    Parameters
    ----------
    targets
        All pages of the run, document by document.
    choose
        Which of them were asked for.
    tasks
        Those to make, each with its reason.
    manifest
        What the folder's manifest said then.
    """

    run: Run
    pack: Pack
    targets: tuple[Target, ...]
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
        Which pages to make; by default those missing, failed or changed.

    Raises
    ------
    ParameterError, PackError, InputError
        Something is wrong with what was asked.
    OutputError
        The folder is not ours to write into.
    """
    run = run if isinstance(run, Run) else read_run(Path(run))
    run = replace(run, pack=pack or run.pack, out=Path(out or run.out))
    opened = open_pack(run.pack)
    targets = tuple(t for request in run.documents for t in _targets(run, request, opened))
    _require_own_names(targets)
    selection = choose or Selection()
    manifest, _ = manifest_in(run.out)
    tasks = stale_tasks(targets, opened, run.out, manifest, selection)
    # What is asked for is the same for all subjects of a document.
    for target in {task.target.document.key: task.target for task in tasks}.values():
        request = target.document
        check_request(request.notebook, opened, target.subject, request.parameters, request.kind)
    require_ours(run.out)
    return Plan(run, opened, targets, selection, tasks, manifest)


def _targets(run: Run, request: DocumentRequest, pack: Pack) -> list[Target]:
    """Return the pages of one document, in the order of its subjects."""
    areas = areas_of(run.own_choices.get(request.key, run.choice), pack)
    if request.kind:
        subjects = [request.kind.find_subject(pack, area.code) for area in areas]
    else:
        subjects = [Subject(area.code, area.name, "area") for area in areas]
    return [Target(request, subject) for subject in subjects]


def manifest_in(out: Path) -> tuple[Manifest, tuple[str, ...]]:
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
            f"{error} It was set aside as {UNREADABLE}, and every page was made again.",
        )


def _require_own_names(targets: tuple[Target, ...]) -> None:
    """Refuse targets of which one's page would replace another's."""
    stems: dict[str, list[str]] = {}
    for target in targets:
        stems.setdefault(target.file_stem, []).append(f"{target.name}, {target.subject.code}")
    if shared := {stem: names for stem, names in stems.items() if len(names) > 1}:
        stem, names = next(iter(shared.items()))
        raise InputError(
            f"{' and '.join(names)} would both be written to {stem}.html. Give them codes that "
            "differ in more than capitals and signs, or render them into folders of their own."
        )
