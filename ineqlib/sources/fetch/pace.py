"""A polite rate for each host, and a rest where one asks for it."""

import threading
from urllib.parse import urlsplit

from ineqlib.sources.fetch.clock import Clock


class Pace:
    """Keeps requests to one host a while apart, whichever thread they come from."""

    def __init__(self, clock: Clock, seconds_between: float) -> None:
        self._clock = clock
        self._between = seconds_between
        self._lock = threading.Lock()
        self._next: dict[str, float] = {}

    def wait(self, url: str) -> None:
        """Wait until the host of an address may be asked, and take that turn."""
        host = urlsplit(url).netloc
        with self._lock:
            now = self._clock.seconds()
            turn = max(now, self._next.get(host, now))
            self._next[host] = turn + self._between
        if turn > now:
            self._clock.sleep(turn - now)

    def rest(self, url: str, seconds: float) -> None:
        """Give a host a rest from all threads: it said that it is asked too much."""
        host = urlsplit(url).netloc
        with self._lock:
            self._next[host] = max(self._next.get(host, 0), self._clock.seconds() + seconds)
