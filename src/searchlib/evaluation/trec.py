"""TREC's documents and topics: SGML by habit rather than by rule.

Each id and text is given with the line on which its element begins. Read are <DOC> with <DOCNO> as on TREC's
disks, its web collections and CLEF's, <top> with <num>, <title>, <desc> and <narr>, whose ends nobody wrote,
and the <topic number="…"> of later tracks. Nothing is known of files.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator, Sequence
from html.entities import html5
from typing import NamedTuple

TOPIC_FIELDS = ("title", "desc", "narr")
"""What a topic says, from the short to the long; a query is made of one or more of them."""

_TAG = re.compile(r"<(/?)([A-Za-z][\w:.-]*)([^<>]*)>")
_MARKUP = re.compile(
    r"<!--.*?-->|<(script|style|docno|docid|dochdr)\b[^<>]*>.*?</\1\s*>|<[/!?]?[A-Za-z][^<>]*>", re.S | re.I
)
_TITLE = re.compile(r"<(title|headline|hl)\b[^<>]*>(.*?)</\1\s*>", re.S | re.I)
_DOCNO, _DOCID = (
    re.compile(rf"<{name}\b[^<>]*>(.*?)</{name}\s*>", re.S | re.I) for name in ("docno", "docid")
)
_ATTRIBUTE = r"""\b(?:%s)\s*=\s*["']([^"']*)["']"""
_DOC_ID, _TOPIC_ID = re.compile(_ATTRIBUTE % "docno|id", re.I), re.compile(_ATTRIBUTE % "number|num|id", re.I)
_NAMES = {  # of a topic's elements, in one track or another
    **dict.fromkeys(("num", "number", "identifier"), "num"),
    **dict.fromkeys(("title", "query"), "title"),
    **dict.fromkeys(("desc", "description", "question"), "desc"),
    **dict.fromkeys(("narr", "narrative"), "narr"),
}
_LABELS = {  # as on the disks: <num> Number: 301
    name: re.compile(rf"\s*(?:{words})\s*:", re.I)
    for name, words in {"num": "number", "title": "topic", "desc": "description", "narr": "narrative"}.items()
}
_LANGUAGE = re.compile(r"^[a-z]{2}-")
_ENTITY = re.compile(r"&([a-z]{2,8};)")
_BESIDE = re.compile(r"\s*(?:<[^<>]*>\s*)*")  # what may stand between elements: their parents, comments


class Element(NamedTuple):
    """An element of the outermost kind: the line where it begins, its tag's attributes, what is in it."""

    line: int
    attributes: str
    content: str


class TrecError(ValueError):
    """What is wrong, and on which line."""

    def __init__(self, line: int, message: str) -> None:
        super().__init__(message)
        self.line = line


def elements(lines: Iterable[tuple[int, str]], names: Sequence[str]) -> Iterator[Element]:
    """The elements of these names, one at a time; they hold none of their own kind. Raises TrecError for one
    without end and for text beside them."""
    border = re.compile(rf"<(/?)(?:{'|'.join(names)})(\s[^<>]*)?>", re.I)
    first: tuple[int, str] | None = None  # line and attributes of the element that is open
    parts: list[str] = []
    for number, line in lines:
        at = 0
        for tag in border.finditer(line):
            before, at = line[at : tag.start()], tag.end()
            if tag[1]:
                if first is None:
                    raise TrecError(number, f"{tag[0]} ends nothing")
                yield Element(*first, "\n".join([*parts, before]))
                first, parts = None, []
            elif first is None:
                _require_nothing(number, before, names)
                first = number, tag[2] or ""
            else:
                raise TrecError(number, f"{tag[0]} begins inside the one of line {first[0]}")
        if first is not None:
            parts.append(line[at:])
        else:
            _require_nothing(number, line[at:], names)
    if first is not None:
        raise TrecError(first[0], f"<{names[0]}> has no end")


def document(element: Element) -> tuple[str, str, dict[str, str]]:
    """Id and text: all that stands in the element but the id and what tells of the web server.

    And the text by fields: the first title or headline, if there is one, and the rest.
    """
    content = element.content
    found = _DOCNO.search(content) or _DOC_ID.search(element.attributes) or _DOCID.search(content)
    document_id = html.unescape(found[1]).strip() if found else ""
    if not document_id:
        raise TrecError(element.line, "expected a <DOCNO> in the <DOC>")
    text = _plain(content)
    headed = _TITLE.search(content)
    title = _plain(headed[2]) if headed else ""
    if headed is None or not title:
        return document_id, text, {"text": text}
    return (
        document_id,
        text,
        {"title": title, "text": _plain(content[: headed.start()] + content[headed.end() :])},
    )


def _plain(content: str) -> str:
    return _unescaped(_MARKUP.sub(" ", content)).strip()


def topic(element: Element, fields: Sequence[str]) -> tuple[str, str]:
    """Id and query, of the fields that are asked for, in that order."""
    said = _topic_fields(element.content)
    attribute = _TOPIC_ID.search(element.attributes)
    topic_id = said.pop("num", "") or (html.unescape(attribute[1]).strip() if attribute else "")
    if not topic_id:
        raise TrecError(element.line, "expected a <num> in the topic")
    query = "\n".join(said[name] for name in fields if said.get(name))
    if not query:
        there = ", ".join(name for name in TOPIC_FIELDS if said.get(name)) or "nothing"
        wanted = " or ".join(f"<{name}>" for name in fields)
        raise TrecError(
            element.line, f"topic {topic_id} has no {wanted} but {there}; choose with --topic-fields"
        )
    return topic_id, query


def _unescaped(text: str) -> str:
    """With the characters that entities stand for; spaces for those that HTML lacks (&hyph; of FR94)."""
    if "&" not in text:
        return text
    return html.unescape(_ENTITY.sub(lambda found: found[0] if found[1] in html5 else " ", text))


def _topic_fields(content: str) -> dict[str, str]:
    """The text of each field: from its tag to the next one, for most have no end. The first one counts."""
    said: dict[str, str] = {}
    tags = list(_TAG.finditer(content))
    for tag, after in zip(tags, [*tags[1:], None], strict=True):
        name = _NAMES.get(_LANGUAGE.sub("", tag[2].lower()))
        if tag[1] or name is None or name in said:
            continue
        text = content[tag.end() : after.start() if after else None]
        said[name] = " ".join(_unescaped(_LABELS[name].sub("", text, count=1)).split())
    return said


def _require_nothing(number: int, text: str, names: Sequence[str]) -> None:
    if not _BESIDE.fullmatch(text):
        raise TrecError(number, f"expected <{names[0]}>, got {text.strip()[:40]!r}")
