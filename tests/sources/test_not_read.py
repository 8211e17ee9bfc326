"""Formats that are not read are called by name, with what to do instead."""

import pytest

from ineqlib.errors import InputError
from ineqlib.sources.recognise import recognise


@pytest.mark.parametrize(
    ("content", "what", "remedy"),
    [
        (b"%PDF-1.7\n%\xe2\xe3\n", "a PDF document", "table of your own figures"),
        (b"PAR1\x15\x04", "a Parquet file", "read_parquet"),
        (b"ARROW1\x00\x00\xff", "an Arrow file", "read_feather"),
        (bytes(12) + b"\xc2\xea\x81\x60\xb3", "a SAS data set", "PROC EXPORT"),
        (b"HEADER RECORD*******LIBRARY", "a SAS transport file", "read_sas"),
        (b"$FL2@(#) SPSS DATA FILE", "an SPSS data file", "in SPSS"),
        (b"<stata_dta><header>", "a Stata data file", "export delimited"),
        (b"\x72\x02\x01\x00\x03\x00", "a Stata data file", "export delimited"),
        (b"RDX3\nX\n", "data of R", "write.csv"),
        (b"\x00\x01\x00\x00Standard ACE DB\x00", "an Access database", "External Data"),
        (b"\x89HDF\r\n\x1a\n", "an HDF5", "CSV"),
        (b"7z\xbc\xaf\x27\x1c\x00", "a 7-Zip archive", "Unpack it"),
        (b"\x80\x04\x95\x10", "an object that Python saved", "may run programs"),
        (b"\x89PNG\r\n\x1a\n", "a picture", "the table behind it"),
        (b"<table><tr><td>1</td></tr></table>", "a web page", "open it in a spreadsheet"),
        (
            b'<html xmlns:x="urn:schemas-microsoft-com:office:excel">',
            "Excel saved under the name of a workbook",
            "save it as .xlsx",
        ),
        (b'<?xml version="1.0"?><mes:Structure xmlns:mes="http://sdmx.org/">', "SDMX-ML", "CSV"),
        (b'{"version":"2.0","id":["a"],"size":[1],"dimension":{},"value":[1]}', "JSON-stat", "CSV"),
        (b'{"header":{},"dataSets":[]}', "SDMX-JSON", "CSV"),
        (b'{"paging":{},"results":[]}', "Explore Education Statistics' interface", "CSV"),
        (b"fgb\x03fgb\x01\xac", "a map as FlatGeobuf", "as GeoJSON"),
        (b'<?xml version="1.0"?><c xmlns:gml="http://www.opengis.net/gml/3.2">', "GML", "GeoJSON"),
        (
            b'{"type": "FeatureCollection", "features": [{"type": "Feature", "properties": '
            b'{"code": "E07000243"}, "geometry": null}]}',
            "a map, with code: none is headed like the code of an area",
            "LAD24CD",
        ),
        (b"MIME-Version: 1.0\nX-Document-Type: Workbook\n", "a web archive (MHTML)", "as .xlsx"),
        ("area_code,value\n".encode("utf-16-le"), "UTF-16 without the mark", "UTF-8"),
        ("area_code,value\n".encode("utf-16-be"), "UTF-16 without the mark", "UTF-8"),
        ("area_code,value\n".encode("utf-32"), "text in UTF-32", "UTF-8"),
        (b"\xff\xff\xff\xff\x10\x01\x00\x00", "a stream of Arrow", "CSV"),
        (b"own.csv".ljust(257, b"\x00") + b"ustar\x0000", "a tar archive", "Unpack"),
        (b"Area,Sum of Value\nStevenage,31\n", "a table of sums: 'Sum of Value'", "headed 'Value'"),
        (b"Area,Falls (Sum)\nStevenage,31\n", "a table of sums", "headed 'Falls'"),
        (b"Data[Area],Data[Rate]\nStevenage,31\n", "what a query", "columns Area, Rate"),
        (b"LADCD,LADNM,RGNCD,RGNNM\nE,S,E,E\n", "LADCD and RGNCD", "as LAD24CD"),
        (b"LAD24CD,LAD24NM,LONG,LAT\nE,S,1,2\n", "a map, not the map", "GeoJSON"),
        (b'LAD24CD,LAD24NM,WKT\nE,S,"POLYGON(())"\n', "a map, not the map", "GeoJSON"),
        (b"Column1,Column2\nArea,Rate\n", "a table without its heading", "as headers"),
        (b"PK\x05\x06" + bytes(18), "an empty zip archive", "Fetch it again"),
        (b"[InternetShortcut]\nURL=https://example.org\n", "a shortcut", "download the file"),
        (b'{"url": "https://example.org", "doc_id": "1"}', "a document of Google", "CSV"),
        (b"!table\n!version 300\n", "a map of MapInfo", "GeoJSON"),
        (b'PAR1\x15\x04{"primary_column": "geometry"}', "a map as GeoParquet", "GeoJSON"),
        (b"LSOA code,WIMD 2019 overall rank\nW,1\n", "deprivation of Wales", "indices of England"),
        (b"DZ,SIMD2020v2_Rank\nS01006506,1\n", "deprivation of Scotland", "indices of England"),
        (b"SOA2001,MDM rank\n95AA01S1,1\n", "of Northern Ireland", "indices of England"),
        (b"LSOA CODE,RANK OF IMD SCORE\nE,1\n", "Deprivation of 2010", "File 7"),
        (
            b"Integrated Care Board,IMD - Average rank\nE,1\n",
            "other areas than districts",
            "not needed",
        ),
        (b"LSOA code (2011),Total population\nE01000001,1\n", "beside File 7", "File 7"),
        (b"lsoa11cd,IMD_Rank,IMDDec0,st_areasha\nE,1,1,2\n", "the table of a map", "File 7"),
        (b"GEOGCD,GEOGNM,STATUS\nE07000243,S,live\n", "Code History Database", "Changes.csv"),
        (b"pcd,oslaua,lsoa21\nSG1 1AA,E07000243,E01\n", "directory of postcodes", "LSOA21CD"),
        (b"LAD21CD,LAD21NM,ITL321CD,ITL321NM\nE,S,T,H\n", "LAD21CD and ITL321CD", "LAD24CD"),
        (b"colour,shape\nred,round\n", "a CSV", "head its columns area_code"),
    ],
)
def test_a_format_that_is_not_read_is_named_with_the_remedy(content, what, remedy):
    with pytest.raises(InputError) as refused:
        recognise(content)
    assert what in str(refused.value)
    assert remedy in str(refused.value)


def test_a_table_whose_lines_are_one_cell_each_is_told_what_to_do():
    lines = "area_code,indicator,period,value", "E07000243,Visits,2023,4.1"
    content = "\n".join(f'"{line}"' for line in lines).encode()
    with pytest.raises(InputError, match=r"each line is one cell in quotation marks.*divide"):
        recognise(content)
    with pytest.raises(InputError, match="it looks like a CSV"):
        recognise(b'"Dear all, as said, the figures follow, later, by mail"')


def test_an_old_dbase_table_is_told_what_to_do():
    table = bytearray(97)
    table[0], table[2], table[3], table[8], table[64] = 3, 5, 1, 65, 0x0D
    layout = recognise(bytes(table))
    with pytest.raises(InputError, match="dBASE table of figures"):
        layout.parse(bytes(table), {})


@pytest.mark.parametrize(
    ("heading", "line"),
    [
        ("area_code,indicator,period,Sum of value", "E07000243,Warm,2023,4.1"),
        (
            "time_period,time_identifier,geographic_level,country_code,Sum of ready_percent",
            "202324,Academic year,National,E92000001,61.5",
        ),
        ("National - Regional - LA - OAs,Month,Sum of People", "Stevenage,May 2025,12"),
    ],
)
def test_sums_of_a_pivot_table_are_refused_in_every_layout(heading: str, line: str) -> None:
    """Of rates they are no rates, and they became an indicator of their own."""
    content = f"{heading}\n{line}\n".encode()
    with pytest.raises(InputError, match="made of several rows, and a sum of rates is no rate"):
        recognise(content).parse(content, {})
