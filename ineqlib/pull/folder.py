"""The folder of downloads: files to build from, and where each byte of them comes from."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path, PureWindowsPath
from typing import Any

import yaml

from ineqlib.errors import OutputError
from ineqlib.files import LITTER, write_text
from ineqlib.sources.fetch import Download
from ineqlib.text import slug

PROVENANCE = "provenance.json"
DESCRIPTION = "describe.yml"
FILES = "files"
_MARK = "ineqlib downloads"


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
        """Refuse a folder that holds something else.

        Raises
        ------
        OutputError
            It does.
        """
        if not self.path.exists():
            return
        is_empty = self.path.is_dir() and not {path.name for path in self.path.iterdir()} - LITTER
        if not is_empty and not self._is_ours():
            raise OutputError(
                f"{self.path} holds something else than what an earlier pull fetched. Choose "
                "another folder with --downloads."
            )

    def begin(self) -> None:
        """Take away what an earlier pull wrote; files of your own beside it stay."""
        self.files.mkdir(parents=True, exist_ok=True)
        for name in self._earlier():
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
        name = f"{slug(parts[-1].what.partition(', ')[0])}-{parts[-1].sha256[:8]}{suffix}"
        self.accessed[name] = {
            "accessed": str(min(part.fetched.date() for part in parts)),
            **(described or {}),
        }
        self.records.append(
            {
                "file": name,
                "made_from": [
                    {
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
                    for part in parts
                ],
            }
        )
        self._write()  # before the file, so that the next pull finds what this one leaves
        if content is None:
            parts[0].copy_to(self.files / name)
        else:
            (self.files / name).write_bytes(content)

    def _write(self) -> None:
        content = {"kind": _MARK, "files": self.records}
        write_text(self.path / PROVENANCE, json.dumps(content, ensure_ascii=False, indent=1))
        write_text(self.description, yaml.safe_dump(self.accessed))

    def _is_ours(self) -> bool:
        return self._provenance().get("kind") == _MARK

    def _earlier(self) -> list[str]:
        """Return the names of the files that an earlier pull wrote."""
        names = [str(record["file"]) for record in self._provenance().get("files", ())]
        return [name for name in names if PureWindowsPath(name).name == name]

    def _provenance(self) -> dict[str, Any]:
        """Return what an earlier pull wrote of its files; nothing where there was none."""
        try:
            content = json.loads((self.path / PROVENANCE).read_bytes())
        except (OSError, ValueError):
            return {}
        return content if isinstance(content, dict) else {}
