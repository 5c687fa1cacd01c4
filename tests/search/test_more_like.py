"""`Index.more_like`: a document's most telling words, by a twin of the rule; itself left out, all counted."""

from __future__ import annotations

import math
from typing import Any

import pytest
from bilingual import IDS, documents
from feedback_twin import _first_lemmas
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from twins import Twins

from searchlib import Index, Keyword, Schema, Text
from searchlib.analysis.stopwords import is_stopword
from searchlib.errors import QueryError, SearchTimeout, UnknownFieldError

_batches = st.lists(
    st.lists(st.one_of(documents(), documents(), st.sampled_from(IDS)), min_size=1, max_size=8),
    min_size=1,
    max_size=4,
)

ESSAYS = {
    "whales": "Whales sing in the deep ocean; a whale song travels through the ocean for miles.",
    "dolphins": "Dolphins and whales live in the ocean and hunt fish together.",
    "ships": "The ship crossed the ocean in a storm; the ship was old.",
    "bread": "Bread is baked from flour, water and salt in a hot oven.",
    "cake": "A cake is baked from flour, sugar and eggs in an oven.",
    "киты": "Киты поют в океане; песня кита слышна далеко в океане.",
    "дельфины": "Дельфины и киты живут в океане и охотятся на рыбу.",
    "empty": "",
}


@pytest.fixture(scope="module")
def index() -> Index:
    index = Index.in_memory(Schema(title=Text(boost=2.0), body=Text(), tag=Keyword()))
    with index.writer() as writer:
        for number, (name, text) in enumerate(ESSAYS.items()):
            writer.add({"id": name, "title": text[:12], "body": text, "tag": "t"})
            if number == 3:
                writer.commit(merge=False)
    index.refresh()
    return index


@pytest.mark.parametrize(
    ("name", "best"),
    [
        ("whales", "dolphins"),
        ("bread", "cake"),
        ("cake", "bread"),
        ("киты", "дельфины"),
        ("дельфины", "киты"),
    ],
)
def test_the_likest_is_the_first(index: Index, name: str, best: str) -> None:
    results = index.more_like(name)
    assert results[0].id == best
    assert name not in [hit.id for hit in results]
    assert results.total == len(results) == len(list(index.more_like(name, None)))


def test_a_text_finds_what_its_document_is_like_and_that_itself(index: Index) -> None:
    results = index.more_like(text=ESSAYS["bread"])
    assert {hit.id for hit in results[:2]} == {"bread", "cake"}
    assert results.query == ESSAYS["bread"]


def test_pages_follow_each_other(index: Index) -> None:
    whole = [(hit.id, hit.score) for hit in index.more_like("whales", None)]
    assert len(whole) >= 2
    pages = [index.more_like("whales", 1, offset) for offset in range(len(whole))]
    assert [(page[0].id, page[0].score) for page in pages] == whole
    assert [index.more_like("whales", 1, count=True).total] == [len(whole)]
    assert len(index.more_like("whales", 0)) == 0 and index.more_like("whales", 0).total == len(whole)


def test_what_has_no_word_finds_nothing_and_says_why(index: Index) -> None:
    for results in (index.more_like("empty"), index.more_like(text="the and of 1984")):
        assert len(results) == results.total == 0
        assert results.notes == ("the text has no word that another document has",)


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        ({"document_id": "nobody"}, QueryError),
        ({"document_id": "\udc80"}, QueryError),
        ({}, ValueError),
        ({"document_id": "cake", "text": "cake"}, ValueError),
        ({"document_id": "cake", "limit": -1}, ValueError),
        ({"document_id": "cake", "offset": -1}, ValueError),
        ({"document_id": "cake", "timeout": 0}, ValueError),
        ({"document_id": "cake", "timeout": 1e-9}, SearchTimeout),
        ({"document_id": "cake", "fields": ["nowhere"]}, UnknownFieldError),
        ({"document_id": "cake", "fields": ["tag"]}, QueryError),
    ],
)
def test_what_cannot_be_says_so(index: Index, arguments: dict[str, Any], error: type[Exception]) -> None:
    with pytest.raises(error):
        index.more_like(**arguments)


def test_a_text_that_is_not_stored_must_be_given() -> None:
    index = Index.in_memory(Schema(body=Text(stored=False)))
    with index.writer() as writer:
        writer.add_many({"id": name, "body": text} for name, text in ESSAYS.items())
    index.refresh()
    with pytest.raises(QueryError, match="not stored"):
        index.more_like("cake")
    assert {hit.id for hit in index.more_like(text=ESSAYS["cake"])[:2]} == {"cake", "bread"}


def telling(twins: Twins, document_id: str) -> list[tuple[str, float]]:
    """The words by the rule, with their weights."""
    oracle = twins.oracle
    names = oracle.schema.default_fields
    lemmas = _first_lemmas(oracle, oracle.documents[document_id])
    num_docs = max(oracle.num_docs(name) for name in names)
    weighed = []
    for lemma in set(lemmas):
        df = max(oracle.df(name, lemma) for name in names)
        if df >= 2 and not is_stopword(lemma) and not any(map(str.isdigit, lemma)):
            idf = math.log(1 + (max(num_docs, df) - df + 0.5) / (df + 0.5))
            weighed.append((lemmas.count(lemma) * idf, lemma))
    weighed.sort(key=lambda one: (-one[0], one[1]))
    return [(lemma, weight / weighed[0][0]) for weight, lemma in weighed[:25]]


@given(batches=_batches)
@settings(
    deadline=None,
    max_examples=30,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
def test_words_are_the_twins(batches: list[list[Any]]) -> None:
    twins = Twins(True)
    twins.apply(batches)
    for document_id in twins.oracle.documents:
        results = twins.index.more_like(document_id, None)
        assert list(results.expanded.items()) == telling(twins, document_id)
        assert document_id not in [hit.id for hit in results]
        assert results.total == len(results)


ENDINGS = ["txt", "md", "html", "jsonl", "eml", "py", "srt", "pdf"]


@pytest.mark.parametrize("own", [False, True])
@pytest.mark.parametrize(
    "names", ["{stem}.{ending}", "{stem}.{upper}", "old/{stem}.{ending}", "{stem}.tar.{ending}"]
)
@pytest.mark.parametrize("ending", ENDINGS)
def test_the_ending_of_a_files_name_is_no_word_of_it(ending: str, names: str, own: bool) -> None:
    field = "file_extension" if own else "extension"
    index = Index.in_memory(Schema(**{"name": Text(column=True), "body": Text(), field: Keyword(fold=True)}))
    stems = ["whale song", "whale_ocean", "whale", "ship"]
    with index.writer() as writer:
        for number, stem in enumerate(stems):
            name = names.format(stem=stem, ending=ending, upper=ending.upper())
            writer.add({"id": str(number), "name": name, "body": f"text {number}", field: ending})
        for number in range(4, 30):
            writer.add({"id": str(number), "name": f"other{number}.xyz", "body": "filler", field: "xyz"})
    index.refresh()

    def words(document_id: str) -> set[str]:
        return set(index.more_like(document_id).expanded)

    assert "whale" in words("0") | words("1") | words("2")
    assert not any(ending in word.split(".") for number in "012" for word in words(number))
    assert index.more_like(text=f"whale.{ending}").expanded, "a text is read as it is"


def test_an_ending_without_a_field_that_says_so_is_a_word() -> None:
    index = Index.in_memory(Schema(title=Text()))
    with index.writer() as writer:
        for number, title in enumerate(["node.js", "vue.js", "other", "more", "and more"]):
            writer.add({"id": str(number), "title": title})
    index.refresh()
    assert "js" in index.more_like("0").expanded
