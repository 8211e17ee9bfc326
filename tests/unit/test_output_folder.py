"""A batch writes into a folder that is new, empty or its own, and removes nothing else there."""

from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner

from ineqlib.cli import main
from ineqlib.errors import OutputError
from ineqlib.files import TEMPORARY
from ineqlib.pack import Pack
from ineqlib.publish.manifest import JOURNAL, MANIFEST, Manifest, read_manifest
from ineqlib.publish.output_folder import HOLDER, LOCK, STAGING, OutputFolder
from ineqlib.publish.plan import UNREADABLE, manifest_in

FOREIGN = {
    "index.html": "<h1>the council's website</h1>",
    "draft.tmp": "a draft",
    ".notes.tmp": "notes",
    ".holder": "a ring binder",
    ".staging/site.conf": "listen 443;",
    JOURNAL: "the diary of another program\n",
}


def content(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8")
        for path in folder.rglob("*")
        if path.is_file()
    }


def fill(folder: Path, files: dict[str, str]) -> None:
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")


@pytest.mark.parametrize("manifest", [None, "{}", "[]", '{"name": "an app", "icons": []}', "torn"])
def test_a_folder_of_something_else_is_refused_and_stays_as_it_was(
    tmp_path: Path, manifest: str | None
) -> None:
    files = FOREIGN if manifest is None else {**FOREIGN, MANIFEST: manifest}
    fill(tmp_path, files)
    with (
        pytest.raises(OutputError, match=r"holds \d .*\(.*index.html.* Choose another folder"),
        OutputFolder(tmp_path),
    ):
        pass
    assert content(tmp_path) == files


@pytest.mark.parametrize("name", list(FOREIGN))
def test_any_single_file_makes_a_folder_another_s(tmp_path: Path, name: str) -> None:
    fill(tmp_path, {name: FOREIGN[name]})
    with pytest.raises(OutputError, match=r"has no manifest.json that is ineqlib's"):
        OutputFolder(tmp_path).__enter__()
    assert content(tmp_path) == {name: FOREIGN[name]}


def test_ineq_render_refuses_it_with_an_exit_code_of_its_own(
    tmp_path: Path, repo: Path, demo_pack: Pack
) -> None:
    run = {
        "title": "Test",
        "notebook": str(repo / "notebooks" / "area_briefing.ipynb"),
        "pack": str(demo_pack.path),
        "out": "site",
        "areas": ["X07000001"],
    }
    (tmp_path / "run.yml").write_text(yaml.safe_dump(run), encoding="utf-8")
    fill(tmp_path / "site", FOREIGN)
    for more in ((), ("--dry-run",)):
        result = CliRunner().invoke(main, ["render", str(tmp_path / "run.yml"), *more])
        assert result.exit_code == 7, result.output
        assert "so nothing is written there" in result.output
    assert content(tmp_path / "site") == FOREIGN


def test_beside_our_manifest_only_what_is_ours_is_removed(tmp_path: Path) -> None:
    Manifest().write(tmp_path)
    fill(tmp_path, FOREIGN)
    fill(tmp_path, {f".x.html.123{TEMPORARY}": "half", f"{STAGING}/x/page.html": "", HOLDER: "7"})
    with OutputFolder(tmp_path):
        pass
    assert content(tmp_path) == {**FOREIGN, MANIFEST: Manifest().as_text(), LOCK: ""}


@pytest.mark.parametrize(
    "names",
    [(), (LOCK, HOLDER, f"{STAGING}/x/page.html"), (f".{MANIFEST}.9{TEMPORARY}",), (".DS_Store",)],
    ids=["empty", "ended at once", "ended in its first manifest", "looked at"],
)
def test_a_new_folder_is_ours_wherever_its_first_batch_was_ended(
    tmp_path: Path, names: tuple[str, ...]
) -> None:
    fill(tmp_path, dict.fromkeys(names, ""))
    with OutputFolder(tmp_path) as folder:
        Manifest().write(folder.path)
    assert read_manifest(tmp_path) == Manifest()


def test_a_file_in_the_folder_s_place_is_told(tmp_path: Path) -> None:
    place = tmp_path / "out"
    place.write_text("mine", encoding="utf-8")
    with pytest.raises(OutputError, match="out is in the way"):
        OutputFolder(place).__enter__()
    assert place.read_text(encoding="utf-8") == "mine"


@pytest.mark.parametrize("keep", [40, -40])
def test_a_damaged_manifest_still_marks_the_folder_as_ours(tmp_path: Path, keep: int) -> None:
    (tmp_path / MANIFEST).write_text(Manifest().as_text()[:keep], encoding="utf-8")
    with OutputFolder(tmp_path):
        assert UNREADABLE in manifest_in(tmp_path)[1][0]
