"""Files are known by what is in them; what is not known is said in words."""

import gzip
import io

import openpyxl
import pytest

from ineqlib.errors import InputError
from ineqlib.sources.beginning import head
from ineqlib.sources.content import numbers, read_table
from ineqlib.sources.recognise import read_content, recognise


def test_gzip_is_unpacked_whatever_the_name_says(tmp_path):
    path = tmp_path / "figures.csv"
    path.write_bytes(gzip.compress(b"a,b\n1,2\n"))
    assert read_content(path) == b"a,b\n1,2\n"


def test_a_damaged_gzip_and_a_missing_file_are_said(tmp_path):
    path = tmp_path / "cut.csv.gz"
    path.write_bytes(gzip.compress(b"a,b\n1,2\n" * 1000)[:30])
    with pytest.raises(InputError, match=r"cut\.csv\.gz is a damaged gzip file"):
        read_content(path)
    with pytest.raises(InputError, match=r"There is no file .*none\.csv"):
        read_content(tmp_path / "none.csv")


def test_the_header_is_read_past_a_byte_order_mark_and_a_newline_in_a_name():
    content = '\ufeffIndicator ID,"Indicator\r\nName",Value\r\n1,x,2\r\n'.encode()
    assert head(content).columns == ("Indicator ID", "Indicator\r\nName", "Value")


@pytest.mark.parametrize("encoding", ["utf-16", "utf-8-sig", "utf-8", "cp1252"])
def test_a_table_is_read_in_the_encodings_that_windows_writes(encoding):
    content = "area,note\r\nE07000243,2014 – 16\r\n".encode(encoding)
    assert head(content).columns == ("area", "note")
    assert read_table(content)["note"].tolist() == ["2014 – 16"]


def test_the_first_row_of_a_workbook_is_its_header():
    book = openpyxl.Workbook()
    book.active.append(["area_code", "value"])
    saved = io.BytesIO()
    book.save(saved)
    assert head(saved.getvalue()).columns == ("area_code", "value")


def test_json_is_known_by_type_and_properties():
    content = (
        b'{"type": "FeatureCollection", "features": [{"properties": {"LAD24CD": "E06000001"}}]}'
    )
    assert head(content).json_type == "FeatureCollection"
    assert head(content).properties == ("LAD24CD",)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "an empty file"),
        (b" \r\n", "an empty file"),
        (b"<!DOCTYPE html><html><body>Sign in</body></html>", "a web page"),
        (b"<?xml version='1.0'?><feed/>", "an XML file"),
        (b'{"type": "FeatureColl', "JSON that is cut short"),
        (b'{"name": 1}', "JSON of type 'object' with name"),
        (b"[]", "JSON of type 'list' with no fields"),
        (b'{"type": "Feature"}\n{"type": "Feature"}\n', "one shape or record a line"),
        (b'{"type": "Feature", "properties": {}}', "one area alone. Download all"),
        (b'{"version": "2.0", "class": "collection", "link": {}}', "only names data sets"),
        (b'{"header": {}, "obs": []}', "the JSON of Nomis. Fetch the same figures as CSV"),
        (b'{"name": 1}', "Fetch the same figures as CSV, boundaries as GeoJSON"),
        (b"OA21CD,PCON24CD,PCON24NM\nE00000001,E14001514,x\n", r"lookup .*OA21CD and PCON24CD"),
        (b"LAD24CD,LAD24NM,ObjectId\nE07000243,Stevenage,1\n", r"names of areas \(LAD24CD\)"),
        (
            b"msoa21cd,msoa21nm,msoa21hclnm,laname\nE02004929,S 001,Old Town,S\n",
            "not needed: names",
        ),
        (b"LAD24CD,LAD24NM,rate\nE07000243,Stevenage,1\n", "head its columns area_code"),
        (b"col_name,col_type,label\nsex,Filter,Sex\n", "the data file is read without it"),
        (b"colour,shape\nred,round\n", "a CSV with the columns colour, shape"),
        (b"PK\x03\x04 not really", "cannot be opened"),
        (b"\x81\x8d\x8f\x90\x9d", "not text"),
    ],
)
def test_what_is_not_known_is_described(content, said):
    with pytest.raises(InputError, match=said):
        recognise(content)


def test_a_table_without_rows_is_refused():
    with pytest.raises(InputError, match="no rows"):
        read_table(b"code,ranks\n")


def test_cells_that_are_not_numbers_are_counted_and_quoted():
    table = read_table(b'n\n1\nNA\n""\nmany\n')
    with pytest.raises(InputError, match=r"1 cell\(s\) not a number: 'many' in row 5"):
        numbers(table["n"])
    assert numbers(table["n"][:3]).isna().tolist() == [False, True, True]
