"""Pages of docs that a script writes: a Markdown table, and where it goes."""

import os
import platform
from importlib.metadata import version
from pathlib import Path

DOCS = Path(__file__).resolve().parents[1] / "docs"


def table(header: str, rows: list[list[str]]) -> str:
    """Markdown table; `header` parts its columns with bars, a colon before a name sets it right."""
    names = [name.strip() for name in header.split("|")]
    rule = ["--:" if name.startswith(":") else "---" for name in names]
    lines = [[name.removeprefix(":") for name in names], rule, *rows]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)


def cores() -> int:
    """How many cores there are."""
    return os.cpu_count() or 1


def machine() -> str:
    """What it ran on, in general words."""
    packages = ", ".join(f"{name} {version(name)}" for name in ("numpy", "scipy", "pandas"))
    return (
        f"{platform.system()} on {platform.machine()}, {cores()} shared cores, "
        f"Python {platform.python_version()}, {packages}"
    )


def write(name: str, text: str) -> Path:
    """Write a page of docs."""
    path = DOCS / name
    path.write_text(text, encoding="utf-8")
    return path
