"""The core's Russian against its oracle, pymorphy3: equal ordered lemmas for known and unknown words."""

from __future__ import annotations

import gzip
import json
import os
import random
import re
from collections.abc import Iterable
from multiprocessing import get_context
from typing import Any

import pymorphy3
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from searchlib import _core
from searchlib.analysis import russian
from shared_data import needed

LETTERS = "абвгдеёжзийклмнопрстуфхцчшщъыьэюя"
PREFIXES = [
    "анти",
    "анти-",
    "вице-",
    "впереди",
    "двух",
    "дву",
    "за",
    "не",
    "небез",
    "недо",
    "пре",
    "супер-",
    "экс-",
]
PARTICLES = ["-то", "-ка", "-таки", "-де", "-тко", "-тка", "-с", "-ста"]
LETTERS_OF_BLOCK = sorted({chr(code).lower() for code in range(0x400, 0x500)})
ALPHABET = re.compile(r"[0-9a-z\u0400-\u04ff-]+")
SEED = int(os.environ.get("SEARCHLIB_SEED", "20250101"))

slow = pytest.mark.skipif(os.environ.get("SEARCHLIB_SLOW") != "1", reason="minutes long: SEARCHLIB_SLOW=1")


@pytest.fixture(scope="session")
def oracle() -> Any:
    return pymorphy3.MorphAnalyzer(lang="ru", result_type=None)


@pytest.fixture(scope="session")
def native() -> _core.RussianMorphology:
    morphology = russian.native()
    assert morphology is not None, "the installed dictionary is not the one that the core reads"
    return morphology


def dictionary_forms(oracle: Any, first_letters: str) -> list[str]:
    """The distinct forms that begin so, but for some twenty with other signs: «лента.ру», «кот-д’ивуар»."""
    forms = dict.fromkeys(form for form, _ in oracle.dictionary.words.iteritems(first_letters))
    return [form for form in forms if ALPHABET.fullmatch(form)]


@pytest.fixture(scope="session")
def known_forms(oracle: Any) -> list[str]:
    """About 70,000 forms: some of every letter's words, with many of the ambiguous short ones."""
    second = random.Random(SEED).choices(LETTERS, k=3 * len(LETTERS))
    starts = [first + next_one for first, next_one in zip(LETTERS * 3, second, strict=True)]
    forms = [form for start in dict.fromkeys(starts) for form in dictionary_forms(oracle, start)[:2000]]
    assert len(forms) > 20_000
    return forms


def mismatches(oracle: Any, native: _core.RussianMorphology, words: Iterable[str]) -> list[Any]:
    """(word, expected, found) wherever the two differ."""
    words = list(words)
    found = native.lemmas_many(words, overrides=False)
    expected = [tuple(oracle.normal_forms(word)) for word in words]
    return [case for case in zip(words, expected, found, strict=True) if case[1] != case[2]]


def test_sampled_dictionary_forms_have_the_oracles_lemmas(oracle, native, known_forms):
    sample = random.Random(SEED).sample(known_forms, 10_000)
    assert mismatches(oracle, native, sample) == []


def test_ye_stands_for_yo_but_never_the_reverse(oracle, native, known_forms):
    rng = random.Random(SEED)
    with_yo = [form for form in known_forms if "ё" in form]
    with_ye = [form for form in known_forms if "е" in form]
    words = [form.replace("ё", "е") for form in rng.sample(with_yo, 1000)]
    words += [form.replace("е", "ё", 1) for form in rng.sample(with_ye, 1000)]
    assert mismatches(oracle, native, words) == []
    assert native.lemmas("актер") == ("актёр",)
    assert native.lemmas("нём") == ("он", "оно")


def test_known_means_in_the_dictionary(native):
    assert native.known("стали") and native.known("елка") and native.known("ёлка")
    assert not native.known("бутявками") and not native.known("Стали") and not native.known("сталик")


def test_unknown_words_made_from_known_ones(oracle, native, known_forms):
    """Typos, prefixes, particles and hyphens: each rule for unknown words, and rules within rules."""
    rng = random.Random(SEED)

    def mutate(word: str) -> str:
        at = rng.randrange(len(word) + 1)
        return rng.choice([word[:at] + rng.choice(LETTERS) + word[at:], word[:at] + word[at + 1 :]])

    makers = [
        mutate,
        lambda word: mutate(mutate(word)),
        lambda word: rng.choice(PREFIXES) + word,
        lambda word: rng.choice(PREFIXES) + rng.choice(PREFIXES) + mutate(word),
        lambda word: word + rng.choice(PARTICLES),
        lambda word: "по-" + word,
        lambda word: word + "-" + rng.choice(known_forms),
        lambda word: mutate(word) + "-" + mutate(rng.choice(known_forms)),
        lambda word: mutate(word) + "-" + mutate(word) + rng.choice(PARTICLES),
        lambda word: rng.choice(PREFIXES) + word + "-" + mutate(word) + rng.choice(PARTICLES),
        lambda word: "-".join(rng.sample(known_forms, 3)),
        lambda word: rng.choice(["интернет", "web", "3d", "x", "60"]) + "-" + word,
        lambda word: rng.choice(PREFIXES) + rng.choice(["123", "xml", "-12", "xiv", "1e5", "--", "-"]),
    ]
    words = [rng.choice(makers)(rng.choice(known_forms)) for _ in range(6_000)]
    assert mismatches(oracle, native, [word for word in words if word]) == []


@settings(max_examples=300, deadline=None)
@given(st.text(st.sampled_from(LETTERS + "---" + "оеинт" * 2), min_size=1, max_size=16))
def test_any_russian_letters(oracle, native, word):
    assert mismatches(oracle, native, [word]) == []


@settings(max_examples=300, deadline=None)
@given(st.text(st.sampled_from([*LETTERS_OF_BLOCK, *"abcxyzmivn0123456789-"]), min_size=1, max_size=12))
def test_any_letters_of_the_alphabet(oracle, native, word):
    assert mismatches(oracle, native, [word]) == []


@settings(max_examples=300, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            ["стали", "окко", "по", "западному", "ели", "лже", "то", "ка", "супер", "xiv", "7", "ё", "ую"]
        ),
        min_size=1,
        max_size=5,
    ),
    st.lists(st.sampled_from(["", "-", "--"]), min_size=6, max_size=6),
)
def test_any_pieces_with_hyphens(oracle, native, pieces, joints):
    word = joints[0] + "".join(piece + joint for piece, joint in zip(pieces, joints[1:], strict=False))
    assert mismatches(oracle, native, [word]) == []


@pytest.mark.parametrize(
    "word", ["", "Стали", "А", "Ӏ", "naïve", "ельé", "два слова", "т.е.", "о'брайен", "дом\u0301", "中"]
)
def test_other_alphabets_and_capitals_are_declined(native, word):
    assert native.lemmas(word) is None


@pytest.mark.parametrize("word", ["naïve", "т.е.", "Стали"])
def test_declined_words_go_to_pymorphy3(oracle, word):
    assert russian.lemmas(word) == tuple(oracle.normal_forms(word))


@pytest.mark.parametrize("piece", ["недо", "небез", "де", "по-", "е", "-то", "стали-"])
def test_long_repetitive_words_end_soon(native, piece):
    assert native.lemmas(
        piece * (256 // len(piece))
    )  # without its memory of parts, the first would take 2^64 steps


def test_a_word_beyond_the_limit_is_its_own_lemma(native):
    within, beyond = "а" * 247 + "бутявками", "а" * 248 + "бутявками"
    assert native.lemmas(within) == ("а" * 247 + "бутявка", within, "а" * 247 + "бутявк")
    assert native.lemmas(beyond) == (beyond,)


# ---- The whole of both: minutes of the oracle's time.


def whole_vocabulary() -> list[str]:
    data = needed("text", "ru_sqldocs.jsonl.gz")
    words: set[str] = set()
    with gzip.open(data, "rt", encoding="utf-8") as lines:
        for line in lines:
            document = json.loads(line)
            text = f"{document['title']} {document['text']}".lower()
            words.update(re.findall(r"[0-9a-z\u0400-\u04ff]+(?:-[0-9a-z\u0400-\u04ff]+)*", text))
    return sorted(word for word in words if len(word) <= 256 and re.search(r"[\u0400-\u04ff]", word))


def compare_words(words: list[str]) -> tuple[int, list[Any]]:
    return len(words), mismatches(
        pymorphy3.MorphAnalyzer(lang="ru", result_type=None), russian.native(), words
    )


def compare_first_letter(letter: str) -> tuple[int, list[Any]]:
    oracle = pymorphy3.MorphAnalyzer(lang="ru", result_type=None)
    forms = dictionary_forms(oracle, letter)
    return len(forms), mismatches(oracle, russian.native(), forms)


def compare_in_processes(function: Any, jobs: list[Any]) -> tuple[int, list[Any]]:
    with get_context("spawn").Pool(2) as pool:
        results = list(pool.imap_unordered(function, jobs))
    return sum(count for count, _ in results), [case for _, cases in results for case in cases]


@slow
def test_whole_vocabulary_of_real_text():
    words = whole_vocabulary()
    count, wrong = compare_in_processes(compare_words, [words[start::8] for start in range(8)])
    assert wrong == []
    assert count == len(words) > 40_000


@slow
def test_whole_dictionary():
    count, wrong = compare_in_processes(compare_first_letter, list(LETTERS))
    assert wrong == []
    assert count > 3_000_000
