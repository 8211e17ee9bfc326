"""Jobs for the tests of independence; a module, as workers need."""

from pathlib import Path
from typing import Any

from ineqlib.briefings.area.document import open_briefing
from ineqlib.document.page import document_page
from ineqlib.pack import open_pack

Page = tuple[str, dict[str, Any]]


def in_turn(send: Any, pack: Path, areas: list[str]) -> dict[str, Page]:
    """Return each area's page and what it is, made one after the other in one process."""
    return {area: _page(pack, area) for area in areas}


def _page(pack: Path, area: str) -> Page:
    briefing = open_briefing(pack, area)
    return document_page(briefing), briefing.cover.details


def believe(pack: Path, wrong: Path, area: str) -> None:
    """Make ready, with what areas of another pack share in the place of what this one's do."""
    for place in (wrong, pack):
        assert open_briefing(place, area).facts
    open_pack(pack)._common.shared.update(open_pack(wrong)._common.shared)
