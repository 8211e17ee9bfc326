"""The folder of downloads: files to build from, and where each byte of them comes from."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import yaml

from ineqlib.errors import OutputError
from ineqlib.files import LITTER, write_text
from ineqlib.pack.provenance import FILES, MARK, PROVENANCE, read_provenance
from ineqlib.sources.fetch import Download
from ineqlib.text import slug

DESCRIPTION = "describe.yml"
LONGEST_NAME = 60
"""Letters of a name: whole paths are short on some computers."""


@dataclass
class DownloadFolder:
    """A folder that a pull writes, and the next one writes anew."""

    path: Path
    records: list[dict[str, object]] = field(default_factory=list)
    accessed: dict[str, dict[str, str]] = field(default_factory=dict)

    @property
    def files(self) -> Path:
        """Return the folder that is built from."""
        return self.path / FILES

    @property
    def description(self) -> Path:
        """Return the file that tells the build what the files leave out."""
        return self.path / DESCRIPTION

    def check(self) -> None:
        """Refuse a folder that holds something else."""
        if not self.path.exists():
            return
        is_empty = self.path.is_dir() and not {path.name for path in self.path.iterdir()} - LITTER
        if not is_empty and read_provenance(self.path) is None:
            raise OutputError(
                f"{self.path} holds something else than what an earlier pull fetched. Choose "
                "another folder with --downloads."
            )

    def begin(self) -> None:
        """Take away what an earlier pull wrote; files of your own beside it stay."""
        self.files.mkdir(parents=True, exist_ok=True)
        for name in read_provenance(self.path) or ():
            (self.files / name).unlink(missing_ok=True)
        self._write()

    def add(
        self,
        content: bytes | None,
        suffix: str,
        parts: Sequence[Download],
        described: Mapping[str, str] | None = None,
    ) -> None:
        """Write one file, and note the answers that it was made from.

        Without content it is the one answer as it came.
        """
        sha256 = parts[0].sha256 if content is None else hashlib.sha256(content).hexdigest()
        name = f"{slug(parts[-1].what)[:LONGEST_NAME]}-{parts[-1].sha256[:8]}{suffix}"
        self.accessed[name] = {
            "accessed": str(min(part.fetched.date() for part in parts)),
            **(described or {}),
        }
        self.records.append(
            {
                "file": name,
                "sha256": sha256,
                "made_from": [_origin(part) for part in parts],
            }
        )
        self._write()  # before the file, so that the next pull finds what this one leaves
        if content is None:
            parts[0].copy_to(self.files / name)
        else:
            (self.files / name).write_bytes(content)

    def _write(self) -> None:
        content = {"kind": MARK, "files": self.records}
        write_text(self.path / PROVENANCE, json.dumps(content, ensure_ascii=False, indent=1))
        write_text(self.description, yaml.safe_dump(self.accessed))


def _origin(part: Download) -> dict[str, object]:
    """Return where an answer comes from, and what was proved of it."""
    return {
        "what": part.what,
        "url": part.url,
        "came_from": part.final_url,
        "fetched": part.fetched.isoformat(),
        "sha256": part.sha256,
        "bytes": part.size,
        "headers": part.headers,
        "publisher": part.source.publisher,
        "licence": part.source.licence,
        "proved": part.proved,
    }
