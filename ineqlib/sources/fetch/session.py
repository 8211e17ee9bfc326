"""The connection: certificates that are always checked, and the proxies there are."""

import os
import ssl
from datetime import datetime
from http.cookiejar import DefaultCookiePolicy
from typing import Any

import requests
import truststore
from requests.adapters import HTTPAdapter

from ineqlib import __version__
from ineqlib.errors import InputError
from ineqlib.sources.fetch.failures import http_date, of_exception, of_status
from ineqlib.sources.fetch.settings import NetworkSettings

_BUNDLES = ("REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE")
"""Where an IT department may have told programs of its certificates."""


class _Checked(HTTPAdapter):
    """Connections whose certificates are checked against the operating system's, without a way out.

    The `verify` of requests is not asked, neither for the publisher nor for a proxy.
    """

    def __init__(self, context: ssl.SSLContext, at_once: int) -> None:
        self._context = context
        super().__init__(pool_maxsize=at_once, pool_block=True)

    def build_connection_pool_key_attributes(self, request: Any, *_: Any, **__: Any) -> Any:
        host, _tls = super().build_connection_pool_key_attributes(request, verify=True)
        return host, {"ssl_context": self._context, "cert_reqs": "CERT_REQUIRED"}

    def cert_verify(self, *_: Any, **__: Any) -> None:
        """Add nothing: the context has all certificates that are trusted."""

    def proxy_manager_for(self, proxy: str, **options: Any) -> Any:
        return super().proxy_manager_for(proxy, proxy_ssl_context=self._context, **options)


def open_session(settings: NetworkSettings) -> requests.Session:
    """Return a session that checks certificates and keeps no cookies."""
    session = requests.Session()
    session.headers = requests.structures.CaseInsensitiveDict(
        {"User-Agent": f"ineqlib/{__version__}", "Accept-Encoding": "gzip", "Accept": "*/*"}
    )
    session.cookies.set_policy(DefaultCookiePolicy(allowed_domains=[]))
    session.auth = _no_password
    session.mount("https://", _Checked(_context(settings), settings.at_once))
    return session


def proxies_for(url: str, settings: NetworkSettings) -> Any:
    """Return what tells requests the proxy of an address; the environment tells what it leaves out.

    Proxies of a session would be less than those of the environment.
    """
    hosts = ",".join(settings.no_proxy)
    if not settings.proxy:
        return {"no_proxy": hosts} if hosts else {}
    if hosts and requests.utils.should_bypass_proxies(url, hosts):
        return {"https": None, "all": None}
    return {"https": settings.proxy}


def proxy_of(url: str, settings: NetworkSettings) -> str:
    """Return the proxy by which an address is reached; empty where it is reached without."""
    chosen = proxies_for(url, settings)
    environment = requests.utils.get_environ_proxies(url, no_proxy=chosen.get("no_proxy"))
    return requests.utils.select_proxy(url, {**environment, **chosen}) or ""


def try_address(url: str, settings: NetworkSettings, now: datetime) -> datetime | None:
    """Ask an address once, and return the time its answer is dated; nothing of it is read."""
    with open_session(settings) as session:
        try:
            answer = session.get(
                url,
                stream=True,
                allow_redirects=False,
                proxies=proxies_for(url, settings),
                timeout=settings.connect_seconds,
            )
        except requests.RequestException as error:
            raise of_exception(error, url, now) from error
        with answer:
            if answer.status_code in (403, 407):
                raise of_status(answer.status_code, answer.headers, b"", now)
            return http_date(answer.headers.get("Date", ""))


def _no_password(request: requests.PreparedRequest) -> requests.PreparedRequest:
    """Send no name and password: a default entry of a netrc file would go to every publisher."""
    return request


def _context(settings: NetworkSettings) -> ssl.SSLContext:
    context: ssl.SSLContext = truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    files = [settings.certificates, *(os.environ.get(name, "") for name in _BUNDLES)]
    for file in filter(None, files):
        try:
            context.load_verify_locations(file)
        except OSError as error:  # ssl.SSLError is one
            raise InputError(
                f"{file} cannot be read as certificates ({error.strerror or error}): a PEM file "
                "begins with -----BEGIN CERTIFICATE-----. It is named in the settings, or in "
                f"{' or '.join(_BUNDLES)}."
            ) from error
    return context
