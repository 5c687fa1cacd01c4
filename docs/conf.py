"""How `make docs` builds the site: Sphinx over the Markdown files of this folder, in build/docs."""

import re

import searchlib

project = "searchlib"
version = release = searchlib.__version__
html_title = f"searchlib {version}"

extensions = ["myst_parser", "sphinx.ext.autodoc"]
myst_heading_anchors = 3
suppress_warnings = [
    "myst.xref_missing",  # of files outside docs/, which the repository has
    "misc.highlighting_failure",  # what a curl posts over several lines is no shell session to the lexer
]
html_theme = "furo"
html_show_copyright = False
html_copy_source = False

autodoc_member_order = "bysource"
autodoc_typehints = "none"  # the signatures say them
autodoc_use_type_comments = False
autodoc_preserve_defaults = True


def setup(app):
    """Docstrings say `name: what it is`, indented where it goes on: a list in the site."""
    app.connect("autodoc-process-docstring", _in_the_form_of_sphinx)


_ITEM = re.compile(r"([A-Za-z_][\w.]*(?:(?:, | or | and )[A-Za-z_][\w.]*)*): (.*)")


def _in_the_form_of_sphinx(app, what, name, obj, options, lines):
    found, is_item, is_block = [], False, False
    for line in lines:
        text = line.strip()
        is_indented = line[:1] == " "
        item = None if is_indented else _ITEM.fullmatch(text)
        if not text or (is_indented and is_block):
            found.append(line)
            is_item = is_item and bool(text)
        elif is_indented and is_item:
            found.append("  " + _escaped(text))
        elif is_indented and found and not found[-1]:
            found += ["::", "", line]
            is_block = True
        else:
            if (item is not None) != is_item:
                found.append("")
            is_item, is_block = item is not None, False
            found.append(_escaped(text) if item is None else f"- **{item[1]}**: {_escaped(item[2])}")
    lines[:] = found


def _escaped(text):
    """What is between backticks is code; no other sign means anything."""
    parts = text.split("`")
    for at, part in enumerate(parts):
        parts[at] = f"``{part}``" if at % 2 and at < len(parts) - 1 else re.sub(r"([\\*|_])", r"\\\1", part)
    return "".join(parts)
