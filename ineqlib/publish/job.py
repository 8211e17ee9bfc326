"""One page to make, what becomes of it, and what makes it; known to all who have a part in it."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from ineqlib.document.subject import Subject
from ineqlib.document.verify.page import Other
from ineqlib.files import retry_while_in_use, write_text
from ineqlib.pack import Read
from ineqlib.publish.cell_log import CellLog
from ineqlib.publish.machine_paths import names_of

PAGE, BOOK = "page.html", "book.ipynb"
"""Names of what `make` leaves in its folder."""


@dataclass(frozen=True)
class Job:
    """One page to make.

    Parameters
    ----------
    notebook, pack
        Paths.
    subject
        What it is about.
    parameters
        Those of the notebook besides `area` and `pack`.
    folder
        Where the results go; it exists.
    checked_apart
        Whether it is checked without anything that was made ready for all subjects.
    also
        What is made of it besides, where it is checked (see `ineqlib.publish.also`).
    """

    notebook: Path
    pack: Path
    subject: Subject
    parameters: dict[str, Any]
    folder: Path
    checked_apart: bool = False
    also: tuple[str, ...] = ()

    @property
    def given(self) -> dict[str, Any]:
        """All parameters the notebook is run with."""
        return {"area": self.subject.code, "pack": str(self.pack.resolve()), **self.parameters}

    @property
    def cell_log(self) -> CellLog:
        """What has run of the notebook, readable whatever became of its process."""
        return CellLog(self.folder, self.public_names())

    def public_names(self, others: Mapping[Path, str] | None = None) -> dict[str, str]:
        """Return what stands in the place of paths, also of some others, in what is published."""
        texts = (Path(value) for value in self.parameters.values() if isinstance(value, str))
        given = {path: path.name for path in texts if path.is_absolute()}
        places = {self.folder: ".", self.notebook.parent: ".", self.pack: self.pack.name}
        return names_of({**places, self.notebook: self.notebook.name, **given, **(others or {})})

    def clear(self) -> None:
        """Remove what an earlier try left in the folder."""
        for left in self.folder.iterdir():
            retry_while_in_use(left.unlink)

    def keep(self, path: Path) -> None:
        """Keep the notebook as far as it ran."""
        path.parent.mkdir(parents=True, exist_ok=True)
        whole = self.folder / BOOK
        if whole.is_file():
            write_text(path, whole.read_text(encoding="utf-8"))
        else:
            write_text(path, self.cell_log.half_run(self.notebook))


@dataclass(frozen=True)
class Failure:
    """Why a page could not be made.

    Parameters
    ----------
    what
        What went wrong, with `{where}` for the place in the notebook.
    advice
        What to do about it.
    fills_disk
        Whether the disk is full, so that no other page can be made either.
    """

    what: str
    advice: str = "mend the cause and render it again"
    fills_disk: bool = False

    def words(self, job: Job, kept: Path) -> str:
        """Say what failed, where, where the half-run notebook is and what to do."""
        what = self.what.replace("{where}", job.cell_log.where()).rstrip(" .")
        return f"{what}. What had run is kept at {kept}; {self.advice}."


@dataclass(frozen=True)
class PageReport:
    """What a page says, for the index, the check before it is published, and the manifest.

    Parameters
    ----------
    kind
        What kind of document it is.
    summary
        The document in one line.
    opening
        The text of its first section; empty where the notebook shows none.
    sections
        Names of the sections it shows, in order.
    figures
        One dictionary per newest figure: indicator, sex, age, period, value, comparison.
    reads
        What was read of the pack in this process: all of it, where this is a worker.
    """

    kind: str
    summary: str
    opening: str
    sections: tuple[str, ...]
    figures: list[dict[str, Any]]
    reads: frozenset[Read] = frozenset()


class Backend(Protocol):
    """What makes and checks pages, here or on other machines; used by several threads."""

    at_once: int
    """How many pages at a time."""

    def make(self, job: Job, slot: int) -> PageReport | Failure:
        """Make a page into the job's folder; `slot` numbers those that are made at a time."""

    def check(
        self, job: Job, report: PageReport, others: dict[str, Other], slot: int
    ) -> Failure | None:
        """Check it where none of that is left, beside what other subjects' documents say."""
