"""A figure of a pulled pack is followed to the publisher's answer, by bytes that are all proved."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from ineqlib.briefings.area.document import open_briefing
from ineqlib.document.page import document_page
from ineqlib.pack import open_pack
from ineqlib.pack.build import build
from ineqlib.pulling import Pulled, fetch, plan_area
from ineqlib.sources.fetch import Fetcher
from ineqlib.trace import Step, Trace, open_tracer

from .loopback import Loopback
from .recorded import answer

FIGURE = "life-expectancy-e07000243-female-2021-2023"


@pytest.fixture
def pulled(
    fetcher: Callable[..., Fetcher],
    publishers: Loopback,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> Pulled:
    """An area pulled, a pack built of it, and its page."""
    publishers.answer = answer
    # What a fetcher keeps, a trace looks for where it is kept usually.
    monkeypatch.setattr("platformdirs.user_cache_path", lambda _: tmp_path)
    reaching = fetcher("usual")
    plan = plan_area("Stevenage", reaching)
    fetched = fetch(plan, tmp_path / "downloads", reaching, lambda _: None)
    folder = fetched.folder
    build(folder.files, tmp_path / "pack", title=fetched.title, describe=folder.description)
    page = document_page(open_briefing(tmp_path / "pack", "Stevenage"))
    (tmp_path / "page.html").write_text(page, encoding="utf-8", newline="")
    return fetched


def followed(folder: Path) -> Trace:
    return open_tracer(folder / "page.html", folder / "pack", folder / "downloads").trace(FIGURE)


def file_of(trace: Trace) -> Step:
    """The step of the file that has the figure: that of its download is next."""
    names = [step.name for step in trace.steps]
    return trace.steps[names.index("download") - 1]


def one_other_byte(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)


def other_provenance(path: Path, key: str, value: str) -> None:
    content = json.loads(path.read_bytes())
    noted = [part for file in content["files"] for part in (file, *file["made_from"])]
    for part in noted:
        part.update({key: value} if key in part else {})
    path.write_text(json.dumps(content), encoding="utf-8")


def test_a_figure_is_followed_to_the_answer_of_its_publisher(
    pulled: Pulled, tmp_path: Path
) -> None:
    trace = followed(tmp_path)
    assert trace.outcome == "holds", trace.as_text()
    # Districts and counties were asked for apart: of two files one has the row.
    names = [step.name for step in trace.steps]
    assert sorted(names) == sorted(
        ["page", "pack", "figure", "rows", "file", "file", "download", "publisher"]
    )
    steps = {step.name: step for step in trace.steps} | {"file": file_of(trace)}
    [[found]] = steps["file"].details["found"].values()
    assert found["agrees"]
    [part] = steps["download"].details["made_from"]
    assert part["sha256"] == steps["file"].details["sha256"]
    assert part["url"].startswith("https://fingertips.phe.org.uk/api/")
    assert part["fetched"].startswith("2026-11-29")
    assert part["proved"]
    words = " ".join(steps["download"].words.split())
    assert "was fetched on 29 November 2026 from Office for Health Improvement" in words
    assert "1 of 1 answer is kept on this computer, unaltered" in words
    assert steps["publisher"].details["licence"] == "Open Government Licence v3.0"

    # Whom to thank, and under which licence, nobody had to write.
    pack = open_pack(tmp_path / "pack")
    sources = pack.sources.to_dict("records")
    named = {about["source_id"] for about in sources}
    assert {"fingertips", "lookups_ons", "deprivation_iod2025"} <= named
    shown = open_briefing(pack, "Stevenage").markdown("sources")
    for about in sources:
        assert about["licence"] == "Open Government Licence v3.0"
        assert f"| {about['title']} | {about['publisher']} | {about['licence']} |" in shown
        assert about["day"] == "accessed 29 November 2026"
        assert about["attribution"].removesuffix(".") in shown
    page = (tmp_path / "page.html").read_text(encoding="utf-8")
    [report] = pack.files_of("life_expectancy", "fingertips")[:1]
    assert f"<td>{report.name}<td>accessed 29 November 2026" in page


def test_one_altered_byte_of_what_was_fetched_breaks_the_chain_where_it_lies(
    pulled: Pulled, tmp_path: Path
) -> None:
    name = file_of(followed(tmp_path)).details["file"]
    [report] = [file for file in open_pack(tmp_path / "pack").report.files if file.name == name]
    provenance = pulled.folder.path / "provenance.json"
    file = pulled.folder.files / report.name
    kept = tmp_path / "fetched" / "bytes" / report.sha256
    other = "0" * 64
    cases: list[tuple[Path, Callable[[Path], None], str, str]] = [
        (file, one_other_byte, "file", "was changed after the pack was built from it"),
        (kept, one_other_byte, "download", "were altered"),
        (
            provenance,
            lambda path: other_provenance(path, "sha256", other),
            "download",
            f"says that what was fetched had SHA-256 {other}",
        ),
        (
            provenance,
            lambda path: other_provenance(path, "url", "https://elsewhere.example"),
            "download",
            "says of the url of",
        ),
    ]
    for path, alter, breaks_at, words in cases:
        whole = path.read_bytes()
        alter(path)
        last = followed(tmp_path).steps[-1]
        assert (last.name, last.outcome) == (breaks_at, "breaks"), path
        assert words in last.words
        path.write_bytes(whole)
    assert followed(tmp_path).outcome == "holds"

    # Of a file that was changed before a build, nobody says that it is the publisher's.
    assert report.origins
    file.write_bytes(file.read_bytes().replace(b",Similar,", b",Better,", 1))
    shutil.rmtree(tmp_path / "pack")
    built = build(pulled.folder.files, tmp_path / "pack", describe=pulled.folder.description)
    [changed] = [other for other in built.files if other.name == report.name]
    assert changed.origins == []
    assert "is not what was fetched: provenance.json notes SHA-256" in " ".join(changed.remarks)
