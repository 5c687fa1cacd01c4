"""Some hits of one search together: their documents are unpacked, and a field of theirs is marked and cut, in
one call of the core each.

What is asked for again is kept as long as it is small. Pages know no queries; the marks are given.
"""

from __future__ import annotations

from .. import _core
from ..arguments import checked_count
from ..errors import brief
from ..highlight import (
    Ansi,
    Formatter,
    Fragment,
    Html,
    Mark,
    Plain,
    Span,
    join,
    mark,
)
from ..highlight.formatters import native_style
from ..highlight.fragments import abbreviations
from ..lean import TYPE_CHECKING, lru_cache
from ..schema import ID

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import Any

    from .pinned import Pinned

MAX_PAGE = 32
"""So many documents are unpacked at a time."""

_KEPT_BYTES = 1 << 20
"""Documents of more than that are not kept between two questions, nor are their texts."""

FORMATTERS: dict[str, Callable[[], Formatter]] = {"html": Html, "ansi": Ansi, "plain": Plain}


class Page:
    """docs: numbers of documents in the snapshot. marks_of: what is marked in a field."""

    __slots__ = ("_docs", "_lines", "_marked", "_marks_of", "_searcher", "_texts")

    def __init__(self, searcher: Pinned, docs: Sequence[int], marks_of: Callable[[str], list[Mark]]) -> None:
        self._searcher, self._docs, self._marks_of = searcher, docs, marks_of
        self._lines: _core.DocumentLines | None = None
        self._texts: dict[str, _core.FieldTexts] = {}
        self._marked: dict[str, _core.MarkedTexts] = {}

    def __len__(self) -> int:
        return len(self._docs)

    @property
    def num_bytes(self) -> int:
        """Of its documents, as they are stored, unpacked."""
        return self._found().num_bytes

    def stored(self, number: int) -> dict[str, Any]:
        """The stored fields of the document at a place of the page."""
        doc = self._docs[number]
        at_hand = self._searcher.at_hand(doc)
        return self._searcher.decoded(doc, self._found().line(number)) if at_hand is None else at_hand

    def as_json(self) -> list[bytes | None]:
        """The stored fields of each document as JSON in UTF-8; None: only `stored` has them."""
        if not self._searcher.has_plain_lines:
            return [None] * len(self._docs)
        return self._found().strict(list(self._searcher.schema.encoded_kinds))

    def texts(self, field: str) -> _core.FieldTexts:
        """The texts of a field as they are highlighted: a list's values joined by line breaks; "" if none."""
        if not isinstance(field, str):
            self._searcher.schema.field(field)
        texts = self._texts.get(field)
        if texts is None:
            texts = self._read(field, self._found())
            if self._lines is not None:
                self._texts[field] = texts
        return texts

    def texts_of(self, fields: Sequence[str]) -> list[_core.FieldTexts]:
        """The same of several fields, for which documents are unpacked once, however large they are."""
        lines = self._found()
        return [self._read(field, lines) for field in fields]

    def spans(self, field: str, only: int | None = None) -> list[list[Span]]:
        """Where the texts match. only: the place of the one document that is asked for; so below."""
        return self._marks(field).spans(Span, only)

    def fragments(self, field: str, count: int, size: int, only: int | None = None) -> list[list[Fragment]]:
        """The best fragments of each text."""
        _check(count, size)
        return self._marks(field).fragments(abbreviations(), count, size, Fragment, Span, only)

    def json_fragments(self, field: str, count: int, size: int) -> list[bytes | None]:
        """The best fragments of each text that have matches, as JSON in UTF-8 without the brackets of a list;
        None: of a text for which there is none."""
        _check(count, size)
        return self._marks(field).json_fragments(abbreviations(), count, size, field)

    def highlights(
        self, field: str, formatter: Formatter, count: int | None, size: int, only: int | None = None
    ) -> list[str]:
        """The same as strings, or whole texts; as the formatter has it."""
        _check(1 if count is None else count, size)
        style = native_style(formatter)
        if style is not None:
            html, before, after, separator = style
            return self._marks(field).render(
                abbreviations(),
                count,
                size,
                html=html,
                before=before,
                after=after,
                separator=separator,
                only=only,
            )
        if count is not None:
            return [join(found, formatter) for found in self.fragments(field, count, size, only)]
        texts = self.texts(field)
        shown = texts.texts() if only is None else [texts.text(only)]
        found = self.spans(field, only)
        return [mark(one, spans, formatter) for one, spans in zip(shown, found, strict=True)]

    @property
    def is_kept(self) -> bool:
        """Whether its documents are at hand, so that one of them costs no more here than by itself."""
        return self._lines is not None

    def _found(self) -> _core.DocumentLines:
        if self._lines is not None:
            return self._lines
        lines = self._searcher.lines(self._docs)
        if lines.num_bytes <= _KEPT_BYTES:
            self._lines = lines
        return lines

    def _read(self, field: str, lines: _core.DocumentLines) -> _core.FieldTexts:
        schema = self._searcher.schema
        if field != ID:
            schema.field(field)
        texts = _core.field_texts(lines, field)
        # What is no string in JSON, or is a date there, is read in Python.
        others = range(len(lines)) if field == ID or field in schema.encoded_kinds else texts.unread()
        for number in others:
            doc = self._docs[number]
            if field == ID:
                value: Any = self._searcher.document_id(doc)
            else:
                value = self._searcher.decoded(doc, lines.line(number)).get(field)
            values = value if isinstance(value, (list, tuple)) else [] if value is None else [value]
            texts.put(number, list(map(str, values)))
        for number in self._searcher.hiding(field, self._docs):
            texts.put(number, [])
        return texts

    def _marks(self, field: str) -> _core.MarkedTexts:
        if not isinstance(field, str):
            self._searcher.schema.field(field)
        marked = self._marked.get(field)
        if marked is not None:
            return marked
        searcher, texts = self._searcher, self.texts(field)
        marks = self._marks_of(field)
        analyzer = searcher.analyzers.get(field)
        if analyzer is None:  # a keyword matches whole, or not at all
            fold = field != ID and getattr(searcher.schema[field], "fold", False)
            marked = _core.mark_keywords(texts, marks, fold)
        else:
            number = searcher.schema.field_numbers[field]
            marked = _core.mark_texts(
                texts, marks, analyzer.core, analyzer.resolve, searcher.lexicon, number, self._docs
            )
        if self._lines is not None:
            self._marked[field] = marked
        return marked


def formatter_of(formatter: str | Formatter) -> Formatter:
    """The formatter of a name; an object is one itself."""
    if not isinstance(formatter, str):
        if not all(hasattr(formatter, name) for name in ("plain", "marked")):
            raise TypeError(
                f"formatter is one of {', '.join(FORMATTERS)}, or an object like highlight.Formatter, "
                f"got {brief(formatter)}"
            )
        return formatter
    if formatter not in FORMATTERS:
        raise ValueError(f"formatter is one of {', '.join(FORMATTERS)}, or an object, got {formatter!r}")
    return _named(formatter)


@lru_cache(maxsize=len(FORMATTERS))
def _named(formatter: str) -> Formatter:
    return FORMATTERS[formatter]()


def _check(count: int, size: int) -> None:
    checked_count("fragments", count, least=1)
    checked_count("size", size, least=1)
