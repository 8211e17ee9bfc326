"""Files that a page shows in YAML, each read by what will read it."""

from collections.abc import Callable
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import Any

import yaml

from ineqlib.catalogue import load_indicator_set
from ineqlib.catalogue.checked_yaml import read_part
from ineqlib.geography.own_areas import read_own_areas
from ineqlib.pack import open_pack
from ineqlib.pack.descriptions import read_descriptions
from ineqlib.publish.plan import plan
from ineqlib.publish.run_file import TOP
from ineqlib.sources.fetch.settings import read_settings
from ineqlib.yaml_file import read_yaml

RUNS = "params/runs/"
"""Where all pages put run files: paths in one are relative to it, so that a reader must be told."""


def read_as_meant(folder: Path, text: str, name: str) -> None:
    """Save a file under the name that the page gives it, and read it as what it is.

    Parameters
    ----------
    folder
        The project's folder.
    text
        What the page shows: a whole file, or a part of a run file.
    name
        Where the page says that it goes; empty where it does not.
    """
    content = yaml.safe_load(text)
    if {"title", "pack", "out"} <= set(content):
        assert name.startswith(RUNS), (
            f"Say above it which file of {RUNS} this is: {content['title']}"
        )
        plan(_save(folder, text, name))
    elif set(content) <= set(TOP) and not _describes_areas(content):
        plan(_save(folder, yaml.safe_dump({**_around(), **content}), "mine.yml"))
    else:
        usual, read = _reader(content)
        read(_save(folder, text, name or usual))


def _reader(content: dict[str, Any]) -> tuple[str, Callable[[Path], object]]:
    """Return where another file usually is, and what reads it."""
    if _describes_areas(content):
        return "areas.yml", read_own_areas
    if "proxy" in content:
        return "network.yml", read_settings
    if "accepted" in content:
        return "accepted_drift.yml", partial(read_part, part="accepted_drift")
    if "costs" in content:
        return "our-costs.yml", import_module("ineqlib.pack.unit_costs").read_unit_costs
    if "audits" in content:
        return "decisions.yml", _audits
    if "indicators" in content:
        return "set.yml", load_indicator_set
    assert all("." in file for file in content), f"No test knows what reads {list(content)}."
    return "params/describe/mine.yml", read_descriptions


def _audits(path: Path) -> None:
    decisions = import_module("ineqlib.briefings.equity_audit.decisions")
    pack = open_pack("data/demo")
    for audit in read_yaml(path)["audits"]:
        assert decisions.read_decisions(path, pack, audit["area"], audit["service"])


def _describes_areas(content: dict[str, Any]) -> bool:
    return isinstance(content.get("areas", [""])[0], dict)


def _around() -> dict[str, Any]:
    """Return the rest of a run file of which a page shows a part."""

    return {
        **{"title": "Part", "documents": ["area_briefing"], "pack": "data/packs/mine"},
        **{"out": "build/part", "area_type": "all lower-tier districts", "most_deprived": 1},
    }


def _save(folder: Path, text: str, name: str) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text + "\n", encoding="utf-8")
    return path
