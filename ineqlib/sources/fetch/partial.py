"""An answer that is not whole yet, kept so that the next attempt can go on from there."""

import gzip
import json
import zlib
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from ineqlib.files import parse_json, write_text
from ineqlib.sources.fetch.failures import Failed


@dataclass(frozen=True)
class Partial:
    """The bytes that came so far, as they were sent, and what tells whether they still hold."""

    path: Path

    @property
    def _about(self) -> Path:
        return self.path.with_suffix(".json")

    @property
    def size(self) -> int:
        """Bytes there are."""
        return self.path.stat().st_size if self.path.exists() else 0

    def range_headers(self, url: str) -> dict[str, str]:
        """Return what asks for the rest of an unchanged answer; nothing where that is no use."""
        with suppress(OSError, ValueError, KeyError, TypeError):
            about = parse_json(self._about.read_bytes())
            if self.size and about["url"] == url and about["validator"]:
                return {"Range": f"bytes={self.size}-", "If-Range": about["validator"]}
        return {}

    def begin(self, url: str, headers: Mapping[str, str]) -> BinaryIO:
        """Start anew; return the file to write to."""
        self.remove()
        # A weak tag does not promise the same bytes.
        tag = headers.get("ETag", "")
        validator = tag if tag.startswith('"') else headers.get("Last-Modified", "")
        write_text(self._about, json.dumps({"url": url, "validator": validator}))
        return self.path.open("wb")

    def go_on(self) -> BinaryIO:
        """Return the file to write the rest to."""
        return self.path.open("ab")

    def remove(self) -> None:
        """Forget what came."""
        self.path.unlink(missing_ok=True)
        self._about.unlink(missing_ok=True)

    def unpacked(self, encoding: str, most_bytes: int) -> bytes:
        """Return the bytes that were meant."""
        if encoding in ("", "identity"):
            return self.path.read_bytes()
        if encoding not in ("gzip", "x-gzip"):
            raise Failed(f"the answer is packed as '{encoding}', which was not asked for")
        try:
            with gzip.open(self.path) as file:
                content = file.read(most_bytes + 1)
        except EOFError as error:
            raise Failed("the packed answer is cut short", attempts=4) from error
        except (gzip.BadGzipFile, zlib.error) as error:
            raise Failed(f"the packed answer is damaged ({error})", attempts=4) from error
        if len(content) > most_bytes:
            raise too_large(most_bytes)
        return content


def too_large(most_bytes: int) -> Failed:
    """Return the failure of an answer that is larger than any that is expected."""
    return Failed(
        f"the answer is larger than {most_bytes / 1e6:,.0f} MB, which none of its kind should be"
    )
