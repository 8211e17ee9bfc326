"""What is asked of publishers, how often and by which way; and what is kept."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from requests import exceptions

from ineqlib.errors import FetchError, InputError
from ineqlib.sources.fetch import Download, Fetcher, NetworkSettings, Store, read_settings
from ineqlib.sources.fetch.failures import of_exception
from ineqlib.sources.fetch.pace import Pace
from ineqlib.sources.fetch.session import open_session, proxies_for
from ineqlib.sources.interfaces import fingertips
from ineqlib.sources.proof import WholeObjects

from .conftest import FakeClock
from .faults import OK, TAG
from .loopback import Loopback, Reply
from .right import QUERY, RIGHT

Open = Callable[..., Fetcher]
TAGGED = Reply(RIGHT, headers=TAG)


def test_a_copy_is_used_for_a_day_then_asked_about(
    fetcher: Open, publishers: Loopback, clock: FakeClock
) -> None:
    publishers.plays(TAGGED, Reply(status=304))
    fetcher().fetch(QUERY)
    clock.start += timedelta(hours=23)
    assert fetcher().fetch(QUERY).is_copy
    assert len(publishers.seen) == 1
    clock.start += timedelta(hours=2)
    assert fetcher().fetch(QUERY).remarks == ()
    assert publishers.seen[1].headers["If-None-Match"] == TAG["ETag"]
    clock.start += timedelta(hours=23)
    download = fetcher().fetch(QUERY)
    assert len(publishers.seen) == 2
    assert download.confirmed - download.fetched == timedelta(hours=25)


def test_what_the_publisher_changed_is_fetched(fetcher: Open, publishers: Loopback) -> None:
    newer = RIGHT.replace(b"80.0", b"80.9")
    publishers.plays(TAGGED, Reply(newer, headers={"ETag": '"2"'}))
    fetcher().fetch(QUERY)
    assert fetcher("refresh").fetch(QUERY).content() == newer


def test_offline_asks_nobody(fetcher: Open, publishers: Loopback, clock: FakeClock) -> None:
    publishers.plays(OK)
    with pytest.raises(FetchError, match="nothing is kept of it, and --offline asks nobody"):
        fetcher("offline").fetch(QUERY)
    fetcher().fetch(QUERY)
    clock.start += timedelta(days=3)
    publishers.seen.clear()
    download = fetcher("offline").fetch(QUERY)
    assert download.content() == RIGHT
    assert download.remarks == ("The copy of 29 November 2026 (3 days ago) (--offline)",)
    assert publishers.seen == []


def test_an_altered_byte_in_the_store_is_seen(
    fetcher: Open, publishers: Loopback, store: Store
) -> None:
    publishers.plays(OK)
    path = fetcher().fetch(QUERY).path
    path.write_bytes(RIGHT.replace(b"80.0", b"80.1"))
    with pytest.raises(FetchError, match="nothing is kept"):
        fetcher("offline").fetch(QUERY)
    assert fetcher().fetch(QUERY).content() == RIGHT
    assert len(publishers.seen) == 2


def test_a_copy_that_would_not_be_believed_today_is_not_used(
    fetcher: Open, publishers: Loopback
) -> None:
    publishers.plays(Reply(b'[{"Id": 1}]'))
    asked = fingertips.area_types()
    fetcher().fetch(replace(asked, expectation=WholeObjects(("Id",))))
    with pytest.raises(FetchError, match="lacks Name, Short"):
        fetcher().fetch(asked)


def test_where_a_download_comes_from_is_written_down(
    fetcher: Open, publishers: Loopback, store: Store
) -> None:
    publishers.plays(TAGGED)
    download = fetcher().fetch(QUERY)
    [record] = [json.loads(p.read_bytes()) for p in (store.folder / "answers").iterdir()]
    assert record["url"] == QUERY.url
    assert record["sha256"] == download.path.name
    assert record["fetched"] == "2026-11-29T10:00:00+00:00"
    assert record["headers"]["ETag"] == TAG["ETag"]
    assert record["source"]["licence"] == "Open Government Licence v3.0"
    assert record["proved"][0] == "2 indicator ids asked and answered"
    assert store.downloads() == [download]


def test_equal_bytes_are_kept_once(fetcher: Open, publishers: Loopback, store: Store) -> None:
    publishers.plays(OK)
    queries = [QUERY, replace(QUERY, url=f"{QUERY.url}&again=1")]
    assert len({download.path for download in fetcher().fetch_all(queries)}) == 1
    assert len(store.downloads()) == 2


def test_several_are_fetched_at_once_and_no_more_than_agreed(
    fetcher: Open, publishers: Loopback, settings: NetworkSettings
) -> None:
    publishers.plays(replace(OK, silent=0.02))
    queries = [replace(QUERY, url=f"{QUERY.url}&part={number}") for number in range(9)]
    came: list[str] = []
    answers = fetcher(settings=replace(settings, at_once=3)).fetch_each(
        queries, lambda download: came.append(download.url)
    )
    urls = [answer.url for answer in answers if isinstance(answer, Download)]
    assert urls == [query.url for query in queries]
    assert sorted(came) == sorted(query.url for query in queries)
    assert 1 < publishers.most_at_once <= 3


def test_of_several_those_that_fail_are_told_and_the_others_kept(
    fetcher: Open, publishers: Loopback, store: Store
) -> None:
    publishers.answer = lambda seen, _number: OK if "part=1" in seen.path else Reply(status=404)
    queries = [replace(QUERY, url=f"{QUERY.url}&part={number}") for number in range(3)]
    with pytest.raises(FetchError, match="2 of 3 requests failed; what came is kept"):
        fetcher().fetch_all(queries)
    assert [download.url for download in store.downloads()] == [queries[1].url]


def test_requests_to_one_host_are_kept_apart_and_those_to_two_are_not(clock: FakeClock) -> None:
    pace = Pace(clock, 0.5)
    for url in ("https://a/1", "https://a/2", "https://b/1"):
        pace.wait(url)
    assert clock.waits == [0.5]
    pace.rest("https://b/1", 9)
    pace.wait("https://b/2")
    assert clock.waits == [0.5, 9]


def test_certificates_cannot_be_switched_off(
    fetcher: Open, publishers: Loopback, settings: NetworkSettings
) -> None:
    opened = fetcher(settings=replace(settings, certificates=""))
    opened._session.verify = False
    with pytest.raises(FetchError, match="not one this computer trusts"):
        opened.fetch(QUERY)
    assert publishers.seen == []


def test_no_password_and_no_cookie_is_sent(
    fetcher: Open, publishers: Loopback, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "netrc").write_text("default login me password secret\n", encoding="utf-8")
    monkeypatch.setenv("NETRC", str(tmp_path / "netrc"))
    publishers.plays(Reply(RIGHT, headers={"Set-Cookie": "a=b; Path=/"}))
    opened = fetcher("refresh")
    opened.fetch(QUERY)
    opened.fetch(QUERY)
    assert {"Authorization", "Cookie"} & set(publishers.seen[-1].headers) == set()


def test_the_proxy_of_the_environment_is_used(
    fetcher: Open,
    publishers: Loopback,
    settings: NetworkSettings,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("HTTPS_PROXY", settings.proxy)
    publishers.plays(OK)
    assert fetcher(settings=replace(settings, proxy="")).fetch(QUERY).content() == RIGHT


def test_certificates_named_in_the_environment_are_trusted_too(
    fetcher: Open,
    publishers: Loopback,
    settings: NetworkSettings,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", settings.certificates)
    publishers.plays(OK)
    assert fetcher(settings=replace(settings, certificates="")).fetch(QUERY).content() == RIGHT


def test_the_settings_come_before_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTPS_PROXY", "http://other:1")
    settings = NetworkSettings(proxy="http://mine:2", no_proxy=("example.org",))
    session = open_session(settings)
    for url, proxy in (("https://a.example.org/", None), ("https://b.org/", "http://mine:2")):
        merged = session.merge_environment_settings(
            url, proxies_for(url, settings), None, None, None
        )
        assert merged["proxies"].get("https") == proxy


def test_a_proxy_that_is_not_there_is_told(fetcher: Open, settings: NetworkSettings) -> None:
    with pytest.raises(FetchError, match="the proxy cannot be reached or refuses fingertips"):
        fetcher(settings=replace(settings, proxy="http://127.0.0.1:9")).fetch(QUERY)


@pytest.mark.parametrize(
    ("error", "words", "attempts"),
    [
        (exceptions.ProxyError("Tunnel connection failed: 407"), "asks for a name and pass", 1),
        (exceptions.ConnectionError("NameResolutionError: a"), "is this computer online", 2),
        (exceptions.ConnectTimeout("a"), "a.org cannot be reached in time", 4),
        (exceptions.SSLError("UNEXPECTED_EOF"), "no encrypted connection to a.org", 1),
        (exceptions.ConnectionError("reset"), "the connection to a.org broke", 4),
    ],
)
def test_a_network_that_fails_is_told_in_words(
    error: Exception, words: str, attempts: int, clock: FakeClock
) -> None:
    failed = of_exception(error, "https://a.org/b", clock.now())
    assert words in failed.reason
    assert failed.attempts == attempts


def test_settings_are_read_from_a_file(tmp_path: Path) -> None:
    (tmp_path / "ca.pem").write_text("x", encoding="utf-8")
    path = tmp_path / "network.yml"
    path.write_text(
        "proxy: http://proxy.example:8080\nno_proxy: [intranet.example]\ncertificates: ca.pem\n"
        "connect_seconds: 5\nat_once: 2\n",
        encoding="utf-8",
    )
    assert read_settings(path) == NetworkSettings(
        proxy="http://proxy.example:8080",
        no_proxy=("intranet.example",),
        certificates=str(tmp_path / "ca.pem"),
        connect_seconds=5.0,
        at_once=2,
    )


def test_without_a_file_the_usual_settings_hold(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("platformdirs.user_config_path", lambda _: tmp_path)
    assert read_settings() == NetworkSettings()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("verify: false", "certificates are always checked"),
        ("ssl_verify: false", "certificates are always checked"),
        ("proxi: http://a", "Did you mean 'proxy'"),
        ("at_once: 0", "at_once should be a whole number above 0, and is 0"),
        ("at_once: yes", "at_once should be a whole number above 0, and is True"),
        ("silent_seconds: soon", "silent_seconds should be a number above 0, and is 'soon'"),
        ("no_proxy: a", "no_proxy should be a list of texts"),
        ("certificates: none.pem", "no file .*none.pem"),
        ("- a", "should be lines such as"),
    ],
)
def test_settings_that_cannot_be_are_refused(text: str, words: str, tmp_path: Path) -> None:
    path = tmp_path / "network.yml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=words):
        read_settings(path)


def test_a_file_that_holds_no_certificates_is_named(tmp_path: Path) -> None:
    path = tmp_path / "ca.pem"
    path.write_text("letter", encoding="utf-8")
    with pytest.raises(InputError, match="cannot be read as certificates"):
        open_session(NetworkSettings(certificates=str(path)))
