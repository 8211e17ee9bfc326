"""A command that is asked to end tidies up, whichever signal asks."""

import os
import signal
from collections.abc import Iterator

import click
import pytest
from click.testing import CliRunner

from ineqlib.cli.group import STOPPED, main

pytestmark = pytest.mark.skipif(not hasattr(signal, "SIGHUP"), reason="Windows has no such signal")
TIDIED: list[str] = []


@pytest.fixture
def command(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A command that is sent a signal while it works, and no terminal that could be closed."""
    monkeypatch.setattr(os, "isatty", lambda _: False)

    @main.command("be-ended")
    @click.argument("name")
    def _(name: str) -> None:
        try:
            os.kill(os.getpid(), getattr(signal, name))
        finally:
            TIDIED.append(name)

    TIDIED.clear()
    yield "be-ended"
    del main.commands["be-ended"]


@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM", "SIGHUP"])
def test_each_signal_that_ends_a_command_ends_it_like_ctrl_c(command: str, name: str) -> None:
    before = signal.getsignal(getattr(signal, name))
    result = CliRunner().invoke(main, [command, name])
    assert result.exit_code == 130
    assert STOPPED in result.output
    assert "briefing" not in STOPPED, "most commands make none"
    assert [name] == TIDIED
    assert signal.getsignal(getattr(signal, name)) == before


def test_what_nohup_has_ignored_stays_ignored(command: str) -> None:
    before = signal.signal(signal.SIGHUP, signal.SIG_IGN)
    try:
        assert CliRunner().invoke(main, [command, "SIGHUP"]).exit_code == 0
    finally:
        signal.signal(signal.SIGHUP, before)
