"""What of a folder is looked into, and where each table in it is accounted for."""

import io
import os
import sys
import zipfile

import pytest

from ineqlib.errors import InputError
from ineqlib.pack.build import build
from ineqlib.pack.folder import list_files

HEADING = "area_code,area_name,indicator,period,value\n"
ROW = "E07000243,Stevenage,Warm homes,2023/24,4.1\n"


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    made = tmp_path / "received"
    made.mkdir()
    (made / "own.csv").write_text(HEADING + ROW, encoding="utf-8")
    return made


def test_checkpoints_locks_and_unfinished_downloads_are_left_out_and_named(folder):
    (folder / ".ipynb_checkpoints").mkdir()
    old = HEADING + ROW.replace("4.1", "3.9")
    for name in (".ipynb_checkpoints/own-checkpoint.csv", "~$own.xlsx", "own.csv.crdownload"):
        (folder / name).write_text(old, encoding="utf-8")
    report = build(folder, folder.parent / "pack")
    assert [(file.name, file.rows_kept) for file in report.files] == [("own.csv", 1)]
    assert report.remarks == (
        "1 left out, in a hidden folder: .ipynb_checkpoints/own-checkpoint.csv",
        "1 left out, not downloaded or saved to its end: own.csv.crdownload",
        "1 left out, the lock of a document that is open: ~$own.xlsx",
    )
    assert all(line in report.as_text() for line in report.remarks)


def test_a_folder_in_a_hidden_folder_is_no_hidden_folder(tmp_path):
    inner = tmp_path / ".data" / "received"
    inner.mkdir(parents=True)
    (inner / "own.csv").write_text(HEADING, encoding="utf-8")
    assert list_files(inner) == ([inner / "own.csv"], ())


@pytest.mark.skipif(sys.platform == "win32", reason="Windows lets few people make links")
def test_links_out_of_the_folder_and_what_is_no_file_are_not_followed(folder, tmp_path):
    (tmp_path / "secret.csv").write_text(HEADING + ROW, encoding="utf-8")
    (folder / "out.csv").symlink_to(tmp_path / "secret.csv")
    (folder / "outside").symlink_to(tmp_path)
    (folder / "lost.csv").symlink_to(tmp_path / "none.csv")
    (folder / "within.csv").symlink_to(folder / "own.csv")
    os.mkfifo(folder / "pipe.csv")
    files, left_out = list_files(folder)
    assert [path.name for path in files] == ["own.csv", "within.csv"]
    assert left_out == (
        "2 left out, neither a file nor a folder, or a link to nothing: lost.csv, pipe.csv",
        "1 left out, a link that leads out of the folder: out.csv",
    )


def test_a_folder_of_hidden_files_alone_says_what_it_left_out(folder):
    (folder / "own.csv").rename(folder / ".own.csv")
    with pytest.raises(
        InputError, match=r"no files to read\. 1 left out, hidden: \.own\.csv.*Put downloads or own"
    ):
        list_files(folder)


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux has file names of any bytes")
def test_a_file_name_that_is_no_utf8_is_read_and_told(folder):
    (folder / "own.csv").rename(folder / os.fsdecode(b"m\xf4n.csv"))
    report = build(folder, folder.parent / "pack")
    assert [(file.name, file.rows_kept) for file in report.files] == [("m\\xf4n.csv", 1)]
    assert "m\\xf4n.csv" in (report.path / "pack.json").read_text("utf-8").replace("\\\\", "\\")


def test_every_table_of_an_archive_is_accounted_for(folder):
    (folder / "own.csv").unlink()
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("2023.csv", HEADING + ROW)
        archive.writestr("2022.csv", HEADING + ROW.replace("2023/24", "2022/23") * 2)
        archive.writestr("read.me", "These are figures.")
        archive.writestr(".DS_Store", "")
    (folder / "all.zip").write_bytes(file.getvalue())
    report = build(folder, folder.parent / "pack", describe=described(folder))
    assert report.remarks == ()
    counts = {entry.name: (entry.rows_read, entry.rows_kept) for entry in report.files}
    assert counts == {
        "all.zip/2023.csv": (1, 1),
        "all.zip/2022.csv": (2, 0),
        "all.zip/read.me": (0, 0),
    }
    assert len({entry.sha256 for entry in report.files}) == 1
    remarks = [remark for entry in report.files for remark in entry.remarks]
    assert "1 hidden or unfinished file(s) of the archive are left out" in remarks
    assert "Not a layout" in report.not_read[-1].remarks[0]


def described(folder):
    path = folder.parent / "mine.yml"
    path.write_text("all.zip: {source: Housing}\n2023.csv: {source: Homes}\n", encoding="utf-8")
    return path


def test_a_description_keeps_one_file_of_an_archive_out(folder):
    with zipfile.ZipFile(folder / "all.zip", "w") as archive:
        archive.writestr("old/2022.csv", HEADING + ROW.replace("2023/24", "2022/23"))
    path = folder.parent / "mine.yml"
    path.write_text("2022.csv: {leave_out: superseded}\n", encoding="utf-8")
    (unread,) = build(folder, folder.parent / "pack", describe=path).not_read
    assert (unread.name, "superseded" in unread.remarks[0]) == ("all.zip/old/2022.csv", True)


def test_a_description_that_your_own_figures_contradict_is_told(folder):
    path = folder.parent / "mine.yml"
    path.write_text("own.csv: {unit: 'per 1,000', published: 2023-01-01}\n", encoding="utf-8")
    (file,) = build(folder, folder.parent / "pack", describe=path).files
    assert file.rows_kept == 1 and file.days == {}
    assert any(remark.startswith("not read of the description: `unit`") for remark in file.remarks)
    assert any("published on 2023-01-01, before the newest" in remark for remark in file.remarks)


@pytest.mark.parametrize("said", ["", "no", "{name: Housing}"])
def test_a_description_that_says_no_words_is_refused(folder, said):
    path = folder.parent / "mine.yml"
    path.write_text(f"own.csv:\n  source: {said}\n", encoding="utf-8")
    with pytest.raises(InputError, match="in words what its `source` is"):
        build(folder, folder.parent / "pack", describe=path)


def test_one_damaged_archive_leaves_the_other_files(folder):
    (folder / "a.zip").write_bytes(b"PK\x03\x04 not really")
    report = build(folder, folder.parent / "pack")
    assert [(file.name, file.rows_kept) for file in report.files] == [("a.zip", 0), ("own.csv", 1)]
    assert "cannot be opened" in report.files[0].remarks[0]
