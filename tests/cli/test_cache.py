"""`ineq cache` tells what is kept, and deletes nothing that nobody agreed to."""

import hashlib
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from filelock import FileLock

from ineqlib.cli import main
from ineqlib.pack.caches import CacheFolder
from ineqlib.sources.fetch import Store
from ineqlib.sources.interfaces import fingertips
from ineqlib.sources.proof import Proof


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr("platformdirs.user_cache_path", lambda _: tmp_path)
    return tmp_path


@pytest.fixture
def keep(cache: Path) -> Callable[[bytes], Path]:
    def kept(content: bytes) -> Path:
        query, now = fingertips.area_types(), datetime(2026, 11, 3, tzinfo=UTC)
        store = Store()
        with store.locked(query, 1):
            return store.place(query, content, query.url, {}, Proof(("1 object",)), now).path

    return kept


def ineq(*words: str, answer: str = "") -> Result:
    return CliRunner().invoke(main, ["cache", *words], input=answer)


def test_what_was_fetched_is_listed_with_date_hash_address_and_licence(
    keep: Callable[[bytes], Path],
) -> None:
    keep(b"[1]")
    shown = ineq("list").output
    for words in (
        "2026-11-03",
        hashlib.sha256(b"[1]").hexdigest()[:12],
        "Fingertips, types of area",
        "https://fingertips.phe.org.uk/api/area_types",
        "Open Government Licence v3.0",
    ):
        assert words in shown


def test_what_was_altered_is_not_listed(keep: Callable[[bytes], Path]) -> None:
    keep(b"[1]").write_bytes(b"[2]")
    assert ineq("list").output == "Nothing fetched from publishers is kept.\n"


def test_a_file_that_another_process_deletes_meanwhile_counts_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "there").write_bytes(b"12345")
    monkeypatch.setattr("os.walk", lambda folder: [(folder, [], ["gone", "there"])])
    assert CacheFolder("parsed", "", tmp_path).size() == 5


def test_sizes_are_told(cache: Path) -> None:
    (cache / "parsed").mkdir()
    (cache / "parsed" / "one").write_bytes(bytes(2_500_000))
    lines = ineq("size").output.splitlines()
    assert [line.split()[:2] for line in lines] == [
        ["fetched", "0.0"],
        ["parsed", "2.5"],
        ["packs", "0.0"],
    ]


def test_nothing_is_deleted_unless_it_is_agreed_to(keep: Callable[[bytes], Path]) -> None:
    path = keep(b"[1]")
    assert ineq("clear", answer="n\n").exit_code == 1
    assert path.exists()
    assert ineq("clear", answer="y\n").exit_code == 0
    assert not path.exists()


def test_only_what_is_named_is_deleted(cache: Path, keep: Callable[[bytes], Path]) -> None:
    path = keep(b"[1]")
    (cache / "packs").mkdir()
    assert ineq("clear", "packs", "--yes").exit_code == 0
    assert path.exists()
    assert not (cache / "packs").exists()
    assert "Did you mean 'fetched'" in ineq("clear", "fetch", "--yes").output


def test_what_is_in_use_is_not_deleted(cache: Path, keep: Callable[[bytes], Path]) -> None:
    path = keep(b"[1]")
    [lock] = (cache / "fetched" / "locks").iterdir()
    with FileLock(lock):
        result = ineq("clear", "--yes")
    assert result.exit_code == 7
    assert "at work in" in result.output
    assert path.exists()
