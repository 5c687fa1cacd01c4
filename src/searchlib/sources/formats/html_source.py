"""A page's source where a browser would lose the rest of it: elements of raw text that never end.

`<title/>` and `<script src="x"/>`, as XML has them, begin an element for a browser, which then takes all that
follows for its text; so does a <textarea> or a comment without an end. In XML an element that is closed in
its own tag is whole.
"""

from __future__ import annotations

import re

_VOID = "area base br col embed hr img input link meta param source track wbr"
_NEVER_ENDS = frozenset(_VOID.split())
_CLOSED = re.compile(r"<([A-Za-z][\w:.-]*)((?:[ \t\r\n][^<>]*)?)/>")
_RAW = re.compile(
    r"<(title|textarea|iframe|xmp|noembed|noframes|script|style)\b([^<>]*)>|<(!--)", re.IGNORECASE
)
_CODE = frozenset({"script", "style"})


def with_ends(text: str, is_xml: bool = False) -> str:
    """The text with the ends that are missing. is_xml: it is XHTML, in which <a id="x"/> is whole."""
    if is_xml:
        text = _CLOSED.sub(_opened, text)
    last: dict[str, int] = {}  # where the last end of an element stands
    low = ""

    def mended(match: re.Match[str]) -> str:
        nonlocal low
        if match[3]:
            end, name = "-->", ""
        else:
            name = match[1].lower()
            end = f"</{name}"
        if end not in last:
            low = low or (text.lower() if len(text.lower()) == len(text) else text)
            last[end] = low.rfind(end)
        if last[end] >= match.end():
            return match.group()
        if not name:
            return "&lt;!--"
        if match[2].endswith("/"):
            return f"{match.group()}</{name}>"
        return match.group() if name in _CODE else f"{match.group()}</{name}>"

    return _RAW.sub(mended, text)


def _opened(match: re.Match[str]) -> str:
    name, attributes = match.groups()
    return match.group() if name.lower() in _NEVER_ENDS else f"<{name}{attributes}></{name}>"
