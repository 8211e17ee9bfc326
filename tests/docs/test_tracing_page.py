"""The transcripts of docs/tracing.md are what the command says; run as a module, it writes them."""

import os
import re
import shlex
import shutil
import sys
import tempfile
from pathlib import Path

import pytest
from click.testing import CliRunner

from ineqlib.briefings.area.document import open_briefing
from ineqlib.cli import main
from ineqlib.demo import make_demo_pack
from ineqlib.document.page import document_page
from ineqlib.files import file_sha256
from ineqlib.pack import Pack, open_pack
from ineqlib.publish.manifest import READY, Entry, Manifest

PAGE = Path(__file__).resolve().parents[2] / "docs" / "tracing.md"
TRANSCRIPT = re.compile(
    r"( *)<!-- transcript: begin -->\n *```\n *\$ ineq ([^\n]*)\n(.*?) *```\n"
    r" *<!-- transcript: end -->",
    re.DOTALL,
)
AREA, NAME = "X07000001", "x07000001-brackenhythe.html"
DIGEST = re.compile(r"\b[0-9a-f]{16}\b")
"""An id of a pack: shapes may differ in their last digits from one machine to another."""
VERSION = re.compile(r"(?<=made with ineqlib )\d[\w.+]*\w")
"""It changes with each commit."""


def make(folder: Path, pack: Pack) -> None:
    """Put the demonstration where `ineq demo` puts it, with one page of it."""
    shutil.copytree(pack.path, folder / "data" / "demo")
    pages = folder / "build" / "demo"
    pages.mkdir(parents=True)
    html = document_page(open_briefing(pack, AREA))
    (pages / NAME).write_text(html, encoding="utf-8", newline="")
    record = {"sha256": file_sha256(pages / NAME), "bytes": len(html)}
    entry = Entry("area_briefing", AREA, "Brackenhythe", READY, files={NAME: record})
    Manifest({entry.key: entry}).write(pages)


def said(command: str) -> str:
    result = CliRunner().invoke(main, shlex.split(command))
    assert result.exit_code == 0, result.output
    return result.output


def without_digests(text: str) -> str:
    return VERSION.sub("(version)", DIGEST.sub("(id)", " ".join(text.split())))


def test_the_transcripts_are_what_the_command_says(
    demo_pack: Pack, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make(tmp_path, demo_pack)
    monkeypatch.chdir(tmp_path)
    found = TRANSCRIPT.findall(PAGE.read_text(encoding="utf-8"))
    assert len(found) == 2
    for _, command, output in found:
        assert without_digests(said(command)) == without_digests(output)
    nothing = said(f"trace --list smokers build/demo/{NAME}")
    assert nothing == f"No figure of {NAME} has a word that begins with each of: smokers.\n"


def write() -> None:
    text = PAGE.read_text(encoding="utf-8")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        make_demo_pack(folder / "made")
        make(folder, open_pack(folder / "made"))
        os.chdir(folder)

        def filled(match: re.Match[str]) -> str:
            indent = match[1]
            lines = ["<!-- transcript: begin -->", "```", f"$ ineq {match[2]}"]
            lines += [*said(match[2]).splitlines(), "```", "<!-- transcript: end -->"]
            return "\n".join(f"{indent}{line}".rstrip() for line in lines)

        text = TRANSCRIPT.sub(filled, text)
        os.chdir(PAGE.parent)
    PAGE.write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    write()
    sys.stdout.write(f"{PAGE}\n")
