"""Elements of XML as rows: those that records name, or the rows of a dump as Stack Exchange's are.

Attributes and elements inside are fields. Text that is HTML in a field, as posts are, is what a reader sees.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from ...errors import SourceError
from .contract import ENTRIES, Content, Row
from .html import html_text
from .xml_elements import Elements

_ROW = "row"
_IS_HTML = re.compile(
    r"</?(?:p|a|br|div|span|strong|em|code|pre|ul|ol|li|blockquote|h[1-6]|img)\b[^<>]*>", re.IGNORECASE
)
_TAGS = re.compile(r"(?:<[\w.+#-]+>)+|\|(?:[\w.+#-]+\|)+")
_TAG = re.compile(r"[\w.+#-]+")


def read(content: Content) -> Iterator[Row]:
    """The rows of a file."""
    wanted = content.records if content.records not in (None, *ENTRIES) else _ROW
    number = 0
    for element in Elements(lambda name: name == wanted).of(content):
        number += 1
        value = element.value
        if element.reason:
            yield Row(number, None, element.reason)
        else:
            fields = value if isinstance(value, dict) else {"text": value}
            yield Row(number, {name: _read(inner) for name, inner in fields.items()})
    if not number:
        raise SourceError(f"has no element {wanted!r}; name another one: --records NAME")


def _read(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    if _TAGS.fullmatch(value):
        return _TAG.findall(value)
    return html_text(value) if _IS_HTML.search(value) else value
