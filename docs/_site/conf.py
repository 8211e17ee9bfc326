"""Sphinx's settings of the documentation site; `make_site.py` puts its sources together first."""

from typing import Any

from pygments.lexers.special import TextLexer

import ineqlib
from ineqlib.measures.registry.rows import SECTION

project = "ineqlib"
author = "the ineqlib authors"
version = release = ineqlib.__version__
language = "en"  # Sphinx lacks words of its search in British English

extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.napoleon"]
myst_heading_anchors = 4
highlight_language = "none"  # blocks without a language are what one types or sees, not Python
nitpicky = True
nitpick_ignore_regex = [
    # Names in annotations: of other packages, and of ours that nobody types.
    (r"py:.*", r"(?!ineqlib\.[A-Za-z_]+$).*"),
]

autodoc_member_order = "bysource"
autodoc_typehints = "none"  # what is said of each parameter tells more
autodoc_preserve_defaults = True  # `ESP2013` and not the numbers of the standard
default_role = "py:obj"
napoleon_google_docstring = False
napoleon_attr_annotations = False
napoleon_use_rtype = False

html_theme = "furo"
html_title = "ineqlib"
html_static_path = ["static"]
html_css_files = ["site.css"]
html_copy_source = False
html_show_sourcelink = False
html_show_copyright = False
html_show_search_summary = False  # for a summary the search would fetch pages, which no file may
html_theme_options = {"top_of_page_buttons": []}
pygments_style = "a11y-high-contrast-light"
pygments_dark_style = "a11y-high-contrast-dark"


ON_METHODS_PAGE = "Formula, use, limits and source are on :doc:`the methods page </methods>`.\n\n"


def link_to_method(
    _app: Any, _what: str, _name: str, _thing: Any, _options: Any, lines: list[str]
) -> None:
    """Put a link in the place of what a docstring says of its method, which has a page."""
    text = "\n".join(lines)
    if SECTION.search(text):
        about, _, rest = SECTION.sub("", text).partition("\nParameters\n")
        lines[:] = f"{about}\n{ON_METHODS_PAGE}Parameters\n{rest}".splitlines()


def setup(app: Any) -> None:
    """Have blocks of CSV shown as they are, and the methods page keep its own words."""
    app.add_lexer("csv", TextLexer)
    app.connect("autodoc-process-docstring", link_to_method, priority=400)  # before napoleon
