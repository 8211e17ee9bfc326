"""A zip archive is read file by file, unless its files are of use only together."""

import gzip
import io
import zipfile

import pytest

from ineqlib.errors import InputError
from ineqlib.sources.members import list_members, reason_to_leave_out

from .made_workbooks import ods, zipped


@pytest.fixture
def members(tmp_path):
    def listed(content: bytes):
        path = tmp_path / "archive.zip"
        path.write_bytes(content)
        return list_members(path)

    return listed


def test_every_file_of_an_archive_is_a_file_of_its_own(members):
    files, left_out = members(
        zipped({"data/a.csv": b"a,b\n", "b.csv.gz": gzip.compress(b"c,d\n"), "c.ods": ods(["e"])})
    )
    assert [file.name for file in files] == ["data/a.csv", "b.csv.gz", "c.ods"]
    assert [file.read()[:4] for file in files] == [b"a,b\n", b"c,d\n", b"PK\x03\x04"]
    assert left_out == ""


def test_hidden_and_unfinished_files_of_an_archive_are_left_out_and_counted(members):
    files, left_out = members(
        zipped({"a.csv": b"a,b\n", "__MACOSX/._a.csv": b"", ".x/b.csv": b"", "c.csv.part": b""})
    )
    assert [file.name for file in files] == ["a.csv"]
    assert left_out.startswith("3 hidden or unfinished file(s)")
    with pytest.raises(InputError, match="no file that can be data"):
        members(zipped({".DS_Store": b""}))


def test_names_and_links_of_an_archive_lead_nowhere(members, tmp_path):
    """What is unpacked stays in memory: no name is a path, a link is the text it is stored as."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        for name in ("/abs.csv", "up/../../../up.csv", "a\x1b[31m.csv"):
            archive.writestr(name, b"a,b\n")
        link = zipfile.ZipInfo("link.csv")
        link.external_attr = 0o120777 << 16
        archive.writestr(link, b"/etc/passwd")
    files, _ = members(content.getvalue())
    read = {file.name: file.read()[:] for file in files}
    assert read.pop("link.csv") == b"/etc/passwd"
    assert "a\\x1b[31m.csv" in read
    assert set(read.values()) == {b"a,b\n"}
    assert [path.name for path in tmp_path.iterdir()] == ["archive.zip"]


@pytest.mark.parametrize("name", ["x.shp", "X.SHP", "x.gdb/a00000001.gdbtable"])
def test_files_that_belong_together_are_handed_on_whole(members, name):
    content = zipped({name: b"1", "x.dbf": b"2"})
    (file,), left_out = members(content)
    assert (file.name, file.read(), left_out) == ("", content, "")


def test_a_table_beside_the_parts_of_a_map_is_read_for_itself(members):
    """It was passed over without a word."""
    named = ("x.shp", "x.dbf", "x.shp.xml", "x.cpg", "readme.txt", "notes/own.CSV", ".own.csv")
    content = zipped(dict.fromkeys(named, b"1"))
    files, left_out = members(content)
    assert [(file.name, file.read()) for file in files] == [("", content), ("notes/own.CSV", b"1")]
    assert left_out.startswith("1 hidden")


def test_a_workbook_is_one_file(members):
    content = ods(["a", "b"], ["1", "2"])
    (file,), _ = members(content)
    assert (file.name, file.read()) == ("", content)


def test_an_archive_in_an_archive_and_damage_are_told_for_each_file(members):
    whole = zipped({"a.csv": b"a,b\n" * 99, "b.zip": zipped({"c.csv": b""})})
    files, _ = members(whole)
    with pytest.raises(InputError, match="archive in an archive"):
        files[1].read()
    spoilt = whole.replace(whole[35:40], b"\xff" * 5, 1)
    damaged, _ = members(spoilt)
    with pytest.raises(InputError, match=r"a\.csv is damaged in its archive"):
        damaged[0].read()
    with pytest.raises(InputError, match="cannot be opened"):
        members(whole[:60])


def test_a_file_that_a_password_protects_says_so(members):
    content = bytearray(zipped({"a.csv": b"a,b\n"}))
    for mark in (b"PK\x03\x04", b"PK\x01\x02"):
        place = content.index(mark) + (6 if mark == b"PK\x03\x04" else 8)
        content[place] |= 1
    (file,), _ = members(bytes(content))
    with pytest.raises(InputError, match="protected by a password"):
        file.read()


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        (".ipynb_checkpoints/a-checkpoint.csv", "in a hidden folder"),
        ("a/.git/config", "in a hidden folder"),
        ("~$own.xlsx", "the lock of a document that is open"),
        (".DS_Store", "hidden"),
        ("a.csv.crdownload", "not downloaded or saved to its end"),
        ("a.TMP", "not downloaded or saved to its end"),
        ("a.csv.part", "not downloaded or saved to its end"),
        ("a.partly.csv", ""),
    ],
)
def test_what_is_nobodys_data_is_known_by_its_name(path, reason, tmp_path):
    assert reason_to_leave_out((tmp_path / path).relative_to(tmp_path)) == reason
