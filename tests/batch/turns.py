"""Jobs for the tests of independence; a module, as workers need."""

from pathlib import Path
from typing import Any

from ineqlib.briefings.area.document import open_briefing
from ineqlib.pack import open_pack
from ineqlib.publish.worker import plain_page

Told = tuple[str, str, dict[str, Any]]


def in_turn(send: Any, pack: Path, areas: list[str]) -> dict[str, Told]:
    """Return each area's page, headlines and details, made one after the other in one process."""
    return {area: _told(pack, area) for area in areas}


def _told(pack: Path, area: str) -> Told:
    briefing = open_briefing(pack, area)
    return plain_page(pack, area), briefing.headline().html, briefing.page().details


def believe(pack: Path, wrong: Path, area: str) -> None:
    """Make ready, with what areas of another pack share in the place of what this one's do."""
    for place in (wrong, pack):
        open_briefing(place, area).at_a_glance()
    open_pack(pack)._common.made.update(open_pack(wrong)._common.made)
