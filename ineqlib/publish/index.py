"""The index page of a batch, written anew only where it would be another."""

import hashlib
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from ineqlib import __version__
from ineqlib.files import file_sha256, write_text
from ineqlib.pack import Pack
from ineqlib.publish.index_headlines import Headline, headlines
from ineqlib.publish.manifest import FAILED, READY, Entry, Manifest
from ineqlib.publish.run_file import Run
from ineqlib.publish.target import Target

INDEX = "index.html"
NOT_MADE = "not made"


def write_index(run: Run, pack: Pack, targets: Sequence[Target], manifest: Manifest) -> Path:
    """Write the index page of a run from the manifest, and note it there.

    Returns
    -------
    Path
        The page.
    """
    path = run.out / INDEX
    rows = [_row(target, manifest.entries.get(target.key)) for target in targets]
    words = {
        "title": run.title,
        "fictional": pack.fictional,
        "pack_title": pack.title,
        "made_with": f"ineqlib {__version__}",
    }
    coloured_by = headlines(_figures(targets, manifest))
    library = next((entry.recipe.get("library") for entry in manifest.entries.values()), "")
    content = json.dumps([rows, words, coloured_by, manifest.pack, library])
    made_from = hashlib.sha256(content.encode()).hexdigest()
    if manifest.index == {"made_from": made_from, "sha256": file_sha256(path)}:
        return path
    write_text(path, _page(pack, rows, coloured_by, words))
    manifest.index = {"made_from": made_from, "sha256": file_sha256(path)}
    manifest.is_finished = False
    return path


def _figures(targets: Sequence[Target], manifest: Manifest) -> dict[str, list[dict[str, Any]]]:
    """Return the newest figures of each subject, from the first of its documents that has any."""
    figures: dict[str, list[dict[str, Any]]] = {}
    for target in targets:
        entry = manifest.entries.get(target.key)
        if entry and entry.status == READY and not figures.get(target.subject.code):
            figures[target.subject.code] = entry.figures
    return figures


def _row(target: Target, entry: Entry | None) -> dict[str, str]:
    status = entry.status if entry else NOT_MADE
    pages = [name for name in (entry.files if entry else {}) if name.endswith(".html")]
    return {
        "document": target.document.key,
        "subject_code": target.subject.code,
        "subject_name": target.subject.name,
        "href": pages[0] if pages and status == READY else "",
        "summary": (entry.problem if status == FAILED else entry.summary) if entry else "",
        "status": status,
        "kept": entry.kept if entry and status == FAILED else "",
    }


def _page(
    pack: Pack,
    rows: list[dict[str, str]],
    coloured_by: Sequence[Headline],
    words: dict[str, Any],
) -> str:
    # Heavy, and needed only where something has changed.
    import pandas as pd  # noqa: PLC0415

    from ineqlib.pack.outlines import outlines  # noqa: PLC0415
    from ineqlib.publish.index_page import index_html  # noqa: PLC0415

    shapes = outlines(pack, {row["subject_code"] for row in rows})
    return index_html(pd.DataFrame(rows), shapes, headlines=coloured_by, **words)
