"""A hostile index: a segment whose bytes were changed and whose checksums were made to fit again.

`resealed` rewrites the checksums. Run as a program, with a seed and a number, it damages a segment that often
and reads all of it each time; it ends with status 0 if each time there was a typed error or an answer.
Should it crash or hang, its last line says at which seed.
"""

from __future__ import annotations

import random
import struct
import sys
from typing import Any

from searchlib import Date, Histogram, Index, Keyword, Number, Range, Schema, Text, _core
from searchlib.analyzers import field_analyzers
from searchlib.errors import SearchlibError
from searchlib.indexing.merging import merge_segments
from searchlib.indexing.working import WorkingSegment
from searchlib.search.searcher import Searcher
from searchlib.storage.files import FileEntry
from searchlib.storage.memory import MemoryDirectory
from searchlib.storage.opened import OpenSegment
from searchlib.storage.segment import CHUNK, SegmentFile

SCHEMA = Schema(
    title=Text(term_vectors=True),
    body=Text(term_vectors=True),
    hidden=Text(languages=(), stored=False),
    tag=Keyword(),
    year=Number(),
    day=Date(),
    kind=Keyword(),
)
QUERIES = [
    "лес", "+частое +редкое", '"частое слово"', '"частое слово"~3 OR hidden:x1', "ле* форма?* hidden:x*",
    "tag:a -body:лес",     "year:[1 TO 5] body:*", "id:d7 title:force^3", "forc~ NOT hidden:x2",
]  # fmt: skip
FACETS = ["tag", "kind", "day", Histogram("year", 2), Range("year", [0, 3, 7], name="years")]
_FOOTER = 64


def resealed(content: bytearray, segment: bytes) -> tuple[bytes, int]:
    """The segment with this content (header and parts) and right checksums, and its root checksum."""
    directory = segment[len(content) : -_FOOTER - 4 * -(-len(content) // CHUNK)]
    chunks = [_core.crc32c(content[start : start + CHUNK]) for start in range(0, len(content), CHUNK)]
    tail = directory + struct.pack(f"<{len(chunks)}I", *chunks) + segment[-_FOOTER:-4]
    root = _core.crc32c(tail)
    return bytes(content) + tail + struct.pack("<I", root), root


class Victim:
    """A segment of 400 documents: terms of one block and several, exceptions, forms, all kinds of fields."""

    def __init__(self) -> None:
        index = Index.in_memory(SCHEMA)
        with index.writer() as writer:
            for number in range(400):
                writer.add(self._document(number))
        index.refresh()
        (opened,) = index._searcher.segments
        self.entry, self.analyzers = opened.entry, field_analyzers(SCHEMA)
        self.segment = bytes(index._directory.buffer(opened.entry.file))  # type: ignore[attr-defined]
        self.parts = opened.file.parts
        self.content_length = len(opened.file.checked)
        self.directory = MemoryDirectory()

    @staticmethod
    def _document(number: int) -> dict[str, Any]:
        words = [
            "частое слово",
            "лес" if number % 2 else "лесами",
            "редкое" if number % 90 == 7 else "force forces",
        ]
        body: Any = " ".join(words) + (" частое" * 3000 if number == 50 else "")
        return {
            "id": f"d{number}", "title": f"force форма{number % 7}", "body": [body, "слово частое"],
            "hidden": f"x{number % 50} x{number % 3} y" * (1 + number % 4),
            "tag": ["a", f"t{number}"], "year": number % 9, "kind": f"k{number * 7 % 11}",
        }  # fmt: skip

    def opened(self, content: bytearray) -> OpenSegment:
        """The segment with that content, behind valid checksums."""
        data, root = resealed(content, self.segment)
        entry = self.entry._replace(file=FileEntry(self.entry.file.name, len(data), root))
        file = SegmentFile(memoryview(data), entry.file)
        return OpenSegment(self.directory, entry, SCHEMA, file=file)

    def damaged(self, chance: random.Random) -> bytearray:
        """The content with a few bytes of one part changed."""
        content = bytearray(self.segment[: self.content_length])
        start, length = self.parts[chance.choice([part for part, (_, size) in self.parts.items() if size])]
        for _ in range(chance.choice([1, 1, 2, 8])):
            # Counts, offsets and widths stand at the front.
            reach = min(length, chance.choice([16, 200, length]))
            at = start + chance.randrange(reach)
            if chance.random() < 0.5:
                content[at] ^= 1 << chance.randrange(8)
            else:
                content[at] = chance.choice([0, 1, 0x7F, 0x80, 0xFF, chance.randrange(256)])
        return content

    def read_all(self, opened: OpenSegment) -> list[Any]:
        """Everything that a reader or writer may ask of a segment."""
        num_docs = self.entry.num_docs
        searcher = Searcher(SCHEMA, self.analyzers, [opened])
        answers: list[Any] = []
        for query in QUERIES:
            for limit in (10, None):
                results = searcher.search(query, limit)
                for hit in results:
                    assert 0 <= hit._doc < num_docs and isinstance(hit.score, float)
                    assert isinstance(hit.id, str)
                answers.append([(hit.id, hit.score) for hit in results])
            for hit in results[:2]:
                for name in ("title", "body", "tag"):
                    text = hit.text(name)
                    assert all(0 <= start < end <= len(text) for start, end, _ in hit.spans(name))
        for fields in (["body"], ["title", "body"]):
            answers.append(list(searcher.search("лес", 5, fields=fields, expand="bo1").expanded.items()))
        for query in ("*:*", "лес"):
            facets = searcher.search(query, 3, sort="-year", facets=FACETS).facets
            answers.append([(name, list(facet)) for name, facet in facets.items()])
        working = WorkingSegment(opened, self.analyzers)
        for doc in (0, 50, num_docs - 1):
            working.delete(doc)
        merged = merge_segments(MemoryDirectory(), "000001.segment", SCHEMA, self.analyzers, [working])
        assert merged is not None and merged.entry.num_docs == num_docs - 3
        answers.append([searcher.stored(doc) for doc in range(0, num_docs, 13)])
        return answers


def guarded(victim: Victim, what: Any) -> bool:
    """Whether it was answered; a typed error is as good."""
    try:
        what()
    except SearchlibError:
        return False
    return True


def main(seed: int, trials: int) -> None:
    victim = Victim()
    answered = refused = 0
    for trial in range(seed, seed + trials):
        print(f"\rseed {trial}", end="", flush=True)
        try:
            opened = victim.opened(victim.damaged(random.Random(trial)))
            guarded(victim, opened.core.check)
            victim.read_all(opened)
            answered += 1
        except SearchlibError:
            refused += 1
    print(f"\n{answered} answered, {refused} refused")


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
