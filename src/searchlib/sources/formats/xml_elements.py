"""Elements of an XML document as values, one at a time: those of some names, with all that is in them.

An element with others in it is a dict, as nested JSON is, and one with text alone is that text. One in whose
text others stand is the text of all. What is there twice is a list. Documents of any size are read so.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from .contract import MAX_ROW_CHARACTERS, TOO_LONG, Content
from .xml_bytes import utf8_pieces
from .xml_names import Attributes
from .xml_reader import AnyElements

_BLOCKS = frozenset(
    (
        "p",
        "div",
        "li",
        "ul",
        "ol",
        "br",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "tr",
        "table",
        "blockquote",
        "pre",
    )
)
_MAX_LEVELS = 50
"""Below so many levels an element is text alone."""

_ELEMENT_SIZE = 100
"""Characters that an element counts as beside its text, for it takes memory, too."""


class Element(NamedTuple):
    """An element of those names, its value, and where there is none the reason."""

    name: str
    value: Any
    reason: str = ""


class Elements(AnyElements):
    """Goes through a document for the elements whose names are wanted.

    texts: names of elements whose value is the text of all that is in them. last: names of those of which
    the last is kept, for what holds its own history.
    """

    MAX_ENTITY = 1_000
    IS_ENDLESS = True  # each of its elements has a limit of its own

    def __init__(
        self,
        is_wanted: Callable[[str], bool],
        texts: frozenset[str] = frozenset(),
        last: frozenset[str] = frozenset(),
    ) -> None:
        super().__init__()
        self._is_wanted, self._texts, self._last = is_wanted, texts, last
        self._stack: list[_Node] = []
        self._found: list[Element] = []
        self._size = self._num_deeper = 0

    def of(self, content: Content) -> Iterator[Element]:
        """The elements of a file. Raises SourceError."""
        for _ in self.steps(utf8_pieces(content), "text", "utf-8"):
            yield from self._taken()
        yield from self._taken()

    def _taken(self) -> list[Element]:
        found, self._found = self._found, []
        return found

    def begin(self, name: str, attributes: Attributes) -> None:
        if not self._stack:
            if not self._is_wanted(name):
                return
            self._size = 0
        if self._num_deeper or len(self._stack) > _MAX_LEVELS:
            self._num_deeper += 1
            return
        node = _Node(name, {key.rpartition("}")[2]: value for key, value in attributes.items()}, self._size)
        self._stack.append(node)
        self._add_size(_ELEMENT_SIZE + sum(map(len, attributes.values())))

    def text(self, data: str) -> None:
        if self._stack:
            self._add_size(len(data))
            if self._size <= MAX_ROW_CHARACTERS:
                self._stack[-1].items.append(data)

    def end(self, name: str) -> None:
        if self._num_deeper:
            self._num_deeper -= 1
        elif self._stack:
            node = self._stack.pop()
            node.size = self._size - node.begun_at
            if self._stack:
                self._keep(node, self._stack[-1])
            elif self._size > MAX_ROW_CHARACTERS:
                self._found.append(Element(name, None, TOO_LONG))
            else:
                self._found.append(Element(name, node.value(self._texts)))

    def _keep(self, node: _Node, above: _Node) -> None:
        if node.name in self._last:
            for at, other in enumerate(above.items):
                if isinstance(other, _Node) and other.name == node.name:
                    self._size -= other.size
                    del above.items[at]
                    break
        if self._size <= MAX_ROW_CHARACTERS:
            above.items.append(node)

    def _add_size(self, size: int) -> None:
        self._size += size
        if self._size > MAX_ROW_CHARACTERS:
            for node in self._stack:
                node.items.clear()


class _Node:
    """An element: its text and the elements in it, in their order."""

    def __init__(self, name: str, attributes: dict[str, str], begun_at: int) -> None:
        self.name, self.attributes, self.begun_at = name, attributes, begun_at
        self.size = 0
        self.items: list[str | _Node] = []

    def value(self, texts: frozenset[str]) -> Any:
        nodes = [item for item in self.items if isinstance(item, _Node)]
        has_text = any(isinstance(item, str) and not item.isspace() for item in self.items)
        if self.name in texts:
            return self._text()
        if has_text or not nodes:
            text = self._text()
            return {**self.attributes, **({"text": text} if text else {})} if self.attributes else text
        values: dict[str, Any] = {}
        several: set[str] = set()
        for node in nodes:
            value = node.value(texts)
            if value == "":
                continue
            if node.name not in values:
                values[node.name] = value
            elif node.name in several:
                values[node.name].append(value)
            else:
                values[node.name] = [values[node.name], value]
                several.add(node.name)
        return {**self.attributes, **values}

    def _text(self) -> str:
        parts: list[str] = []
        self._collect(parts)
        return "".join(parts).strip()

    def _collect(self, parts: list[str]) -> None:
        for item in self.items:
            if isinstance(item, str):
                parts.append(item)
            else:
                is_block = item.name in _BLOCKS
                parts.append("\n" * is_block)
                item._collect(parts)
                parts.append("\n" * is_block)
