"""The manifest of a folder tells what was published, whenever the batch that wrote it was ended."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from ineqlib.errors import InputError
from ineqlib.publish.manifest import (
    FAILED,
    JOURNAL,
    MANIFEST,
    READY,
    Entry,
    Manifest,
    read_manifest,
)
from ineqlib.publish.plan import manifest_in


def entry(code: str, **given: str) -> Entry:
    return Entry("book", code, f"Área {code}", given.pop("status", READY), **given)


@pytest.fixture
def begun(tmp_path: Path) -> Manifest:
    """The manifest of a batch at work: two areas made before, one made anew and one more."""
    manifest = Manifest({f"book/{code}": entry(code) for code in ("A", "B")}, {"title": "Pack"})
    manifest.is_finished = False
    manifest.write(tmp_path)
    manifest.note(tmp_path, entry("B", summary="made\u2028again"))
    manifest.note(tmp_path, entry("C", status=FAILED, problem="why\nnot"))
    return manifest


def test_what_is_noted_is_read_without_the_file_being_written_again(
    begun: Manifest, tmp_path: Path
) -> None:
    assert (
        "book/C" not in json.loads((tmp_path / MANIFEST).read_text(encoding="utf-8"))["documents"]
    )
    assert read_manifest(tmp_path) == begun
    assert read_manifest(tmp_path / MANIFEST) == begun


def test_wherever_a_batch_is_ended_every_whole_line_counts(begun: Manifest, tmp_path: Path) -> None:
    journal = tmp_path / JOURNAL
    whole = journal.read_bytes()
    first = whole.index(b"\n")
    for end in range(len(whole) + 1):
        journal.write_bytes(whole[:end])
        found = read_manifest(tmp_path).entries
        assert found["book/A"] == begun.entries["book/A"]
        assert found["book/B"] == (begun.entries["book/B"] if end >= first else entry("B"))
        assert found.get("book/C") == (begun.entries["book/C"] if end >= len(whole) - 1 else None)


def test_writing_the_manifest_takes_the_journal_in(begun: Manifest, tmp_path: Path) -> None:
    begun.is_finished = True
    left = (tmp_path / JOURNAL).read_bytes()
    begun.write(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == [MANIFEST]
    assert read_manifest(tmp_path) == begun
    (tmp_path / JOURNAL).write_bytes(left)
    assert read_manifest(tmp_path) == begun, "a batch that is ended in between loses nothing"


@pytest.mark.parametrize("method", ["open", "replace", "unlink"])
def test_what_somebody_has_open_for_a_moment_does_not_end_a_batch(
    begun: Manifest, tmp_path: Path, held_on_windows: Callable[..., None], method: str
) -> None:
    held_on_windows(method, times=2)
    begun.note(tmp_path, entry("D"))
    begun.write(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == [MANIFEST]
    assert read_manifest(tmp_path) == begun


def test_a_manifest_out_of_reach_is_told_and_not_set_aside(
    begun: Manifest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert manifest_in(tmp_path) == (begun, ())

    def refused(*_: object, **__: object) -> str:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "read_text", refused)
    with pytest.raises(InputError, match=r"cannot be read: Permission denied\. Close it"):
        manifest_in(tmp_path)


def test_a_journal_speaks_for_the_manifest_beside_it_alone(begun: Manifest, tmp_path: Path) -> None:
    other = tmp_path / "manifest.previous.json"
    other.write_bytes((tmp_path / MANIFEST).read_bytes())
    assert set(read_manifest(other).entries) == {"book/A", "book/B"}
    (tmp_path / MANIFEST).unlink()
    with pytest.raises(InputError, match="no manifest"):
        read_manifest(tmp_path)


def test_what_was_changed_by_hand_is_not_believed(begun: Manifest, tmp_path: Path) -> None:
    file, journal = tmp_path / MANIFEST, tmp_path / JOURNAL
    noted = journal.read_bytes()
    journal.write_bytes(noted.replace(b"made", b"told"))
    assert read_manifest(tmp_path).entries == {f"book/{code}": entry(code) for code in ("A", "B")}
    journal.write_bytes(noted)
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("\u00c1rea A", "\u00c1rea B"), encoding="utf-8")
    with pytest.raises(InputError, match="is not what ineqlib wrote: someone or something changed"):
        read_manifest(tmp_path)
