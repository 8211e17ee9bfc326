"""What an error that somebody can put right looks like where it is met."""

import linecache
from pathlib import Path

import pytest

import ineqlib as iq
from ineqlib.errors import PackError


def test_a_notebook_shows_the_line_of_the_cell_and_the_message_alone(tmp_path: Path) -> None:
    cell = "def opened(place):\n    return iq.open_pack(place)\n\n\nopened('nowhere')\n"
    file = str(tmp_path / "cell.py")
    linecache.cache[file] = (len(cell), None, cell.splitlines(keepends=True), file)
    with pytest.raises(PackError) as caught:
        exec(compile(cell, file, "exec"), {"iq": iq})
    shown = caught.value._render_traceback_()  # which IPython asks for
    assert shown == ["Line 5: opened('nowhere')", f"PackError: {caught.value}"]


@pytest.mark.parametrize(
    ("name", "command"), [("demo", "ineq demo"), ("training", "ineq demo --training")]
)
def test_who_lacks_a_fictional_pack_is_told_how_to_make_it(
    name: str, command: str, tmp_path: Path
) -> None:
    with pytest.raises(PackError, match=rf"run `{command}` first"):
        iq.open_pack(tmp_path / name)
