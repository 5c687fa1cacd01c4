"""What searches of an index may miss: each finding is tried out on the index, never guessed.

Documents that the words of their own title do not find, fields that no plain query searches, documents that
are there twice, files that were not read.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any, Protocol

from .errors import SourceError
from .index import Index
from .records import Record
from .sources.file_fields import places
from .sources.holdings import refused_files
from .sources.ownership import path_of
from .sources.problems import Problem
from .sources.readings import readings

_EXAMPLES = 5


class Finding(Record):
    """Something that searches may miss.

    kind: "title" (a document that the words of its title do not find), "field" (one that plain queries do not
        search), "duplicate" (documents of equal content), or "refused" (a file, or rows of it, that were not
        taken).
    text: a sentence. ids: the documents it is about, the first few of many. count: how many it is about.
    """

    kind: str
    text: str
    ids: tuple[str, ...] = ()
    count: int = 1

    def __str__(self) -> str:
        return self.text


def audit(index: Index, *, max_titles: int | None = 10_000, files: bool = True) -> list[Finding]:
    """What searches of the index may miss; empty if nothing was found.

    max_titles: of so many documents the titles are tried; None: of all. files: whether the folders that the
    index was made from are looked through for files that it does not hold, which reads these again.
    """
    looks: list[_Look] = [_Fields(index), _Titles(index, max_titles), _Duplicates(index)]
    for document in index:  # all of them at once: to read a document takes longer than to look at it
        for look in looks:
            look.at(document)
    found = [finding for look in looks for finding in look.findings()]
    return [*found, *_refused(index)] if files else found


class _Look(Protocol):
    """What is looked for in each stored document, and what was found in the end."""

    def at(self, document: dict[str, Any]) -> None: ...

    def findings(self) -> Iterable[Finding]: ...


class _Fields:
    """Fields that have values and that no plain query searches."""

    def __init__(self, index: Index) -> None:
        self._index = index
        self._counts: Counter[str] = Counter()

    def at(self, document: dict[str, Any]) -> None:
        self._counts.update(document.keys())

    def findings(self) -> Iterator[Finding]:
        schema = self._index.schema
        passed_over = {*schema.default_fields, *places(schema).values()}
        for name, field in schema.items():
            if name in passed_over or not self._counts[name]:
                continue
            how = f"{name}:VALUE"
            if field.searched:
                how += f" or --field {name}"
            of = _documents(self._counts[name])
            text = f"the field {name} ({field.kind}) of {of} is not searched by plain words; write {how}"
            yield Finding("field", text, (), self._counts[name])
        for name, field in schema.items():
            if not field.stored:
                text = f"the field {name} is not stored: nothing of it can be shown"
                yield Finding("field", text, (), len(self._index))


class _Titles:
    """Documents that the words of their own title do not find; the titles of the first `most` are tried."""

    def __init__(self, index: Index, most: int | None) -> None:
        self._index, self._left = index, most
        self._name = next(iter(index.schema.title_fields), None)
        self._found: list[Finding] = []

    def at(self, document: dict[str, Any]) -> None:
        if self._name is None or self._left == 0:
            return
        if self._left is not None:
            self._left -= 1
        title = document.get(self._name)
        if not isinstance(title, str) or not any(character.isalnum() for character in title):
            return
        missing = self._index.words_missing(document["id"], title)
        if missing:
            words = ", ".join(map(repr, missing[:_EXAMPLES]))
            text = f"{document['id']!r} is not found by words of its {self._name}: {words}"
            self._found.append(Finding("title", text, (document["id"],)))

    def findings(self) -> list[Finding]:
        return self._found


class _Duplicates:
    """Documents of equal content. Two files of one text have each their name, which is none."""

    def __init__(self, index: Index) -> None:
        self._of_no_content = {"id", *places(index.schema).values()}
        self._by_content: dict[bytes, list[str]] = {}

    def at(self, document: dict[str, Any]) -> None:
        values = {name: value for name, value in document.items() if name not in self._of_no_content}
        content = json.dumps(values, sort_keys=True, default=str).encode("utf-8", "surrogatepass")
        digest = hashlib.blake2b(content, digest_size=16).digest()
        self._by_content.setdefault(digest, []).append(document["id"])

    def findings(self) -> Iterator[Finding]:
        for ids in self._by_content.values():
            if len(ids) > 1:
                shown = ", ".join(map(repr, ids[:_EXAMPLES]))
                more = f" and {len(ids) - _EXAMPLES:,} more" if len(ids) > _EXAMPLES else ""
                text = f"{len(ids):,} documents have the same content: {shown}{more}"
                yield Finding("duplicate", text, tuple(ids[:_EXAMPLES]), len(ids))


def _refused(index: Index) -> Iterator[Finding]:
    """Files that it was given, or that its folders have, and that it does not hold, or not whole.

    They are read again, for the reason, and as they were read before.
    """
    known = refused_files(index)
    problems: list[Problem] = []
    for reading in readings(index):
        try:
            sources = reading.sources(schema=index.schema, on_error=problems.append, gone_ok=True)
        except SourceError as error:  # a field that they were renamed to is there no more
            yield Finding("refused", f"{', '.join(reading.paths[:_EXAMPLES])}: {error}")
            continue
        for file in sources.files():
            num_refused = known.get(path_of((file.root, file.name)))
            if num_refused == 0:
                continue
            read = sum(1 for _ in sources.read(file))
            if num_refused is None and read:
                given = file.root if file.root in reading.paths else file.path
                text = f"{file.path} is not in the index: `searchlib index {given}` reads it"
                yield Finding("refused", text, (), read)
    for problem in problems:
        yield Finding("refused", str(problem))


def _documents(number: int) -> str:
    return "1 document" if number == 1 else f"{number:,} documents"
