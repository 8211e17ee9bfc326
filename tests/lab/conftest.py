"""A real JupyterLab: a server of its own, with nothing of the user's, and a notebook open in it."""

import json
import os
import secrets
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest

from ineqlib.pack import Pack

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Locator, Page

SLOW = 90_000
"""Milliseconds that anything may take on a machine that others use too."""
POLL = 100
"""Milliseconds between looks: to look at every frame would keep a processor busy."""
IDLE = "Python 3 (ipykernel) | Idle"
OWN = ("CONFIG_DIR", "DATA_DIR", "RUNTIME_DIR")
NEWS = '{"fetchNews": "false", "checkForUpdates": false}'
HERE = ("127.0.0.1", "localhost", "")


class Lab:
    """A notebook in JupyterLab.

    Parameters
    ----------
    page
        Of the browser.
    folder
        The server's: notebooks in ``notebooks``, packs in ``data``.
    """

    def __init__(self, page: "Page", folder: Path) -> None:
        self.page = page
        self.folder = folder
        self.away: list[str] = []
        self.complaints: list[str] = []
        page.on("request", lambda request: self._note(request.url))
        page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def _note(self, address: str) -> None:
        if urlsplit(address).hostname not in (None, *HERE):
            self.away.append(address)

    @property
    def explorer(self) -> "Locator":
        """What the cell shows."""
        return self.page.locator(".ineq-explore")

    def open(self, address: str) -> None:
        """Open a notebook and wait until its kernel is ready."""
        self.page.goto(address, timeout=SLOW)
        self.page.get_by_text(IDLE).wait_for(timeout=SLOW)

    def run_all(self) -> None:
        """Run all cells, through the menu."""
        for words in ("Run", "Run All Cells"):
            self.page.get_by_role("menuitem", name=words, exact=True).click()
        self.to_top()
        self.explorer.wait_for(timeout=SLOW)
        self.settle()

    def to_top(self) -> None:
        """Scroll the notebook to its first cell."""
        self.page.locator(".jp-Notebook .jp-WindowedPanel-outer").evaluate(
            "e => { e.scrollTop = 0 }"
        )

    def settle(self) -> None:
        """Wait until the kernel has nothing to do and no view waits for it."""
        idle = "() => !document.querySelector('.ineq-card [aria-busy=true]')"
        self.page.wait_for_timeout(150)
        self.page.locator("#jp-main-statusbar").get_by_text(IDLE).wait_for(timeout=SLOW)
        self.page.wait_for_function(idle, timeout=SLOW, polling=POLL)

    def card(self, name: str) -> "Locator":
        """Return a view by what it is called."""
        heading = self.page.get_by_role("heading", name=name)
        return self.page.locator(".ineq-card section", has=heading).first

    def finding(self, name: str) -> str:
        """Return what a view says."""
        return self.card(name).locator(".ineq-finding").text_content() or ""

    def bookmark(self) -> str:
        """Return the question as the explorer writes it."""
        return self.explorer.get_by_label("Bookmark").input_value()

    def run_in_last_cell(self, code: str) -> "Locator":
        """Write code into the notebook's last code cell, run it, and return its output."""
        cell = self.page.locator(".jp-CodeCell").last
        cell.scroll_into_view_if_needed()
        cell.locator(".cm-content").click()
        self.page.keyboard.press("Control+A")
        self.page.keyboard.insert_text(code)
        self.page.keyboard.press("Shift+Enter")
        self.settle()
        return cell.locator(".jp-OutputArea")


@pytest.fixture
def open_lab(
    browser: "Browser", demo_pack: Pack, repo: Path, tmp_path: Path
) -> Iterator[Callable[[str], Lab]]:
    """Open a notebook of the product in a JupyterLab of its own."""
    for folder in ("notebooks", "data"):
        (tmp_path / folder).mkdir()
    shutil.copytree(demo_pack.path, tmp_path / "data" / "demo")
    with served(tmp_path) as address:
        context = browser.new_context(viewport={"width": 1280, "height": 800})

        def opened(notebook: str) -> Lab:
            shutil.copy(repo / "notebooks" / notebook, tmp_path / "notebooks")
            context.set_default_timeout(SLOW / 3)
            lab = Lab(context.new_page(), tmp_path)
            lab.open(address.format(f"notebooks/{notebook}"))
            return lab

        yield opened
        context.close()


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """Serve a folder with JupyterLab; give the address of a file in it."""
    own = {f"JUPYTER_{name}": str(folder / ".jupyter" / name) for name in OWN}
    settings = folder / ".jupyter" / "settings"
    own |= {
        "JUPYTERLAB_SETTINGS_DIR": str(settings),
        "JUPYTERLAB_WORKSPACES_DIR": str(folder / ".jupyter" / "workspaces"),
        "IPYTHONDIR": str(folder / ".ipython"),
    }
    notification = settings / "@jupyterlab" / "apputils-extension"
    notification.mkdir(parents=True)
    (notification / "notification.jupyterlab-settings").write_text(NEWS, encoding="utf-8")
    token = secrets.token_hex()
    options = [
        "--no-browser",
        "--allow-root",
        "--ip=127.0.0.1",
        "--port=0",
        f"--ServerApp.root_dir={folder}",
        "--LabApp.extension_manager=readonly",
    ]
    environment = {**os.environ, **own, "JUPYTER_TOKEN": token}
    with (folder / "server.log").open("w", encoding="utf-8") as log:
        server = subprocess.Popen(
            [sys.executable, "-m", "jupyterlab", *options],
            cwd=folder,
            env=environment,
            stdout=log,
            stderr=subprocess.STDOUT,
        )
        try:
            port = _port(Path(own["JUPYTER_RUNTIME_DIR"]), server, folder / "server.log")
            yield f"http://127.0.0.1:{port}/lab/tree/{{}}?token={token}"
        finally:
            server.terminate()
            server.wait(30)


def _port(runtime: Path, server: subprocess.Popen[bytes], log: Path) -> int:
    """Wait until a server says where it listens."""
    for _ in range(SLOW // 100):
        for file in runtime.glob("jpserver-*.json"):
            try:
                return int(json.loads(file.read_text(encoding="utf-8"))["port"])
            except ValueError:
                continue  # it is not whole yet
        if server.poll() is not None:
            break
        time.sleep(0.1)
    pytest.fail(f"JupyterLab did not start: {log.read_text(encoding='utf-8')[-2000:]}")
