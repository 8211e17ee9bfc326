"""The report of a build as a file: a page that needs nothing else, or JSON."""

import json
from pathlib import Path

from markupsafe import Markup

from ineqlib import __version__
from ineqlib.document.assets import write_page
from ineqlib.errors import OutputError, ParameterError
from ineqlib.files import write_text
from ineqlib.pack.report import BuildReport
from ineqlib.pack.report_html import report_html

SUFFIXES = (".html", ".json")


def check_report_path(path: Path) -> None:
    """Refuse a report that would be neither a page nor JSON, before anything is built.

    Raises
    ------
    ParameterError
        The file's name ends otherwise.
    """
    if path.suffix.lower() not in SUFFIXES:
        raise ParameterError(
            f"A report is written as a page or as JSON, so {path} should end in "
            f"{' or '.join(SUFFIXES)}."
        )


def write_report(report: BuildReport, path: Path) -> None:
    """Write the report of a build, as the end of the file's name says.

    Raises
    ------
    ParameterError
        The file's name ends in neither of `SUFFIXES`.
    OutputError
        The file cannot be written.
    """
    check_report_path(path)
    if path.suffix.lower() == ".json":
        text = json.dumps(report.as_json(), indent=1, ensure_ascii=False) + "\n"
    else:
        page = {
            "kind": "",
            "title": "What the build did with each file",
            "pack_title": report.path.name,
            "fictional": False,
            "made_with": f"ineqlib {__version__}",
        }
        text = write_page("build_report.html.j2", page=page, report=Markup(report_html(report)))
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_text(path, text)
    except OSError as error:
        raise OutputError(
            f"The report could not be written to {path}: {error.strerror or error}. Close it in "
            "other programs, or choose another place."
        ) from error
