"""Publishers on this computer, and a fetcher that reaches them without waiting."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner, Result

from ineqlib.cli import main
from ineqlib.pulling import Pulled, fetch, plan_area
from ineqlib.sources.fetch import Clock, Fetcher, NetworkSettings, Store
from ineqlib.sources.proof import NotWhole

from .loopback import Certificates, Loopback, loopback, make_certificates
from .recorded import answer

START = datetime(2026, 11, 29, 10, tzinfo=UTC)


class FakeClock(Clock):
    """A clock that waiting moves on at once."""

    def __init__(self) -> None:
        self.start = START
        self.passed = 0.0
        self.waits: list[float] = []
        self.tick = 0.0
        """Seconds that pass whenever they are asked for."""

    def now(self) -> datetime:
        return self.start + timedelta(seconds=self.passed)

    def seconds(self) -> float:
        self.passed += self.tick
        return self.passed

    def sleep(self, seconds: float) -> None:
        self.waits.append(seconds)
        self.passed += seconds


def refuses(act: Callable[[], object], words: str, *, may_pass: bool) -> None:
    """An answer is refused in these words, and as worth asking again or not."""
    with pytest.raises(NotWhole, match=words) as raised:
        act()
    assert raised.value.may_pass is may_pass


@pytest.fixture(scope="session")
def certificates(tmp_path_factory: pytest.TempPathFactory) -> Certificates:
    return make_certificates(tmp_path_factory.mktemp("certificates"))


@pytest.fixture(scope="module")
def serving(certificates: Certificates) -> Iterator[Loopback]:
    with loopback(certificates.publishers) as publishers:
        yield publishers


@pytest.fixture
def publishers(serving: Loopback) -> Loopback:
    serving.seen.clear()
    serving.most_at_once = 0
    return serving


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> FakeClock:
    made = FakeClock()
    # stamina waits by tenacity, which says that this is the place to mock.
    monkeypatch.setattr("tenacity.nap.time", made)
    return made


@pytest.fixture
def settings(
    publishers: Loopback, certificates: Certificates, monkeypatch: pytest.MonkeyPatch
) -> NetworkSettings:
    # On Linux every connection reads the system's certificates anew: here they are few.
    monkeypatch.setenv("SSL_CERT_FILE", str(certificates.unknown))
    monkeypatch.setenv("SSL_CERT_DIR", str(certificates.unknown.parent))
    for name in ("REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE", "NO_PROXY", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
    return NetworkSettings(
        proxy=f"http://127.0.0.1:{publishers.port}",
        certificates=str(certificates.authority),
        silent_seconds=0.15,
    )


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "fetched")


@pytest.fixture
def fetcher(
    settings: NetworkSettings, store: Store, clock: FakeClock
) -> Iterator[Callable[..., Fetcher]]:
    opened: list[Fetcher] = []

    def open_one(mode: str = "usual", settings: NetworkSettings = settings) -> Fetcher:
        opened.append(Fetcher(settings, store, mode=mode, clock=clock))
        return opened[-1]

    yield open_one
    for each in opened:
        each.__exit__()


@pytest.fixture
def at_home(
    settings: NetworkSettings,
    publishers: Loopback,
    clock: FakeClock,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> Path:
    """A working folder with a cache of its own, and settings that lead to these publishers."""
    publishers.answer = answer
    network = tmp_path / "network.yml"
    content = {"proxy": settings.proxy, "certificates": settings.certificates}
    network.write_text(yaml.safe_dump(content), encoding="utf-8")
    monkeypatch.setattr("ineqlib.sources.fetch.fetcher.Clock", lambda: clock)
    monkeypatch.setattr("platformdirs.user_cache_path", lambda _: tmp_path / "cache")
    monkeypatch.chdir(tmp_path)
    return network


@pytest.fixture
def ineq_pull(at_home: Path) -> Callable[..., Result]:
    """The command, run against the publishers on this computer."""

    def run(*words: str, area: str | None = "Stevenage") -> Result:
        of_area = ["--area", area, "--out", "pack"] if area else []
        command = ["pull", *of_area, "--network", str(at_home), *words]
        return CliRunner().invoke(main, command)

    return run


@pytest.fixture
def fetch_area(
    fetcher: Callable[..., Fetcher], publishers: Loopback, tmp_path: Path
) -> Callable[..., Pulled]:
    """The files alone, without a build."""
    publishers.answer = answer

    def run(mode: str = "usual", area: str = "Stevenage") -> Pulled:
        reaching = fetcher(mode)
        return fetch(plan_area(area, reaching), tmp_path / "downloads", reaching, lambda _: None)

    return run
