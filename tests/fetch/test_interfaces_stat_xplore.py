"""Stat-Xplore is asked with the user's key, which goes nowhere else. All figures are made up."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from ineqlib.errors import FetchError, InputError, ParameterError
from ineqlib.sources.fetch import Fetcher, NetworkSettings, Store, read_settings
from ineqlib.sources.fetch.failures import retry_after
from ineqlib.sources.interfaces import stat_xplore
from ineqlib.sources.recognise import recognise

from .conftest import FakeClock, refuses
from .loopback import Loopback, Reply

Open = Callable[..., Fetcher]
SECRET = "65794a30-invented"
AREA, MONTH, SEX = "str:field:UC:AREA", "str:field:UC:MONTH", "str:field:UC:SEX"
MEASURE = "str:count:UC:PEOPLE"
FIELDS = {
    AREA: ["str:value:UC:AREA:E07000243", "str:value:UC:AREA:E07000103"],
    MONTH: ["str:value:UC:MONTH:202505"],
    SEX: ["str:value:UC:SEX:1", "str:value:UC:SEX:2"],
}
QUERY = stat_xplore.table("str:database:UC", MEASURE, FIELDS, "Universal Credit")
LABELS = {AREA: ("Stevenage", "Watford"), MONTH: ("202505 (May-25)",), SEX: ("Male", "Female")}
NAMES = {AREA: "National - Regional - LA - OAs", MONTH: "Month", SEX: "Gender"}


def answer(values: Any = ([[10, None]], [[30, 45]]), **other: Any) -> bytes:
    fields = [
        {"uri": field, "label": NAMES[field], "items": [
            {"uris": [uri], "labels": [label]}
            for uri, label in zip(uris, LABELS[field], strict=True)]}
        for field, uris in FIELDS.items()
    ]  # fmt: skip
    whole = {
        "measures": [{"uri": MEASURE, "label": "People on Universal Credit"}],
        "fields": fields,
        "cubes": {MEASURE: {"values": values, "precision": 0}},
    }
    return json.dumps(whole | other).encode()


@pytest.fixture
def with_key(settings: NetworkSettings) -> NetworkSettings:
    return replace(settings, stat_xplore_key=SECRET)


def test_a_table_is_asked_with_the_key_which_is_kept_nowhere(
    fetcher: Open, publishers: Loopback, with_key: NetworkSettings, store: Store
) -> None:
    publishers.plays(Reply(answer()))
    download = fetcher(settings=with_key).fetch(QUERY)
    [seen] = publishers.seen
    assert (seen.url, seen.headers["APIKey"]) == (f"{stat_xplore.API}/table", SECRET)
    assert json.loads(seen.body)["recodes"][MONTH] == {"map": [FIELDS[MONTH]], "total": False}
    assert download.body == QUERY.body
    kept = [path.read_bytes() for path in store.folder.rglob("*") if path.is_file()]
    assert kept
    assert not any(SECRET.encode() in content for content in kept)
    assert SECRET not in repr(with_key)


def test_two_tables_of_one_address_are_two_answers(
    fetcher: Open, publishers: Loopback, with_key: NetworkSettings
) -> None:
    publishers.plays(Reply(answer()))
    other = stat_xplore.table("str:database:UC", MEASURE, {**FIELDS}, "Universal Credit")
    asking = fetcher(settings=with_key)
    asking.fetch(QUERY)
    assert asking.fetch(other).is_copy
    asking.fetch(replace(other, body=other.body.replace("UC", "UC ", 1)))
    assert len(publishers.seen) == 2


def test_without_a_key_nothing_is_asked_and_a_refused_key_is_not_repeated(
    fetcher: Open,
    publishers: Loopback,
    with_key: NetworkSettings,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv("STAT_XPLORE_KEY", raising=False)
    with pytest.raises(FetchError, match="No usable `stat_xplore_key`"):
        fetcher().fetch(QUERY)
    assert publishers.seen == []
    publishers.plays(Reply(f"Unknown key {SECRET}".encode(), 403))
    with pytest.raises(FetchError, match=r"Unknown key \[key\]") as raised:
        fetcher(settings=with_key).fetch(QUERY)
    assert SECRET not in str(raised.value)
    monkeypatch.setenv("STAT_XPLORE_KEY", "of-the-environment")
    assert NetworkSettings().key("stat_xplore_key") == "of-the-environment"


def test_a_wrong_key_in_the_settings_is_not_repeated(tmp_path: Path) -> None:
    file = tmp_path / "network.yml"
    file.write_text("stat_xplore_key: 4711\n")
    with pytest.raises(InputError, match="should be a text") as raised:
        read_settings(file)
    assert "4711" not in str(raised.value)
    file.write_text("fingertips_next: https://fingertips.example/api\n")
    assert read_settings(file).fingertips_next == "https://fingertips.example/api"


def test_the_end_of_the_hour_is_waited_for_where_it_is_near(
    fetcher: Open, publishers: Loopback, clock: FakeClock, with_key: NetworkSettings
) -> None:
    now = datetime(2026, 11, 29, 10, tzinfo=UTC)
    until = str(int((now.timestamp() + 90) * 1000))
    spent = {"X-RateLimit": "2000", "X-RateLimit-Remaining": "0", "X-RateLimit-Reset": until}
    publishers.plays(Reply(b"Too many", 429, spent), Reply(answer()))
    assert not fetcher(settings=with_key).fetch(QUERY).is_copy
    assert max(clock.waits) == 90
    assert retry_after({**spent, "X-RateLimit-Remaining": "7"}, now) is None


@pytest.mark.parametrize(
    ("content", "words", "may_pass"),
    [
        (answer([[[10, 20]]]), "1 of 2 cells", True),
        (answer([[[10, 20]], [[30]]]), "1 of 2 cells", True),
        (answer([[[10, 20]], [["x", 45]]]), "no number, but 'x'", False),
        (answer(cubes={}), "not answered: str:count", False),
        (answer(fields=[]), "its fields are", False),
        (answer(fields=[None]), "its layout is new", False),
        (answer(cubes={MEASURE: []}), "its layout is new", False),
        (answer([[[10, True]], [[30, 45]]]), "no number, but True", False),
        (answer().replace(b"E07000103", b"E06000032"), "not answered: .*E07000103", False),
        (b'{"fields": 1}', "expected a table", False),
    ],
)
def test_a_table_is_refused_that_is_not_what_was_asked(
    content: bytes, words: str, may_pass: bool
) -> None:
    refuses(lambda: QUERY.expectation.prove(content), words, may_pass=may_pass)


def test_a_table_is_read_as_the_services_files_are() -> None:
    content = answer()
    assert QUERY.expectation.prove(content).proved == ("4 cells, of all values asked",)
    parsed = recognise(content).parse(content, {})
    rows = parsed.frame
    assert rows[["area_code", "area_name", "sex", "period"]].values.tolist() == [
        ["E07000243", "Stevenage", "Male", "May 2025"],
        ["E07000243", "Stevenage", "Female", "May 2025"],
        ["E07000103", "Watford", "Male", "May 2025"],
        ["E07000103", "Watford", "Female", "May 2025"],
    ]
    assert rows["status"].tolist() == ["ok", "not_available", "ok", "ok"]
    assert set(rows["indicator_name"]) == {"People on Universal Credit"}


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (answer(measures=[{"uri": "a", "label": "A"}, {"uri": "b", "label": "B"}]), "several"),
        (answer().replace(b":E0", b":Z-"), "without areas"),
        (answer(cubes={}), r"new layout \('str:count"),
        (answer([[[10, 20, 30]], [[45]]]), "3 figures where its fields have 2 items"),
    ],
)
def test_what_cannot_be_read_is_refused_in_words(content: bytes, words: str) -> None:
    with pytest.raises(InputError, match=words):
        recognise(content).parse(content, {})


def test_schemas_and_the_limit_are_asked_with_the_key() -> None:
    with pytest.raises(ParameterError, match="no values of"):
        stat_xplore.table("str:database:UC", MEASURE, {AREA: ()})
    schema = stat_xplore.schema("str:database:UC")
    assert (schema.url, schema.key) == (
        f"{stat_xplore.API}/schema/str:database:UC",
        "stat_xplore_key",
    )
    listed = b'{"id": "a", "children": [{"id": "b", "label": "B", "type": "FIELD"}]}'
    assert schema.expectation.prove(listed).proved == ("1 object",)
    limit = b'{"limit": 2000, "remaining": 1999, "reset": 1}'
    assert stat_xplore.rate_limit().expectation.prove(limit).proved
