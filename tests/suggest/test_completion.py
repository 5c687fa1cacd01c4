"""Completion, against a count over all forms."""

from __future__ import annotations

import random
from collections import Counter

import pytest

from searchlib import Completion, Index, Keyword, Number, Schema, Text, _core


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


def test_behind_a_field_comes_what_that_field_has() -> None:
    index = Index.in_memory(
        Schema(title=Text(), body=Text(), ending=Keyword(), tags=Keyword(), year=Number())
    )
    with index.writer() as writer:
        writer.add(
            {"id": "space", "title": "the spaceship", "ending": "txt", "tags": ["New York", "new"], "year": 3}
        )
        writer.add(
            {"id": "spam", "title": "words", "body": "space the text", "ending": "txt", "tags": ["Тест"]}
        )
        writer.add({"id": "x", "title": "thin", "ending": "tex"})

    def found(text: str) -> list[str]:
        return [one.text for one in index.complete(text)]

    assert found("ending:t") == found("ending:")[:2] == ["ending:txt", "ending:tex"]
    assert found("word -(ending:te") == ["word -(ending:tex"]
    assert found("title:sp") == ["title:spaceship"] and found("sp") == ["space", "spaceship"]
    assert found("x title:sp") == ["x title:spaceship"]
    assert found("tags:Те") == ["tags:Тест"]
    assert found("tags:N") == ['tags:"New York"']
    assert [hit.id for hit in index.search(found("tags:N")[0], strict=True)] == ["space"]
    assert found("id:sp") == found("year:3") == found("title:") == []
    assert found("titel:sp") == ["titel:space", "titel:spaceship"]
    assert len(index.complete("ending:t", 1)) == 1 and index.complete("ending:t", 0) == []


def test_values_in_which_case_does_not_count_go_on_whatever_is_typed() -> None:
    index = Index.in_memory(Schema(body=Text(), city=Keyword(fold=True)))
    with index.writer() as writer:
        writer.add_many({"id": name, "city": name} for name in ("New York", "Ёлкино"))
    for typed, expected in (
        ("N", 'city:"new york"'),
        ("new Y", None),
        ("NEW", 'city:"new york"'),
        ("Ё", "city:елкино"),
    ):
        found = [one.text for one in index.complete(f"city:{typed}")]
        assert found == ([expected] if expected else []), typed
        assert all(index.search(text, strict=True).total == 1 for text in found)


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


JOINED = {
    "1": "write to alex@example.com or bob@test.org, see report_2024.pdf",
    "2": "data_final.csv is read by node.js and getUserName(), said O'Brien",
    "3": "it cost 1 000 000 рублей and 25 000 more, Wi-Fi and F-16",
    "4": "the café sells comics; computers cost less, example of commerce",
    "5": "ask info.desk@mail.kz for src/main/app.py and setMaxSize",
}
WHOLES = [
    ("alex", "alex"), ("alex@", "alex@example.com"), ("alex@e", "alex@example.com"),
    ("ALEX@EX", "alex@example.com"), ("alex@example.c", "alex@example.com"), ("bob@", "bob@test.org"),
    ("bob@test.", "bob@test.org"), ("info.d", "info.desk@mail.kz"), ("info.desk@m", "info.desk@mail.kz"),
    ("report_", "report_2024.pdf"), ("report_2024.", "report_2024.pdf"), ("report_2024.p", "report_2024.pdf"),
    ("data_", "data_final.csv"), ("data_final.", "data_final.csv"), ("node.", "node.js"),
    ("node.j", "node.js"), ("getu", "getusername"), ("getU", "getusername"), ("GETUS", "getusername"),
    ("getUserNa", "getusername"), ("setm", "setmaxsize"), ("setMaxS", "setmaxsize"), ("o'", "o'brien"),
    ("o'br", "o'brien"), ("O'Br", "o'brien"), ("10", "1000000"), ("1000", "1000000"), ("10000", "1000000"),
    ("1 000", "1000000"), ("1 000 0", "1000000"), ("25", "25000"), ("25 0", "25000"), ("wi-", "wi-fi"),
    ("f-", "f-16"), ("f1", "f-16"), ("src/m", "src/main/app.py"), ("src/main/", "src/main/app.py"),
]  # fmt: skip
NOTHING = [
    "bob@ex", "bob@com", "bob@a", "alex@t", "report_2024.c", "report_2024.co", "report_c", "report_2024_",
    "data_final.p", "data_final.com", "node.c", "node.com", "example.org", "getc", "getusername.c", "o'c",
    "1 001", "alex@ ", "report_2024. ", "src/c", "src/main/com", "wi-c", "info.c", "@", "_", "...",
]  # fmt: skip


@pytest.fixture(scope="module")
def joined() -> Index:
    index = Index.in_memory(Schema(text=Text()))
    with index.writer() as writer:
        writer.add_many({"id": key, "text": text} for key, text in JOINED.items())
    index.refresh()
    return index


@pytest.mark.parametrize(("typed", "whole"), WHOLES)
@pytest.mark.parametrize("before", ["", "see ", "text:", "(", "«"])
def test_a_word_with_joiners_goes_on_as_a_whole(joined: Index, before: str, typed: str, whole: str) -> None:
    found = joined.complete(before + typed)
    assert before + whole in [one.text for one in found]
    assert all(joined.search(one.word).total for one in found)


@pytest.mark.parametrize("typed", NOTHING)
def test_no_word_is_made_of_one_and_the_beginning_of_another(joined: Index, typed: str) -> None:
    assert joined.complete(typed) == []


@pytest.mark.parametrize(
    ("typed", "text"),
    [("-comi", "-comics"), ("+comi", "+comics"), ("5 comi", "5 comics")],
)
def test_a_sign_before_a_word_is_no_part_of_it(joined: Index, typed: str, text: str) -> None:
    assert [one.text for one in joined.complete(typed)] == [text]
