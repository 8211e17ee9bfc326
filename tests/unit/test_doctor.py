"""`ineq doctor` sees each fault of a computer, says what to do, and stops at none."""

import json
import os
import shutil
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from importlib import metadata
from pathlib import Path
from threading import Thread
from types import SimpleNamespace
from typing import Any

import pytest
from click.testing import CliRunner, Result

import ineqlib
from ineqlib.cli import main
from ineqlib.diagnosis import Diagnosis, diagnose
from ineqlib.publish import readiness
from ineqlib.pulling import reach
from ineqlib.sources.fetch.failures import Failed
from ineqlib.sources.fetch.session import try_address
from ineqlib.sources.fetch.settings import NetworkSettings
from ineqlib.workbench import computer, doctor, installed

PYTHON = Path(sys.executable)
GB = 1e9


def said(diagnosis: Diagnosis) -> str:
    return f"{diagnosis.state}: {diagnosis.says} -> {diagnosis.remedy}"


def answers(output: str) -> Callable[..., Any]:
    """A `subprocess.run` whose program prints this."""
    return lambda *_, **__: SimpleNamespace(stdout=output, returncode=3)


def refuses(*_: object, **__: object) -> None:
    raise OSError(13, "Permission denied")


# --- what is installed


def test_an_old_or_small_python_cannot_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "version_info", (3, 10, 4))
    assert said(installed.python()).startswith("fail: 3.10.4, 64 bits")
    monkeypatch.setattr(sys, "version_info", (3, 12, 0))
    assert installed.python().state == "ok"
    monkeypatch.setattr(installed.struct, "calcsize", lambda _: 4)
    assert said(installed.python()).startswith("fail: 3.12.0, 32 bits")
    assert "python.org" in installed.python().remedy


def test_a_folder_that_is_not_installed_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    assert installed.package().state == "ok"
    monkeypatch.setattr(installed, "__version__", "0+unknown")
    assert "warn: 0+unknown" in said(installed.package())
    assert "pip install -e" in installed.package().remedy


def test_a_library_that_is_missing_or_out_of_bounds_is_named(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    there = {"pandas": "3.0.2", "nbclient": "1.2", "numpy": "2.4.0rc1", "click": "8.2"}

    def version(name: str) -> str:
        if name not in there:
            raise metadata.PackageNotFoundError(name)
        return there[name]

    monkeypatch.setattr(installed, "version", version)
    needed = ["pandas>=3.1", "nbclient<1,>=0.10", "numpy>=2.4", "click>=8.10", "lost>=1"]
    told = said(installed.libraries([*needed, 'python-docx>=1.1; extra == "word"']))
    assert told.startswith("fail: ")
    for words in (
        "pandas is 3.0.2, at least 3.1 is needed",
        "nbclient is 1.2, below 1 is needed",
        "click is 8.2, at least 8.10 is needed",
        "lost is missing",
    ):
        assert words in told
    assert "numpy" not in told and "docx" not in told
    assert "all 1 are there" in installed.libraries(["numpy>=2.4"]).says


def test_every_library_of_ours_is_looked_at() -> None:
    named = [line for line in metadata.requires("ineqlib") or [] if "extra ==" not in line]
    assert f"all {len(named)} are there" in installed.libraries().says


@pytest.mark.parametrize(
    ("specs", "expected"),
    [
        ({"python3": {"spec": {"argv": [str(PYTHON.with_name("python"))]}}}, "ok"),
        ({"python3": {"spec": {"argv": ["python"]}}}, "ok"),
        ({}, "fail: there is none called python3"),
        ({"python3": {"spec": {"argv": ["/gone/bin/python"]}}}, "fail: python3 starts /gone"),
        ({"python3": {"spec": {"argv": [shutil.which("git")]}}}, "warn: python3 starts another"),
    ],
)
def test_the_kernel_is_that_of_this_python(
    monkeypatch: pytest.MonkeyPatch, specs: dict, expected: str
) -> None:
    told = json.dumps({"kernelspecs": specs})
    monkeypatch.setattr(installed.subprocess, "run", answers(told))
    assert said(installed.kernel()).startswith(expected)
    assert expected == "ok" or "-m ipykernel install" in installed.kernel().remedy


@pytest.mark.parametrize("run", [answers("no JSON"), refuses])
def test_a_list_of_kernels_that_cannot_be_had_is_told(
    monkeypatch: pytest.MonkeyPatch, run: Callable[..., Any]
) -> None:
    monkeypatch.setattr(installed.subprocess, "run", run)
    assert said(installed.kernel()).startswith("fail: Jupyter's list")


def test_jupyter_itself_is_asked_for_its_kernels() -> None:
    assert installed.kernel().says == f"python3 starts {sys.executable}"


def test_a_browser_is_told_with_its_version(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(installed.shutil, "which", lambda name: f"/bin/{name}")
    monkeypatch.setattr(installed.subprocess, "run", answers("a warning\nChromium 156.0 \n"))
    assert said(installed.browser()).startswith("ok: Chromium 156.0, /bin/chromium")
    monkeypatch.setattr(installed.subprocess, "run", refuses)
    assert "version unknown, /bin/chromium" in installed.browser().says
    monkeypatch.setattr(installed.shutil, "which", lambda name: None)
    chrome = tmp_path / "chrome.exe"
    chrome.touch()
    (tmp_path / "99.0.1").mkdir()
    (tmp_path / "156.0.2").mkdir()
    monkeypatch.setattr(installed, "PLACES", (str(chrome),))
    monkeypatch.setattr(installed, "WINDOWS", True)
    assert installed.browser().says == f"156.0.2, {chrome}"
    chrome.unlink()
    assert said(installed.browser()).startswith("warn: no Chromium")


def test_fonts_of_other_widths_are_not_enough(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(installed, "FONT_FOLDERS", (str(tmp_path), str(tmp_path / "none")))
    (tmp_path / "DejaVuSans.ttf").touch()
    assert said(installed.fonts()).startswith("warn: neither Arial")
    (tmp_path / "truetype").mkdir()
    (tmp_path / "truetype" / "Liberation-Sans_Bold.ttf").touch()
    assert installed.fonts().state == "ok"


# --- how pages are made


def test_a_computer_that_lets_no_program_start_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    assert readiness.processes().state == "ok"
    monkeypatch.setattr(readiness.subprocess, "run", refuses)
    assert said(readiness.processes()).startswith("fail: a second Python could not be started: ")
    monkeypatch.setattr(readiness.subprocess, "run", answers(""))
    assert "it ended with 3" in readiness.processes().says
    assert "Ask IT" in readiness.processes().remedy


@pytest.mark.parametrize(("forks", "method"), [(True, "forked"), (False, "started as a program")])
def test_the_way_workers_start_is_told(
    monkeypatch: pytest.MonkeyPatch, forks: bool, method: str
) -> None:
    monkeypatch.setattr(readiness, "can_fork", lambda: forks)
    assert method in readiness.processes().says


def test_an_engine_that_does_not_fit_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(readiness, "incompatibility", lambda: "ipykernel 9 is not known")
    assert said(readiness.notebook_engine()).startswith("warn: ipykernel 9 is not known")


# --- the computer


def test_folders_that_cannot_be_written_are_named(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    checks = computer.computer_checks(tmp_path)
    folders = ("This folder", "Temporary folder", "Cache folder")
    assert {checks[name]().state for name in folders} == {"ok"}
    assert list(tmp_path.iterdir()) == []
    monkeypatch.setattr(computer.tempfile, "TemporaryDirectory", refuses)
    told = {name: said(checks[name]()) for name in folders}
    assert told["This folder"].startswith(f"fail: {tmp_path.resolve()} cannot be written: Perm")
    assert told["Temporary folder"].startswith("fail: ")
    assert "TMP" in told["Temporary folder"]
    assert told["Cache folder"].startswith("warn: ")


def test_a_cache_folder_that_is_not_there_yet_is_no_fault(tmp_path: Path) -> None:
    folder = tmp_path / "new" / "ineqlib"
    assert computer.cache_folder(folder).state == "ok"
    assert not (tmp_path / "new").exists()


@pytest.mark.parametrize(("free", "state"), [(0.5, "fail"), (3, "warn"), (50, "ok")])
def test_a_full_disk_is_told(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, free: float, state: str
) -> None:
    usage = SimpleNamespace(free=free * GB)
    monkeypatch.setattr(computer.shutil, "disk_usage", lambda _: usage)
    assert computer.disk(tmp_path).state == state
    assert f"{free:.1f} GB are free" in computer.disk(tmp_path).says


def test_paths_that_end_at_windows_limit_are_told_where_they_would_matter(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    assert "more than 260" in computer.long_paths(tmp_path).says
    make = Path.mkdir

    def as_on_windows(self: Path, *args: Any, **options: Any) -> None:
        if len(str(self)) > 247:
            raise FileNotFoundError(206, "The filename or extension is too long")
        make(self, *args, **options)

    monkeypatch.setattr(Path, "mkdir", as_on_windows)
    assert computer.long_paths(Path("/short")).state == "ok"
    deep = Path("/", "folder" * 30)
    assert said(computer.long_paths(deep)).startswith("warn: paths end at 260 characters, of which")
    assert "LongPathsEnabled" in computer.long_paths(deep).remedy


def test_a_clock_before_the_installation_is_wrong(monkeypatch: pytest.MonkeyPatch) -> None:
    assert computer.clock().state == "ok"
    monkeypatch.setattr(computer.time, "time", lambda: 1_000_000_000.0)
    assert said(computer.clock()).startswith("fail: 2001-09-09 01:46 UTC, which is before")


def test_a_disk_with_a_clock_of_its_own_is_told(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    assert computer.disk_clock(tmp_path).state == "ok"
    now = computer.time.time()
    monkeypatch.setattr(computer.time, "time", lambda: now + 3_600)
    assert "3,600 seconds apart" in computer.disk_clock(tmp_path).says.replace("3,599", "3,600")
    assert computer.disk_clock(tmp_path).state == "warn"


def test_caches_that_have_grown_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    kept = {"fetched": SimpleNamespace(size=lambda: 30 * GB)}
    monkeypatch.setattr(computer, "caches", lambda: kept)
    assert said(computer.cache_size()).startswith("warn: 30.0 GB are kept")
    assert "ineq cache clear" in computer.cache_size().remedy


# --- the network


@pytest.fixture
def network(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A settings file that is not there yet, and no proxy in the environment."""
    for name in list(os.environ):
        if name.casefold().endswith("_proxy") or name.endswith("_CA_BUNDLE"):
            monkeypatch.delenv(name)
    monkeypatch.setattr(
        "ineqlib.sources.fetch.settings.platformdirs.user_config_path", lambda _: tmp_path
    )
    return tmp_path / "network.yml"


def test_the_proxy_is_told_without_its_password(
    network: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert said(reach.proxy()).startswith("ok: no proxy is set; there is no ")
    monkeypatch.setenv("HTTPS_PROXY", "http://me:secret@proxy.example:8080")
    told = said(reach.proxy())
    assert told.startswith("ok: publishers are reached by http://…@proxy.example:8080; there is no")
    network.write_text("proxy: http://other.example:3128\n", encoding="utf-8")
    assert f"by http://other.example:3128; {network} is read" in reach.proxy().says
    hosts = ["fingertips.phe.org.uk", "www.gov.uk", "www.nomisweb.co.uk", "www.ons.gov.uk"]
    hosts += ["services1.arcgis.com"]
    network.write_text(
        f"proxy: http://other.example:3128\nno_proxy: [{', '.join(hosts)}]\n", encoding="utf-8"
    )
    assert "no proxy is set" in reach.proxy().says


@pytest.mark.parametrize(
    ("settings", "expected"),
    [
        ("verify: false\n", "certificates are always checked"),
        ("certificates: network.yml\n", "cannot be read as certificates"),
        ("proxy: proxy.example\n", "the proxy is proxy.example, which is no address"),
    ],
)
def test_settings_that_cannot_be_used_are_told(network: Path, settings: str, expected: str) -> None:
    network.write_text(settings, encoding="utf-8")
    told = said(reach.proxy())
    assert told.startswith("fail: ") and expected in told
    assert "docs/proxies.md" in told


def test_publishers_are_asked_only_online_and_each_is_told(network: Path) -> None:
    asked = []

    def ask(url: str, settings: NetworkSettings, now: datetime) -> datetime | None:
        asked.append(url)
        if "fingertips" in url:
            raise Failed("fingertips is not found: is this computer online?")
        return now + timedelta(hours=1) if "nomis" in url else now

    told = {diagnosis.name: said(diagnosis) for diagnosis in diagnose(reach.online_checks(ask))}
    assert len(asked) == len(reach.PUBLISHERS) == len(told)
    assert told["Publisher fingertips.phe.org.uk"].startswith("fail: fingertips is not found")
    assert "60 minutes apart" in told["Publisher www.nomisweb.co.uk"]
    assert told["Publisher www.nomisweb.co.uk"].startswith("warn: ")
    assert told["Publisher www.ons.gov.uk"].startswith("ok: ")


@pytest.fixture
def server(network: Path) -> Iterator[tuple[str, dict[str, int]]]:
    """A publisher on this computer; its address, and the status that it answers with."""
    answer = {"status": 302}

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(answer["status"])
            self.send_header("Location", "http://127.0.0.1:1/not-followed")
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    with HTTPServer(("127.0.0.1", 0), Handler) as served:
        thread = Thread(target=served.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{served.server_port}", answer
        served.shutdown()
        thread.join()


def test_an_address_is_asked_once_and_its_date_is_read(server: tuple[str, dict[str, int]]) -> None:
    address, answer = server
    settings, now = NetworkSettings(connect_seconds=5), datetime.now(UTC)
    dated = try_address(address, settings, now)
    assert dated and abs(dated - now) < timedelta(minutes=1)
    answer["status"] = 407
    with pytest.raises(Failed, match="status 407: the publisher, or a proxy on the way, refuses"):
        try_address(address, settings, now)
    with pytest.raises(Failed, match=r"the connection to 127\.0\.0\.1 broke"):
        try_address("http://127.0.0.1:1", settings, now)


# --- the command


def ineq(*words: object) -> Result:
    return CliRunner().invoke(main, [str(word) for word in words])


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> dict[str, Callable[[], Diagnosis]]:
    """Checks in the place of those of this computer; what is put in is made."""
    made: dict[str, Callable[[], Diagnosis]] = {"Disk": lambda: Diagnosis("Disk", "ok", "5 GB")}
    monkeypatch.setattr(doctor, "checks", lambda _: made)
    monkeypatch.setattr(reach, "network_checks", dict)
    return made


def test_a_computer_that_is_well_ends_in_0(quick: dict) -> None:
    quick["Fonts"] = lambda: Diagnosis("Fonts", "warn", "none", "Install one.")
    told = ineq("doctor")
    assert told.exit_code == 0, told.output
    assert told.output.splitlines() == [
        "ok    Disk   5 GB",
        "warn  Fonts  none",
        " " * 13 + "→ Install one.",
    ]


def test_what_cannot_work_ends_in_12_and_is_named(quick: dict) -> None:
    quick["Proxy"] = lambda: Diagnosis("Proxy", "fail", "refuses", "Ask IT.")
    told = ineq("doctor")
    assert told.exit_code == 12
    assert "Not everything works on this computer: Proxy." in told.stderr


def test_a_check_that_fails_itself_stops_no_other(quick: dict) -> None:
    quick["Clock"] = refuses
    told = ineq("doctor")
    assert told.exit_code == 0
    assert "warn  Clock  this could not be looked at (PermissionError" in told.stdout


def test_json_says_the_same(quick: dict) -> None:
    quick["Proxy"] = lambda: Diagnosis("Proxy", "fail", "“refuses”", "Ask IT.")
    told = ineq("doctor", "--json")
    assert told.exit_code == 12
    content = json.loads(told.stdout)
    assert content["ineqlib"] == ineqlib.__version__
    assert content["computer"][1] == {
        "name": "Proxy",
        "state": "fail",
        "says": "“refuses”",
        "remedy": "Ask IT.",
    }
    assert "project" not in content


def test_publishers_are_not_asked_unless_it_is_wanted(
    quick: dict, monkeypatch: pytest.MonkeyPatch
) -> None:
    online = {"Publisher": lambda: Diagnosis("Publisher", "fail", "refuses", "Ask IT.")}
    monkeypatch.setattr(reach, "online_checks", lambda: online)
    assert ineq("doctor").exit_code == 0
    assert ineq("doctor", "--online").exit_code == 12


def test_every_check_is_made_here_and_none_fails_itself(tmp_path: Path, network: Path) -> None:
    every = doctor.checks(tmp_path) | reach.network_checks()
    made = diagnose(every)
    assert [diagnosis.name for diagnosis in made] == list(every)
    assert [
        diagnosis.says for diagnosis in made if "could not be looked at" in diagnosis.says
    ] == []


def test_every_fault_needs_a_remedy() -> None:
    with pytest.raises(ValueError, match="needs a remedy"):
        Diagnosis("Disk", "fail", "full")
    with pytest.raises(ValueError, match="needs none"):
        Diagnosis("Disk", "ok", "free", "Do nothing.")
