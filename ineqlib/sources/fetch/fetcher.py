"""Fetching: the kept copy where it will do, else the publisher; what is not proved is refused."""

import logging
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Literal, Self

import stamina

from ineqlib.errors import FetchError
from ineqlib.sources.fetch.clock import Clock
from ineqlib.sources.fetch.failures import Failed, http_date, raise_failures
from ineqlib.sources.fetch.pace import Pace
from ineqlib.sources.fetch.partial import Partial
from ineqlib.sources.fetch.session import open_session
from ineqlib.sources.fetch.settings import NetworkSettings
from ineqlib.sources.fetch.store import Download, Store, expectation_digest
from ineqlib.sources.fetch.transfer import Transfer
from ineqlib.sources.interfaces.query import PagedQuery, Query
from ineqlib.sources.proof import NotWhole
from ineqlib.text import day_in_words

# Retries are told in what is raised or remarked; this library is not to print them besides.
logging.getLogger("stamina").addHandler(logging.NullHandler())

Mode = Literal["usual", "offline", "refresh"]
Outlook = Literal["use", "ask", "fetch"]

MOST_ATTEMPTS = 5
UNPROVED_ATTEMPTS = 3
"""How often an answer is asked for that comes and is not proved whole."""
UNPROVED_WAIT = 2.0
"""Seconds between those: Open Geography answers an error to who asks faster."""
FRESH = timedelta(days=1)
"""How long a copy is used without asking whether it still holds."""
CLOCKS_APART = timedelta(hours=12)


class Fetcher:
    """Fetches queries, several at once, and keeps what comes.

    Parameters
    ----------
    settings
        Proxies, certificates and bounds.
    store
        Where it is kept. Default: the cache folder of the user.
    mode
        Use copies younger than a day, use copies only, or ask the publisher about everything.
    clock
        Time of day and waiting.
    """

    def __init__(
        self,
        settings: NetworkSettings,
        store: Store | None = None,
        *,
        mode: Mode = "usual",
        clock: Clock | None = None,
    ) -> None:
        self.store = store or Store()
        self._mode = mode
        self._settings = settings
        self._clock = clock or Clock()
        self._session = open_session(settings)
        self._pace = Pace(self._clock, settings.seconds_between)
        self._transfer = Transfer(self._session, settings, self._clock)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._session.close()

    def fetch(self, query: Query) -> Download:
        """Return the answer to a query, proved whole: new, or the kept copy.

        A remark says why a copy is used that the publisher could not be asked about.

        Raises
        ------
        FetchError
            Nothing whole came, and no copy is kept.
        OutputError
            It cannot be kept: the disk is full, say.
        """
        if self._mode == "offline":
            return self._copy_or_error(query, "")
        with self.store.locked(query, self._settings.longest_seconds) as partial:
            copy = self._copy(query)
            if copy and self._mode == "usual" and self._is_fresh(copy):
                return copy
            try:
                return self._ask(query, partial, copy)
            except Failed as failed:
                return self._copy_or_error(query, failed.reason)

    def fetch_all(self, queries: Iterable[Query]) -> list[Download]:
        """Return the answers to several queries, in their order.

        Where some fail, one `FetchError` tells them all, and the others are kept for the next time.
        """
        answers = self.fetch_each(queries)
        raise_failures([answer for answer in answers if isinstance(answer, FetchError)], answers)
        return [answer for answer in answers if isinstance(answer, Download)]

    def fetch_each(
        self, queries: Iterable[Query], progress: Callable[[Download], None] | None = None
    ) -> list[Download | FetchError]:
        """Return of each query the answer, or why there is none, in their order.

        `progress` is called with each answer as it comes.
        """
        answers: dict[int, Download | FetchError] = {}
        with ThreadPoolExecutor(self._settings.at_once) as pool:
            running = {pool.submit(self.fetch, query): at for at, query in enumerate(queries)}
            try:
                for future in as_completed(running):
                    try:
                        answers[running[future]] = answer = future.result()
                    except FetchError as error:
                        answers[running[future]] = error
                    else:
                        if progress:
                            progress(answer)
            except BaseException:
                pool.shutdown(wait=False, cancel_futures=True)
                raise
        return [answers[at] for at in range(len(answers))]

    def fetch_pages(self, query: PagedQuery) -> tuple[bytes, list[Download]]:
        """Return the joined answer, proved as one, and the pages it was joined from."""
        first = self.fetch(query.first())
        pages = [first, *self.fetch_all(query.rest(first.content()))]
        try:
            return query.joined([page.content() for page in pages]), pages
        except NotWhole as error:
            raise FetchError(
                f"{query.what} cannot be put together: {error}. The publisher may have changed it "
                "between two pages; ask for all of them again with --refresh."
            ) from error

    def outlook(self, query: Query) -> Outlook:
        """Tell what a fetch would do: use the kept copy unasked, ask whether it holds, or fetch."""
        copy = self._copy(query)
        if copy is None:
            return "fetch"
        is_used = self._mode == "offline" or (self._mode == "usual" and self._is_fresh(copy))
        return "use" if is_used else "ask" if _conditions(copy) else "fetch"

    def _ask(self, query: Query, partial: Partial, copy: Download | None) -> Download:
        """Ask the publisher, as often as its failures are worth."""
        patience = _Patience(self._pace, query.url, self._settings.longest_wait)
        for attempt in stamina.retry_context(
            on=patience, attempts=MOST_ATTEMPTS, timeout=None, wait_initial=1.0, wait_max=30.0
        ):
            with attempt:
                return self._ask_once(query, partial, copy)
        raise AssertionError("stamina raises the last failure")

    def _ask_once(self, query: Query, partial: Partial, copy: Download | None) -> Download:
        self._pace.wait(query.url)
        received = self._transfer.receive(query, partial, _conditions(copy))
        now = self._clock.now()
        if received.not_modified and copy:
            confirmed = replace(copy, confirmed=now)
            self.store.record(query, confirmed)
            return confirmed
        encoding = received.headers.get("Content-Encoding", "").casefold()
        try:
            content = partial.unpacked(encoding, query.most_bytes)
            if not received.is_announced and not query.expectation.shows_its_end:
                raise NotWhole("nothing announced how long the answer is, nor does it show its end")
            proof = query.expectation.prove(content)
        except NotWhole as error:
            attempts = UNPROVED_ATTEMPTS if error.may_pass else 1
            raise Failed(str(error), attempts=attempts, wait=UNPROVED_WAIT) from error
        finally:
            # Whatever was wrong with it, going on from it would not put it right.
            partial.remove()
        download = self.store.place(
            query, content, received.url, dict(received.headers), proof, now
        )
        there = http_date(received.headers.get("Date", ""))
        if there and abs(there - now) > CLOCKS_APART:
            return download.with_remark(
                f"fetched on {day_in_words(now)} by this computer's clock, on "
                f"{day_in_words(there)} by the publisher's: one of the two is wrong"
            )
        return download

    def _copy(self, query: Query) -> Download | None:
        """Return the kept copy, if it is what is asked now."""
        copy = self.store.find(query)
        if copy is None:
            return None
        if copy.expectation != expectation_digest(query):
            try:
                query.expectation.prove(copy.content())
            except NotWhole:
                return None
        return replace(copy, is_copy=True)

    def _is_fresh(self, copy: Download) -> bool:
        # A date to come means that a clock was, or is, wrong.
        return timedelta() <= self._clock.now() - copy.confirmed < FRESH

    def _copy_or_error(self, query: Query, reason: str) -> Download:
        copy = self._copy(query)
        if copy is None and not reason:
            raise FetchError(
                f"{query.what}: nothing is kept of it, and --offline asks nobody. Fetch it once "
                "without --offline."
            )
        if copy is None:
            raise FetchError(f"{query.what} cannot be fetched: {reason}. ({query.url})")
        if not reason:
            return copy.with_remark(f"{_age(copy.confirmed, self._clock.now())} (--offline)")
        return copy.with_remark(
            f"not fetched anew: {reason}. {_age(copy.confirmed, self._clock.now())} is used"
        )


class _Patience:
    """Decides after each failure whether to ask again, and how long to wait; stamina waits."""

    def __init__(self, pace: Pace, url: str, longest_wait: float) -> None:
        self._pace = pace
        self._url = url
        self._longest_wait = longest_wait
        self._failures = 0

    def __call__(self, error: Exception) -> bool | float:
        """Return False to give up, True for the usual wait, or seconds."""
        self._failures += 1
        if not isinstance(error, Failed) or self._failures >= error.attempts:
            return False
        if error.wait is None:
            return True
        if error.wait > self._longest_wait:
            return False
        self._pace.rest(self._url, error.wait)
        return error.wait


def _conditions(copy: Download | None) -> dict[str, str]:
    """Return the headers by which a publisher tells whether a copy still holds."""
    if copy is None:
        return {}
    asked = {"If-None-Match": "ETag", "If-Modified-Since": "Last-Modified"}
    return {name: copy.headers[kept] for name, kept in asked.items() if kept in copy.headers}


def _age(since: datetime, now: datetime) -> str:
    """Say how old a copy is."""
    days = (now - since).days
    if days < 0:
        return f"The copy of {day_in_words(since)}, a day to come (a clock is or was wrong),"
    ago = {0: "today", 1: "yesterday"}.get(days, f"{days:,} days ago")
    return f"The copy of {day_in_words(since)} ({ago})"
