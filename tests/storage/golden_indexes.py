"""Makes the golden indexes of the format version that this code writes:

    python tests/storage/golden_indexes.py tests/storage/golden

As long as that version is open, again after each change; once it was released, never.
vN: every kind of field; three documents in two segments, one deleted, metadata. vN-many: dictionaries and
postings of several blocks, positions that are exceptions, words of several lemmas, term vectors, deleted
documents.
vN-grown: fields that came, went, came back and changed while there were documents, and a change that is not
finished.
"""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Iterator
from datetime import date, datetime, timezone
from pathlib import Path
from typing import Any

from searchlib import Boolean, Date, Index, Keyword, Number, Schema, Text
from searchlib.errors import CommitUncertainError
from searchlib.storage.disk import DiskDirectory
from searchlib.storage.files import FORMAT_VERSION
from searchlib.storage.filesystem import FileSystem

EVERY_KIND = Schema(
    title=Text(boost=2.0),
    body=Text(),
    exact=Text(languages=(), stored=False),
    tags=Keyword(),
    year=Number(),
    published=Date(),
    seen=Boolean(),
)
DOCUMENTS: list[dict[str, Any]] = [
    {
        "id": "csto",
        "title": "A treaty signed in Tashkent",
        "body": "Six states signed the treaty in Tashkent; police forces were not its subject.",
        "exact": "Treaty",
        "tags": ["security", "treaty"],
        "year": 1992,
        "published": date(1992, 5, 15),
        "seen": True,
    },
    {
        "id": "люди",
        "title": "Выборы президента",
        "body": "Люди шли на выборы президента. Премьер-министр молчал.",
        "exact": "Выборы",
        "tags": ["politics"],
        "year": 2016,
        "published": datetime(2016, 12, 4, 9, 0, tzinfo=timezone.utc),
    },
    {"id": "gone", "title": "To be deleted", "body": "Nobody finds this treaty.", "seen": False},
    {"title": "Без ключа", "body": ["Первое значение.", "Второе значение."], "year": -1.5},
]
METADATA = {3: "the third version"}

MANY = Schema(
    title=Text(term_vectors=True),
    body=Text(term_vectors=True),
    hidden=Text(languages=(), stored=False),
    tag=Keyword(),
)
DELETED_OF_MANY = ["d003", "d007", "d128"]
_WORDS = ("стали", "сталь", "люди", "людей", "человек", "форма", "leaves", "leaf", "leave", "ran", "running")


def every_kind(folder: Path) -> None:
    index = Index.create(folder, EVERY_KIND)
    with index.writer() as writer:
        for document in DOCUMENTS[:3]:
            writer.add(document)
        writer.commit(merge=False)
        writer.add(DOCUMENTS[3])
        writer.delete("gone")
        writer.metadata["made by"] = METADATA[FORMAT_VERSION]
        writer.commit(merge=False)


def many_documents() -> Iterator[dict[str, Any]]:
    """300 of them, the same ones always."""
    for number in range(300):
        words = [_WORDS[number * step % len(_WORDS)] for step in range(1, 2 + number % 7)]
        far = " слово" * 700 + " вдали" if number in (50, 260) else ""
        yield {
            "id": f"d{number * 7 % 300:03}",
            "title": f"coined{number} частое" + (" twice twice" if number == 120 else ""),
            "body": [" ".join(words) + far, "частое слово"],
            "hidden": f"x{number % 50} y" * (1 + number % 3),
            "tag": ["a", f"t{number}"],
        }


def fill_many(index: Index) -> None:
    with index.writer() as writer:
        for document in many_documents():
            writer.add(document)
        writer.commit(merge=False)
        for identifier in DELETED_OF_MANY:
            writer.delete(identifier)
        writer.commit(merge=False)
    index.refresh()


class DeadError(OSError):
    """The process ended here."""


class _Dying(FileSystem):
    """Ends with the second manifest."""

    def rename(self, source: str, target: str) -> None:
        if target.endswith("manifest") and self.seen:
            raise DeadError
        self.seen = self.seen or target.endswith("manifest")
        super().rename(source, target)

    seen = False


def grow(index: Index) -> None:
    """Fields come, go, come back and change, with documents before and after."""
    with index.writer() as writer:
        for number in range(3):
            writer.add({"id": f"a{number}", "body": "лес и дом", "secret": "тайна", "price": str(number)})
        writer.commit(merge=False)
        writer.delete("a1")
        writer.add_field("author", Text(column=True))
        writer.remove_field("secret")
        writer.add({"id": "b", "body": "леса", "author": ["Гоголь", "Николай Гоголь"], "price": "7"})
        writer.commit(merge=False)
        writer.add_field("secret", Keyword())
        writer.add({"id": "c", "body": "дома", "secret": "тайна", "price": "8"})
        writer.commit(merge=False)
    index.change_field("price", Number())


def grown(folder: Path) -> None:
    grow(Index.create(folder, Schema(secret=Text(), body=Text(), price=Text())))
    with contextlib.suppress(DeadError, CommitUncertainError):
        Index(DiskDirectory(folder, _Dying())).change_field("body", Text(languages=("ru",)))


def main(golden: Path) -> None:
    every_kind(golden / f"v{FORMAT_VERSION}")
    fill_many(Index.create(golden / f"v{FORMAT_VERSION}-many", MANY))
    grown(golden / f"v{FORMAT_VERSION}-grown")
    for left_over in (*golden.glob("*/manifest.old"), *golden.glob("*/write.lock")):
        left_over.unlink()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
