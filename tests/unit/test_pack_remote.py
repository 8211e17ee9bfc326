"""A pack in a store is copied whole, once, and never taken for what it is not."""

from pathlib import Path

import fsspec
import pytest

from ineqlib.errors import PackError
from ineqlib.pack import Pack, open_pack
from ineqlib.pack.remote import is_remote

ADDRESS = "memory://bucket/england"


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A cache of this test alone."""
    monkeypatch.setattr("platformdirs.user_cache_path", lambda _: tmp_path)
    return tmp_path / "packs"


@pytest.fixture
def store(demo_pack: Pack):
    """A store in memory that holds the demonstration pack."""
    held = fsspec.filesystem("memory")
    for path in demo_pack.path.iterdir():
        held.pipe_file(f"/bucket/england/{path.name}", path.read_bytes())
    yield held
    held.rm("/bucket", recursive=True)


def test_it_is_read_from_a_copy_that_is_made_once(store, demo_pack: Pack, cache: Path) -> None:
    pack = open_pack(ADDRESS)
    assert pack.title == demo_pack.title
    assert pack.area("Coldmarket") == demo_pack.area("Coldmarket")
    assert pack.path.parent == cache

    store.rm("/bucket/england/observations.parquet")
    assert open_pack(f"{ADDRESS}/").path == pack.path


def test_a_copy_somebody_has_open_for_a_moment_is_kept(store, cache: Path, held_on_windows) -> None:
    held_on_windows("replace", times=2)
    assert open_pack(ADDRESS).path.parent == cache


def test_another_pack_at_the_same_address_is_seen(store) -> None:
    first = open_pack(ADDRESS)
    text = store.cat_file("/bucket/england/pack.json")
    assert first.title.encode() in text
    newer = text.replace(first.title.encode(), b"Another title")
    store.pipe_file("/bucket/england/pack.json", newer)
    assert open_pack(ADDRESS).title == "Another title"


def test_a_pack_of_an_earlier_version_is_not_copied(store, cache: Path) -> None:
    text = store.cat_file("/bucket/england/pack.json")
    store.pipe_file("/bucket/england/pack.json", text.replace(b'"format": 2', b'"format": 1'))
    with pytest.raises(PackError, match=r"england has format 1; .* Build the pack again"):
        open_pack(ADDRESS)
    assert not cache.exists()


def test_a_damaged_copy_is_made_again(store) -> None:
    file = open_pack(ADDRESS).path / "areas.parquet"
    file.write_bytes(b"damaged")
    assert len(open_pack(ADDRESS).areas) > 10


def test_a_damaged_original_is_refused_and_not_kept(store, cache: Path) -> None:
    store.pipe_file("/bucket/england/areas.parquet", b"damaged")
    with pytest.raises(PackError, match=r"england/areas\.parquet should have SHA-256 \w+ but has"):
        open_pack(ADDRESS)
    assert not [path for path in cache.iterdir() if path.is_dir() and path.suffix != ".coming"]


@pytest.mark.parametrize("folder", ["../", "..\\\\", "D:"])
def test_a_file_outside_the_pack_is_refused(store, folder: str) -> None:
    text = store.cat_file("/bucket/england/pack.json")
    outside = text.replace(b"areas.parquet", f"{folder}areas.parquet".encode())
    store.pipe_file("/bucket/england/pack.json", outside)
    with pytest.raises(PackError, match=r"names a file outside the pack: .+areas\.parquet"):
        open_pack(ADDRESS)


@pytest.mark.parametrize(
    ("place", "remote"),
    [
        ("s3://bucket/england", True),
        ("simplecache::s3://bucket/england", True),
        ("file:///C:/packs/england", True),
        (r"C:\packs\england", False),
        ("C://packs//england", False),
        (r"\\server\share\packs", False),
    ],
)
def test_a_drive_is_no_store(place: str, remote: bool) -> None:
    assert is_remote(place) is remote


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("memory://bucket/wales", "FileNotFoundError"),
        ("cupboard://wales", "Protocol not known: cupboard"),
        ("s3://bucket/wales", "s3fs"),
    ],
)
def test_what_cannot_be_read_is_told(address: str, words: str) -> None:
    with pytest.raises(PackError, match=words) as raised:
        open_pack(address)
    assert str(raised.value).startswith(f"The pack at {address} cannot be read")
