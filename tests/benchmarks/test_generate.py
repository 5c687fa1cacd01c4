"""The generated corpora: the same everywhere, half English, half Russian, and queries that have answers."""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path

import pytest
from benchmarks.vocabulary import Sources

from benchmarks import corpora, generate, vocabulary


def made(sources: Sources, folder: Path, num_docs: int = 300, seed: int = 7) -> generate.Generated:
    return generate.write("d20k", sources, folder, seed, num_docs)


def test_the_same_seed_gives_the_same_bytes(sources: Sources, tmp_path: Path) -> None:
    first, second = made(sources, tmp_path / "a"), made(sources, tmp_path / "b")
    assert first == second
    names = {path.name for path in (tmp_path / "a").iterdir()}
    assert names == {f"d20k.{end}" for end in ("jsonl", "meta.json", "queries.jsonl", "phrases.jsonl")}
    for name in names:
        assert (tmp_path / "a" / name).read_bytes() == (tmp_path / "b" / name).read_bytes()


def test_another_seed_gives_other_bytes(sources: Sources, tmp_path: Path) -> None:
    assert made(sources, tmp_path / "a", seed=7).sha256 != made(sources, tmp_path / "b", seed=8).sha256


def test_the_bytes_are_those_of_every_machine(sources: Sources, tmp_path: Path) -> None:
    """A change of this hash means that no older result can be compared: raise the seed with it."""
    expected = "d90bf2153cc69d0e74e2bb6dc241bef276018463c954b72065bf57470f84c540"
    assert made(sources, tmp_path).sha256 == expected


def test_a_smaller_corpus_begins_a_larger_one(sources: Sources) -> None:
    larger = list(generate.documents(sources, 50))
    assert list(generate.documents(sources, 21)) == larger[:21]


def test_half_is_english_and_half_russian(sources: Sources) -> None:
    languages: Counter[str] = Counter()
    for document in generate.documents(sources, 400):
        cyrillic = len(re.findall("[а-яё]", document["body"].lower()))
        languages["ru" if cyrillic > len(document["body"]) / 2 else "en"] += 1
        assert document["id"].startswith("ru" if cyrillic else "en")
    assert languages == {"en": 200, "ru": 200}


def test_ids_are_unique_and_documents_of_about_100_words(sources: Sources) -> None:
    documents = list(generate.documents(sources, 2000))
    assert len({document["id"] for document in documents}) == 2000
    lengths = [len(corpora.tokens(document["title"] + " " + document["body"])) for document in documents]
    assert 90 <= sum(lengths) / len(lengths) <= 110
    assert min(lengths) >= 19 and max(lengths) <= 340


def test_coined_words_keep_the_vocabulary_growing(sources: Sources) -> None:
    known = {
        term for stream in sources.streams.values() for word in stream.words for term in corpora.tokens(word)
    }
    coined: Counter[str] = Counter()
    for document in generate.documents(sources, 500):
        coined.update(set(corpora.tokens(document["body"])) - known)
    assert len(coined) > 200
    assert coined.most_common(1)[0][1] > 1  # a coined word comes back in other documents


def test_queries_and_phrases_occur(sources: Sources, tmp_path: Path) -> None:
    made(sources, tmp_path)
    texts = [f" {document.text} " for document in corpora.documents("d20k", folder=tmp_path)]
    queries, phrases = corpora.queries("d20k", folder=tmp_path), corpora.queries("d20k", "phrases", tmp_path)
    assert len(queries) == generate.NUM_QUERIES and len(phrases) == generate.NUM_PHRASES
    assert {len(query.split()) for query in queries} == {2, 3, 4, 5}
    assert all(len(set(query.split())) == len(query.split()) for query in queries)
    for query in queries[:50]:
        assert any(all(f" {term} " in text for term in query.split()) for text in texts), query
    for phrase in phrases:
        assert len(phrase.split()) == 2
        assert any(f" {phrase} " in text for text in texts), phrase


def test_token_streams_are_kept_beside_the_corpus_until_it_is_made_anew(
    sources: Sources, tmp_path: Path
) -> None:
    made(sources, tmp_path, seed=7)
    computed = list(corpora.documents("d20k", folder=tmp_path))
    corpora.cut("d20k", tmp_path)
    assert (tmp_path / "d20k.tokens.tsv").exists()
    assert list(corpora.documents("d20k", folder=tmp_path)) == computed
    made(sources, tmp_path, seed=8)
    assert list(corpora.documents("d20k", folder=tmp_path)) != computed


def test_the_description_tells_what_was_written(sources: Sources, tmp_path: Path) -> None:
    written = made(sources, tmp_path)
    lines = (tmp_path / "d20k.jsonl").read_text(encoding="utf-8").splitlines()
    assert written.num_docs == len(lines) == 300
    raw = list(corpora.documents("d20k", raw=True, folder=tmp_path))
    assert written.text_bytes == sum(len(document.text.encode()) for document in raw)
    assert corpora.meta("d20k", tmp_path) == written.__dict__
    assert set(json.loads(lines[0])) == {"id", "title", "body"}


def test_tokens_are_lower_case_runs_of_one_script() -> None:
    assert corpora.tokens("Ёлки-палки, Win32 и 3D: кодAPI") == [
        "елки",
        "палки",
        "win32",
        "и",
        "3",
        "d",
        "код",
        "api",
    ]


def test_a_language_without_texts_is_refused(english: str) -> None:
    with pytest.raises(SystemExit, match="no ru text of 40 words"):
        vocabulary.from_texts("one language", [english])
