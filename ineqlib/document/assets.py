"""What every page is made with: templates, style, scripts, and the policy that admits only them."""

import base64
import contextlib
import gzip
import hashlib
import os
import subprocess
import sys
import tempfile
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

import platformdirs
from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

_TEMPLATES = Path(__file__).parent / "templates"

_SHA256_BYTES = hashlib.sha256().digest_size

_BUNDLE = """
import sys, vl_convert
bundle = vl_convert.javascript_bundle("window.vegaEmbed = vegaEmbed;")
# A classic script runs as soon as it is added to a page; its own scope keeps its names to itself.
sys.stdout.buffer.write(f'(() => {{"use strict";{bundle}}})();'.encode("utf-8"))
"""


def write_page(
    template: str, *, scripts: tuple[str, ...] = (), vega: bool = False, **words: Any
) -> str:
    """Fill a template of a whole page.

    The page's Content-Security-Policy names the hash of its style and of each of its scripts:
    nothing else runs, and no request leaves the page.

    Parameters
    ----------
    template
        File name in the templates folder.
    scripts
        JavaScript of the page, in order.
    vega
        Whether the page also carries Vega, packed, for its script to unpack and run.
    **words
        The template's variables; text is escaped unless it is `Markup`.
    """
    return (
        _environment()
        .get_template(template)
        .render(
            policy=policy((vega_bundle(), *scripts) if vega else scripts),
            css=Markup(_text("page.css")),
            scripts=[Markup(script) for script in scripts],
            vega=_in_base64(_packed_bundle()) if vega else "",
            **words,
        )
    )


def policy(scripts: tuple[str, ...]) -> str:
    """Return the security policy of a page on which these scripts may run."""
    directives = {
        "default-src": "'none'",
        "script-src": " ".join(map(_hash, scripts)) or "'none'",
        "style-src": _hash(_text("page.css")),
        "img-src": "data:",
        "base-uri": "'none'",
        "form-action": "'none'",
    }
    return "; ".join(f"{directive} {value}" for directive, value in directives.items())


def page_script() -> str:
    """Return the script that brings figures to life, the map among them."""
    return "\n".join(map(_text, ("page.js", "sortable.js", "map.js")))


def data_block(content: str) -> Markup:
    """Write data for the page's script: JSON, gzipped, in base64; the same data, the same text.

    Charts repeat themselves so much that this takes a tenth of the room. The highest level would
    take twice as long to save a fortieth of that.
    """
    return _in_base64(gzip.compress(content.encode("utf-8"), compresslevel=6, mtime=0))


@cache
def vega_bundle() -> str:
    """Return Vega, Vega-Lite and Vega-Embed as one script that sets ``window.vegaEmbed``."""
    return gzip.decompress(_packed_bundle()).decode("utf-8")


@cache
def _packed_bundle() -> bytes:
    """Return Vega's script, gzipped.

    Bundling takes seconds, so the bytes are kept in the user's cache folder, a file for each
    version of vl-convert, after their hash: what is not whole, or was edited, is made again.
    Processes that start together may each bundle.
    """
    folder = platformdirs.user_cache_path("ineqlib")
    kept = folder / f"vega-bundle-{version('vl-convert-python')}.js.gz.hashed"
    # A cache that cannot be read is as good as none.
    with contextlib.suppress(OSError):
        content = kept.read_bytes()
        packed = content[_SHA256_BYTES:]
        if hashlib.sha256(packed).digest() == content[:_SHA256_BYTES]:
            return packed
    packed = gzip.compress(_bundled(), compresslevel=9, mtime=0)
    # Without a writable cache folder the next process bundles again.
    with contextlib.suppress(OSError):
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=folder) as beside:
            partial = Path(beside, kept.name)
            with partial.open("wb") as file:
                file.write(hashlib.sha256(packed).digest() + packed)
                file.flush()
                os.fsync(file.fileno())
            partial.replace(kept)
    return packed


def _bundled() -> bytes:
    # By a program of its own: what is forked from a process that has used vl-convert cannot safely.
    done = subprocess.run([sys.executable, "-P", "-c", _BUNDLE], stdout=subprocess.PIPE, check=True)
    return done.stdout


def _in_base64(content: bytes) -> Markup:
    return Markup(base64.b64encode(content).decode("ascii"))


@cache
def _environment() -> Environment:
    return Environment(
        loader=PackageLoader("ineqlib.document"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


@cache
def _text(name: str) -> str:
    return (_TEMPLATES / name).read_text(encoding="utf-8")


@cache
def _hash(text: str) -> str:
    digest = hashlib.sha256(text.encode("utf-8")).digest()
    return f"'sha256-{base64.b64encode(digest).decode('ascii')}'"
