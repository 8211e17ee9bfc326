"""How this computer reaches publishers: what it is set to do, and whether that works."""

import re
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from urllib.parse import urlsplit

from ineqlib.diagnosis import Check, Diagnosis
from ineqlib.errors import InputError
from ineqlib.sources.fetch.failures import Failed
from ineqlib.sources.fetch.session import open_session, proxy_of, try_address
from ineqlib.sources.fetch.settings import NetworkSettings, read_settings, settings_file
from ineqlib.sources.interfaces import fingertips, gov_uk, nomis, ons_files, open_geography

PUBLISHERS = (fingertips.API, gov_uk.API, nomis.API, ons_files.SITE, open_geography.API)
PAGE = "docs/proxies.md says, step by step, what to do."
APART = 300.0
"""Seconds that this computer's clock may be apart from a publisher's."""
_PASSWORD = re.compile(r"//[^/@]*@")

Ask = Callable[[str, NetworkSettings, datetime], datetime | None]


def network_checks() -> dict[str, Check]:
    """Return what is looked at without asking anybody, by name."""
    return {"Proxy": proxy}


def online_checks(ask: Ask = try_address) -> dict[str, Check]:
    """Return what is asked of publishers, each once, by name."""
    return {
        f"Publisher {urlsplit(url).hostname}": partial(publisher, url, ask) for url in PUBLISHERS
    }


def proxy() -> Diagnosis:
    """Say which proxy is used, and whether settings and certificates can be read."""
    file = settings_file()
    try:
        settings = read_settings()
        open_session(settings).close()
    except InputError as error:
        return Diagnosis("Proxy", "fail", str(error), f"Mend it there. {PAGE}")
    used = {_PASSWORD.sub("//…@", proxy_of(url, settings)) for url in PUBLISHERS} - {""}
    source = f"{file} is read" if file.exists() else f"there is no {file}"
    if missing := [name for name in used if not urlsplit(name).hostname]:
        says = f"the proxy is {missing[0]}, which is no address; {source}"
        return Diagnosis("Proxy", "fail", says, f"Write it like http://proxy.example:8080. {PAGE}")
    says = f"publishers are reached by {', '.join(sorted(used))}" if used else "no proxy is set"
    return Diagnosis("Proxy", "ok", f"{says}; {source}")


def publisher(url: str, ask: Ask) -> Diagnosis:
    """Say whether a publisher can be reached, and whether its clock agrees with ours."""
    name, now = f"Publisher {urlsplit(url).hostname}", datetime.now(UTC)
    try:
        dated = ask(url, read_settings(), now)
    except (Failed, InputError) as error:
        return Diagnosis(name, "fail", str(error), PAGE)
    apart = abs((dated - now).total_seconds()) if dated else 0.0
    if apart > APART:
        says = f"it is reached; this computer's clock is {apart / 60:,.0f} minutes apart from its"
        return Diagnosis(name, "warn", says, "Set the clock of this computer.")
    return Diagnosis(name, "ok", "it is reached")
