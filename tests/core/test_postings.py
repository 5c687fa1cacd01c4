"""Postings through the whole engine, where their layout changes: blocks, giants, far positions, forms."""

from __future__ import annotations

import os
import random
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from damage import Victim
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from searchlib import Analyzer, Index, Keyword, Schema, Text
from searchlib.errors import CorruptIndexError

DEPTH = int(os.environ.get("SEARCHLIB_TEST_DEPTH", "1"))
SEED = int(os.environ.get("SEARCHLIB_SEED", "1"))
PLAIN = Schema(body=Text(languages=()))
_settings = settings(deadline=None, max_examples=12 * DEPTH, suppress_health_check=list(HealthCheck))


def index_of(bodies: list[Any], schema: Schema = PLAIN, segments: int = 1) -> Index:
    """An index of these bodies; ids count from 0."""
    index = Index.in_memory(schema)
    size = max(1, -(-len(bodies) // segments))
    with index.writer() as writer:
        for start in range(0, len(bodies), size):
            for number, body in enumerate(bodies[start : start + size], start):
                writer.add({"id": str(number), "body": body})
            writer.commit(merge=False)
    index.refresh()
    return index


def found(index: Index, query: str) -> set[int]:
    return {int(hit.id) for hit in index.search(query, None)}


def part_bytes(index: Index, part: str) -> int:
    (segment,) = index._searcher.segments
    return segment.file.parts[part][1]


# ---- blocks of 128 documents


@pytest.fixture(scope="module")
def dense_and_rare() -> tuple[Index, dict[str, set[int]]]:
    """6,000 documents; term "e7" is in every 7th, "r3" in 3 of them at random, "last" in the last …"""
    print(f"SEARCHLIB_SEED={SEED}")
    chance = random.Random(SEED)
    num_docs = 6000
    sets = {
        f"e{step}": set(range(step - 1, num_docs, step)) for step in (1, 2, 3, 7, 46, 47, 127, 128, 129, 1999)
    }
    sets |= {
        f"r{count}": set(chance.sample(range(num_docs), count))
        for count in (1, 2, 127, 128, 129, 256, 257, 3000)
    }
    sets |= {
        "first": {0},
        "last": {num_docs - 1},
        "early": set(range(300)),
        "late": set(range(num_docs - 300, num_docs)),
    }
    bodies = [" ".join(word for word, docs in sets.items() if number in docs) for number in range(num_docs)]
    return index_of(bodies), sets


_terms = st.sampled_from(
    [
        "e1",
        "e2",
        "e3",
        "e7",
        "e46",
        "e47",
        "e127",
        "e128",
        "e129",
        "e1999",
        "r1",
        "r2",
        "r127",
        "r128",
        "r129",
        "r256",
        "r257",
        "r3000",
        "first",
        "last",
        "early",
        "late",
    ]
)


def test_every_term_has_its_documents(dense_and_rare: tuple[Index, dict[str, set[int]]]) -> None:
    index, sets = dense_and_rare
    for word, docs in sets.items():
        assert found(index, word) == docs, word
        assert index.search(word, 1).total == len(docs)


@given(words=st.lists(_terms, min_size=2, max_size=4, unique=True))
@settings(_settings, max_examples=60 * DEPTH)
def test_frequent_and_rare_terms_meet_as_sets(
    dense_and_rare: tuple[Index, dict[str, set[int]]], words: list[str]
) -> None:
    index, sets = dense_and_rare
    chosen = [sets[word] for word in words]
    assert found(index, " AND ".join(words)) == set.intersection(*chosen)
    assert found(index, " OR ".join(words)) == set.union(*chosen)
    assert found(index, f"+{words[0]} -{' -'.join(words[1:])}") == chosen[0] - set.union(*chosen[1:])
    # In each body the words stand in the order of `sets`, without gaps.
    order = list(sets)
    first, second = sorted(words[:2], key=order.index)
    between = [sets[word] for word in order[order.index(first) + 1 : order.index(second)]]
    assert found(index, f'"{first} {second}"') == (sets[first] & sets[second]) - set().union(*between)


@given(
    lengths=st.lists(st.integers(0, 5), min_size=1, max_size=700),
    seed=st.integers(0, 1000),
    segments=st.integers(1, 3),
)
@_settings
def test_positions_of_any_block_are_those_of_the_text(lengths: list[int], seed: int, segments: int) -> None:
    chance = random.Random(seed)
    bodies = [
        [chance.choice("abc") for _ in range(length + chance.choice([0, 0, 0, 40]))] for length in lengths
    ]
    index = index_of([" ".join(body) for body in bodies], segments=segments)
    for phrase in ("a b", "c c", "a b c", "b a b a"):
        words = phrase.split()
        holding = {n for n, body in enumerate(bodies) if _occurs(words, body)}
        assert found(index, f'"{phrase}"') == holding
    for word in "abc":
        assert found(index, word) == {n for n, body in enumerate(bodies) if word in body}


def _occurs(words: list[str], body: list[str]) -> bool:
    return any(body[at : at + len(words)] == words for at in range(len(body) - len(words) + 1))


# ---- giant documents and far positions


def test_a_giant_document_does_not_widen_its_neighbours() -> None:
    small = ["a b c a"] * 255
    few = "x " * 200_000 + "a b"  # two far places among small ones: they are exceptions
    many = "a b " * 100_000  # more places than all others together
    bytes_of_small = part_bytes(index_of(small), "body.positions")
    for giant, most in ((few, 64), (many, 1_000)):
        index = index_of([*small[:100], giant, *small[100:]])
        grown = part_bytes(index, "body.positions") - bytes_of_small
        assert grown - part_bytes(index_of([giant]), "body.positions") <= most
        assert found(index, '"a b"') == set(range(256))
        assert found(index, '"b c a"') == set(range(256)) - {100}
        assert found(index, '"b a"') == ({100} if giant is many else set())
        assert [hit.id for hit in index.search('"a b"', None)][-1 if giant is few else 0] == "100"


def test_far_positions_are_found() -> None:
    far = ["filler"] * 1_000_000  # values stand 100 positions apart
    far[700_000] = "needle eye"
    far[-1] = "last words here"
    index = index_of([["needle", "eye"], far, "needle eye", "words here last"])
    assert found(index, '"needle eye"') == {1, 2}
    assert found(index, '"last words here"') == {1}
    assert found(index, '"needle eye"~99') == {1, 2}
    assert found(index, '"needle eye"~100') == {0, 1, 2}
    assert found(index, '"needle here"~1000000') == set()


# ---- surface forms


def test_many_forms_of_one_lemma_stay_apart() -> None:
    pymorphy3 = pytest.importorskip("pymorphy3")
    analyzer = Analyzer()
    lexeme = {form.word for form in pymorphy3.MorphAnalyzer().parse("читать")[0].lexeme}
    forms = sorted(word for word in lexeme if "читать" in analyzer.lemmas(word))
    assert len(forms) > 30
    chance = random.Random(SEED)
    bodies = [chance.sample(forms, chance.randrange(1, 5)) for _ in range(500)]
    index = index_of([" и ".join(body) for body in bodies], Schema(body=Text()))
    assert found(index, "читает") == set(range(500))
    for form in forms:
        assert found(index, form + "*") == {
            n for n, body in enumerate(bodies) if any(w.startswith(form) for w in body)
        }
        if len(form) > 2:
            ending = form[-3:]
            assert found(index, f"*{ending}") == {
                n for n, body in enumerate(bodies) if any(w.endswith(ending) for w in body)
            }


def test_a_keyword_may_be_long_and_have_many_values() -> None:
    index = Index.in_memory(Schema(tag=Keyword()))
    values = [f"{'x' * (number % 300)}{number}" for number in range(5000)]
    with index.writer() as writer:
        for start in range(0, 5000, 10):
            writer.add({"id": str(start), "tag": values[start : start + 10]})
    index.refresh()
    for number in random.Random(SEED).sample(range(5000), 200):
        (hit,) = index.search(f'tag:"{values[number]}"')
        assert hit.id == str(number // 10 * 10)


# ---- a hostile index


def test_damage_behind_valid_checksums_is_a_typed_error_or_an_answer() -> None:
    """In a process of its own: should the core crash or hang, the last line says at which seed."""
    trials = 80 * DEPTH
    script = Path(__file__).with_name("damage.py")
    command = [sys.executable, "-X", "faulthandler", str(script), str(SEED * 10_000), str(trials)]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    try:
        process = subprocess.run(
            command, capture_output=True, text=True, timeout=60 * (1 + DEPTH), env=environment
        )
    except subprocess.TimeoutExpired as error:
        pytest.fail(f"it hangs; {error.stdout!r:.200}")
    assert process.returncode == 0, process.stdout[-200:] + process.stderr[-3000:]
    answered, refused = [int(word) for word in process.stdout.split() if word.isdigit()][-2:]
    assert answered + refused == trials and answered > trials // 10 and refused > trials // 10


def test_a_column_of_more_documents_than_its_segment_is_refused() -> None:
    victim = Victim()
    content = bytearray(victim.segment[: victim.content_length])
    at = victim.parts["column:day"][0] + 4  # its number of documents; no value contradicts it
    content[at : at + 4] = (2**31 - 1).to_bytes(4, "little")
    opened = victim.opened(content)
    with pytest.raises(CorruptIndexError, match="column:day"):
        victim.read_all(opened)
