"""A disk that is really full, or can really not be written: a small one is mounted for each test.

The same faults without such a disk, which not every system lets us mount, are in
`test_outside_faults`.
"""

import re
import subprocess
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner, Result

from ineqlib.cli import main
from ineqlib.pack import Pack
from ineqlib.publish.local_backend import LocalBackend
from ineqlib.publish.manifest import FAILED, READY, Manifest, read_manifest
from ineqlib.publish.render import Failure, Job

from .conftest import FIRST, SECOND, key, notebook, require_tidy, require_true_manifest

pytestmark = pytest.mark.slow

AREAS = (FIRST, SECOND, "X07000003", "X07000004")
MB = 1_000_000
HEAVY = """
from IPython.display import display
display({"application/x-ballast": "x" * 6_000_000}, raw=True)
"""
"""A briefing's notebook of 6 MB: so that few fit."""
FILLS = f"""
import os, pathlib
disk = pathlib.Path(disk)
if area == "{AREAS[1]}" and (disk / "fill").exists():
    raise ValueError("not yet")
if area == "{AREAS[2]}" and (disk / "fill").exists():
    held = os.statvfs(disk)
    with (disk / "ballast").open("wb") as file:
        file.write(b"x" * (held.f_bavail * held.f_frsize - 100_000))
"""


@dataclass
class Disk:
    """A file system of its own in memory, and a run that writes into it."""

    path: Path

    def mount(self, megabytes: float, *, again: bool = False, how: str = "rw") -> str:
        """Mount it, or change how it is mounted; return what is wrong, if anything is."""
        remount = "remount," if again else ""
        options = f"{remount}{how},size={int(megabytes * MB)}"
        try:
            done = subprocess.run(
                ["mount", "-t", "tmpfs", "-o", options, "tmpfs", self.path],
                capture_output=True,
                text=True,
                check=False,
            )
        except OSError as error:
            return str(error)
        return done.stderr if done.returncode else ""

    @property
    def out(self) -> Path:
        return self.path / "out"

    def fill(self) -> None:
        """Have something else take all the room."""
        with suppress(OSError), (self.path / "ballast").open("wb", buffering=0) as file:
            while file.write(b"x" * 4096):
                pass

    def free(self) -> None:
        (self.path / "ballast").unlink()


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Disk]:
    made = Disk(tmp_path / "disk")
    made.path.mkdir()
    if why := made.mount(36):
        pytest.skip(
            f"no small disk can be mounted here ({why.strip()}): run as root, or under "
            "`unshare --map-root-user --mount`, to try real disks as well as simulated ones"
        )
    try:
        yield made
    finally:
        subprocess.run(["umount", "--lazy", made.path], check=True)


Render = Callable[..., Result]


@pytest.fixture
def render(
    tmp_path: Path,
    demo_pack: Pack,
    disk: Disk,
    backend: LocalBackend,
    monkeypatch: pytest.MonkeyPatch,
) -> Render:
    """`ineq render` of four areas onto the disk, one by one, with cells of your own."""
    monkeypatch.setattr(backend, "at_once", 1)

    def command(*cells: str) -> Result:
        content = {
            "title": "Small disk",
            "notebook": notebook(tmp_path, f"disk = {str(disk.path)!r}", *cells).name,
            "pack": str(demo_pack.path),
            "out": str(disk.out),
            "areas": list(AREAS),
        }
        run_file = tmp_path / "run.yml"
        run_file.write_text(yaml.safe_dump(content), encoding="utf-8")
        return CliRunner().invoke(main, ["render", str(run_file), "--quiet"])

    return command


def require_sound(disk: Disk) -> Manifest:
    """What is there is whole, and nothing half-made is left."""
    manifest = require_true_manifest(disk.out)
    require_tidy(disk.out)
    for page in disk.out.glob("x*.html"):
        assert page.read_text(encoding="utf-8").rstrip().endswith("</html>")
    return manifest


def require_all_made(disk: Disk, result: Result, before: Manifest) -> None:
    """The same command has made the rest, and left what was there."""
    assert result.exit_code == 0, result.output
    after = require_sound(disk)
    assert set(after.entries) == set(map(key, AREAS))
    assert after.is_finished
    ready = {code: each for code, each in before.entries.items() if each.status == READY}
    assert {code: after.entries[code] for code in ready} == ready


def test_room_for_two_is_used_for_two_and_the_rest_is_told(disk: Disk, render: Render) -> None:
    result = render(HEAVY)

    assert result.exit_code == 7, result.output
    told = r"is full: \d+ MB are free\. 2 of 4 briefings were made; the other 2 need about 3\d MB"
    assert re.search(told, result.output), result.output
    assert "run the same command again: it makes the rest" in result.output
    before = require_sound(disk)
    assert set(before.entries) == set(map(key, AREAS[:2]))
    assert len(list(disk.out.glob("x*.html"))) == 2

    assert not disk.mount(80, again=True)
    require_all_made(disk, render(HEAVY), before)


def test_a_disk_too_small_for_any_is_told_before_anything_is_made(
    disk: Disk, render: Render
) -> None:
    assert not disk.mount(2, again=True)
    result = render()
    assert result.exit_code == 7, result.output
    assert (
        "2 MB are free. 0 of 4 briefings were made; the other 4 need about 52 MB" in result.output
    )
    assert require_sound(disk).entries == {}
    assert not disk.mount(80, again=True)
    require_all_made(disk, render(), read_manifest(disk.out))


def test_a_disk_that_fills_up_while_a_briefing_is_written(disk: Disk, render: Render) -> None:
    (disk.path / "fill").touch()
    result = render(FILLS)

    assert result.exit_code == 7, result.output
    told = "is full: 0 MB are free. 1 of 4 briefings were made, 1 failed; the other 3 need about"
    assert told in result.output
    before = require_sound(disk)
    assert [each.status for each in before.entries.values()] == [READY, FAILED]
    assert set(before.entries) == set(map(key, AREAS[:2]))

    (disk.path / "fill").unlink()
    disk.free()
    require_all_made(disk, render(FILLS), before)


def test_a_disk_that_fills_up_when_only_the_manifest_is_to_be_written(
    disk: Disk, render: Render, monkeypatch: pytest.MonkeyPatch
) -> None:
    check = LocalBackend.check

    def fill_then_check(self: LocalBackend, job: Job, *others: Any) -> Failure | None:
        if job.subject.code == AREAS[2]:
            disk.fill()
        return check(self, job, *others)

    with monkeypatch.context() as filling:
        filling.setattr(LocalBackend, "check", fill_then_check)
        result = render()

    assert result.exit_code == 7, result.output
    assert "is full: 0 MB are free. 2 of 4 briefings were made; the other 2 need" in result.output
    before = require_sound(disk)
    assert set(before.entries) == set(map(key, AREAS[:2]))
    assert len(list(disk.out.glob("x*.html"))) == 3  # published, and made again for want of a note

    disk.free()
    require_all_made(disk, render(), before)


def test_a_disk_that_may_only_be_read_is_told_and_kept_as_it_is(disk: Disk, render: Render) -> None:
    disk.out.mkdir()
    Manifest().write(disk.out)
    page = disk.out / "x07000001-brackenhythe.html"
    page.write_text("the last good briefing", encoding="utf-8")
    assert not disk.mount(36, again=True, how="ro")

    result = render()

    assert result.exit_code == 7, result.output
    assert f"{disk.out} cannot be written (Read-only file system)" in result.output
    assert "--out" in result.output
    assert sorted(path.name for path in disk.out.iterdir()) == ["manifest.json", page.name]
    assert not disk.mount(80, again=True)
    require_all_made(disk, render(), Manifest())
