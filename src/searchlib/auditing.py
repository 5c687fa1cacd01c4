"""What searches of an index may miss: each finding is tried out on the index, never guessed.

Documents that the words of their own title do not find, fields that no plain query searches, documents that
are there twice, files that were not read.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator

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
    found = [*_fields(index), *_titles(index, max_titles), *_duplicates(index)]
    return [*found, *_refused(index)] if files else found


def _fields(index: Index) -> Iterator[Finding]:
    searched = set(index.schema.default_fields)
    counts = dict.fromkeys(index.schema, 0)
    for document in index:
        for name in document:
            if name in counts:
                counts[name] += 1
    of_files = {*places(index.schema).values()}
    for name, field in index.schema.items():
        if name in searched or name in of_files or not counts[name]:
            continue
        how = f"{name}:VALUE"
        if field.searched:
            how += f" or --field {name}"
        text = (
            f"the field {name} ({field.kind}) of {_documents(counts[name])} is not searched by plain words; "
            f"write {how}"
        )
        yield Finding("field", text, (), counts[name])
    for name, field in index.schema.items():
        if not field.stored:
            yield Finding(
                "field", f"the field {name} is not stored: nothing of it can be shown", (), len(index)
            )


def _titles(index: Index, most: int | None) -> Iterator[Finding]:
    name = next(iter(index.schema.title_fields), None)
    if name is None:
        return
    for number, document in enumerate(index):
        if number == most:
            return
        title = document.get(name)
        if not isinstance(title, str) or not any(character.isalnum() for character in title):
            continue
        missing = index.words_missing(document["id"], title)
        if missing:
            words = ", ".join(map(repr, missing[:_EXAMPLES]))
            text = f"{document['id']!r} is not found by words of its {name}: {words}"
            yield Finding("title", text, (document["id"],))


def _duplicates(index: Index) -> Iterator[Finding]:
    by_content: dict[bytes, list[str]] = {}
    of_files = {*places(index.schema).values()}  # two files of one text have each their name
    for document in index:
        document_id = document.pop("id")
        document = {name: value for name, value in document.items() if name not in of_files}
        content = json.dumps(document, sort_keys=True, default=str).encode("utf-8", "surrogatepass")
        by_content.setdefault(hashlib.blake2b(content, digest_size=16).digest(), []).append(document_id)
    for ids in by_content.values():
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
