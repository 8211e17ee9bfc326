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

    @property
    def variant(self) -> str:
        """What tells it from the usual document of its kind about the same subject."""
        if self.kind is None or self.kind.varies_by not in self.parameters:
            return ""
        value = self.parameters[self.kind.varies_by]
        return "" if value == self.kind.parameters[self.kind.varies_by] else str(value)

    @property
    def key(self) -> str:
        """What it is known by in a run, an index and a manifest: its kind, and its variant."""
        return ", ".join(filter(None, [self.name, self.variant]))


@dataclass(frozen=True)
class Target:
    """One page to make."""

    document: DocumentRequest
    subject: Subject

    @property
    def key(self) -> str:
        """What it is known by in a manifest."""
        return f"{self.document.key}/{self.subject.code}"

    @property
    def name(self) -> str:
        """What people call it."""
        return f"{self.subject.name} ({self.document.key})"

    @property
    def file_stem(self) -> str:
        """Name of its files, safe in every file system: its subject's, document's and variant's.

        The kind that stands first, and a notebook of somebody's own, go without the document's.
        """
        request = self.document
        stands_first = request.kind is None or request.kind.stands_first
        words = ["" if stands_first else request.name, request.variant]
        return "-".join(map(slug, [self.subject.code, self.subject.name, *filter(None, words)]))

    @property
    def kept_name(self) -> str:
        """Where the notebook is kept when it fails, relative to the folder of the pages."""
        return f"failed/{self.file_stem}.ipynb"
