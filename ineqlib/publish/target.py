"""What can be made: which document, about which subject."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ineqlib.document.kinds import Kind
from ineqlib.document.subject import Subject
from ineqlib.text import slug


@dataclass(frozen=True)
class DocumentRequest:
    """A document asked for, whatever about.

    Parameters
    ----------
    name
        Of its kind; of a notebook of somebody's own, the notebook's.
    notebook
        The notebook that shows it.
    parameters
        Those of the notebook, besides `area` and `pack`.
    kind
        Its kind, where the notebook is that of a kind.
    also
        What is made of it besides its page (see `ineqlib.publish.also`).
    """

    name: str
    notebook: Path
    parameters: dict[str, Any] = field(default_factory=dict)
    kind: Kind | None = None
    also: tuple[str, ...] = ()


@dataclass(frozen=True)
class Target:
    """One page to make."""

    document: DocumentRequest
    subject: Subject

    @property
    def key(self) -> str:
        """What it is known by in a manifest."""
        return f"{self.document.name}/{self.subject.code}"

    @property
    def name(self) -> str:
        """What people call it."""
        return f"{self.subject.name} ({self.document.name})"

    @property
    def file_stem(self) -> str:
        """Name of its files, safe in every file system: its subject's, and its document's.

        The kind that stands first, and a notebook of somebody's own, go by the subject alone.
        """
        stem = f"{slug(self.subject.code)}-{slug(self.subject.name)}"
        stands_first = self.document.kind is None or self.document.kind.stands_first
        return stem if stands_first else f"{stem}-{slug(self.document.name)}"

    @property
    def kept_name(self) -> str:
        """Where the notebook is kept when it fails, relative to the folder of the pages."""
        return f"failed/{self.file_stem}.ipynb"
