"""One exchange with a publisher: redirects followed within bounds, the answer's bytes on disk."""

import contextlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import BinaryIO
from urllib.parse import urljoin, urlsplit

import requests
import urllib3

from ineqlib.sources.fetch.clock import Clock
from ineqlib.sources.fetch.failures import Failed, of_exception, of_status
from ineqlib.sources.fetch.partial import Partial, too_large
from ineqlib.sources.fetch.session import proxies_for
from ineqlib.sources.fetch.settings import NetworkSettings
from ineqlib.sources.interfaces.query import Query

MOST_REDIRECTS = 5
LONGEST_MESSAGE = 4_000
"""Bytes of an answer other than success that are read."""
_PIECE = 1 << 16


@dataclass(frozen=True)
class Received:
    """What came, whose bytes are in the `Partial`."""

    url: str
    """Where they came from, after redirects."""
    headers: Mapping[str, str] = field(default_factory=dict)
    is_announced: bool = False
    """Whether their number, or their end, was told by the protocol: a cut would have been seen."""
    not_modified: bool = False
    """The copy that is kept still holds: nothing else came."""


class Transfer:
    """Makes exchanges over one session."""

    def __init__(self, session: requests.Session, settings: NetworkSettings, clock: Clock) -> None:
        self._session = session
        self._settings = settings
        self._clock = clock

    def receive(self, query: Query, partial: Partial, conditions: Mapping[str, str]) -> Received:
        """Ask once, and write what comes into `partial`, going on from what is there if it holds.

        By the headers in `conditions` the publisher tells whether the kept copy still holds.
        """
        rest = partial.range_headers(query.url)
        with self._answer(query, rest or conditions) as (response, url):
            status, headers = response.status_code, response.headers
            match status:
                case 304 if conditions and not rest:
                    return Received(url, headers, not_modified=True)
                case 200:
                    file = partial.begin(query.url, headers)
                case 206 if rest and _starts_at(headers) == partial.size:
                    file = partial.go_on()
                case _:
                    if status in (206, 416):  # what came before does not fit to it
                        partial.remove()
                    body = response.raw.read(LONGEST_MESSAGE, decode_content=True)
                    raise of_status(status, headers, body, self._clock.now())
            try:
                with file:
                    self._write(query, response.raw, file)
            except Failed as failed:
                if failed.attempts == 1:
                    partial.remove()
                raise
            if status == 206 and partial.size != _total(headers):
                raise Failed(
                    f"{partial.size:,} bytes came of {_total(headers):,} in all", attempts=4
                )
            packed = bool(headers.get("Content-Encoding"))
            announced = packed or "Content-Length" in headers or response.raw.chunked
            return Received(url, headers, is_announced=announced)

    @contextlib.contextmanager
    def _answer(
        self, query: Query, headers: Mapping[str, str]
    ) -> Iterator[tuple[requests.Response, str]]:
        """Ask, follow redirects to hosts that are allowed, and close the answer in the end."""
        url = query.url
        try:
            for _ in range(MOST_REDIRECTS + 1):
                response = self._session.get(
                    url,
                    headers=headers,
                    stream=True,
                    allow_redirects=False,
                    proxies=proxies_for(url, self._settings),
                    timeout=(self._settings.connect_seconds, self._settings.silent_seconds),
                )
                with response:
                    if not response.is_redirect:
                        yield response, url
                        return
                    url = _next_address(query, url, response.headers["Location"])
        except (requests.RequestException, urllib3.exceptions.HTTPError) as error:
            raise of_exception(error, url, self._clock.now()) from error
        raise Failed(f"it sent on more than {MOST_REDIRECTS} times, the last time to {url}")

    def _write(self, query: Query, raw: urllib3.BaseHTTPResponse, file: BinaryIO) -> None:
        """Write the answer as it comes, within the bounds of size and time."""
        if (raw.length_remaining or 0) > query.most_bytes:
            raise too_large(query.most_bytes)
        start = self._clock.seconds()
        size = file.tell()
        # `read` would wait for a whole piece, however slowly its bytes drip.
        while piece := raw.read1(_PIECE, decode_content=False):
            size += file.write(piece)
            file.flush()  # whoever is killed now finds it when it is run again
            if size > query.most_bytes:
                raise too_large(query.most_bytes)
            if self._clock.seconds() - start > self._settings.longest_seconds:
                raise Failed(
                    f"only {size:,} bytes came in {self._settings.longest_seconds:,.0f} seconds",
                    attempts=2,
                )


def _starts_at(headers: Mapping[str, str]) -> int:
    """Return the first byte of a part; -1 where it is not told."""
    start = headers.get("Content-Range", "").removeprefix("bytes ").partition("-")[0]
    return int(start) if start.isdecimal() else -1


def _total(headers: Mapping[str, str]) -> int:
    """Return how many bytes all parts have together; -1 where it is not told."""
    total = headers.get("Content-Range", "").rpartition("/")[2]
    return int(total) if total.isdecimal() else -1


def _next_address(query: Query, url: str, location: str) -> str:
    """Return where a redirect leads, if it may."""
    target = urljoin(url, location)
    parts = urlsplit(target)
    if parts.scheme != "https" or parts.hostname not in (
        urlsplit(query.url).hostname,
        *query.redirects_to,
    ):
        place = f"{parts.scheme}://{parts.hostname}"
        raise Failed(
            f"it sent on to {place}, which is not the publisher's: a proxy's sign-in page, or a "
            "publisher that has moved house. docs/proxies.md says what to do"
        )
    return target
