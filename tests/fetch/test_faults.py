"""Whatever goes wrong, a fetch ends in the right data, the kept copy with its age, or one error."""

import errno
import os
import re
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from functools import cache
from pathlib import Path

import pandas as pd
import pytest

from ineqlib.errors import FetchError, OutputError
from ineqlib.sources.fetch import Download, Fetcher, NetworkSettings, Store
from ineqlib.sources.layouts.fingertips import LAYOUTS

from .conftest import FakeClock
from .faults import BEGIN, FAULTS, HALF, OK, PAGE, PLAYED, TAG, Fault, with_table
from .loopback import Certificates, Loopback, Reply, loopback
from .right import QUERY, RIGHT

Open = Callable[..., Fetcher]
PARTS = [fault for fault in PLAYED if fault.ends == "error"]


def named(name: str) -> Fault:
    [fault] = [fault for fault in FAULTS if fault.name == name]
    return fault


def ends_in_error_or_copy(fault: Fault, failing: Fetcher, working: Fetcher, seen: Loopback) -> None:
    """Nothing is fetched, and where a copy is kept, it is used with the reason."""
    with pytest.raises(FetchError, match=re.escape(fault.says)):
        failing.fetch(QUERY)
    seen.plays(OK)
    working.fetch(QUERY)
    download = failing.fetch(QUERY)
    assert download.content() == RIGHT
    assert fault.says in download.remarks[0]
    assert len(seen.seen) == 1


@cache
def figures(content: bytes) -> pd.DataFrame:
    """What a build reads of an answer, in one order."""
    frame = LAYOUTS[0].parse(content, {}).frame.drop(columns="file_row")
    keys = ["publisher_id", "area_code", "period"]
    return frame.drop_duplicates().sort_values(keys, ignore_index=True)


@pytest.mark.parametrize("fault", PLAYED, ids=lambda fault: fault.name)
def test_a_fault_ends_as_it_must(
    fault: Fault, fetcher: Open, publishers: Loopback, store: Store, clock: FakeClock
) -> None:
    publishers.plays(*fault.replies)
    clock.tick = 400 if fault.name == "slow drip" else 0
    if fault.ends == "right data":
        download = fetcher().fetch(QUERY)
        pd.testing.assert_frame_equal(figures(download.content()), figures(RIGHT))
        assert " ".join(download.remarks) == fault.says
        assert not download.is_copy
    else:
        with pytest.raises(FetchError) as raised:
            fetcher().fetch(QUERY)
        assert fault.says in str(raised.value)
        assert str(raised.value).startswith("Fingertips, 2 indicators, districts cannot be fetched")
        assert store.downloads() == []
    assert len(publishers.seen) == fault.asked


@pytest.mark.parametrize("fault", PARTS, ids=lambda fault: fault.name)
def test_the_kept_copy_stands_with_its_age(
    fault: Fault, fetcher: Open, publishers: Loopback, clock: FakeClock
) -> None:
    publishers.plays(OK)
    fetcher().fetch(QUERY)
    clock.start += timedelta(days=26)
    publishers.plays(*fault.replies)
    clock.tick = 400 if fault.name == "slow drip" else 0
    download = fetcher().fetch(QUERY)
    assert download.is_copy
    assert download.content() == RIGHT
    [remark] = download.remarks
    assert fault.says in remark
    assert remark.endswith("The copy of 29 November 2026 (26 days ago) is used")


@pytest.mark.parametrize(
    ("after", "waited"),
    [("7", 7), ("Sun, 29 Nov 2026 10:00:20 GMT", 20), ("Sun, 29 Nov 2026 09:00:00 GMT", 0)],
)
def test_a_publisher_is_given_the_rest_it_asks_for_by_its_own_clock(
    after: str, waited: float, fetcher: Open, publishers: Loopback, clock: FakeClock
) -> None:
    clock.start += timedelta(days=900)
    publishers.plays(Reply(status=429, headers={"Retry-After": after}), OK)
    fetcher().fetch(QUERY)
    assert clock.waits[0] == waited


def test_waits_grow(fetcher: Open, publishers: Loopback, clock: FakeClock) -> None:
    publishers.plays(Reply(status=503))
    with pytest.raises(FetchError, match="status 503"):
        fetcher().fetch(QUERY)
    waits = [wait for wait in clock.waits if wait >= 1]
    assert len(waits) == 4
    assert all(2**n <= wait <= 2**n + 1 for n, wait in enumerate(waits))


def test_a_truncated_answer_is_gone_on_with(fetcher: Open, publishers: Loopback) -> None:
    publishers.plays(*named("truncated body, then the rest on request").replies)
    fetcher().fetch(QUERY)
    assert publishers.seen[1].headers["Range"] == f"bytes={HALF}-"
    assert publishers.seen[1].headers["If-Range"] == TAG["ETag"]


def test_a_huge_answer_is_given_up(fetcher: Open, publishers: Loopback, store: Store) -> None:
    publishers.plays(Reply(RIGHT, is_announced=False))
    with pytest.raises(FetchError, match=r"larger than 0 MB"):
        fetcher().fetch(replace(QUERY, most_bytes=HALF))
    assert list((store.folder / "coming").iterdir()) == []


def test_an_answer_that_unpacks_to_too_much_is_given_up(
    fetcher: Open, publishers: Loopback
) -> None:
    publishers.plays(*named("gzip").replies)
    with pytest.raises(FetchError, match=r"larger than 0 MB"):
        fetcher().fetch(replace(QUERY, most_bytes=HALF))


def test_an_unknown_certificate_is_refused(
    fetcher: Open, publishers: Loopback, settings: NetworkSettings
) -> None:
    failing = fetcher("refresh", replace(settings, certificates=""))
    ends_in_error_or_copy(named("an unknown certificate"), failing, fetcher(), publishers)


def test_an_expired_certificate_names_the_clock(
    fetcher: Open, certificates: Certificates, publishers: Loopback, settings: NetworkSettings
) -> None:
    with loopback(certificates.expired) as expired:
        proxy = f"http://127.0.0.1:{expired.port}"
        failing = fetcher("refresh", replace(settings, proxy=proxy))
        fault = named("a wrong clock, or a certificate that has expired")
        ends_in_error_or_copy(fault, failing, fetcher(), publishers)
        assert expired.seen == []


@pytest.mark.parametrize("days", [-900, 900])
def test_a_wrong_clock_is_told(
    days: int, fetcher: Open, publishers: Loopback, clock: FakeClock
) -> None:
    publishers.plays(OK)
    clock.start += timedelta(days=days)
    download = fetcher().fetch(QUERY)
    assert download.content() == RIGHT
    assert named("a wrong clock").says in download.remarks[0]
    # When the clock is put right, a copy of a day to come is asked about, and used as one of it.
    clock.start -= timedelta(days=days)
    publishers.plays(Reply(status=503))
    copy = fetcher().fetch(QUERY)
    assert len(publishers.seen) == 5
    assert ("a day to come" if days > 0 else "900 days ago") in copy.remarks[-1]


@pytest.mark.parametrize("place", ["coming", "bytes"])
def test_a_full_disk_gives_one_error(
    place: str, fetcher: Open, publishers: Loopback, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    publishers.plays(OK)
    write_bytes, opened = Path.write_bytes, Path.open

    def full(path: Path) -> None:
        if path.parent.name == place:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    def write(path: Path, content: bytes) -> int:
        full(path)
        return write_bytes(path, content)

    def open_file(path: Path, mode: str = "r", *args: object, **options: object) -> object:
        if mode[0] in "wa":
            full(path)
        return opened(path, mode, *args, **options)

    monkeypatch.setattr(Path, "write_bytes", write)
    monkeypatch.setattr(Path, "open", open_file)
    with pytest.raises(OutputError, match=named("a full disk").says):
        fetcher().fetch(QUERY)
    monkeypatch.undo()
    assert store.downloads() == []
    assert [*(store.folder / "coming").iterdir(), *(store.folder / "bytes").iterdir()] == []


def test_two_pulls_at_once_ask_once(fetcher: Open, publishers: Loopback) -> None:
    publishers.plays(replace(OK, silent=0.1))
    downloads: list[Download] = []
    threads = [
        threading.Thread(target=lambda each=each: downloads.append(each.fetch(QUERY)))
        for each in (fetcher(), fetcher())
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [download.content() for download in downloads] == [RIGHT, RIGHT]
    assert sorted(download.is_copy for download in downloads) == [False, True]
    assert len(publishers.seen) == 1


KILLED = """
import os, sys
from ineqlib.sources.fetch import NetworkSettings, Fetcher, Store
from ineqlib.sources.fetch.partial import Partial
from tests.fetch.right import QUERY

settings = NetworkSettings(proxy=sys.argv[1], certificates=sys.argv[2], silent_seconds=30)
print("asking", flush=True)
Fetcher(settings, Store(__import__("pathlib").Path(sys.argv[3]))).fetch(QUERY)
"""


@pytest.mark.skipif(os.name == "nt", reason="Windows has no kill -9; its locks end with a process")
def test_a_killed_fetch_goes_on_where_it_was(
    fetcher: Open,
    publishers: Loopback,
    settings: NetworkSettings,
    store: Store,
    repo: Path,
) -> None:
    rest = Reply(RIGHT[HALF:], 206, {"Content-Range": f"bytes {HALF}-/{len(RIGHT)}"} | TAG)
    publishers.plays(Reply(RIGHT[:HALF], headers=TAG, length=len(RIGHT), stays=True), rest)
    words = [sys.executable, "-c", KILLED, settings.proxy, settings.certificates, store.folder]
    with subprocess.Popen(words, cwd=repo, stdout=subprocess.PIPE) as process:
        part = store.folder / "coming" / f"{store.key(QUERY)}.part"
        while process.poll() is None and not (part.exists() and part.stat().st_size == HALF):
            threading.Event().wait(0.01)
        process.send_signal(signal.SIGKILL)
    publishers.stop_staying()
    assert store.downloads() == []
    assert fetcher().fetch(QUERY).content() == RIGHT
    assert publishers.seen[-1].headers["Range"] == f"bytes={HALF}-"


def test_the_page_has_the_table_of_faults() -> None:
    page = PAGE.read_text(encoding="utf-8")
    assert BEGIN in page
    assert page == with_table(page), "run: python -m tests.fetch.faults"


def test_every_fault_is_played() -> None:
    assert [fault.name for fault in FAULTS if fault.test and fault.test not in globals()] == []
