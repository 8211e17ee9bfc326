"""The one room that reaches publishers: it fetches what a `Query` asks, proves it and keeps it.

    Query ──▶ Fetcher ──▶ Store: whole and fresh? ──▶ Download
                 │  no                                  ▲
                 ▼                                      │ bytes, address, headers, date, SHA-256
              pace ──▶ transfer ──▶ unpack ──▶ prove ──▶ Store
                 ▲         │ failed, may pass   │
                 └─ retry ─┴────────────────────┘   failed for good: the kept copy, with its age

Certificates are those of the operating system and are always checked; docs/proxies.md says what to
do where a council's proxy stands between.
"""

from ineqlib.sources.fetch.clock import Clock
from ineqlib.sources.fetch.failures import raise_failures
from ineqlib.sources.fetch.fetcher import Fetcher, Mode, Outlook
from ineqlib.sources.fetch.settings import NetworkSettings, read_settings
from ineqlib.sources.fetch.store import Download, Store

__all__ = [
    "Clock",
    "Download",
    "Fetcher",
    "Mode",
    "NetworkSettings",
    "Outlook",
    "Store",
    "raise_failures",
    "read_settings",
]
