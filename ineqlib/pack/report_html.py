"""The report of a build as HTML: for a notebook, and inside a page of its own."""

from collections.abc import Iterable, Sequence
from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ineqlib.pack.report import BuildReport, FileReport

_COUNTS = ("Rows in the file", "Given by them", "Kept", "Set aside", "Refused")


def report_html(report: "BuildReport") -> str:
    """Write the report: in short, kind by kind, the rows set aside to look at, and file by file.

    Parameters
    ----------
    report
        Its texts come from files and are escaped.
    """
    return "\n".join(
        [
            f"<p>{escape(report.summary)} for the pack <strong>{escape(report.path.name)}</strong>."
            " Of what the rows of a file gave, each is kept, set aside or refused.</p>",
            _list(report.remarks),
            '<h2 id="by-kind">Kind by kind</h2>',
            _table(
                "Files and rows of each kind",
                ("Kind", "Files", *_COUNTS),
                [(kind, str(len(files)), *_sums(files)) for kind, files in report.by_kind()],
            ),
            '<h2 id="to-look-at">To look at</h2>',
            *map(_details, [*report.not_read, *report.read]),
            '<h2 id="by-file">File by file</h2>',
            _table(
                "What became of the rows of each file",
                ("File", "Recognised as", *_COUNTS),
                [(file.name, file.recognised_as, *_sums([file])) for file in report.files],
            ),
        ]
    )


def _sums(files: Sequence["FileReport"]) -> list[str]:
    """Return the counts of some files; nothing where none could be counted."""
    if not any(file.rows_found or file.rows_read for file in files):
        return ["not counted"] + ["–"] * 4
    return [
        f"{sum(getattr(file, name) for file in files):,}"
        for name in ("rows_read", "rows_found", "rows_kept", "rows_set_aside", "rows_refused")
    ]


def _details(file: "FileReport") -> str:
    """Write why rows of a file were left out, with the first of them, and what else to know."""
    reasons = (
        f"{aside.rows:,} set aside: {aside.reason}."
        + (f" First: {'; '.join(aside.examples)}." if aside.examples else "")
        for aside in file.set_aside
    )
    accepted = [f"Accepted, as its description states: {file.accepted}"] if file.accepted else []
    items = [*reasons, *file.remarks, *accepted]
    if not items:
        return ""
    count = f"{len(items)} remark{'s' if len(items) > 1 else ''}"
    return f"<details><summary>{escape(file.name)} ({count})</summary>{_list(items)}</details>"


def _list(items: Iterable[str]) -> str:
    inner = "".join(f"<li>{escape(item)}</li>" for item in items)
    return f"<ul>{inner}</ul>" if inner else ""


def _table(caption: str, heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    head = "".join(f'<th scope="col"{_is_number(name)}>{name}</th>' for name in heads)
    body = "".join(
        f'<tr><th scope="row">{escape(first)}</th>'
        + "".join(
            f"<td{_is_number(name)}>{escape(cell)}</td>"
            for name, cell in zip(heads[1:], rest, strict=True)
        )
        + "</tr>"
        for first, *rest in rows
    )
    return (
        '<div class="table-scroll" tabindex="0" role="group" aria-label="Scrolls sideways">'
        f"<table><caption>{caption}</caption><thead><tr>{head}</tr></thead>"
        f"<tbody>{body}</tbody></table></div>"
    )


def _is_number(head: str) -> str:
    return ' class="number"' if head in ("Files", *_COUNTS) else ""
