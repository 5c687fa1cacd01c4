"""Completion, against a count over all forms."""

from __future__ import annotations

import random
from collections import Counter

import pytest

from searchlib import Completion, Index, _core


def test_the_last_word_of_a_text(russian: Index) -> None:
    assert russian.complete("прези") == [Completion("президент", "президент", 1)]
    assert [str(one) for one in russian.complete("Саммит ОД")] == ["Саммит одкб"]
    assert [one.text for one in russian.complete("саммит, Лукаш")] == ["саммит, лукашенко"]
    assert russian.complete("лукаш")[0].num_docs == 2


def test_a_form_whose_lemma_is_another_word(make_index) -> None:
    # «токаев» is also the lemma of «Токаева», in one document, and says nothing of the form's own three.
    index = make_index({"1": "Токаев", "2": "Токаев и токай", "3": "Токаев", "4": "Токаева"})
    found = [(one.word, one.num_docs) for one in index.complete("тока")]
    assert found == [("токаев", 3), ("токаева", 1), ("токай", 1)]


def test_capitals_and_yo_are_folded(russian: Index) -> None:
    assert (
        {one.word for one in russian.complete("ёл")}
        == {one.word for one in russian.complete("ЕЛ")}
        == {"елка", "елки"}
    )
    assert [one.word for one in russian.complete("сш")] == ["сша"]


@pytest.mark.parametrize("text", ["", "саммит ", "!", "xyz", "президентт"])
def test_nothing_goes_on(russian: Index, text: str) -> None:
    assert russian.complete(text) == []


def test_the_limit(russian: Index) -> None:
    assert russian.complete("п", limit=0) == []
    assert len(russian.complete("п", limit=2)) == 2


@pytest.mark.parametrize("segment_size", [200, 23])
def test_the_most_frequent_first_whatever_the_segments(make_index, segment_size: int) -> None:
    chance = random.Random(segment_size)
    words = [
        stem + "".join(chance.choices("аеёо" if stem[0] > "z" else "aeo", k=chance.randrange(4)))
        for stem in ("прези", "прес", "ёлк", "елк", "tab", "tap", "т")
        for _ in range(20)
    ]
    words = [word for word in words if word.count("ё") <= 1]  # as in Russian
    texts = {str(n): " ".join(chance.choices(words, range(1, len(words) + 1), k=30)) for n in range(200)}
    index = make_index(texts, segment_size)
    counts: Counter[str] = Counter()
    for text in texts.values():
        # A document counts once for each spelling, as the index keeps them.
        counts.update(_core.match_key(form) for form in {_core.fold_case(word) for word in text.split()})
    for prefix in ("п", "прес", "ел", "ё", "t", "та", "елка"):
        expected = sorted(
            ((-df, key) for key, df in counts.items() if key.startswith(_core.match_key(prefix))),
            key=lambda x: x,
        )[:10]
        assert [(-one.num_docs, one.word) for one in index.complete(prefix)] == expected
