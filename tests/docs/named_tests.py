"""Tests, files and folders that a page of documentation names in backticks."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

REPO = Path(__file__).resolve().parents[2]
TEST = re.compile(r"`(tests/[\w/]+\.py)(?:::(\w+))?`")
NAMED = re.compile(r"`([^`\n]+)`")


@cache
def functions_in(file: str) -> frozenset[str]:
    """Return the functions of a file, and the empty name: the file as a whole."""
    tree = ast.parse((REPO / file).read_text(encoding="utf-8"))
    names = {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}
    return frozenset(names | {""})


def absent(text: str) -> list[str]:
    """Return what is named in backticks and is neither a file or folder nor a test in one."""
    parted = [name.partition("::") for name in NAMED.findall(text)]
    return [
        f"{file}::{test}" if test else file
        for file, _, test in parted
        if not (REPO / file).exists() or (test and test not in functions_in(file))
    ]


def rows_of(text: str) -> Iterator[list[str]]:
    """Yield the cells of each row of each table, without headings."""
    lines = text.splitlines()
    for line, after in zip(lines, [*lines[1:], ""], strict=True):
        if line.startswith("| ") and not after.startswith("|---"):
            yield [cell.strip() for cell in line.strip("|").split("|")]
