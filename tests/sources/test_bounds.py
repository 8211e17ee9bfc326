"""However a file is made to fill memory or time, it is refused in words, at once."""

import gzip
import zlib

import pytest

from ineqlib.errors import InputError
from ineqlib.sources.content import read_content, read_table
from ineqlib.sources.members import list_members
from ineqlib.sources.reading import limits
from ineqlib.sources.recognise import recognise

from .made_workbooks import ods, xlsx, zipped

NAMES = "<row r='1'><c r='A1' t='str'><v>a</v></c><c r='B1' t='str'><v>b</v></c></row>"


def sheet(*rows: str) -> bytes:
    return xlsx(f"<sheetData>{NAMES}{''.join(rows)}</sheetData>")


def zeros(megabytes: int) -> bytes:
    """So many megabytes of zeros, packed by gzip."""
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    parts = [packer.compress(b"0" * (1 << 20)) for _ in range(megabytes)]
    return b"".join([*parts, packer.flush()])


def test_one_far_cell_costs_nothing():
    far = "<row r='1048576'><c r='XFD1048576'><v>1</v></c></row>"
    table = read_table(sheet("<row r='2'><c r='A2'><v>1</v></c><c r='B2'><v>2</v></c></row>", far))
    assert table.shape == (2, 2)
    repeated = "<table:table-cell office:value-type='float' office:value='1' {}/>"
    wide = repeated.format("table:number-columns-repeated='2000000000'")
    with pytest.raises(InputError, match="columns; at most 16,384"):
        read_table(ods(["a", "b"], ["1", "2"], [wide]))
    beyond = "<row r='2'><c r='ZZZZ2'><v>1</v></c></row>"
    with pytest.raises(InputError, match="columns; at most 16,384"):
        read_table(sheet(beyond))


def test_empty_rows_and_cells_repeated_to_the_end_are_passed_over():
    end = "<table:table-cell table:number-columns-repeated='16384'/>"
    book = ods(["a", "b", end], ["1", "2"], [end])
    assert read_table(book).values.tolist() == [["1", "2"]]


def test_a_sheet_of_too_many_cells_is_refused(monkeypatch):
    monkeypatch.setattr("ineqlib.sources.reading.sheets.MOST_CELLS", 20)
    rows = [f"<row r='{n}'><c r='J{n}'><v>1</v></c></row>" for n in (2, 3)]
    with pytest.raises(InputError, match="'Figures' has more than 20 cells"):
        read_table(sheet(*rows))


def test_a_bomb_is_refused_before_it_is_unpacked(tmp_path):
    path = tmp_path / "bomb.csv.gz"
    path.write_bytes(zeros(30))
    with pytest.raises(InputError, match=r"bomb\.csv\.gz unpacks to more than 120 times its size"):
        read_content(path)
    path.write_bytes(zipped({"bomb.csv": b"0" * (30 << 20)}))
    (member,), _ = list_members(path)
    with pytest.raises(InputError, match=r"bomb\.csv unpacks to more than 120 times its size"):
        member.read()
    part = "<si><t>" + "0" * (30 << 20) + "</t></si>"
    with pytest.raises(InputError, match="unpacks to more than 120 times its size"):
        recognise(xlsx(f"<sheetData>{NAMES}</sheetData>", sharedStrings=part))


def test_what_packs_well_but_is_small_is_read(tmp_path):
    path = tmp_path / "zeros.csv.gz"
    path.write_bytes(gzip.compress(b"a,b\n" + b"0,0\n" * 500_000))
    assert len(read_content(path)) > 120 * path.stat().st_size


def test_a_file_of_more_than_the_memory_is_refused_while_it_is_read(tmp_path, monkeypatch):
    monkeypatch.setattr("ineqlib.sources.reading.archive.LARGEST", 1000)
    path = tmp_path / "large.csv"
    path.write_bytes(b"a,b\n" * 300)
    with pytest.raises(InputError, match="larger than 1,000 bytes"):
        read_content(path)


def test_too_many_columns_are_refused_before_the_rows():
    heading = ",".join(f"c{number}" for number in range(100_000))
    with pytest.raises(InputError, match="100,000 columns; at most 16,384"):
        recognise(f"{heading}\n1,2\n".encode())


def test_a_heading_of_many_megabytes_is_refused_by_its_length():
    with pytest.raises(InputError, match="Line 1 is longer than 2,000,000 characters"):
        recognise(b"area_code," + b"x" * limits.LONGEST_LINE)


def test_a_cell_that_never_ends_is_refused_by_its_line():
    content = b'a,b\n1,"2\n' + b"x, y\n" * 40_000
    with pytest.raises(InputError, match=r"Line 2: a cell .* quotation mark is not closed"):
        read_table(content)


def test_many_unknown_columns_are_told_at_once():
    names = ",".join(f"c{number}" for number in range(1_500))
    content = f"area_code,indicator,period,value,{names}\nE07000243,a,2023,1{',' * 1_500}\n"
    (remark,) = recognise(content.encode()).parse(content.encode(), {}).remarks
    assert remark.startswith("1500 column(s) not read: 'c0', ")
    assert remark.endswith("and 1480 more")


def test_json_nested_without_end_is_refused():
    for content in (b"[" * 200_000, b'{"a":' * 200_000):
        with pytest.raises(InputError, match="nested too deeply"):
            recognise(content)


def test_xml_that_multiplies_itself_is_refused():
    entities = "".join(
        f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' if n else '<!ENTITY e0 "0123456789">'
        for n in range(10)
    )
    bomb = f"<!DOCTYPE sst [{entities}]><sst><si><t>&e9;</t></si></sst>"
    with pytest.raises(InputError, match=r"sharedStrings\.xml is damaged"):
        recognise(xlsx(f"<sheetData>{NAMES}</sheetData>", sharedStrings=bomb))


def test_an_archive_of_too_many_files_is_refused(tmp_path):
    path = tmp_path / "many.zip"
    path.write_bytes(zipped({f"{number}.csv": b"" for number in range(limits.MOST_MEMBERS + 1)}))
    with pytest.raises(InputError, match="1,001 files; at most 1,000"):
        list_members(path)


def test_blocks_are_small_however_wide_the_table(monkeypatch):
    monkeypatch.setattr("ineqlib.sources.reading.tables.BLOCK", 10)
    content = "a,b,c,d\n" + "1,2,3,4\n" * 7
    table = read_table(content.encode())
    assert table.shape == (7, 4)
    assert table.index.tolist() == list(range(7))
