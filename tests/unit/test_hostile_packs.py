"""A pack from anybody is opened, or refused in words: nothing of it is trusted."""

import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from ineqlib.cli import main
from ineqlib.errors import PackError
from ineqlib.pack import open_pack, write_pack

from .hostile_packs import OPENED, PAGE, READ, HostilePack, copied, with_table
from .test_pack import META, tables


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("sound") / "pack"
    write_pack(folder, tables(), META)
    return folder


def ineq(*words: object) -> Result:
    return CliRunner().invoke(main, [str(word) for word in words])


@pytest.mark.parametrize("pack", OPENED, ids=lambda pack: pack.name)
def test_a_pack_that_is_none_is_refused_when_it_is_opened(
    pack: HostilePack, sound: Path, tmp_path: Path
) -> None:
    pack.make(folder := copied(sound, tmp_path / "pack"))
    with pytest.raises(PackError, match=re.escape(pack.says)) as refused:
        open_pack(folder)
    assert len(str(refused.value)) < 1_000


@pytest.mark.parametrize("pack", READ, ids=lambda pack: pack.name)
def test_a_pack_that_cannot_be_read_is_not_as_built(
    pack: HostilePack, sound: Path, tmp_path: Path
) -> None:
    pack.make(folder := copied(sound, tmp_path / "pack"))
    result = ineq("check", folder)
    assert result.exit_code == 5
    assert pack.says in result.output
    assert "as built" not in result.output


def test_a_damaged_page_is_told_by_whoever_reads_it(sound: Path, tmp_path: Path) -> None:
    READ[0].make(folder := copied(sound, tmp_path / "pack"))
    result = ineq("areas", "--pack", folder)
    assert result.exit_code == 5
    assert "Table 'areas'" in result.output
    assert "fault of ineqlib" not in result.output


def test_a_link_within_the_pack_and_a_link_to_it_are_followed(sound: Path, tmp_path: Path) -> None:
    folder = copied(sound, tmp_path / "pack")
    (folder / "areas.parquet").rename(folder / "kept")
    (folder / "areas.parquet").symlink_to("kept")
    (tmp_path / "linked").symlink_to(folder)
    assert open_pack(tmp_path / "linked").area("Marsh").code == "X07000001"


def test_what_a_later_version_says_besides_is_passed_over(sound: Path, tmp_path: Path) -> None:
    folder = copied(sound, tmp_path / "pack")
    text = (folder / "pack.json").read_text(encoding="utf-8")
    more = text.replace('"rows":', '"more": 1, "rows":')
    (folder / "pack.json").write_text(more, encoding="utf-8")
    assert len(open_pack(folder).areas) == 6


def test_a_table_that_was_found_right_is_not_looked_at_again(
    sound: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_pack(sound)
    monkeypatch.setattr("ineqlib.pack.contract._schema", None)
    assert open_pack(sound).title == META.title


def test_the_page_has_the_table_of_packs() -> None:
    page = PAGE.read_text(encoding="utf-8")
    assert page == with_table(page), "run: python -m tests.unit.hostile_packs"
