"""What every page is made with: templates, style, scripts, and the policy that admits only them."""

import base64
import hashlib
import re
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

_TEMPLATES = Path(__file__).parent / "templates"
_COMMENT = re.compile(r"//|/\*.*\*/$")
SCRIPTS_FOR = {
    'class="figure-static"': "pictures.js",
    "data-fact=": "numbers.js",
    'class="figure figure-drawn"': "sortable.js",
    'class="sortable-table"': "sortable.js",
    'class="small-areas"': "map.js",
}
"""What stands in a page's content where it needs a script besides its own -> the script's file."""
WALKED = ("map.js", "index.js")
"""Scripts of maps walked by keyboard: each begins with `walk.js`, for none can import another."""


def write_page(template: str, *, scripts: tuple[str, ...] = (), **words: Any) -> str:
    """Fill a template of a whole page.

    The page's Content-Security-Policy names the hash of its style and of each of its scripts:
    nothing else runs, and no request leaves the page.

    Parameters
    ----------
    template
        File name in the templates folder.
    scripts
        JavaScript of the page, in order.
    **words
        The template's variables; text is escaped unless it is `Markup`.
    """
    return (
        _environment()
        .get_template(template)
        .render(
            policy=policy(scripts),
            css=Markup(_text("page.css")),
            scripts=[Markup(script) for script in scripts],
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


def page_scripts(content: str) -> tuple[str, ...]:
    """Return the scripts of a page with this content: its own, and those for parts it has."""
    parts = dict.fromkeys(name for mark, name in SCRIPTS_FOR.items() if mark in content)
    return tuple(map(_script, ("page.js", *parts)))


def index_scripts() -> tuple[str, ...]:
    """Return the scripts of an index page."""
    return tuple(map(_script, ("sortable.js", "index.js")))


def _script(name: str) -> str:
    return f"{_text('walk.js')}\n{_text(name)}" if name in WALKED else _text(name)


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
    """Read a script or a style without indents and comments, a quarter of what a page carries."""
    lines = (_TEMPLATES / name).read_text(encoding="utf-8").splitlines()
    return "\n".join(line for line in map(str.strip, lines) if line and not _COMMENT.match(line))


@cache
def _hash(text: str) -> str:
    digest = hashlib.sha256(text.encode("utf-8")).digest()
    return f"'sha256-{base64.b64encode(digest).decode('ascii')}'"
