"""Proving a published file whole, whatever is in it: `ineq build` reads it later."""

import io
import zipfile
import zlib
from dataclasses import dataclass
from typing import Literal

from ineqlib.sources.proof.model import (
    NotWhole,
    Proof,
    encoding_of_answer,
    refuse_no_text,
    refuse_page,
)

FileKind = Literal["csv", "workbook", "archive"]


@dataclass(frozen=True)
class WholeFile:
    """A file of a kind, and of a size where the publisher says it."""

    kind: FileKind
    size: int | None = None
    header_holds: str = ""
    """Of a CSV, words that its first line has."""
    remark: str = ""
    """What is worth saying of the file."""

    @property
    def shows_its_end(self) -> bool:
        """Archives have a table at their end, and so have workbooks; text has not."""
        return self.kind != "csv" or self.size is not None

    def prove(self, content: bytes) -> Proof:
        """Prove the file whole."""
        refuse_page(content)
        if self.size is not None and len(content) != self.size:
            raise NotWhole(
                f"{len(content):,} of {self.size:,} bytes came that the publisher announces",
                may_pass=True,
            )
        if self.kind == "csv":
            self._prove_text(content)
        else:
            _prove_zip(content)
        of_size = "as announced" if self.size is not None else "whole"
        remarks = (self.remark,) * bool(self.remark)
        return Proof((f"{len(content):,} bytes, {of_size}",), remarks)

    def _prove_text(self, content: bytes) -> None:
        refuse_no_text(content)
        encoding = encoding_of_answer(io.BytesIO(content))
        first = content.partition(b"\n")[0].decode(encoding, "replace")
        if self.header_holds not in first:
            raise NotWhole(
                f"'{self.header_holds}' is not in the first line, which begins “{first[:80]}”: the "
                "publisher has changed the file, or another stands at its address"
            )


def _prove_zip(content: bytes) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            damaged = archive.testzip()
    except (zipfile.BadZipFile, EOFError, zlib.error, NotImplementedError) as error:
        raise NotWhole(
            f"the file is no archive or workbook, or one that is cut short ({error})",
            may_pass=True,
        ) from error
    if damaged:
        raise NotWhole(f"{damaged} inside the file is damaged", may_pass=True)
