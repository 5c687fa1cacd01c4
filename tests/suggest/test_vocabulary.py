"""The native search over forms and names, against slow twins."""

from __future__ import annotations

import itertools
import os
import random

import pytest
from name_pairs import DIFFERENT, SAME, pairs

from edits_twin import distance
from searchlib import Analyzer, Index, _core
from searchlib.suggest.names import MIN_SIMILARITY

SEED = int(os.environ.get("SEARCHLIB_SEED", "20260"))


@pytest.fixture(scope="module")
def words() -> list[str]:
    print(f"SEARCHLIB_SEED={SEED}")
    chance = random.Random(SEED)
    made = {"".join(chance.choices("abcабвеё", k=chance.randrange(1, 9))) for _ in range(3000)}
    return sorted(made | {"сша", "США", "Ёж", "ежа", "tashkent", "ташкент", "日本", "ß", "o'brien", "x1"})


@pytest.fixture(scope="module", params=[3000, 700])
def index(request: pytest.FixtureRequest, make_index, words: list[str]) -> Index:
    texts = {str(at): " ".join(words[at : at + 50]) for at in range(0, len(words), 50)}
    return make_index(texts, max(1, request.param // 50))


def native(index: Index) -> _core.SnapshotVocabulary:
    vocabulary = index._searcher.suggester.vocabulary(("body",))
    assert vocabulary is not None
    return vocabulary.native


def starts_near(form: str, typed: str) -> bool:
    """Whether a form begins one edit from letters of which the last was meant, and not with the letters."""
    if form.startswith(typed):
        return False
    last = len(typed) - 1
    left_out = [typed[:at] + typed[at + 1 :] for at in range(last)]
    swapped = [typed[:at] + typed[at + 1] + typed[at] + typed[at + 2 :] for at in range(last)]
    if any(map(form.startswith, left_out + swapped)):
        return True
    inserted = ((typed[:at], typed[at:]) for at in range(last + 1))
    replaced = ((typed[:at], typed[at + 1 :]) for at in range(last))
    return any(form.startswith(a) and form[len(a) + 1 :].startswith(b) for a, b in (*inserted, *replaced))


def test_beginnings_near_equal_a_slow_search(make_index, words: list[str]) -> None:
    index = make_index({str(at): " ".join(words[at : at + 50]) for at in range(0, len(words), 50)}, 10)
    dfs: dict[str, int] = {}
    for segment in index._searcher.segments:
        for form, df in segment.core.forms(1):
            dfs[_core.match_key(form)] = dfs.get(_core.match_key(form), 0) + df
    chance = random.Random(SEED)
    keys = sorted(key for key in dfs if len(key) > 2)
    asked = [
        "ab",
        "абв",
        "ёж",
        "tashknt",
        "日本",
        *(key[: chance.randrange(2, len(key) + 1)] for key in keys[::25]),
    ]
    for word in asked:
        typed = _core.match_key(word)
        expected = {form for form in dfs if starts_near(form, typed)}
        found = native(index).beginnings_near(word, 100_000)
        assert sum(num for _, num, _ in found) == sum(dfs[form] for form in expected), word
        assert [num for _, num, _ in found] == sorted((num for _, num, _ in found), reverse=True)
        for begin, _, cost in found:
            assert any(form.startswith(begin) for form in expected) and distance(typed, begin) == 1, (
                word,
                begin,
            )
            assert cost == _core.typing_cost(typed, begin)
        assert native(index).beginnings_near(word, 1) == found[:1]


@pytest.mark.parametrize("bound", [1, 2])
def test_near_forms_equal_a_slow_search(index: Index, bound: int) -> None:
    keys = {
        _core.match_key(form) for segment in index._searcher.segments for form, _ in segment.core.forms(1)
    }
    chance = random.Random(SEED + bound)
    asked = ["ташкет", "abcabcabcabc", "я", "ЁЖ", "日", "сшаа", "q" * 64, *chance.sample(sorted(keys), 40)]
    for word in asked:
        key = _core.match_key(word)
        expected = {(other, d) for other in keys if 0 < (d := distance(key, other)) <= bound}
        assert {(form, d) for form, _, d, _ in native(index).near(word, bound)} == expected, word


def test_words_beyond_any_length_have_no_neighbours(index: Index) -> None:
    assert native(index).near("", 2) == native(index).near("ж" * 65, 2) == []


def test_documents_are_counted_over_spellings_and_segments(mixed: Index) -> None:
    vocabulary = mixed._searcher.suggester.vocabulary(("body",))
    assert vocabulary is not None
    assert vocabulary.form_df("ЕЛКА") == 1 and vocabulary.form_df("сша") == 1
    assert vocabulary.form_df("лукашенко") == 2 and vocabulary.form_df("the") == 4
    found = {form: df for form, df, _, _ in vocabulary.native.near("лукашенка", 1)}
    assert found == {"лукашенко": 2}


def test_slips_of_hand_and_ear_cost_less() -> None:
    cost = _core.typing_cost
    assert cost("тест", "тест") == 0
    assert cost("tset", "test") < cost("tqst", "test") == 1
    assert cost("twst", "test") < 1 and cost("рнига", "книга") > cost("кнмга", "книга")
    assert cost("тестт", "тест") < cost("тестп", "тест") and cost("maping", "mapping") < cost(
        "manping", "mapping"
    )
    assert cost("карова", "корова") < cost("кщрова", "корова")
    assert cost("Ёлка", "елка") == 0 and cost("", "аб") > 1


def test_names_that_are_one_and_names_that_are_two() -> None:
    same = [_core.name_similarity(*pair) >= MIN_SIMILARITY for pair in pairs(SAME)]
    different = [_core.name_similarity(*pair) >= MIN_SIMILARITY for pair in pairs(DIFFERENT)]
    assert sum(same) / len(same) >= 0.90
    assert sum(same) / (sum(same) + sum(different)) >= 0.95


def test_similarity_is_symmetric_and_the_sieve_never_rules_out_a_name() -> None:
    chance = random.Random(SEED)
    words = [word for pair in pairs(SAME + DIFFERENT) for word in pair]
    words += [
        "".join(chance.choices("shtcdzjkpgwхшчсцтдзжьаo", k=chance.randrange(2, 9))) for _ in range(2000)
    ]
    for _ in range(100_000):
        left, right = chance.choice(words), chance.choice(words)
        similarity = _core.name_similarity(left, right)
        assert similarity == pytest.approx(_core.name_similarity(right, left))
        assert 0 <= similarity <= 1
        if similarity > 0:
            assert _core.may_agree(_core.match_key(left), _core.match_key(right)), (left, right)


# In one reading the letters between two consonants that are the same are silent: both are one.
ONE_IN_A_READING = ["dr dhdr", "рп rhr'hp", "rd rwrd", "tr ththr", "дхдр dhdr", "dhadr dhdr", "bp bhbghbp"]


@pytest.mark.parametrize("pair", ONE_IN_A_READING)
def test_the_sieve_knows_consonants_that_a_reading_has_once(make_index, pair: str) -> None:
    left, right = pair.split()
    assert _core.name_similarity(left, right) > 0
    assert _core.may_agree(left, right) and _core.may_agree(right, left)
    vocabulary = make_index({"1": pair})._searcher.suggester.vocabulary(("body",))
    assert vocabulary is not None
    for one, other in ((left, right), (right, left)):
        assert other in {lemma for lemma, _, _ in vocabulary.native.names(one, 0.01)}


@pytest.mark.parametrize("pair", ["dd dad", "нн нан", "rr rhr", "dr dadr", "tr dr", "dr d", "x1 x1"])
def test_the_sieve_tells_apart_what_no_reading_has_in_common(pair: str) -> None:
    left, right = pair.split()
    assert _core.may_agree(left, right) == (pair == "rr rhr")


def test_the_sieve_passes_every_pair_with_a_common_reading() -> None:
    chance = random.Random(SEED)
    letters = ("dhghrwlkn", "dthbpaeguw", "rlğħnhgwişđ", "shtcdzjkpgwłnlre'phph", "дтлаоьҳүһѳђњ", "дтрлхшс-ё")
    readings: dict[str, set[str]] = {}
    for _ in range(30_000):
        word = _core.match_key("".join(chance.choices(chance.choice(letters), k=chance.randrange(2, 9))))
        for consonants, _ in _core.name_readings(word):
            readings.setdefault(consonants, set()).add(word)
    for words in map(sorted, readings.values()):
        for _ in range(min(20, len(words))):
            left, right = chance.choice(words), chance.choice(words)
            assert _core.may_agree(left, right), (left, right)


@pytest.mark.parametrize("segment_size", [1000, 40])
def test_names_in_a_vocabulary_equal_a_slow_search(make_index, segment_size: int) -> None:
    chance = random.Random(SEED)
    letters = ("shtcdzjkpgwłnlre'phph", "хшчсцтдзжьаоңпрлнё-")
    made = ["".join(chance.choices(chance.choice(letters), k=chance.randrange(2, 8))) for _ in range(1500)]
    words = [word for pair in pairs(SAME + DIFFERENT) for word in pair] + made + ["сша", "x1", "Sappho"]
    texts = {str(at): " ".join(words[at : at + 20]) for at in range(0, len(words), 20)}
    index = make_index(texts, segment_size // 20)
    vocabulary = index._searcher.suggester.vocabulary(("body",))
    assert vocabulary is not None
    tokens = [token for text in texts.values() for token in Analyzer().tokens(text)]
    lemmas = {lemma for token in tokens for lemma in token.lemmas}
    for word in [_core.match_key(word) for word in chance.sample(words, 300)]:
        alike = {lemma for lemma in lemmas if _core.name_similarity(word, lemma) >= 0.8} - {word}
        initials = tuple(_core.name_initials(word))
        expected = {lemma for lemma in alike if lemma.startswith(initials) or "À" <= lemma[0] <= "ɏ"}
        found = {lemma for lemma, _, _ in vocabulary.native.names(word, 0.8)}
        assert found >= expected, word
        # What more there is are forms that look like surnames: «токаев», of «токай».
        assert all(lemma.endswith(("ов", "ев", "ин", "ын")) for lemma in found - alike), word


def test_names_begin_with_letters_that_sound_so() -> None:
    for left, right in pairs(SAME):
        if _core.name_similarity(left, right) >= 0.8:
            for one, other in ((left, right), (right, left)):
                assert _core.match_key(other).startswith(tuple(_core.name_initials(one))), (one, other)


LATIN = "abcdefghijklmnopqrstuvwxyz"
CYRILLIC = "абвгдежзийклмнопрстуфхцчшщъыьэюяіїєўғқҳҷңөүұәґӣӯһ"


@pytest.mark.parametrize(("alphabet", "rest"), [(LATIN, "maba"), (CYRILLIC, "маба")])
def test_initials_are_all_beginnings_with_that_sound(alphabet: str, rest: str) -> None:
    initials = {vowel: tuple(_core.name_initials("абаб")) for vowel in "aeiou"}
    cyrillic = zip("bdfgjklmnprstvx", "бдфгжклмнпрствх", strict=True)
    initials |= {sound: tuple(_core.name_initials(letter + "абаб")) for sound, letter in cyrillic}
    for letters in itertools.product(alphabet, repeat=3):
        word = "".join(letters) + rest
        if word[0] not in "ъь":  # with which no word begins
            for _, sound in _core.name_readings(word):
                assert word.startswith(initials[sound[0]]), (word, sound)


@pytest.mark.parametrize("pair", ["ксения Xenia", "Вадеев Ffadeev", "исоев Ӣсоев", "яничар Djanichar"])
def test_names_are_found_wherever_they_begin(make_index, pair: str) -> None:
    # Among so many words that they lie in many blocks, of which only some are looked at.
    others = ["".join(two) + "он" for two in itertools.product(CYRILLIC, repeat=2)]
    others += ["".join(two) + "on" for two in itertools.product(LATIN, repeat=2)]
    vocabulary = make_index({"1": pair, "2": " ".join(others)})._searcher.suggester.vocabulary(("body",))
    assert vocabulary is not None
    left, right = map(_core.match_key, pair.split())
    for one, other in ((left, right), (right, left)):
        assert other in {lemma for lemma, _, _ in vocabulary.native.names(one, 0.5)}


@pytest.mark.parametrize("word", ["", "я", "aeiou", "42", "ташkent", "x-1", "日本", "а" * 50])
def test_what_is_no_name(word: str) -> None:
    assert _core.name_readings(word) == []
    assert _core.name_similarity(word, "Ташкент") == 0


def test_names_in_the_vocabulary(mixed: Index) -> None:
    vocabulary = mixed._searcher.suggester.vocabulary(("body",))
    assert vocabulary is not None
    found = vocabulary.native.names("lukashenka", 0.8)
    assert {(lemma, df) for lemma, df, _ in found} == {("лукашенко", 2), ("lukashenko", 1)}
    assert vocabulary.native.names("lukashenka", 1.01) == []
