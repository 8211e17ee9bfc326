"""The folder of a socket: locked for as long as its process lives, and removed by the next one.

Windows has pipes with names in place of sockets, and needs no folder.
"""

import contextlib
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

if sys.platform != "win32":
    import fcntl

PREFIX = "ineqlib-socket-"
_COMING = "ineqlib-coming-"
SOCKET = "socket"
LONGEST_ADDRESS = 100
"""Bytes of the path of a socket; no system takes 110."""
_SHORT = "/tmp"


class SocketFolder:
    """A folder that only this user can enter, for the socket of this process.

    Attributes
    ----------
    address
        Path of the socket; None on Windows, where the system names its pipes itself.
    """

    def __init__(self) -> None:
        self.address: str | None = None
        if sys.platform != "win32":
            _clear_left()
            coming = Path(tempfile.mkdtemp(prefix=_COMING, dir=_above()))
            # Locked before it has the name of those that are cleared once nobody has locked them.
            self._lock = _locked(coming)
            folder = coming.rename(coming.with_name(coming.name.replace(_COMING, PREFIX)))
            self.address = str(folder / SOCKET)

    def close(self) -> None:
        """Remove it."""
        if sys.platform != "win32" and self.address:
            shutil.rmtree(Path(self.address).parent, ignore_errors=True)
            os.close(self._lock)
            self.address = None


def _above() -> Path:
    """Return the temporary folder, or one by which the path of a socket is not too long."""
    usual = Path(tempfile.gettempdir())
    longest = usual / f"{PREFIX}12345678" / SOCKET
    return usual if len(os.fsencode(longest)) <= LONGEST_ADDRESS else Path(_SHORT)


def _locked(folder: Path) -> int:
    """Lock a folder until what is returned is closed, or this process ends.

    Raises
    ------
    OSError
        Another has locked it, or it is no folder.
    """
    if sys.platform != "win32":
        number = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
        try:
            fcntl.flock(number, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            os.close(number)
            raise
        return number
    raise OSError("Windows locks no folders")


def _clear_left() -> None:
    """Remove the folders of this user's processes that were killed."""
    for folder in _folders():
        with contextlib.suppress(OSError):  # its process lives, or another clears it too
            lock = _locked(folder)
            shutil.rmtree(folder, ignore_errors=True)
            os.close(lock)


def _folders() -> Iterator[Path]:
    if sys.platform == "win32":
        return
    for above in {Path(tempfile.gettempdir()), Path(_SHORT)}:
        with contextlib.suppress(OSError):
            for folder in above.glob(f"{PREFIX}*"):
                if folder.lstat().st_uid == os.getuid():
                    yield folder
