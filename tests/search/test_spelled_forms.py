"""Patterns meet a form by its other spellings, which the word itself knows, and by no lemma of it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searchlib import Index, Keyword, Schema, Text, _core
from spellings_twin import is_met, is_met_joined, other_spellings

MET = [
    ("café", "cafe*"), ("café", "caf*"), ("café", "CAFE*"), ("café", "*afe"), ("café", "c?fe"),
    ("café", "cafa~"), ("cafés", "cafe*"), ("naïve", "naiv*"), ("Erdoğan", "erdog*"), ("Erdoğan", "erdog?n"),
    ("Erdoğan", "erdogam~"), ("Erdoğan", "*dogan"), ("łódź", "lod*"), ("œuvre", "oeuv*"),
    ("Łukasz", "lukas?~0"),
    ("Škoda", "skod*"), ("Dvořák", "dvorka~"), ("Dvořák", "d*rak"), ("smörgåsbord", "smorgas*"),
    ("U.S.A.", "usa*"), ("U.S.A.", "us?~0"), ("Ph.D.", "phd*"), ("С.С.С.Р.", "ссс*"),
    ("wi-fi", "wif*"),
    ("wi-fi", "w?fi"), ("wi-fi", "wifu~"), ("e-mail", "emai*"), ("e-mails", "email*"),
    ("co-operation", "cooper*"), ("co-operation", "*operat?on"), ("O'Brien", "obri*"),
    ("O’Brien", "obrie?~0"),
    ("Qur'an", "qura*"), ("1,000", "1000*"), ("1,000,000", "10000*"), ("1'000", "100?~0"), ("3,14", "3.1*"),
    ("colour", "color*"), ("colours", "color*"), ("organise", "organiz*"), ("organised", "organiz*"),
    ("centre", "center*"), ("centre", "cent?r"), ("catalogue", "*talog"), ("grey", "gra*"),
    ("бѣлый", "белы*"), ("домъ", "до?~0"), ("Россія", "росси*"), ("хх", "xx*"), ("ХХ", "x?~0"),
    ("café", "café*"), ("colour", "colou*"), ("wi-fi", "wi-*"), ("1,000", "1,0*"),
]  # fmt: skip

NOT_MET = [
    ("люди", "челов*"), ("людей", "челове?~0"), ("людей", "человек~"), ("шли", "идт*"), ("шёл", "ид*"),
    ("стали", "сталь*"), ("children", "chil?~0"), ("went", "go*"), ("mice", "mous*"), ("better", "goo*"),
    ("was", "b?~0"), ("cafe", "café*"), ("usa", "u.s*"), ("wifi", "wi-*"), ("color", "colou*"),
    ("1000", "1,0*"), ("well-known", "wellk*"), ("state-owned", "stateo*"), ("2010-2012", "20102*"),
    ("А.С.", "ас*"), ("cafés", "c?fe"), ("colours", "colo?~0"), ("tour", "tor*"), ("café", "cafx*"),
    ("Erdoğan", "erdogxx~"), ("бѣлый", "белов*"), ("лучший", "хорош*"), ("SEC", "securit*"),
    ("don't", "do?~0"),
]  # fmt: skip


def index_of(*texts: str) -> Index:
    index = Index.in_memory(Schema(body=Text()))
    with index.writer() as writer:
        writer.add_many({"id": str(number), "body": text} for number, text in enumerate(texts))
    index.refresh()
    return index


@pytest.mark.parametrize(("text", "pattern"), MET)
def test_a_pattern_meets_a_form_by_its_other_spellings(text: str, pattern: str) -> None:
    index = index_of(f"before {text} behind", "quite another")
    results = index.search(pattern)
    assert [hit.id for hit in results] == ["0"] and results.total == 1
    (span,) = results[0].spans("body")
    assert results[0].text("body")[span.start : span.end].casefold().rstrip(".") in text.casefold()
    assert index.explain(pattern).num_docs == 1 and index.explain(pattern).lemmas
    assert index.search(f"quite -{pattern}").total == 1


@pytest.mark.parametrize(("text", "pattern"), NOT_MET)
def test_a_lemma_is_no_spelling(text: str, pattern: str) -> None:
    assert index_of(f"before {text} behind").search(pattern).total == 0


def test_a_document_that_has_another_form_of_the_word_is_not_met() -> None:
    index = index_of("a café", "the cafe", "cafeteria", "many people", "one person")
    assert sorted(hit.id for hit in index.search("cafe*")) == ["0", "1", "2"]
    assert [hit.id for hit in index.search("person*")] == ["4"]


def test_values_of_keywords_have_no_other_spelling() -> None:
    index = Index.in_memory(Schema(tag=Keyword(), folded=Keyword(fold=True)))
    with index.writer() as writer:
        writer.add({"tag": "café", "folded": "café"})
    index.refresh()
    assert index.search("tag:cafe*").total == index.search("folded:cafe*").total == 0
    assert index.search("tag:caf?").total == index.search("folded:CAF?").total == 1


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("f16", "f-16"),
        ("cafe", "café"),
        ("usa", "u.s.a"),
        ("erdog", "erdoğan"),
        ("obr", "o'brien"),
        ("1000", "1,000"),
    ],
)
def test_completions_know_them_too(typed: str, text: str) -> None:
    index = index_of("café U.S.A. Erdoğan O'Brien 1,000 F-16 людей set_max_size", "colour")
    assert [completion.word for completion in index.complete(typed)] == [text]
    assert index.complete("челов") == index.complete("max_s") == []


def test_a_completion_that_begins_so_counts_once() -> None:
    index = index_of("café", "café", "cafe")
    assert [(one.word, one.num_docs) for one in index.complete("caf")] == [("café", 2), ("cafe", 1)]
    assert [(one.word, one.num_docs) for one in index.complete("cafe")] == [("café", 2), ("cafe", 1)]


_letters = st.text("aeéöřłœ'.-,10", min_size=1, max_size=8)


@given(
    words=st.lists(_letters, min_size=1, max_size=8), pattern=st.text("aeorlo'.-,10", min_size=1, max_size=4)
)
def test_forms_met_are_those_of_the_slow_rules(words: list[str], pattern: str) -> None:
    index = index_of(" ".join(words))
    core, analyzer = index._searcher.core, index._searcher.analyzers["body"]
    assert analyzer is not None
    key = _core.match_key(pattern)
    expected = set()
    for token in analyzer.tokens(" ".join(words)):
        form = _core.match_key(analyzer.core.analyze(token.text)[0])
        if is_met(form, token.lemmas, lambda text: text.startswith(key)) or is_met_joined(
            form, token.lemmas, key, lambda pattern, text: text.startswith(pattern)
        ):
            expected.add(form)
    found = core.expand(0, "prefix", pattern, 0, 1000)[0]
    american = {form for form in found - expected if form.isascii()}  # the twin has no table of them
    assert found - american == expected
    assert all(not set(other_spellings(form)) or form in expected for form in american)
