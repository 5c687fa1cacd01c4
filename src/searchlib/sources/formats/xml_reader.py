"""XML as a stream of elements, by the standard library's expat, of files that may be made to harm.

A format's reader names the elements that it wants; nothing is built of the others. Entities are neither
declared nor fetched, and depth, numbers and lengths have limits: what passes one is a SourceError.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any
from xml.parsers import expat

from ...errors import SourceError
from .xml_names import PREFIXES, Attributes

MAX_DEPTH = 1_000
MAX_ELEMENTS = 10_000_000
_MAX_TOKEN_BYTES = 8 * 1024 * 1024
"""Of one tag or comment: expat begins each anew when more of it has come."""

_MAX_NAMES = 50_000
_HELP = "open it in the program that it is of and save it anew"


class XmlReader:
    """The base of a format's readers: `starts` and `ends` say what is done at an element, by "prefix:name".

    LOCAL: names are taken without their namespaces, for formats whose files are careless with them.
    """

    LOCAL = False
    IS_ENDLESS = False
    """Whether it takes its elements one by one, so that their number has no limit."""

    MAX_ENTITY = 0
    """Characters of an entity that a document declares itself; 0: it may declare none."""

    def __init__(self) -> None:
        self.starts: dict[str, Callable[[Attributes], object]] = {}
        self.ends: dict[str, Callable[[], object]] = {}
        self._known_starts: dict[str, Callable[[Attributes], object] | None] = {}
        self._known_ends: dict[str, Callable[[], object] | None] = {}
        self._xml_depth = self._num_elements = 0
        self._skipped_depth = 0  # the depth of the element that is left out with all that is in it

    def text(self, data: str) -> None:
        """What stands between tags."""

    def skip(self) -> None:
        """Leave out the element that has just begun, with all that is in it; its end is not told either."""
        self._skipped_depth = self._xml_depth

    def read(self, pieces: Iterable[bytes], name: str) -> None:
        """Go through a document. name: how messages call it, '\\'content.xml\\''. Raises SourceError."""
        for _ in self.steps(pieces, name):
            pass

    def steps(self, pieces: Iterable[bytes], name: str, encoding: str | None = None) -> Iterator[None]:
        """The same, with a rest after each piece, in which what was read can be taken away.

        encoding: that of the pieces, whatever the document says.
        """
        parser = expat.ParserCreate(encoding, "}")
        parser.buffer_text = True
        parser.buffer_size = 1 << 16
        parser.StartElementHandler = self._expat_start
        parser.EndElementHandler = self._expat_end
        parser.CharacterDataHandler = self._expat_text
        parser.EntityDeclHandler = self._expat_entity_declared
        parser.SkippedEntityHandler = self._expat_entity
        fed = 0
        try:
            for piece in pieces:
                parser.Parse(piece, False)
                fed += len(piece)
                if fed - max(parser.CurrentByteIndex, 0) > _MAX_TOKEN_BYTES:
                    raise SourceError(
                        f"its {name} has a tag of more than {_MAX_TOKEN_BYTES >> 20} MiB; {_HELP}"
                    )
                if len(parser.intern) > _MAX_NAMES:
                    raise SourceError(f"its {name} has more than {_MAX_NAMES:,} names of elements; {_HELP}")
                yield
            parser.Parse(b"", True)
        except expat.ExpatError as error:
            raise SourceError(
                f"is damaged: its {name} is not well-formed XML "
                f"({expat.errors.messages.get(error.code, error)} in line {error.lineno:,}); {_HELP}"
            ) from None
        except (LookupError, UnicodeError, ValueError) as error:
            if isinstance(error, SourceError):
                raise
            raise SourceError(f"its {name} is in an encoding that is not read: {error}; {_HELP}") from None
        self._xml_depth = self._skipped_depth = 0

    # ---- what expat calls

    def _expat_start(self, name: str, attributes: dict[str, str]) -> None:
        self._xml_depth += 1
        self._num_elements += 1
        if self._xml_depth > MAX_DEPTH:
            raise SourceError(f"its elements are nested more than {MAX_DEPTH:,} deep; {_HELP}")
        if self._num_elements > MAX_ELEMENTS and not self.IS_ENDLESS:
            raise SourceError(
                f"has more than {MAX_ELEMENTS:,} elements; split it, or save it as text or .csv"
            )
        if self._skipped_depth:
            return
        try:
            wanted = self._known_starts[name]
        except KeyError:
            wanted = self._known_starts[name] = self.starts.get(self._short(name))
        if wanted is not None:
            wanted(attributes)

    def _expat_end(self, name: str) -> None:
        self._xml_depth -= 1
        if self._skipped_depth:
            if self._xml_depth < self._skipped_depth:
                self._skipped_depth = 0
            return
        try:
            wanted = self._known_ends[name]
        except KeyError:
            wanted = self._known_ends[name] = self.ends.get(self._short(name))
        if wanted is not None:
            wanted()

    def _expat_text(self, data: str) -> None:
        if not self._skipped_depth:
            self.text(data)

    def _expat_entity(self, name: str, is_parameter: bool) -> None:
        """One of HTML's names, which a document type that is not fetched would have declared."""
        if not is_parameter:
            from html.entities import html5

            self._expat_text(html5.get(f"{name};", ""))

    def _expat_entity_declared(self, name: str, _: int, value: str | None, *__: Any) -> None:
        """A few words may have a name; what may grow without end, or is fetched from elsewhere, has none."""
        if value is not None and len(value) < self.MAX_ENTITY and not {*"&%"} & {*value}:
            return
        raise SourceError(
            f"declares an entity of its own ({name[:40]!r}), as files do that are made to fill the memory or "
            f"to fetch others; {_HELP}"
        )

    def _short(self, name: str) -> str:
        namespace, brace, local = name.rpartition("}")
        if self.LOCAL or not brace:
            return local.lower() if self.LOCAL else local
        return f"{PREFIXES.get(namespace, '?')}:{local}"


class AnyElements(XmlReader):
    """The base of readers that know no names: `begin` and `end` are told of each element."""

    def begin(self, name: str, attributes: Attributes) -> None:
        """An element begins; its name is without a namespace."""

    def end(self, name: str) -> None:
        """It ends."""

    def _expat_start(self, name: str, attributes: dict[str, str]) -> None:
        is_skipped = self._skipped_depth
        super()._expat_start(name, attributes)
        if not is_skipped:
            self.begin(name.rpartition("}")[2], attributes)

    def _expat_end(self, name: str) -> None:
        is_skipped = self._skipped_depth
        super()._expat_end(name)
        if not is_skipped:
            self.end(name.rpartition("}")[2])
