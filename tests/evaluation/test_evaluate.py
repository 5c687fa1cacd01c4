"""searchlib.evaluate from files to figures."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import searchlib
from searchlib import Index, Plain, Schema, Text
from searchlib.errors import SchemaError, SourceError
from searchlib.evaluation import SNOWBALL, Configuration, Coverage, Indexed, index_collection, read_run
from searchlib.evaluation.collection import read_documents

pytest.importorskip("ir_measures", reason="ir-measures is not installed: pip install 'searchlib[eval]'")

Files = tuple[Path, Path, Path]


def test_the_figures(collection: Files) -> None:
    found = searchlib.evaluate(*collection)
    assert found.num_docs == 5
    assert list(found.per_query) == ["1", "2", "3", "4"]  # nobody judged 5
    assert found.per_query["1"] == {"nDCG@10": 1.0, "RR@10": 1.0, "R@100": 1.0}
    assert found.per_query["2"]["RR@10"] == 1.0  # люди: another form of человек
    assert found.per_query["4"]["nDCG@10"] == 0.0  # no word in it
    assert found.mean["RR@10"] == 0.75
    assert found.comparisons == {} and found.baseline is None


def test_plain_forms_find_less(collection: Files) -> None:
    found = searchlib.evaluate(*collection, languages=(), against=Configuration())
    assert found.per_query["2"]["RR@10"] == 0.0
    assert found.comparisons["RR@10"].worse == 2 and found.comparisons["RR@10"].better == 0
    assert found.baseline is not None and found.baseline.mean["RR@10"] == 0.75
    assert found.mean == {name: c.second for name, c in found.comparisons.items()}


def test_fields_are_those_that_an_index_would_have(collection: Files, tmp_path: Path) -> None:
    """The same hits and scores as `searchlib index` on the same file, its inferred schema and its index."""
    docs, queries, qrels = collection
    found = searchlib.evaluate(docs, queries, qrels, ranking="bm25")
    sources = searchlib.Sources(docs)
    index = Index.in_memory(sources.schema)
    with index.writer() as writer:
        writer.add_many(sources)
    index.refresh()
    assert list(found.schema) == list(sources.schema) == ["title", "text"]
    assert found.schema["title"].boost == sources.schema["title"].boost > 1
    for query_id, text in found.queries.items():
        if query_id in found.run:
            hits = {hit.id: hit.score for hit in index.search(Plain(text), 100, ranking="bm25")}
            assert found.run[query_id] == hits
    assert searchlib.evaluate(index, queries, qrels, ranking="bm25").measured == found.measured


def test_one_field_and_a_schema_of_ones_own(collection: Files) -> None:
    one = searchlib.evaluate(*collection, fields="one")
    assert list(one.schema) == ["text"] and str(one.configuration).startswith("one field, languages en+ru")
    heavy = searchlib.evaluate(*collection, boosts={"title": 9.0})
    assert heavy.schema["title"].boost == 9.0 and heavy.run["1"] != one.run["1"]
    assert str(heavy.configuration).endswith("title^9, ranking default")
    own = Schema(text=Text(languages=()))
    given = searchlib.evaluate(*collection, fields=own, against=Configuration(fields="one"))
    assert given.schema == own and given.left_out == {"title": 3}
    assert given.against is not None and given.against.startswith("one field")
    with pytest.raises(SchemaError, match=r"no text field 'titel' .* there are: title, text"):
        searchlib.evaluate(*collection, boosts={"titel": 2.0})
    with pytest.raises(ValueError, match="'inferred', 'one' or a Schema"):
        searchlib.evaluate(*collection, fields="two")
    with pytest.raises(SourceError, match="document 'children' lacks every field of the schema"):
        searchlib.evaluate(*collection, fields=Schema(body=Text()))


def test_expanded_queries(tmp_path: Path) -> None:
    """A document that has none of the query's words is found by those that the best ones share."""
    docs, queries, qrels = (tmp_path / name for name in ("docs", "queries", "qrels"))
    docs.write_text("a\twings: lift and drag\nb\tdrag and lift of wings\nc\tlift, drag\nd\tlibraries\n")
    queries.write_text("q\twing\n")
    qrels.write_text("q 0 c 1\n")
    found = searchlib.evaluate(
        docs, queries, qrels, measures=["R@100"], expand="bo1", against=Configuration()
    )
    assert found.mean == {"R@100": 1.0} and found.baseline is not None
    assert found.baseline.mean == {"R@100": 0.0}
    assert str(found.configuration).endswith(", expand bo1") and found.schema["text"].stored
    index = index_collection(read_documents(docs), Configuration(expand="bo1"))
    there = searchlib.evaluate(index, queries, qrels, measures=["R@100"], expand="bo1")
    assert there.mean == found.mean and str(there.configuration).endswith("expand bo1")
    unstored = searchlib.evaluate(index_collection(read_documents(docs)), queries, qrels, expand="bo1")
    assert unstored.problems["q"].startswith("expand reads the texts of the best documents again")


def test_a_topic_is_a_text(collection: Files) -> None:
    """Odd topics find what their words find, and whatever finds nothing is listed with the reason."""
    docs, queries, qrels = collection
    odd = {
        "1": "school:child",
        "2": "what is NOT человек",
        "3": '"мосты" -сталь title:*',
        "4": "!?",
        "5": "x",
    }
    queries.write_text("".join(json.dumps({"id": i, "text": t}) + "\n" for i, t in odd.items()))
    found = searchlib.evaluate(docs, queries, qrels)
    assert found.per_query["1"]["RR@10"] == found.per_query["2"]["RR@10"] == 1.0
    assert found.per_query["3"]["RR@10"] == 1.0
    assert found.problems == {"4": "there is no word in the query to search for"}
    typed = searchlib.evaluate(docs, queries, qrels, syntax="query")
    assert typed.per_query["2"]["RR@10"] == typed.per_query["3"]["RR@10"] == 0.0
    assert "read as text" in typed.problems["1"] and typed.problems.keys() == {"1", "2", "4"}
    with pytest.raises(ValueError, match="syntax is 'plain' or 'query'"):
        searchlib.evaluate(docs, queries, qrels, syntax="lucene")


def test_a_topic_that_cannot_be_is_listed(collection: Files) -> None:
    docs, queries, qrels = collection
    texts = {"1": "school " * 20_001, "2": "zilch", "3": "мосты"}
    queries.write_text("".join(json.dumps({"id": i, "text": t}) + "\n" for i, t in texts.items()))
    found = searchlib.evaluate(docs, queries, qrels)
    assert found.per_query["1"]["RR@10"] == 0.0 and found.per_query["3"]["RR@10"] == 1.0
    assert found.problems["1"].startswith("a query has at most 20,000 words")
    assert found.problems["2"] == "no document matches it" and "3" not in found.problems


def test_a_value_that_does_not_fit_is_an_error(tmp_path: Path) -> None:
    """Later than the first ten thousand, by which the schema is inferred."""
    docs, queries, qrels = (tmp_path / name for name in ("docs", "queries", "qrels"))
    rows = [{"id": f"d{n}", "text": "some text", "year": n} for n in range(10_000)]
    rows.append({"id": "last", "text": "more", "year": "soon"})
    docs.write_text("".join(json.dumps(row) + "\n" for row in rows))
    queries.write_text("q\ttext\n")
    qrels.write_text("q 0 d0 1\n")
    with pytest.raises(SourceError, match="document 'last' field 'year'"):
        searchlib.evaluate(docs, queries, qrels)
    assert searchlib.evaluate(docs, queries, qrels, fields="one").num_docs == 10_001


def test_stems(collection: Files) -> None:
    found = searchlib.evaluate(*collection, languages=SNOWBALL)
    assert found.per_query["2"]["RR@10"] == 0.0  # no stem leads from люди to человек
    assert found.per_query["3"]["RR@10"] == 1.0


def test_a_run_compared_with_itself(collection: Files, tmp_path: Path) -> None:
    first = searchlib.evaluate(*collection, run=tmp_path / "a.trec")
    back = read_run(tmp_path / "a.trec")
    assert {query: list(scores) for query, scores in back.items()} == {
        query: list(scores) for query, scores in first.run.items() if scores
    }
    again = searchlib.evaluate(*collection, against=tmp_path / "a.trec", measures=["AP", "P@1"])
    assert {c.p for c in again.comparisons.values()} == {1.0}
    assert set(again.mean) == {"AP", "P@1"}


def test_how_the_parts_fit(collection: Files, tmp_path: Path) -> None:
    qrels = collection[2]
    with qrels.open("a") as more:
        more.write("1\tgone\t2\n2\tgone\t1\n3\talso gone\t0\n77\tchild\t1\n4\tlost\t-1\n")
    assert searchlib.evaluate(*collection).coverage == Coverage(
        unjudged=1, unasked=1, without_relevant=0, missing=1
    )
    qrels.write_text("1\tchild\t1\n2\tbecame\t0\n3\tsteel\t-1\n")
    found = searchlib.evaluate(*collection)
    assert found.coverage == Coverage(unjudged=2, unasked=0, without_relevant=2, missing=0)
    assert found.mean["R@100"] == pytest.approx(1 / 3)
    assert found.per_query["3"] == {"nDCG@10": 0.0, "RR@10": 0.0, "R@100": 0.0}
    qrels.write_text("1\tgone\t1\n")
    with pytest.raises(SourceError, match="no judged document is among the documents"):
        searchlib.evaluate(*collection)


def test_only_a_written_run_has_queries_that_nobody_judged(collection: Files, tmp_path: Path) -> None:
    assert list(searchlib.evaluate(*collection).run) == ["1", "2", "3", "4"]
    assert list(searchlib.evaluate(*collection, run=tmp_path / "a.trec").run) == ["1", "2", "3", "4", "5"]


def test_differences_show_the_losses_first(collection: Files) -> None:
    plain = searchlib.evaluate(*collection, languages=(), against=Configuration())
    assert list(plain.differences("RR@10").items()) == [("2", -1.0), ("3", -1.0), ("1", 0.0), ("4", 0.0)]
    with pytest.raises(ValueError, match="nothing was compared"):
        searchlib.evaluate(*collection).differences("RR@10")


def test_a_run_of_other_queries(collection: Files, tmp_path: Path) -> None:
    (tmp_path / "a.trec").write_text("77 Q0 child 1 1.5 other\n")
    with pytest.raises(SourceError, match=r"no judged query is in .*a\.trec"):
        searchlib.evaluate(*collection, against=tmp_path / "a.trec")


def test_ties_are_measured_as_a_user_sees_them(tmp_path: Path) -> None:
    """Ten equal documents: the order in which they were added, in the figures and in the file alike."""
    docs, queries, qrels = (tmp_path / name for name in ("docs", "queries", "qrels"))
    docs.write_text("".join(f"d{number}\tthe same text\n" for number in (5, 9, 0, 3, 8)))
    queries.write_text("q\tsame\n")
    qrels.write_text("q 0 d0 1\n")
    found = searchlib.evaluate(docs, queries, qrels, measures=["RR"], run=tmp_path / "run")
    assert found.mean == {"RR": pytest.approx(1 / 3)}
    again = searchlib.evaluate(docs, queries, qrels, measures=["RR"], against=tmp_path / "run")
    assert again.baseline is not None and again.baseline.mean == found.mean


def test_a_deep_measure_sees_deep(tmp_path: Path) -> None:
    docs, queries, qrels = (tmp_path / name for name in ("docs", "queries", "qrels"))
    docs.write_text("".join(f"d{number}\tthe same text\n" for number in range(300)))
    queries.write_text("q\tsame\n")
    qrels.write_text("q 0 d250 1\n")
    found = searchlib.evaluate(docs, queries, qrels, measures=["R@100", "R@200", "R@300", "RR"])
    assert found.mean == {"R@100": 0.0, "R@200": 0.0, "R@300": 1.0, "RR": pytest.approx(1 / 251)}
    assert searchlib.evaluate(docs, queries, qrels, measures=["RR"], depth=200).mean == {"RR": 0.0}


def test_an_index_that_is_there(collection: Files) -> None:
    """Fields, boosts and the order of adding as they are; the ids are what the judgements know."""
    docs, queries, qrels = collection
    index = Index.in_memory(Schema(title=Text(boost=3.0), text=Text()))
    with index.writer() as writer:
        writer.add_many(json.loads(line) for line in docs.read_text("utf-8").splitlines())
    index.refresh()
    found = searchlib.evaluate(index, queries, qrels)
    assert found.num_docs == 5 and str(found.configuration) == "index as given, ranking default"
    assert found.run["1"] == {hit.id: hit.score for hit in index.search("child of a school", 100)}
    named = Indexed(index, "rich", "news")
    again = searchlib.evaluate(index, queries, qrels, against=named)
    assert again.against == "index news, ranking rich" and again.measured == found.measured
    assert searchlib.evaluate(named, queries, qrels).run["1"] != found.run["1"]
    assert searchlib.evaluate(*collection, against=index).baseline == found.measured
    with pytest.raises(ValueError, match="a configuration needs documents"):
        searchlib.evaluate(index, queries, qrels, against=Configuration())
    with index.writer() as writer:
        for document_id in ("children", "child", "became", "steel"):
            writer.delete(document_id)
    index.refresh()
    with pytest.raises(SourceError, match="no judged document is among the documents"):
        searchlib.evaluate(index, queries, qrels)


def test_the_same_postings_give_the_same_figures(collection: Files, tmp_path: Path) -> None:
    """Through CIFF, as if another engine had made them."""
    found = searchlib.evaluate(*collection, ranking="bm25", fields="one")
    index = index_collection(read_documents(collection[0]), Configuration(fields="one"))
    searchlib.export_ciff(index, tmp_path / "a.ciff")
    back = searchlib.evaluate(searchlib.import_ciff(tmp_path / "a.ciff"), *collection[1:], ranking="bm25")
    assert back.run == found.run and back.measured == found.measured


def test_trec_files_from_end_to_end(tmp_path: Path) -> None:
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "a").write_text("<DOC><DOCNO> A-1 </DOCNO><TEXT>Dams of the river</TEXT></DOC>")
    (tmp_path / "docs" / "b").write_text("<DOC><DOCNO> B-1 </DOCNO><TEXT>Children at school</TEXT></DOC>")
    topics, qrels = tmp_path / "topics", tmp_path / "qrels"
    topics.write_text("<top>\n<num> Number: 301\n<title> rivers\n<desc> Description:\na child\n</top>\n")
    qrels.write_text("301 0 A-1 1\n301 0 B-1 0\n")
    found = searchlib.evaluate(tmp_path / "docs", topics, qrels)
    assert found.num_docs == 2 and list(found.run["301"]) == ["A-1"]
    both = searchlib.evaluate(tmp_path / "docs", topics, qrels, topic_fields=["title", "desc"])
    assert set(both.run["301"]) == {"A-1", "B-1"}


def test_parameters_reach_the_index(collection: Files) -> None:
    plain = searchlib.evaluate(*collection)
    other = searchlib.evaluate(*collection, k1=0.0)
    assert plain.run["3"] != other.run["3"]
    assert other.configuration.as_dict() == {
        "languages": ("en", "ru"),
        "k1": 0.0,
        "b": 0.75,
        "ranking": None,
        "fields": "inferred",
        "boosts": (),
        "expand": None,
    }
    with pytest.raises(SchemaError):
        searchlib.evaluate(*collection, languages=("xx",))
    with pytest.raises(SchemaError):
        searchlib.evaluate(*collection, b=2)


def test_a_run_has_a_folder_before_the_work(collection: Files, tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="no folder for the run"):
        searchlib.evaluate(*collection, run=tmp_path / "missing" / "a.trec")


def test_no_measure_is_computed_late(collection: Files, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="no measure"):
        searchlib.evaluate(*collection, measures=["bogus"], run=tmp_path / "a.trec")
    assert not (tmp_path / "a.trec").exists()
