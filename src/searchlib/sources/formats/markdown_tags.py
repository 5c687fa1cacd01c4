"""Tags of a rendered page that no author meant as tags: <T>, <your name>, the <title> element.

Whoever writes about programs writes them without a mark. A browser makes elements of them, and hides what
follows a <title> or an <object> that never ends; they are kept as the words that they are.
"""

from __future__ import annotations

import re

_HARMLESS = (
    "a abbr acronym address area article aside b base bdi bdo big blockquote body br button caption center"
    " cite code col colgroup data dd del details dfn dialog dir div dl dt em embed fieldset figcaption figure"
    " font footer form frame h1 h2 h3 h4 h5 h6 header hgroup hr html i img input ins kbd label legend li link"
    " main map mark menu meta meter nav nobr ol optgroup option output p param picture pre progress q rb rp"
    " rt rtc ruby s samp search section slot small source span strike strong sub summary sup svg table"
    " tbody td tfoot th thead time tr track tt u ul var wbr"
)
_KNOWN = frozenset(_HARMLESS.split())
"""Elements that hide nothing where they never end."""

_TAG = re.compile(r"<([A-Za-z][\w.-]*)([^<>]*)>")
_PLACEHOLDER = re.compile(r"[\w \t,.|*?&\[\]-]*")


def with_placeholders(page: str) -> str:
    """The page with such tags as text."""
    ends: dict[str, int] = {}
    low = ""

    def kept(match: re.Match[str]) -> str:
        nonlocal low
        name = match[1].lower()
        if name in _KNOWN or not _PLACEHOLDER.fullmatch(match[2]):
            return match.group()
        if name not in ends:
            lowered = low or page.lower()
            low = lowered if len(lowered) == len(page) else page
            ends[name] = low.rfind(f"</{name}")
        return match.group() if ends[name] > match.start() else f"&lt;{match.group()[1:-1]}&gt;"

    return _TAG.sub(kept, page)
