"""Words of documents counted in the core: how much of a text is read, what is forgotten, and what failed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searchlib import Index, Schema, Text, _core
from searchlib.analysis.analyzer import Analyzer

ANALYZER = _core.Analyzer()


def texts_of(*documents: Sequence[str]) -> _core.FieldTexts:
    texts = _core.empty_texts(len(documents))
    for number, values in enumerate(documents):
        texts.put(number, values)
    return texts


def unasked(form: str) -> str:
    raise AssertionError(form)


def counted(values: Sequence[str], ending: str = "", max_chars: int = 1_000) -> dict[str, int]:
    counter = _core.LemmaCounter(ANALYZER)
    counter.read([7], [texts_of(values)], [ending], max_chars, unasked)
    return dict(counter.common([7], 1))


def beginnings(values: Sequence[str], ending: str, max_chars: int) -> dict[str, int]:
    """The twin: words that end within so many characters; the last one is not cut."""
    found = Counter[str]()
    for value in values:
        if max_chars > 0:
            named = ending and len(value) <= 4096 and value.lower().endswith(ending.lower())
            text = value[: -len(ending)] if named else value
            tokens = Analyzer(()).tokens(text[: max_chars + 64])
            found.update(token.lemmas[0] for token in tokens if token.end <= max_chars)
            max_chars -= len(value)
    return found


NAMES = [
    "report.pdf",
    "Отчёт.PDF",
    ".pdf",
    "pdf",
    "notes on a.pdf ",
    "лес.док",
    "ЛЕС.ДОК",
    "x" * 4097 + ".pdf",
    "",
]


@given(
    values=st.lists(st.one_of(st.sampled_from(NAMES), st.text("ab éя😀.", max_size=40)), max_size=4),
    ending=st.sampled_from(["", ".pdf", ".PDF", ".док"]),
    max_chars=st.integers(0, 120),
)
def test_so_much_of_a_field_is_read(values: list[str], ending: str, max_chars: int) -> None:
    assert counted(values, ending, max_chars) == beginnings(values, ending, max_chars)


def test_fields_and_documents_are_counted_apart() -> None:
    counter = _core.LemmaCounter(ANALYZER)
    titles, bodies = texts_of(["wing"], ["lift"]), texts_of(["wing drag wing"], ["drag"])
    counter.read([1, 2], [titles, bodies], ["", ""], 100, unasked)
    assert dict(counter.common([1], 1)) == {"wing": 3, "drag": 1}
    assert counter.common([1, 2], 2) == [("drag", 2)]
    assert counter.knows(2) and not counter.knows(3)
    with pytest.raises(ValueError, match="not read"):
        counter.common([3], 1)
    for numbers, endings in (([1], ["", ""]), ([1, 2], [""])):
        with pytest.raises(ValueError, match="of each document"):
            counter.read(numbers, [titles], endings, 100, unasked)


def test_a_counter_outlives_what_fails_to_resolve() -> None:
    """In the midst of a text, whose other words must not be taken for the one that failed."""
    german = _core.Analyzer(python_scripts=["latin"])
    counter = _core.LemmaCounter(german)

    def failing(form: str) -> str:
        if form == "lift":
            raise LookupError(form)
        return form

    with pytest.raises(LookupError):
        counter.read([1], [texts_of(["wing lift drag"])], [""], 100, failing)
    assert not counter.knows(1)
    counter.read([1], [texts_of(["drag wing lift lift"])], [""], 100, str.upper)
    assert dict(counter.common([1], 1)) == {"DRAG": 1, "WING": 1, "LIFT": 2}


def test_what_is_too_much_is_forgotten_and_read_anew() -> None:
    index = Index.in_memory(Schema(text=Text(languages=())))
    with index.writer() as writer:
        writer.add_many({"id": str(n), "text": f"wing lift only{n}"} for n in range(3))
    index.refresh()
    counter = _core.LemmaCounter(ANALYZER)
    bo1 = _core.Bo1(counter, index._searcher.core, [0])
    few = texts_of(["wing lift lift"], ["lift wing"])

    def best() -> list[tuple[float, str]]:
        counter.read([1, 2], [few], ["", ""], 100, unasked)
        return bo1.best([1, 2], 2, 5, lambda lemma: False)

    before = best()
    assert [lemma for _, lemma in before] == ["lift", "wing"]
    counter.make_room()
    assert counter.knows(1)
    many = " ".join(f"w{number}x" for number in range(1 << 20))
    counter.read([3], [texts_of([many])], [""], len(many), unasked)
    counter.make_room()
    assert not counter.knows(1) and not counter.knows(3)
    counter.read(
        [4], [texts_of(["other words"])], [""], 100, unasked
    )  # they take the numbers of lift and wing
    assert best() == before


def test_words_that_say_nothing_are_asked_of_once() -> None:
    index = Index.in_memory(Schema(title=Text(languages=()), body=Text(languages=())))
    with index.writer() as writer:
        writer.add_many({"id": str(n), "title": "the wing", "body": "the lift"} for n in range(3))
    index.refresh()
    counter, asked = _core.LemmaCounter(ANALYZER), list[str]()
    counter.read([1, 2], [texts_of(["the wing lift"], ["the wing lift gone"])], ["", ""], 100, unasked)

    def says_nothing(lemma: str) -> bool:
        asked.append(lemma)
        return lemma == "the"

    bo1 = _core.Bo1(counter, index._searcher.core, [0, 1])
    for _ in range(2):
        assert [lemma for _, lemma in bo1.best([1, 2], 1, 9, says_nothing)] == ["lift", "wing"]
    assert sorted(asked) == ["gone", "lift", "the", "wing"]
    assert [lemma for _, lemma in bo1.best([1, 2], 1, 1, says_nothing)] == ["lift"]
    with pytest.raises(IndexError):
        _core.Bo1(counter, index._searcher.core, [2])
    with pytest.raises(ValueError, match="a field at least"):
        _core.Bo1(counter, index._searcher.core, [])


def test_words_of_two_fields_that_are_too_many_to_remember() -> None:
    """What a title has of a body's word is remembered of 65,536 words; the others are looked up each time."""
    words = [f"w{number}x" for number in range(70_000)]
    index = Index.in_memory(Schema(title=Text(languages=()), body=Text(languages=())))
    with index.writer() as writer:
        writer.add({"id": "a", "title": " ".join(words[::2]), "body": " ".join(words)})
        writer.add({"id": "b", "title": " ".join(words), "body": "short"})
        writer.add({"id": "c", "title": "", "body": " ".join(words[1::2])})
    index.refresh()
    counter = _core.LemmaCounter(ANALYZER)
    counter.read([1, 2], [texts_of(words, words)], ["", ""], 10**7, unasked)

    def best() -> list[tuple[float, str]]:
        bo1 = _core.Bo1(counter, index._searcher.core, [0, 1])
        return bo1.best([1, 2], 2, len(words), lambda lemma: False)

    first = best()
    assert first == best()
    assert len(first) == len(words)
    assert len({weight for weight, _ in first}) == 1  # two documents have each, in the one field or the other
