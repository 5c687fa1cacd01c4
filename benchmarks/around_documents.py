"""Documents with four columns beside 100 words of real text: what `around` and `columns` index.

The text is that of $SEARCHLIB_DATA (vocabulary.py), the values are drawn: a price, a date, one of 50 tags, a
boolean. The same count gives the same documents.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from datetime import datetime, timezone
from pathlib import Path
from typing import Any, NamedTuple

from searchlib import Boolean, Date, Index, Keyword, Number, Schema, Text

from . import patterns, vocabulary

SEED = 20261129
PRICES = 1_000_000
"""A price is below it, and evenly spread: n per cent of that lets n per cent of the documents through."""
TAGS = [f"tag{number:02}" for number in range(50)]
SCHEMA = Schema(
    body=Text(stored=False), price=Number(), published=Date(), tag=Keyword(), sold=Boolean(stored=False)
)
_FIRST_DAY = datetime(2010, 1, 1, tzinfo=timezone.utc)
_SECONDS = 15 * 365 * 86_400


class Row(NamedTuple):
    """One document: `published` in seconds since 1970."""

    number: int
    text: str
    price: int
    published: int
    tag: str
    sold: bool

    @property
    def moment(self) -> datetime:
        """`published`, in UTC."""
        return datetime.fromtimestamp(self.published, timezone.utc)

    @property
    def document(self) -> Mapping[str, Any]:
        """As searchlib takes it."""
        return {
            "id": str(self.number),
            "body": self.text,
            "price": self.price,
            "published": self.moment,
            "tag": self.tag,
            "sold": self.sold,
        }


def rows(count: int) -> Iterator[Row]:
    """The documents: the text is cut from real text, over and over from another place; the rest is drawn."""
    chance = random.Random(SEED)
    texts = [document.text for document in patterns.passages(vocabulary.load(), min(count, 100_000))]
    first = int(_FIRST_DAY.timestamp())
    for number in range(count):
        half, other = texts[number % len(texts)], texts[chance.randrange(len(texts))]
        text = half if number < len(texts) else half[: len(half) // 2] + " " + other[len(other) // 2 :]
        tag = TAGS[min(int(50 * chance.random() ** 2), 49)]
        yield Row(
            number,
            text,
            chance.randrange(PRICES),
            first + chance.randrange(_SECONDS),
            tag,
            chance.random() < 0.3,
        )


def build(folder: Path, count: int) -> Index:
    """One segment with all documents, made if it is not there."""
    if folder.exists():
        return Index.open(folder)
    unfinished = folder.with_name(f"{folder.name}.unfinished")
    index = Index.create(unfinished, SCHEMA)
    with index.writer() as writer:
        for row in rows(count):
            writer.add(row.document)
        writer.commit(merge=False)
        writer.merge()
    index.close()
    unfinished.rename(folder)
    return Index.open(folder)
