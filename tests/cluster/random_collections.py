"""Random documents, histories of an index, and questions of all kinds, from the words of corpus/."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime, timedelta, timezone
from pathlib import Path
from random import Random
from typing import Any

from collections_here import Step

import searchlib
from searchlib import Boolean, Date, F, Integer, Keyword, Number, Schema, Text
from searchlib.errors import SearchlibError
from searchlib.search.results import Results

CORPUS = Path(__file__).parents[2] / "corpus"
UTC = timezone.utc
TAGS = ["лес", "wood", "Ёлка", "елка", "Ель", "a", "B", "b"]

SCHEMA = Schema(
    title=Text(boost=3),
    body=Text(),
    price=Number(),
    n=Integer(),
    tags=Keyword(column=True),
    day=Date(),
    ok=Boolean(),
)


def sentences() -> list[str]:
    """Of the chronicles in both languages."""
    found = []
    for name in ("chronicle.jsonl", "letopis.jsonl"):
        for line in (CORPUS / name).read_text(encoding="utf-8").splitlines():
            document = json.loads(line)
            found += [document["title"], *document["body"].split(". ")]
    return found


class World:
    """Documents and questions from one seed."""

    def __init__(self, seed: int, num_docs: int) -> None:
        self.random = Random(seed)
        self.sentences = sentences()
        self.words = [word.strip('.,():;!?«»"') for one in self.sentences for word in one.split()]
        self.documents = [self._document(number) for number in range(num_docs)]

    def _document(self, number: int) -> dict[str, Any]:
        random = self.random
        found: dict[str, Any] = {
            "id": f"d{number}",
            "title": random.choice(self.sentences)[:60],
            "body": ". ".join(random.sample(self.sentences, random.randrange(1, 6))),
            "ok": random.random() < 0.5,
        }
        if random.random() < 0.9:
            prices = (random.random() * 100, float(random.randrange(10)), 1e300 * random.random(), -0.1)
            found["price"] = random.choice(prices)
        if random.random() < 0.9:
            found["n"] = random.randrange(-5, 20)
        if random.random() < 0.8:
            found["tags"] = random.sample(TAGS, random.randrange(1, 4))
        if random.random() < 0.9:
            found["day"] = datetime(2020, 1, 1, tzinfo=UTC) + timedelta(hours=random.randrange(40_000))
        return found

    def steps(self, merged: bool) -> list[Step]:
        """Additions, updates, deletes, commits and merges. merged: nothing is left of deleted documents."""
        random, found = self.random, list[Step]()
        for number, document in enumerate(self.documents):
            found.append(("add", document))
            if random.random() < 0.02:
                found.append(("commit", None))
            if random.random() < 0.05:
                found.append(("delete", random.choice(self.documents[: number + 1])["id"]))
            if random.random() < 0.05:
                found.append(("add", {**random.choice(self.documents[: number + 1]), "n": 77}))
            if random.random() < 0.003:
                found.append(("merge", None))
        return [*found, ("merge", None)] if merged else found

    # ---- questions

    def text(self) -> str:
        """A query of one kind or another."""
        random = self.random

        def word() -> str:
            return random.choice(self.words)

        several = [word() for _ in range(random.randrange(1, 6))]
        side_by_side = random.choice(self.sentences).split()
        at = random.randrange(max(1, len(side_by_side) - 2))
        kinds = (
            " ".join(several),
            " ".join(several),
            " ".join(several),
            f'"{word()} {word()}"',
            f'"{" ".join(side_by_side[at : at + 2])}"',
            f"{word()[:3]}*",
            f"{word()}~",
            " AND ".join(several),
            f"+{word()} -{word()} {word()}",
            f"title:{word()} {word()}",
            f"({word()} OR {word()}) AND NOT {word()}",
            f"n:[1 TO 5] {word()}",
            f"tags:лес {word()}",
            "*",
        )
        return random.choice(kinds)

    def arguments(self) -> dict[str, Any]:
        """What else `search` may be given."""
        random, found = self.random, dict[str, Any]()
        may = {
            "ranking": ("rich", "bm25"),
            "filter": (
                F.n > 3,
                F.tags.any("лес", "b"),
                "ok:true",
                F.day < datetime(2022, 1, 1, tzinfo=UTC),
                ~F.price.exists(),
                F.id.any(*(random.choice(self.documents)["id"] for _ in range(40))),
            ),
            "sort": (
                "-day",
                "price",
                ["tags", "-n"],
                "_score",
                "-tags",
                [searchlib.Sort("n", missing="first"), "_score"],
            ),
            "facets": [random.sample(FACETS, 3)],
            "group_by": ("tags", "n", "ok"),
            "boost_by": (
                searchlib.Recency("day", half_life=30, now=datetime(2024, 1, 1, tzinfo=UTC)),
                searchlib.Static("n", pivot=3),
            ),
            "count": (True,),
            "cross_script": (True,),
            "offset": (random.randrange(20),),
        }
        found = {name: random.choice(values) for name, values in may.items() if random.random() < 0.25}
        found["limit"] = random.choice([1, 5, 10, 50, None])
        return found


FACETS = [
    "tags",
    "n",
    "ok",
    searchlib.Range("price", [0, 10, 100]),
    searchlib.Histogram("day", "month", tz="Asia/Tashkent"),
    searchlib.Stats("price"),
    searchlib.Stats("n"),
    searchlib.Stats("day"),
    searchlib.Distinct("tags"),
    searchlib.Terms("tags", limit=2, excluding_own=True, name="best tags"),
]


def seen(results: Results) -> list[Any]:
    """All that results say, down to the last bit."""
    return [
        [(hit.id, hit.score.hex(), dict(hit)) for hit in results],
        results.total,
        {name: repr(found) for name, found in results.facets.items()},
        [
            (group.value, group.total, [(hit.id, hit.score.hex()) for hit in group.hits])
            for group in results.groups
        ],
        results.notes,
        results.dropped,
        results.has_missing_words,
        results.highlights("body", "plain") if len(results) <= 50 else [],
        str(results[0].explain()) if len(results) else "",
    ]


def asked(index: searchlib.Index, text: str, arguments: dict[str, Any]) -> Sequence[Any]:
    """What an index answers to a search and, where it has one, to the next page; or its error."""
    try:
        results = index.search(text, **arguments)
        found = [seen(results)]
        pages = {"group_by", "offset"}.isdisjoint(arguments) and arguments["limit"] is not None
        if pages and results.cursor is not None:
            found.append(seen(index.search(text, **arguments, after=results.cursor)))
        return found
    except SearchlibError as error:
        return [type(error).__name__, str(error)]
