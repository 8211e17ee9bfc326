"""A delimited text that is too large to be held is read bit by bit, and gives just the same."""

import gzip
import zipfile
from pathlib import Path

import pandas as pd
import pytest

from ineqlib.errors import InputError
from ineqlib.observations import conform
from ineqlib.sources.base import Content, Parsed
from ineqlib.sources.content import read_content, read_table
from ineqlib.sources.layouts import fingertips
from ineqlib.sources.layouts.fingertips import LAYOUTS
from ineqlib.sources.members import list_members
from ineqlib.sources.reading import archive, regular

(LAYOUT,) = LAYOUTS
HEADING = (
    "Indicator ID,Indicator Name,Area Code,Area Name,Sex,Age,Category Type,Category,Time period,"
    "Value,Lower CI 95.0 limit,Upper CI 95.0 limit,Count,Denominator,Value note,Other\n"
)
DECILES = "LSOA21 deprivation deciles within area (IMD trend)"


def line(number: int, **cells: str) -> str:
    c = {"name": '"Smoking, adults"', "value": f"{10 + number / 7!r}", "type": "", "group": ""}
    c |= {"period": f"{2000 + number % 20}", "code": f"E0700{number:04d}", "other": ""} | cells
    return (
        f"92443,{c['name']},{c['code']},Town {number % 9} ,Persons,18+ yrs,{c['type']},"
        f"{c['group']},{c['period']},{c['value']},,,{number},{1000 + number},,{c['other']}\n"
    )


LINES = [line(number) for number in range(1, 60)]
GROUP = line(61, type=DECILES, group="Most deprived decile")
IRREGULAR = {
    "notes": [*LINES, "Source: made up,,,,,,,,,,,,,,,\n"],
    "an error of a spreadsheet": [*LINES, line(60, other="#REF!")],
    "a text in a formula": [*LINES, line(60, code='="E07000243"')],
    "a decimal comma": [*LINES, line(60, other='"3,5"')],
    "a blank line": [*LINES, "\n", line(60)],
    "a line end in a cell": [*LINES, line(60, name='"Smoking,\nadults"')],
    "the heading again": [*LINES, HEADING, line(60)],
    "a last line without an end": [*LINES, line(60).rstrip("\n")],
}
REGULAR = {
    "plain": LINES,
    "groups": [*LINES, GROUP],
    "no numbers": [*LINES, line(60, value="*"), line(61, value="NA"), line(62, value="")],
    "what is set aside": [*LINES, line(60, code="W06000015"), line(61, period="soon"), LINES[0]],
}


@pytest.fixture(autouse=True)
def small_bounds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "_CHUNK", 1_000)
    monkeypatch.setattr(archive, "LARGEST_HELD_TEXT", 2_000)
    monkeypatch.setattr(regular, "BLOCK", 1_500)


def content_of(path: Path, lines: list[str], *, packed: bool = False) -> Content:
    text = (HEADING + "".join(lines)).encode()
    path.write_bytes(gzip.compress(text) if packed else text)
    content = read_content(path)
    assert isinstance(content, Content)
    assert content.whole
    return content


def same(one: Parsed, other: Parsed) -> None:
    pd.testing.assert_frame_equal(conform(one.frame), conform(other.frame))
    assert one.frame["file_row"].tolist() == other.frame["file_row"].tolist()
    for name in ("set_aside", "remarks", "rows_read", "source"):
        assert getattr(one, name) == getattr(other, name)


@pytest.mark.parametrize("packed", [False, True])
@pytest.mark.parametrize("lines", REGULAR.values(), ids=REGULAR)
def test_a_large_download_gives_what_a_small_one_gives(tmp_path, lines, packed):
    content = content_of(tmp_path / "a.csv", lines, packed=packed)
    assert regular.read_regular(content, fingertips._kind) is not None
    streamed = LAYOUT.parse(content, {})
    assert isinstance(streamed.frame["area_code"].dtype, pd.CategoricalDtype)
    same(streamed, LAYOUT.parse((HEADING + "".join(lines)).encode(), {}))


@pytest.mark.parametrize("lines", IRREGULAR.values(), ids=IRREGULAR)
def test_what_asks_for_a_judgement_is_read_row_by_row(tmp_path, lines):
    content = content_of(tmp_path / "a.csv", lines)
    assert regular.read_regular(content, fingertips._kind) is None
    same(LAYOUT.parse(content, {}), LAYOUT.parse((HEADING + "".join(lines)).encode(), {}))


def test_text_beyond_what_is_held_is_read_whole(tmp_path, monkeypatch):
    monkeypatch.setattr(archive, "LARGEST", 3_000)
    content = content_of(tmp_path / "a.csv", LINES)
    assert len(read_table(content)) == len(LINES)
    (tmp_path / "b.json").write_text("[" + "\n1," * 3_000 + "1]", encoding="utf-8")
    with pytest.raises(InputError, match=r"larger than 3,000 bytes"):
        read_content(tmp_path / "b.json")


def in_a_zip(path: Path, text: bytes, name: str = "a.csv") -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr(name, text)
    return path


@pytest.mark.parametrize("packed", [False, True])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_large_member_of_an_archive_and_utf16_are_read_bit_by_bit(
    tmp_path, monkeypatch, encoding, packed
):
    monkeypatch.setattr(archive, "LARGEST", 3_000)
    text = HEADING + "".join(LINES)
    path = in_a_zip(tmp_path / "a.zip", text.encode(encoding)) if packed else tmp_path / "a.csv"
    if not packed:
        path.write_bytes(text.encode(encoding))
    [member], _ = list_members(path)
    content = member.read()
    assert isinstance(content, Content)
    assert content.whole and len(content) < 4_000
    assert content.size == len(text.encode())
    shares: list[float] = []
    content.watch = shares.append
    streamed = LAYOUT.parse(content, {})
    assert shares[-1] == 1
    same(streamed, LAYOUT.parse(text.encode(), {}))


def test_utf16_that_is_cut_within_a_letter_is_refused(tmp_path):
    text = (HEADING + "".join(LINES)).encode("utf-16")
    (tmp_path / "a.csv").write_bytes(text + b"\x00")
    with pytest.raises(InputError, match="begins as UTF-16, but is none throughout"):
        read_content(tmp_path / "a.csv")


def test_a_damaged_member_of_an_archive_is_told(tmp_path):
    path = in_a_zip(tmp_path / "a.zip", (HEADING + "".join(LINES)).encode())
    whole = bytearray(path.read_bytes())
    whole[200] ^= 0xFF
    path.write_bytes(bytes(whole))
    [member], _ = list_members(path)
    with pytest.raises(InputError, match=r"a\.csv is damaged in its archive"):
        member.read()


def test_a_table_that_takes_too_much_memory_is_refused_with_the_limit(tmp_path, monkeypatch):
    monkeypatch.setattr("ineqlib.sources.content.LARGEST_TABLE", 9_000)
    monkeypatch.setattr("ineqlib.sources.reading.tables.BLOCK", 160)
    content = content_of(tmp_path / "a.csv", IRREGULAR["a blank line"])
    with pytest.raises(InputError, match="more than 9,000 bytes, for it is read row by row"):
        LAYOUT.parse(content, {})
    LAYOUT.parse(content_of(tmp_path / "b.csv", LINES), {})


def test_text_that_is_packed_as_no_data_are_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr("ineqlib.sources.reading.limits.SMALL", 10_000)
    (tmp_path / "a.csv.gz").write_bytes(gzip.compress(HEADING.encode() + b"0,\n" * 2_000_000))
    with pytest.raises(InputError, match="unpacks to more than"):
        read_content(tmp_path / "a.csv.gz")


@pytest.mark.parametrize("lines", [LINES, IRREGULAR["a blank line"]])
def test_how_far_a_large_file_is_read_is_told(tmp_path, lines, monkeypatch):
    monkeypatch.setattr("ineqlib.sources.reading.tables.BLOCK", 160)
    content = content_of(tmp_path / "a.csv", lines)
    shares: list[float] = []
    content.watch = shares.append
    LAYOUT.parse(content, {})
    assert len(shares) > 2
    assert shares == sorted(shares)
    assert shares[-1] == 1
