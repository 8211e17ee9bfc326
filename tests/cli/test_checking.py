"""`ineq check --labels` and `--drift`: what is printed and written, and how the command ends."""

import csv
import json
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from ineqlib.catalogue import load_catalogue
from ineqlib.cli import main
from ineqlib.errors import FetchError
from ineqlib.sources.interfaces.query import Query

HEADING = (
    "Indicator ID,Indicator Name,Parent Code,Parent Name,Area Code,Area Name,Area Type,Sex,Age,"
    "Category Type,Category,Time period,Value,Lower CI 95.0 limit,Upper CI 95.0 limit,Count,"
    "Denominator,Value note,Recent Trend,Compared to England value or percentiles"
)
LABELS = {"Stevenage": "Better", "Watford": "Better", "Luton": "Worse"}
METADATA = b"Indicator ID,Indicator,Unit,Value type,Year type,Polarity\n"
FLAG = METADATA + b"90366,Life expectancy at birth,Years,Life expectancy,Calendar,Low is good\n"
UNIT = METADATA + b"90366,Life expectancy at birth,%,Life expectancy,Calendar,High is good\n"


@pytest.fixture
def downloads(tmp_path: Path) -> Path:
    """A folder with one download, one of whose labels is wrong."""
    rows = [("E92000001", "England", 12.3456781, "", "")]
    rows += [
        (f"E0700024{n}", name, 9.1234567, label, "No significant change")
        for n, (name, label) in enumerate(LABELS.items())
    ]
    lines = [
        f"92443,Smoking,,,{code},{name},District,Persons,18+ yrs,,,2024,{value},{value - 1},"
        f"{value + 1},,,,{trend},{label}"
        for code, name, value, label, trend in rows
    ]
    folder = tmp_path / "downloads"
    folder.mkdir()
    (folder / "smoking.csv").write_text("\n".join([HEADING, *lines, ""]), encoding="utf-8")
    return folder


def ineq(*words: object) -> Result:
    return CliRunner().invoke(main, [str(word) for word in words])


def test_a_wrong_label_of_a_file_is_told_written_and_ends_the_command(
    downloads: Path, tmp_path: Path
) -> None:
    out = tmp_path / "labels.csv"
    told = ineq("check", downloads / "smoking.csv", "--labels", "--out", out)
    assert told.exit_code == 10
    assert "6 published labels, 1 of them wrong" in told.output
    assert "Luton, 2024" in told.output
    assert "published “Worse”, ours “better”" in told.output
    with out.open(encoding="utf-8-sig", newline="") as file:
        verdicts = [row["verdict"] for row in csv.DictReader(file)]
    assert (len(verdicts), verdicts.count("wrong")) == (6, 1)
    findings = ineq("check", downloads / "smoking.csv", "--labels", "--json", "--quiet")
    assert len(json.loads(findings.stdout)) == 6


def test_a_pack_keeps_the_labels_and_is_audited_like_the_file(
    downloads: Path, tmp_path: Path
) -> None:
    pack = tmp_path / "pack"
    assert ineq("build", downloads, "--out", pack, "--quiet").exit_code == 0
    told = ineq("check", pack, "--labels", "--quiet", "--json")
    findings = json.loads(told.stdout)
    assert told.exit_code == 10
    assert {row["published"] for row in findings} == {"better", "worse", "no significant change"}
    assert [row["area_name"] for row in findings if row["verdict"] == "wrong"] == ["Luton"]


@pytest.mark.parametrize(("content", "code"), [(FLAG, 0), (UNIT, 10)])
def test_a_fault_of_the_publisher_ends_well_and_an_edit_does_not(
    tmp_path: Path, content: bytes, code: int
) -> None:
    file = tmp_path / "metadata.csv"
    file.write_bytes(content)
    told = ineq("check", "--drift", file)
    assert told.exit_code == code
    assert "life_expectancy (fingertips 90366)" in told.output
    assert ("+    unit:" in told.output) == (code == 10)


@dataclass
class _Answer:
    content_: bytes
    url: str = "https://example.org"
    what: str = "descriptions"
    remarks: tuple[str, ...] = ("a copy, 3 days old",)

    def content(self) -> bytes:
        return self.content_


class _Fetcher:
    """Answers every question with one description, and Explore Local Statistics as told."""

    def __init__(self, explore: bytes | None = None) -> None:
        self.asked: list[Query] = []
        self.explore = explore

    def __enter__(self) -> "_Fetcher":
        return self

    def __exit__(self, *_: object) -> None: ...

    def fetch(self, query: Query) -> _Answer:
        self.asked.append(query)
        if "explore-local-statistics" not in query.url:
            return _Answer(FLAG)
        if self.explore is None:
            raise FetchError("out of reach")
        return _Answer(self.explore)


def test_without_files_the_descriptions_are_fetched_or_taken_from_what_was(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    modes, fetcher = [], _Fetcher()

    def fake(mode: str, network: Any) -> _Fetcher:
        modes.append((mode, network))
        return fetcher

    monkeypatch.setattr(import_module("ineqlib.pulling"), "open_fetcher", fake)
    told = ineq("check", "--drift", "--offline")
    assert (told.exit_code, modes) == (0, [("offline", None)])
    assert "a copy, 3 days old" in told.output
    assert "the publisher's fault: 1" in told.output
    assert any("90366" in query.url for query in fetcher.asked)
    assert "Without Explore Local Statistics: out of reach" in told.output


def test_what_explore_statistics_lists_no_longer_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    ids = [
        name.id
        for indicator in load_catalogue().indicators.values()
        for name in indicator.publisher_ids.get("explore_statistics", ())
    ]
    entries = [{"slug": id, "code": id, "geography": {"levels": []}} for id in ids[1:]]
    fetcher = _Fetcher(json.dumps(entries).encode())
    monkeypatch.setattr(import_module("ineqlib.pulling"), "open_fetcher", lambda *_: fetcher)
    told = ineq("check", "--drift")
    assert told.exit_code == 0
    assert f"Explore Local Statistics lists no longer: {ids[0]}." in told.output


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("check",), "Give one pack or file"),
        (("check", "a", "b"), "Give one pack or file"),
        (("check", "a", "--labels", "--drift"), "Give one of --labels, --drift"),
        (("check", "a", "--json"), "--json goes with --labels, --drift"),
        (("check", "a", "--labels", "--offline"), "--offline goes with --drift"),
        (("check", "a", "--labels", "--beside", "b"), "--beside goes with a file"),
        (("check", "a", "--out", "b.csv"), "--out goes with --disclosure"),
    ],
)
def test_options_that_do_not_go_together_are_refused(words: tuple[str, ...], message: str) -> None:
    refused = ineq(*words)
    assert refused.exit_code == 2
    assert message in refused.output
