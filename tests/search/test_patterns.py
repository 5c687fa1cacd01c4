"""What prefixes, wildcards and fuzzy words match is what a slow comparison of match keys says."""

from __future__ import annotations

import os
import random
import re
from collections.abc import Callable, Iterator

import pytest

from edits_twin import distance
from searchlib import Index, Keyword, Schema, Text, _core
from searchlib.plan import Boost, FormPattern, Forms, Not, Or, PlanNode, Word, WordField

SEED = int(os.environ.get("SEARCHLIB_SEED", "20261"))
DEPTH = int(os.environ.get("SEARCHLIB_TEST_DEPTH", "1"))

LATIN = "abcst'"
CYRILLIC = "абвийеё"
ODD = [
    *("J\u030c", "ǰ", "é", "e\u0301", "e", "ß", "ẞ", "s", "İ", "i", "\u00ad", "’", "'", "ﬁ", "f", "Ａ", "x"),
    *("日", "本", "\u3042", "\u304b\u3099", "\u304c", "\u304b", "\u1112\u1161\u11ab", "한", "하", "\u11ab"),
    *("и\u0306", "й", "Ё", "е\u0308", "г\u0301", "\u0301", "𝒳", "😀", "ң", "Ⱥ", "ⱥ", "q\u0323\u0307"),
    *("\u0915\u094d\u0937", "क"),
]
"""Letters that fold to several, that join what stands before them, and that others become with a mark."""

ALPHABETS = {"latin": list(LATIN), "cyrillic": list(CYRILLIC + "Ё"), "odd": ODD}


def words(alphabet: str, count: int, longest: int = 7) -> Iterator[str]:
    chance = random.Random(f"{SEED} {alphabet}")
    for _ in range(count):
        yield "".join(chance.choices(ALPHABETS[alphabet], k=chance.randrange(1, longest)))


def matches(
    kind: str, text: str, edits: int, key: str, folded: Callable[[str], str] = _core.match_key
) -> bool:
    """Whether a pattern matches a match key, or a value as it is, by what the documentation says."""
    if kind == "prefix":
        return key.startswith(folded(text))
    if kind == "fuzzy":
        return distance(folded(text), key) <= edits
    parts = re.split(r"([*?])", text)
    shape = "".join({"*": ".*", "?": "."}.get(part) or re.escape(folded(part)) for part in parts)
    return re.fullmatch(shape, key, re.DOTALL) is not None


def patterns(keys: list[str], alphabet: str, count: int) -> Iterator[tuple[str, str, int]]:
    """Made of the keys, with letters changed: some match, some nearly do."""
    chance = random.Random(f"{SEED} patterns {alphabet}")
    letters = ALPHABETS[alphabet]
    for _ in range(count):
        word = list(chance.choice(keys))
        for _ in range(chance.randrange(3)):
            at = chance.randrange(len(word) + 1)
            word[at : at + chance.randrange(2)] = chance.choice(["", *letters])
        text = "".join(word)
        yield ("prefix", text[: chance.randrange(len(text) + 1)], 0)
        yield ("fuzzy", text, chance.randrange(1, 3))
        for _ in range(chance.randrange(1, 4)):
            word[chance.randrange(len(word) + 1) :][:1] = chance.choice("*?")
            word.insert(chance.randrange(len(word) + 1), chance.choice("*?"))
        yield ("wildcard", "".join(word), 0)


@pytest.fixture(scope="module", params=ALPHABETS)
def values(request: pytest.FixtureRequest) -> tuple[str, list[str], _core.Snapshot]:
    """A keyword's values stand in the dictionary as they are, composed or not."""
    kept = sorted(set(words(request.param, 1200)))
    index = Index.in_memory(Schema(tag=Keyword()))
    with index.writer() as writer:
        writer.add_many({"id": str(number), "tag": value} for number, value in enumerate(kept))
    index.refresh()
    return request.param, kept, index._searcher.core


def test_documents_are_those_whose_key_matches(values: tuple[str, list[str], _core.Snapshot]) -> None:
    print(f"SEARCHLIB_SEED={SEED}")
    alphabet, kept, core = values
    keys = [_core.match_key(value) for value in kept]
    for kind, text, edits in patterns(kept, alphabet, 40 * DEPTH):
        expected = [number for number, key in enumerate(keys) if matches(kind, text, edits, key)]
        plan = Forms(FormPattern(kind, text, edits), [0])
        found = sorted(doc for _, doc in core.search(plan, len(kept)))
        assert found == expected, (kind, text, edits)
        assert core.count(plan) == len(expected)
        assert core.expand(0, kind, text, edits, len(kept))[0] == {keys[number] for number in expected}


def test_where_case_counts_values_are_compared_as_they_are(
    values: tuple[str, list[str], _core.Snapshot],
) -> None:
    print(f"SEARCHLIB_SEED={SEED}")
    alphabet, kept, core = values
    for kind, text, edits in patterns(kept, alphabet, 40 * DEPTH):
        expected = [number for number, key in enumerate(kept) if matches(kind, text, edits, key, str)]
        plan = Forms(FormPattern(kind, text, edits), [0], exact_fields=[0])
        found = sorted(doc for _, doc in core.search(plan, len(kept)))
        assert found == expected, (kind, text, edits)
        assert core.count(plan) == len(expected)
        assert core.expand(0, kind, text, edits, len(kept), True)[1] == {kept[number] for number in expected}


def test_more_states_than_are_kept_change_nothing() -> None:
    """Runs of any letters between rare ones: the states of such a pattern double with every letter."""
    chance = random.Random(SEED)
    kept = sorted({"".join(chance.choices("ab", k=40)) for _ in range(3000)})
    index = Index.in_memory(Schema(tag=Keyword()))
    with index.writer() as writer:
        writer.add_many({"tag": value} for value in kept)
    index.refresh()
    core = index._searcher.core
    for text in ("*a" + "?" * 18 + "b*", "*a" + "?" * 25 + "ab", "*ab?" + "?" * 16 + "*aa" + "?" * 9):
        expected = sum(matches("wildcard", text, 0, value) for value in kept)
        assert core.count(Forms(FormPattern("wildcard", text, 0), [0])) == expected > 0


def test_the_best_are_the_first_documents_in_every_segment() -> None:
    index = Index.in_memory(Schema(body=Text()))
    for first in (0, 60, 120):
        with index.writer() as writer:
            writer.add_many(
                {"id": str(number), "body": f"w{number} wolf wolves" if number % 3 else f"v{number} fox"}
                for number in range(first, first + 60)
            )
    with index.writer() as writer:
        writer.delete("1")
    index.refresh()
    core = index._searcher.core
    assert index.stats()["num_segments"] > 1
    for kind, text, edits in (("prefix", "w", 0), ("wildcard", "*olv*", 0), ("fuzzy", "wolv", 2)):
        pattern = FormPattern(kind, text, edits)
        plans: tuple[PlanNode, ...] = (
            Forms(pattern, [0], 1.5),
            Boost(2.0, Forms(pattern, [0])),
            Not(Forms(pattern, [0]), Word([WordField(0, 1.0, ["w7"])])),
            Or([Forms(pattern, [0]), Word([WordField(0, 1.0, ["w70", "fox"])])]),
        )
        for plan in plans:
            every = core.search(plan, 200, exhaustive=True)
            assert core.count(plan) == len(every) > 100
            for limit in (1, 7, 50, 110):
                assert core.search(plan, limit) == every[:limit]


def test_a_query_finds_its_forms_once_whatever_snapshot_it_is_asked_of() -> None:
    """A prepared plan keeps what it found in a segment, and another segment is another matter."""
    plan = _core.Plan(Forms(FormPattern("prefix", "w", 0), [0]))
    index = Index.in_memory(Schema(body=Text(languages=())))
    for number in range(1, 4):
        with index.writer() as writer:
            writer.add_many({"body": f"w{number} {letter}w"} for letter in "abc")
        index.refresh()
        assert index._searcher.core.count(plan) == len(index._searcher.core.search(plan, 100)) == 3 * number
