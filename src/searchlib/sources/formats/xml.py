"""XML of any kind as one document: the text of its elements, and what reads as words in their attributes.

An element inside running text goes on with it, any other is a line. The title is that of the first element
which is called so. DocBook, TEI, JATS, OPML, DITA and the like come out as their readers see them, nearly.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...errors import SourceError
from .contract import Content, Row
from .document_fields import document_fields
from .flow import Flow
from .xml_bytes import utf8_pieces
from .xml_names import Attributes
from .xml_reader import AnyElements

_TITLES = frozenset({"title", "article-title", "booktitle", "maintitle"})
_INVISIBLE = frozenset({"script", "style"})
_NO_WORDS = frozenset(
    {"class", "style", "d", "points", "transform", "viewBox", "path", "schemaLocation", "href", "src", "id"}
)
_TWO_WORDS = re.compile(r"\b[^\W\d_]{2,}[\s,;:.!?–—-]+[^\W\d_]{2,}")
_FOREIGN = re.compile(r"[^\W\d_a-zA-Z]{2,}")
_MAX_TITLE = 1_000
_RECORDS_HELP = "--records NAME makes each element of that name a document"


def read(content: Content) -> Iterator[Row]:
    """The one row of a file."""
    document = _Document()
    try:
        for _ in document.steps(utf8_pieces(content), "text", "utf-8"):
            pass
    except SourceError as error:
        if "longer than" in str(error):
            raise SourceError(f"{error}; {_RECORDS_HELP}") from None
        raise
    said = {"title": document.title}
    yield Row(0, document_fields(document.flow.body(), content.name, said, is_book=True))


class _Document(AnyElements):
    MAX_ENTITY = 1_000

    def __init__(self) -> None:
        super().__init__()
        self.flow = Flow()
        self.title = ""
        self._open: list[bool] = [False]  # of each open element: whether it has text of its own
        self._ended = False  # an element has ended that is a line, or so it seems
        self._taking = 0  # the depth of the element whose text is the title

    def begin(self, name: str, attributes: Attributes) -> None:
        if name in _INVISIBLE:
            self.skip()
            return
        is_inside = self._open[-1]
        if self._ended or not is_inside:
            self.flow.line()
            self._ended = False
        self._open.append(False)
        if name in _TITLES and not self.title:
            self._taking = len(self._open)
        for key, value in attributes.items():
            if key.rpartition("}")[2] in _NO_WORDS:
                continue
            if _TWO_WORDS.search(value) or _FOREIGN.search(value):
                self.flow.words(f" {value} ")
                if not is_inside:
                    self.flow.line()

    def end(self, name: str) -> None:
        if len(self._open) == self._taking:
            self._taking = 0
        self._open.pop()
        self._ended = self._ended or not self._open[-1]

    def text(self, data: str) -> None:
        if data.isspace():
            if not self._ended:
                self.flow.words(data)
            return
        if self._ended and self._open[-1]:
            self.flow.line()
        self._ended = False  # a letter in bold may begin a word: <b>a</b>ccount
        self._open[-1] = True
        self.flow.words(data)
        if self._taking and len(self.title) < _MAX_TITLE:
            self.title += data
