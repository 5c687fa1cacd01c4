"""A table of translations as bytes: how it is written, and how a word is looked up in it.

Two lines of text say what it is, then each key has a line; docs/translations.md has the format. It is read
whole (a few megabytes), its checksum is compared, and nothing is taken apart before it is asked for. How keys
come about is not known here.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from .. import _core
from ..errors import SourceError

if TYPE_CHECKING:
    from .contract import Lines

MAGIC = b"searchlib translations "
VERSION = 1
ROOT = "~"
"""Before a key that is the root of words, rather than a word."""

UNITS = 1000
"""A probability in a table is a whole number of this."""

_MAX_HEADER_BYTES = 4096


def encode(lines: Lines, analyzer: str, source: str) -> bytes:
    """The bytes of a table. analyzer: whose lemmas the keys are. source: the name of the dictionary."""
    body = lines.body
    header = {
        "words": lines.num_keys,
        "max_words": lines.max_words,
        "analyzer": analyzer,
        "source": source,
        "bytes": len(body),
        "crc32c": f"{_core.crc32c(body):08x}",
    }
    return b"%b%d\n%b\n%b" % (MAGIC, VERSION, json.dumps(header).encode(), body)


class Compiled:
    """One table; immutable. data: all of its bytes.

    num_words: keys that have translations. max_words: of the longest key.
    """

    def __init__(self, data: bytes, name: str, analyzer: str) -> None:
        """name: what errors call it. analyzer: the lemmas of now. SourceError for other and damaged bytes."""
        self.name = name
        first = data.find(b"\n", 0, _MAX_HEADER_BYTES)
        version = data[len(MAGIC) : first]
        if first < 0 or not data.startswith(MAGIC) or not version.isdigit():
            raise SourceError(f"{name}: expected a table that `searchlib translations build` made")
        if version != b"%d" % VERSION:
            raise SourceError(
                f"{name}: a table of version {version[:20].decode()}, where {VERSION} is read; {_REMEDY}"
            )
        second = data.find(b"\n", first + 1, first + _MAX_HEADER_BYTES)
        self._begin, self.data = second + 1, data
        try:
            header = json.loads(data[first + 1 : second])
            expected = header["crc32c"], header["bytes"]
            self.num_words, self.max_words = int(header["words"]), int(header["max_words"])
            self.source, built_by = str(header["source"]), header["analyzer"]
        except (ValueError, KeyError, TypeError, RecursionError):
            raise self._damaged() from None
        body = memoryview(data)[self._begin :]
        if second < 0 or (f"{_core.crc32c(body):08x}", len(body)) != expected:
            raise self._damaged()
        if built_by != analyzer:
            raise SourceError(
                f"{name}: built with other dictionaries or rules than those installed; {_REMEDY}"
            )

    def translations(self, key: str) -> list[tuple[str, float]]:
        """What a key may be translated as, and how probable each is; the most probable first."""
        parts = self._row(key)
        try:
            return [(term, int(share) / UNITS) for term, share in zip(parts[::2], parts[1::2], strict=True)]
        except ValueError:
            raise self._damaged() from None

    def of_root(self, root: str) -> list[str]:
        """The keys that have a root."""
        return self._row(ROOT + root)

    def _row(self, key: str) -> list[str]:
        """What stands behind a key: a binary search among lines, in microseconds."""
        wanted, data = key.encode("utf-8", "replace"), self.data
        low, high = self._begin, len(data)  # lines begin there
        while low < high:
            begin = data.rfind(b"\n", self._begin - 1, (low + high) // 2) + 1
            end = data.find(b"\n", begin)
            found, _, rest = data[begin:end].partition(b"\t")
            if found == wanted:
                return rest.decode("utf-8", "replace").split("\t")
            if found < wanted:
                low = end + 1
            else:
                high = begin
        return []

    def _damaged(self) -> SourceError:
        return SourceError(f"{self.name}: the table is damaged; {_REMEDY}")


_REMEDY = "make it anew from the dictionary: searchlib translations build FILE"
