"""A project folder: the product's notebooks, run files, templates, and where data go."""

import json
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from ineqlib import __version__
from ineqlib.demo import make_demo_pack
from ineqlib.document.subject import Subject
from ineqlib.errors import OutputError
from ineqlib.files import TEMPORARY, in_command, retry_while_in_use, shipped, write_text
from ineqlib.narrative.reader import reader_named
from ineqlib.pack import Pack, open_pack
from ineqlib.pack.build import build
from ineqlib.pack.read_ahead import Progress
from ineqlib.workbench.notebooks import Chosen, write_notebooks
from ineqlib.workbench.templates import write_templates
from ineqlib.workbench.texts import DESCRIBE, GITIGNORE, OWN_RUN, README

DEMO_PACK, OWN_PACK = "data/demo", "data/packs/mine"
DEMO_AREA = "Brackenhythe"
DOWNLOADS = "data/downloads"

FindArea = Callable[[Pack], Subject]


@dataclass(frozen=True)
class Answers:
    """What is asked before a project is made.

    Parameters
    ----------
    area
        Name or code of the area; empty for one of the demonstration.
    audience
        For whom its briefing is.
    data
        Folder of downloaded files; None where they come later.

    Raises
    ------
    ParameterError
        There is no such audience.
    """

    area: str = ""
    audience: str = "director"
    data: Path | None = None

    def __post_init__(self) -> None:
        reader_named(self.audience)


def new_project(
    folder: Path,
    answers: Answers,
    *,
    find: FindArea,
    progress: Progress = lambda _name, _more, _of: None,
) -> Subject:
    """Make a project folder, where nothing may be yet; it appears complete or not at all.

    `find` finds the area that the notebooks open in the pack that was made, and which is returned;
    `progress` is told what was read of the data, as by `ineqlib.pack.build.build`.

    Raises
    ------
    OutputError
        Something is there already, or the folder cannot be written.
    InputError
        The data give no pack.
    """
    with _whole(folder) as staged:
        if answers.data:
            build(answers.data, staged / OWN_PACK, title=folder.name, progress=progress)
        else:
            make_demo_pack(staged / DEMO_PACK)
        place = OWN_PACK if answers.data else DEMO_PACK
        pack = open_pack(staged / place)
        area = find(pack)
        county = pack.area(area.code).parent_code
        chosen = Chosen(area.code, f"../{place}", answers.audience, county)
        _write(staged, folder.name, answers, chosen, area)
    return area


def require_free(folder: Path) -> None:
    """Refuse a folder that is there.

    Raises
    ------
    OutputError
        Something is there already.
    """
    if folder.exists():
        raise OutputError(
            f"{folder} is there already, and nothing is written over it. Choose another name; "
            "`ineq doctor` tells how a project's notebooks differ from the newest."
        )


@contextmanager
def _whole(folder: Path) -> Iterator[Path]:
    """Give a folder to fill, which gets its name once it is complete."""
    require_free(folder)
    staged = folder.with_name(f".{folder.name}{TEMPORARY}")
    try:
        shutil.rmtree(staged, ignore_errors=True)
        staged.mkdir(parents=True)
        yield staged
        retry_while_in_use(partial(staged.rename, folder))
    except OSError as error:
        raise OutputError(
            f"{folder} cannot be made: {error.strerror or error}. Choose a folder that you may "
            "write to."
        ) from error
    finally:
        shutil.rmtree(staged, ignore_errors=True)


def _write(staged: Path, name: str, answers: Answers, chosen: Chosen, area: Subject) -> None:
    for part in (DOWNLOADS, "params/runs", "params/describe", "templates", "notebooks"):
        (staged / part).mkdir(parents=True, exist_ok=True)
    write_notebooks(staged, chosen)
    write_templates(staged / "templates")
    own_area = area.name if answers.data else answers.area or name
    words = {
        "title": json.dumps(f"{own_area}: health inequalities", ensure_ascii=False),
        "area": json.dumps(area.code if answers.data else own_area, ensure_ascii=False),
        "own_area": own_area,
        "audience": answers.audience,
        "pack": OWN_PACK,
        "version": __version__,
        "data": in_command(answers.data.resolve()) if answers.data else DOWNLOADS,
        "first_run": "mine" if answers.data else "demo",
    }
    write_text(staged / "params/runs/mine.yml", OWN_RUN.format(**words))
    write_text(staged / "params/describe/mine.yml", DESCRIBE)
    write_text(staged / "README.md", README.format(**words))
    write_text(staged / ".gitignore", GITIGNORE)
    if not answers.data:
        demo = shipped("params", "runs", "demo.yml").read_text(encoding="utf-8")
        write_text(staged / "params/runs/demo.yml", demo)
