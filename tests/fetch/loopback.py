"""A proxy on this computer that plays every publisher, with certificates of its own.

Addresses, encryption and checks are those of real use: as behind a council's proxy that opens what
is encrypted, all hosts are reached through one that answers in their place.
"""

import datetime
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import NamedTuple

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

HOSTS = (
    "fingertips.phe.org.uk",
    "www.nomisweb.co.uk",
    "www.ons.gov.uk",
    "services1.arcgis.com",
    "www.gov.uk",
    "assets.publishing.service.gov.uk",
    "elsewhere.example",
)
DAY = datetime.timedelta(days=1)
PEM = serialization.Encoding.PEM


@dataclass(frozen=True)
class Reply:
    """What a publisher answers once."""

    body: bytes = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    length: int | None = None
    """Bytes announced, where they are not those that come."""
    is_announced: bool = True
    in_chunks: bool = False
    """Whether it comes in chunks; with `length`, the last one never comes."""
    drip: float = 0
    """Seconds between one byte and the next."""
    silent: float = 0
    """Seconds before anything comes."""
    stays: bool = False
    """Whether the connection stays open when everything came, until `stop_staying`."""


class Seen(NamedTuple):
    """A request that came."""

    host: str
    path: str
    headers: dict[str, str]

    @property
    def url(self) -> str:
        return f"https://{self.host}{self.path}"


Answer = Callable[[Seen, int], Reply]
"""``answer(request, number)``: `number` counts the requests so far, from 0."""


class Loopback:
    """The publishers, and what they were asked."""

    def __init__(self) -> None:
        self.answer: Answer = lambda _seen, _number: Reply(status=404)
        self.seen: list[Seen] = []
        self.most_at_once = 0
        self._at_once = 0
        self._lock = threading.Lock()
        self.stayed = threading.Event()
        self.port = 0

    def reply(self, seen: Seen) -> Reply:
        with self._lock:
            number = len(self.seen)
            self.seen.append(seen)
        return self.answer(seen, number)

    @contextmanager
    def counted(self) -> Iterator[None]:
        with self._lock:
            self._at_once += 1
            self.most_at_once = max(self.most_at_once, self._at_once)
        yield
        with self._lock:
            self._at_once -= 1

    def stop_staying(self) -> None:
        self.stayed.set()

    def plays(self, *replies: Reply) -> None:
        """Give these answers one after the other, the last one for ever."""
        self.seen.clear()
        self.answer = lambda _seen, number: replies[min(number, len(replies) - 1)]


@contextmanager
def loopback(certificate: Path) -> Iterator[Loopback]:
    """Serve until the end of the block."""
    publishers = Loopback()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    server = _Server(("127.0.0.1", 0), type("Handler", (_Handler,), {"context": context}))
    server.publishers = publishers
    publishers.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield publishers
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False
    publishers: Loopback

    def handle_error(self, *_: object) -> None:
        """A client that goes away, or trusts no certificate, is what the tests are about."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    context: ssl.SSLContext
    host = ""

    def do_CONNECT(self) -> None:
        self.host = self.path.partition(":")[0]
        self.send_response(200)
        self.end_headers()
        self.connection = self.context.wrap_socket(self.connection, server_side=True)
        self.rfile = self.connection.makefile("rb")
        self.wfile = self.connection.makefile("wb", 0)
        self.close_connection = False

    def do_GET(self) -> None:
        publishers = self.server.publishers
        with publishers.counted():
            seen = Seen(self.host, self.path, dict(self.headers.items()))
            reply = publishers.reply(seen)
            time.sleep(reply.silent)
        self.send_response(reply.status)
        for name, value in reply.headers.items():
            self.send_header(name, value)
        if reply.in_chunks:
            self.send_header("Transfer-Encoding", "chunked")
        elif reply.is_announced:
            length = len(reply.body) if reply.length is None else reply.length
            self.send_header("Content-Length", str(length))
        self.end_headers()
        if reply.drip:
            for byte in reply.body:
                self.wfile.write(bytes([byte]))
                time.sleep(reply.drip)
        elif reply.in_chunks:
            end = b"" if reply.length else b"0\r\n\r\n"
            self.wfile.write(b"%x\r\n%b\r\n%b" % (len(reply.body), reply.body, end))
        else:
            self.wfile.write(reply.body)
        if reply.stays:
            self.server.publishers.stayed.wait()
        self.close_connection = not reply.is_announced or reply.length not in (
            None,
            len(reply.body),
        )

    def date_time_string(self, timestamp: float | None = None) -> str:
        return "Sun, 29 Nov 2026 10:00:00 GMT"

    def log_message(self, *_: object) -> None:
        """Say nothing."""

    def finish(self) -> None:
        with suppress(OSError):
            super().finish()
        self.connection.close()


class Certificates(NamedTuple):
    """Files of certificates."""

    authority: Path
    """What a computer has to trust."""
    publishers: Path
    """Key and certificate of all hosts, signed by it."""
    expired: Path
    """The same, no longer valid."""
    unknown: Path
    """An authority that signed none of them."""


def make_certificates(folder: Path) -> Certificates:
    """Make an authority, certificates of the publishers' hosts, and an authority of nobody's."""
    names = ("authority", "publishers", "expired", "unknown")
    made = Certificates(*(folder / f"{name}.pem" for name in names))
    now = datetime.datetime.now(datetime.UTC)
    key, authority = _authority(now)
    made.authority.write_bytes(authority.public_bytes(PEM))
    made.unknown.write_bytes(_authority(now)[1].public_bytes(PEM))
    hosts = x509.SubjectAlternativeName([x509.DNSName(host) for host in HOSTS])
    for path, last in ((made.publishers, now + DAY), (made.expired, now - DAY)):
        own = ec.generate_private_key(ec.SECP256R1())
        issuer = x509.AuthorityKeyIdentifier.from_issuer_public_key(key.public_key())
        signed = (
            _certificate("Publishers", "Proxy", own.public_key(), now - 9 * DAY, last)
            .add_extension(hosts, critical=False)
            .add_extension(issuer, critical=False)
            .sign(key, hashes.SHA256())
        )
        secret = own.private_bytes(
            PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        path.write_bytes(secret + signed.public_bytes(PEM))
    return made


def _authority(now: datetime.datetime) -> tuple[ec.EllipticCurvePrivateKey, x509.Certificate]:
    key = ec.generate_private_key(ec.SECP256R1())
    of_key = x509.SubjectKeyIdentifier.from_public_key(key.public_key())
    uses = ["digital_signature", "content_commitment", "key_encipherment", "data_encipherment"]
    uses += ["key_agreement", "key_cert_sign", "crl_sign", "encipher_only", "decipher_only"]
    signing = {use: use in ("key_cert_sign", "crl_sign") for use in uses}
    return key, (
        _certificate("Proxy", "Proxy", key.public_key(), now - DAY, now + DAY)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .add_extension(of_key, critical=False)
        .add_extension(x509.KeyUsage(**signing), critical=True)
        .sign(key, hashes.SHA256())
    )


def _certificate(
    subject: str,
    issuer: str,
    key: ec.EllipticCurvePublicKey,
    first: datetime.datetime,
    last: datetime.datetime,
) -> x509.CertificateBuilder:
    names = [
        x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)]) for name in (subject, issuer)
    ]
    return (
        x509.CertificateBuilder()
        .subject_name(names[0])
        .issuer_name(names[1])
        .public_key(key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(first)
        .not_valid_after(last)
    )
