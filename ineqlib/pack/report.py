"""What a build did with every file it was given."""

from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from ineqlib.errors import listed
from ineqlib.sources.base import SetAside
from ineqlib.sources.plausible import Finding

NOT_READ = "not read"


@dataclass
class FileReport:
    """What became of one file; filled in as the build goes on."""

    name: str
    sha256: str = ""
    recognised_as: str = NOT_READ
    rows_kept: int = 0
    set_aside: list[SetAside] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    """What is not believed of its rows, and which of that its description accepts."""

    def as_json(self) -> dict[str, Any]:
        """Return the entry of this file in `pack.json`."""
        content = asdict(self)
        return {"file": content.pop("name"), **content}

    def as_text(self) -> str:
        """Write the entry of this file in the report."""
        kept = "" if self.recognised_as == NOT_READ else f", {self.rows_kept:,} rows kept"
        lines = [f"{self.name}: {self.recognised_as}{kept}"]
        for aside in self.set_aside:
            examples = f" ({listed(aside.examples)})" if aside.examples else ""
            lines.append(f"    set aside {aside.rows:,}: {aside.reason}{examples}")
        lines += [f"    {remark}" for remark in self.remarks]
        return "\n".join(lines)


@dataclass(frozen=True)
class BuildReport:
    """What a build read, kept and left out."""

    path: Path
    files: tuple[FileReport, ...]
    remarks: tuple[str, ...] = ()

    @property
    def read(self) -> tuple[FileReport, ...]:
        """Files in a layout that is known."""
        return tuple(file for file in self.files if file.recognised_as != NOT_READ)

    @property
    def not_read(self) -> tuple[FileReport, ...]:
        """Files left out whole; the remarks of each say why."""
        return tuple(file for file in self.files if file.recognised_as == NOT_READ)

    def as_text(self) -> str:
        """Write the report for a person: every file, what was kept, what was not and why."""
        parts = [f"Pack {self.path}: {len(self.read)} of {len(self.files)} files read."]
        parts += self.remarks
        parts += ["", "Read"] + [file.as_text() for file in self.read]
        if self.not_read:
            parts += ["", "Not read"]
            parts += [file.as_text() for file in self.not_read]
        return "\n".join(parts) + "\n"
