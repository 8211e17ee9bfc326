"""Formats that analysts hold and that are not read: what each is called, and what to do instead."""

import re
from collections.abc import Iterable

from ineqlib.errors import listed
from ineqlib.sources.tables_not_read import table_not_read

_AS_CSV = "Save its table as CSV or .xlsx"
_OWN = "or type the figures into a table of your own figures (docs/your-own-figures.md)"

_AS_MAP = "Download the boundaries as GeoJSON, or as a GeoPackage of one layer"

_BEGINNINGS: tuple[tuple[bytes, str, str], ...] = (
    (
        b"%PDF-",
        "a PDF document",
        "No table in it can be read reliably. Look for the CSV or workbook published beside it, "
        + _OWN,
    ),
    (b"PK\x05\x06", "an empty zip archive", "Fetch it again, or pack it anew"),
    (
        b"[InternetShortcut]",
        "a shortcut to an address on the web",
        "Open it, and download the file itself",
    ),
    (b"!table", "a map of MapInfo (.tab)", _AS_MAP),
    (b"PAR1", "a Parquet file", f"{_AS_CSV}, in Python with pandas.read_parquet and to_csv"),
    (b"ARROW1", "an Arrow file", f"{_AS_CSV}, in Python with pandas.read_feather and to_csv"),
    (b"FEA1", "a Feather file", f"{_AS_CSV}, in Python with pandas.read_feather and to_csv"),
    (
        bytes(12) + b"\xc2\xea\x81\x60",
        "a SAS data set (.sas7bdat)",
        f"{_AS_CSV}, in SAS with PROC EXPORT, in Python with pandas.read_sas",
    ),
    (
        b"HEADER RECORD*******",
        "a SAS transport file (.xpt)",
        f"{_AS_CSV}, in Python with pandas.read_sas",
    ),
    (b"$FL2", "an SPSS data file", f"{_AS_CSV}, in SPSS by File, Export, CSV"),
    (b"$FL3", "an SPSS data file", f"{_AS_CSV}, in SPSS by File, Export, CSV"),
    (b"<stata_dta>", "a Stata data file (.dta)", f"{_AS_CSV}, in Stata with export delimited"),
    (b"RDX2\n", "data of R (.RData)", f"{_AS_CSV}, in R with write.csv"),
    (b"RDX3\n", "data of R (.RData)", f"{_AS_CSV}, in R with write.csv"),
    (b"X\n\x00\x00\x00", "data of R (.rds)", f"{_AS_CSV}, in R with write.csv"),
    (
        b"\x00\x01\x00\x00Standard Jet DB",
        "an Access database (.mdb)",
        f"{_AS_CSV}: in Access, External Data, Export, each table or query",
    ),
    (
        b"\x00\x01\x00\x00Standard ACE DB",
        "an Access database (.accdb)",
        f"{_AS_CSV}: in Access, External Data, Export, each table or query",
    ),
    (b"\x89HDF\r\n", "an HDF5 or NetCDF file", _AS_CSV),
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive", "Unpack it, and give the files in it"),
    (b"Rar!\x1a\x07", "a RAR archive", "Unpack it, and give the files in it"),
    (b"\xfd7zXZ\x00", "a file packed by xz", "Unpack it, and give the file in it"),
    (b"BZh", "a file packed by bzip2", "Unpack it, and give the file in it"),
    (b"\x28\xb5\x2f\xfd", "a file packed by Zstandard", "Unpack it, and give the file in it"),
    (b"fgb\x03fgb", "a map as FlatGeobuf", _AS_MAP),
    (b"\x89PNG\r\n", "a picture (PNG)", f"Look for the table behind it, {_OWN}"),
    (b"\xff\xd8\xff", "a picture (JPEG)", f"Look for the table behind it, {_OWN}"),
    (
        b"MIME-Version:",
        "a web archive (MHTML), perhaps saved under the name of a workbook",
        "Open it in Excel and save it as .xlsx",
    ),
    (b"\xff\xfe\x00\x00", "text in UTF-32", "Save it as UTF-8"),
    (
        b"\xff\xff\xff\xff",
        "a stream of Arrow",
        f"{_AS_CSV}, in Python with pyarrow.ipc and to_pandas().to_csv",
    ),
    (b"{\\rtf", "a text document (RTF)", f"{_AS_CSV}, {_OWN}"),
)
"""Beginning of a file -> what it is, and the remedy."""

_SEVERAL_IN_ONE = re.compile(r"[,;\t|][^\s,;\t|][^,;\t|]*[,;\t|](?! )")
"""In a heading: several of them; in prose a space follows a comma."""

_AREA_CODES = re.compile(r"[A-Z]{2,8}\d{2,3}(?:CD|_code)", re.IGNORECASE)
"""How the Office for National Statistics heads codes of areas of any kind; ITL321CD is level 3."""

_AREA_NAMES = re.compile(
    r"[A-Z]{2,8}\d\d(?:hcl)?(?:NMW?|_name)|OBJECTID|FID|GlobalID|la_?name|localauthorityname|type|",
    re.IGNORECASE,
)

_NO_YEAR = re.compile(r"(?:OA|LSOA|MSOA|WD|LAD|LTLA|UTLA|CTY|CTYUA|RGN|CTRY)CD", re.IGNORECASE)
_OF_SHAPES = frozenset(
    ("WKT", "geometry", "SHAPE", "Shape__Area", "Shape_Area", "st_areasha", "BNG_E", "LAT")
)
"""What the Open Geography Portal, R and Python write beside the shapes of a map."""

_OLD_STATA = re.compile(rb"[\x69-\x73][\x01\x02]\x01\x00", re.DOTALL)
"""Stata before version 13: its version, the order of its bytes, and the type of file."""
_PICKLE = re.compile(rb"\x80[\x02-\x05]", re.DOTALL)

_INTERFACES: tuple[tuple[frozenset[str], str], ...] = (
    (frozenset({"dimension", "value", "id", "size"}), "JSON-stat"),
    (frozenset({"dataset"}), "JSON-stat (an older version)"),
    (frozenset({"version", "class", "link"}), "a JSON-stat collection, which only names data sets"),
    (frozenset({"header", "obs"}), "the JSON of Nomis"),
    (frozenset({"dataSets"}), "SDMX-JSON"),
    (frozenset({"meta", "data"}), "SDMX-JSON, or another interface's answer"),
    (frozenset({"paging", "results"}), "the answer of Explore Education Statistics' interface"),
    (frozenset({"Data", "Grouping"}), "the answer of Fingertips' interface"),
    (frozenset({"doc_id"}), "a link to a document of Google, which is not in the folder"),
)
"""Keys of the outermost object -> whose JSON it is."""


def format_not_read(content: bytes) -> str:
    """Say what a file is by its first bytes, and what to do; nothing where they do not tell.

    Examples
    --------
    >>> format_not_read(b"PAR1...")[:16]
    'a Parquet file. '
    >>> format_not_read(b"area_code,value")
    ''
    """
    if content.startswith(b"PAR1") and b'"primary_column"' in content:
        return f"a map as GeoParquet. {_AS_MAP}"
    for beginning, what, remedy in _BEGINNINGS:
        if content.startswith(beginning):
            return f"{what}. {remedy}"
    if content[257:262] == b"ustar":
        return "a tar archive. Unpack it, and give the files in it"
    if any(len(bytes_) > 9 and not any(bytes_) for bytes_ in (content[:40:2], content[1:40:2])):
        return "text in UTF-16 without the mark that says so. Save it as UTF-8"
    if _OLD_STATA.match(content):
        return f"a Stata data file (.dta). {_AS_CSV}, in Stata with export delimited"
    if _PICKLE.match(content):
        return (
            "an object that Python saved (pickle), which may run programs when it is opened. "
            f"{_AS_CSV}"
        )
    return ""


def markup_not_read(text: str) -> str:
    """Say what a text in angle brackets is, and what to do with it."""
    lower = text.casefold()
    if "urn:schemas-microsoft-com:office" in lower or "mso-application" in lower:
        return (
            "a web page or XML that Excel saved under the name of a workbook. Open it in Excel "
            "and save it as .xlsx"
        )
    if "<html" in lower or "<!doctype html" in lower or "<table" in lower:
        return (
            "a web page (HTML), perhaps an error page or sign-in page saved in place of the data; "
            "fetch the file again. Where the page itself holds the table, open it in a "
            "spreadsheet and save it as .xlsx"
        )
    if "opengis.net/gml" in lower:
        return f"a map as GML. {_AS_MAP}"
    if "sdmx" in lower:
        return "SDMX-ML. Fetch the same figures as CSV: most services that give it offer both"
    return f"an XML file. {_AS_CSV}, {_OWN}"


_SUMMED = re.compile(r"(?:Sum|Average|Count|Min|Max|First|Last) of (.+)|(.+) \((?:Sum|Average)\)")
"""How a pivot table or a visual of Power BI heads what it has put together."""
_QUERIED = re.compile(r"'?[^\[\]]*'?\[([^\[\]]+)\]")
"""How a query of Power BI or of a database heads its columns: Data[Area Code]."""


_NUMBERED = re.compile(r"(?:Column|Field|V|_c|col|column)[ _]?\d+", re.IGNORECASE)
"""What programs head columns that have no heading: Column1, V1, _c0."""


def put_together(columns: Iterable[str]) -> str:
    """Say that a program has added up the rows of a column; nothing where none has.

    Examples
    --------
    >>> put_together(["Area Code", "Sum of Value"])[:42]
    "'Sum of Value' is what a pivot table or Po"
    """
    for name in columns:
        if match := _SUMMED.fullmatch(name):
            return (
                f"'{name}' is what a pivot table or Power BI made of several rows, and a sum of "
                f"rates is no rate. Export the rows themselves, headed '{match[1] or match[2]}'"
            )
    return ""


def columns_not_read(columns: tuple[str, ...]) -> str:
    """Say what a table with these columns is, where it is no table of figures; else nothing.

    Examples
    --------
    >>> columns_not_read(("PCON24CD", "PCON24NM", "BUA24CD", "BUA24NM"))[:45]
    'a lookup between areas (PCON24CD and BUA24CD)'
    >>> columns_not_read(("area", "value"))
    ''
    """
    if len(columns) == 1 and _SEVERAL_IN_ONE.search(columns[0]):
        return (
            "a table of which each line is one cell in quotation marks, as a spreadsheet saves "
            "what it opened in one column. Open it there, divide the column (Text to Columns) and "
            "save it, or fetch the file again"
        )
    if {"col_name", "col_type", "label"} <= set(columns):
        return (
            "the list of columns that lies beside a file of Explore Education Statistics. It is "
            "not needed: the data file is read without it"
        )
    if summed := put_together(columns):
        return f"a table of sums: {summed}"
    if known := table_not_read(columns):
        return known
    if columns and all(_QUERIED.fullmatch(name) for name in columns):
        names = listed(_QUERIED.sub(r"\1", name) for name in columns)
        return f"what a query of Power BI or a database gave. Head its columns {names}"
    if len(columns) > 1 and all(_NUMBERED.fullmatch(name) for name in columns):
        return (
            "a table without its heading, for which a program wrote Column1, Column2 ...: in Power "
            "Query, use the first row as headers, and save it again"
        )
    without_year = [name for name in columns if _NO_YEAR.fullmatch(name)]
    if len(without_year) > 1:
        return (
            f"a lookup between areas whose headings do not say of which year "
            f"({' and '.join(without_year[:2])}). Head them with it, as LAD24CD and LAD24NM"
        )
    codes = [name for name in columns if _AREA_CODES.fullmatch(name)]
    if len(codes) == 1 and _OF_SHAPES & set(columns):
        return f"the table of a map, not the map ({codes[0]}). {_AS_MAP}"
    if len(codes) == 1 and all(_AREA_NAMES.fullmatch(name) for name in {*columns} - {*codes}):
        return (
            f"a list of names of areas ({codes[0]}). It is not needed: names are taken from "
            "lookups, boundaries and figures"
        )
    if len(codes) < 2:
        return ""
    return (
        f"a lookup between areas ({' and '.join(codes[:2])}) of which a pack uses none or one. "
        "What it uses is in which district, county or region neighbourhoods, wards and districts "
        "lie (columns such as LSOA21CD, WD24CD, LAD24CD, CTYUA24CD and RGN24CD)"
    )


def json_not_read(kind: str, keys: str) -> str:
    """Say what JSON that no layout has is, and what to do with it."""
    if kind in ("FeatureCollection", "Topology"):
        return (
            f"JSON of type '{kind}', a map, with {keys}: none is headed like the code of an area. "
            "Head it as the Open Geography Portal does (LAD24CD, with the name in LAD24NM)"
        )
    if kind == "Feature":
        return "the shape of one area alone. Download all of them as one GeoJSON"
    return (
        f"JSON of type '{kind}' with {keys}. Fetch the same figures as CSV, boundaries as GeoJSON, "
        f"{_OWN}"
    )


def interface_of(keys: tuple[str, ...]) -> str:
    """Say whose JSON has these keys, and what to do with it; nothing where they do not tell."""
    whose = next((name for known, name in _INTERFACES if known <= set(keys)), "")
    return f"{whose}. Fetch the same figures as CSV" if whose else ""
