"""Questions that cross languages: what translations find, at what score, marked, explained; and how well."""

from __future__ import annotations

import math

import pytest
from bilingual import documents, sample
from hypothesis import given, settings
from hypothesis import strategies as st
from twins import Twins

from searchlib import Index, Ranking, Results, Translations, evaluate
from searchlib.query import nodes
from searchlib.search.expansion import MAX_TRANSLATIONS
from searchlib.search.ranking import BM25
from shared_data import needed

SEA = Translations(
    [
        ("president", "президент", 3),
        ("president", "председатель"),
        ("government", "правительство"),
        ("government", "власть"),
        ("police", "полиция"),
        ("capital", "столица"),
        ("wife", "жена", 3),
        ("wife", "супруга"),
        ("summit", "саммит"),
        ("summit", "вершина"),
        ("anniversary", "юбилей"),
        ("police force", "наряд полиции"),
        ("Christmas tree", "ёлка"),
        ("exhibition", "выставка"),
        ("disperse", "разогнать"),
        ("speech", "первое выступление"),
        ("detour", "объезд"),
        ("us", "нас"),
        ("to sign", "подписать"),
        ("the", "артикль"),
    ]
)


def ids(index: Index, query: str, **options: object) -> list[str]:
    return sorted(hit.id for hit in index.search(query, translations=SEA, **options))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        # a word in any form finds its translation in any form
        ("police", ["en-police", "ru-force"]),
        ("полицией", ["en-police", "ru-force"]),
        ("capitals", ["en-police", "ru-force"]),
        ("столицу", ["en-police", "ru-force"]),
        ("wives", ["ru-love"]),
        ("жена", ["ru-love"]),
        ("anniversaries", ["ru-love"]),
        ("detours", ["ru-love"]),
        ("dispersed", ["ru-force"]),
        ("presidents", ["en-minsk", "en-summit", "ru-minsk"]),
        ("президентам", ["en-minsk", "en-summit", "ru-minsk"]),
        ("summits", ["en-summit", "ru-tashkent"]),
        ("правительства", ["en-paris", "en-police"]),
        ("властями", ["en-paris", "en-police"]),
        ("выставку", ["en-paris"]),
        ("подписали", ["en-summit"]),
        ("signing", ["en-summit"]),
        # several words, and several words that are one term
        ("Christmas tree", ["ru-love"]),
        ("christmas trees", ["ru-love"]),
        ("елку", ["ru-love"]),
        ("wife AND anniversary", ["ru-love"]),
        ("wife AND police", []),
        ("+wife +anniversary", ["ru-love"]),
        ("wife exhibition", ["en-paris", "ru-love"]),
        ("(wife OR exhibition) AND anniversary", ["ru-love"]),
        ("body:wife", ["ru-love"]),
        ("title:wife", []),
        ("wife^3", ["ru-love"]),
        ("police -capital", ["ru-force"]),  # what is excluded has no translations
        # names and synonyms come with it: no dictionary has them
        ("Лукашенка", ["en-minsk", "ru-minsk", "ru-tashkent"]),
        ("CSTO", ["en-summit", "ru-tashkent"]),
        # and what finds no more than before
        ('"police"', ["en-police"]),
        ('"Christmas tree"', []),
        ("polic*", ["en-police"]),
        ("us", ["en-minsk"]),
        ("the", ["en-minsk", "en-paris", "en-police", "en-summit"]),
        ("whale", []),
        ("capital NOT police", ["ru-force"]),
        (
            "NOT police",
            ["en-minsk", "en-paris", "en-summit", "ru-force", "ru-love", "ru-minsk", "ru-tashkent"],
        ),
        ("speech", []),  # the words of its phrase are there, and not together
        ("", []),
    ],
)
def test_what_is_found(mixed: Index, query: str, found: list[str]) -> None:
    assert ids(mixed, query) == found


def test_it_is_off_by_default(mixed: Index) -> None:
    assert sorted(hit.id for hit in mixed.search("wife")) == []
    assert mixed.search("wife", translations=Translations()).total == 0


def test_a_word_is_the_best_of_itself_and_its_translations(mixed: Index) -> None:
    own = {hit.id: hit.score for hit in mixed.search("police")}
    other = {hit.id: 0.7 * hit.score for hit in mixed.search("полиция")}
    assert own and other
    assert {hit.id: hit.score for hit in mixed.search("police", translations=SEA)} == {**own, **other}
    score = mixed.search("жена")[0].score
    assert mixed.search("wife", translations=SEA)[0].score == 0.7 * math.sqrt(0.75) * score


def test_the_most_probable_few_that_are_there(make_index) -> None:
    words = [
        "стол",
        "стул",
        "шкаф",
        "диван",
        "кровать",
        "полка",
        "комод",
        "лампа",
        "ковёр",
        "зеркало",
        "табурет",
    ]
    pairs = [("furniture", word, 20 - number) for number, word in enumerate(words)]
    index = make_index({word: word for word in words if word not in ("стул", "диван")})
    found = index.search("furniture", translations=Translations(pairs))
    assert [hit.id for hit in found] == ["стол", "шкаф", "кровать", "полка", "комод", "лампа"]
    assert len(found) == MAX_TRANSLATIONS


def test_explanations_say_what_stood_for_the_word(mixed: Index) -> None:
    explained = str(mixed.search("wife", translations=SEA)[0].explain())
    assert "0.606218 times, for the translation жена" in explained and "lemma «жена»" in explained
    tree = str(mixed.explain("capital wives", translations=SEA))
    assert "0.606218 × translation жена → {жена}, in 1 document" in tree
    assert "translation супруга" not in tree  # it is nowhere
    assert "0.7 × translation столица → {столица}, in 1 document" in tree


def test_translations_are_marked(mixed: Index) -> None:
    def marked(query: str, name: str) -> str:
        results: Results = mixed.search(query, translations=SEA)
        return next(hit for hit in results if hit.id == name).highlight("body")

    assert "<mark>Полиция</mark> <mark>столицы</mark>" in marked("police capital", "ru-force")
    assert "<mark>юбилей</mark> <mark>жены</mark>" in marked("anniversaries of wives", "ru-love")
    assert "<mark>Ёлка</mark>" in marked("Christmas tree", "ru-love")
    phrase = Translations([("crackdown", "разогнала митинг")])
    hit = mixed.search("crackdowns", translations=phrase)[0]
    assert "<mark>разогнала митинг</mark>" in hit.highlight("body")


def test_a_word_that_was_translated_is_not_missing(mixed: Index) -> None:
    assert mixed.search("anniversary").has_missing_words
    assert not mixed.search("anniversary", translations=SEA).has_missing_words


def test_a_long_query_is_bounded(mixed: Index) -> None:
    assert mixed.search(" ".join(["police", "wife", "whale"] * 2000), translations=SEA).total


def test_a_time_limit_holds_for_it(mixed: Index) -> None:
    assert mixed.search("police", translations=SEA, timeout=60).total == 2


# ---- exactness

# Of the words of bilingual.py: both ways, one word and several, a circle, a phrase, two of one lemma.
WORDS = Translations(
    [
        ("force", "лес"),
        ("force", "люди", 0.3),
        ("police", "человек"),
        ("lesson", "сталь", 2),
        ("lesson", "стали", 1),
        ("learn", "идти"),
        ("see", "learn"),
        ("лес", "state-owned"),
        ("людей", "the lesson"),
        ("идти", "police force"),
        ("МИД", "café"),
        ("police force", "лесом шли"),
        ("stood", "ёлка"),
    ]
)
_words = st.sampled_from(
    ["force", "forces", "police", "lessons", "learned", "saw", "лес", "лесом", "людей", "шли", "МИД", "стали"]
)
_queries = st.lists(st.tuples(st.sampled_from(["", "", "", "+", "-"]), _words), min_size=1, max_size=6).map(
    lambda words: " ".join(sign + word for sign, word in words)
)
_rankings = st.sampled_from([BM25, Ranking(related=0.7, exact=0.25, adjacent=0)])


@pytest.fixture(scope="module")
def standing() -> Twins:
    twins = Twins(True)
    made = [{**document, "id": str(number)} for number, document in enumerate(sample(300))]
    gone = [str(number) for number in range(0, 300, 13)]
    twins.apply([made[:200], made[200:290], [*made[290:], *gone]])
    return twins


def check(twins: Twins, query: str, ranking: Ranking) -> None:
    """All hits as the oracle has them, and the best few, which are pruned, too."""
    tree = twins.index._searcher.tree(query, None, False, None, translations=WORDS)
    expected = twins.oracle.search(tree, None, ranking=ranking)
    for limit in (None, 1, 3, 10):
        found = twins.index.search(query, limit, translations=WORDS, ranking=ranking)
        assert [(hit.id, hit.score) for hit in found] == expected[:limit], query


@given(query=_queries, ranking=_rankings)
@settings(deadline=None, max_examples=60)
def test_scores_are_the_oracles(standing: Twins, query: str, ranking: Ranking) -> None:
    check(standing, query, ranking)


@given(
    batches=st.lists(st.lists(documents(), min_size=1, max_size=6), min_size=1, max_size=4),
    query=_queries,
    ranking=_rankings,
)
@settings(deadline=None, max_examples=20)
def test_scores_are_the_oracles_for_any_cut(batches: list, query: str, ranking: Ranking) -> None:
    twins = Twins(True)
    twins.apply(batches)
    check(twins, query, ranking)


def test_pruned_search_equals_exhaustive(standing: Twins) -> None:
    searcher = standing.index._searcher
    for query in ("force police lessons", "людей шли", "police force стали", "learned +лес"):
        core = searcher.plan(query, translations=WORDS, ranking="rich").core
        for limit in (1, 5, 20):
            assert searcher.core.search(core, limit) == searcher.core.search(core, limit, True)


def test_the_tree_of_a_phrase(mixed: Index) -> None:
    tree = mixed._searcher.tree("the Christmas tree", None, False, None, translations=SEA)
    assert isinstance(tree, nodes.Or)
    both = tree.operands[1]
    assert isinstance(both, nodes.Variants) and both.node == nodes.Or(tuple(both.node.children))
    assert [(one.node.text, one.reason) for one in both.variants] == [("ёлка", "translation")]


# ---- quality, on the data at hand


@pytest.fixture(scope="module")
def wiktionary() -> Translations:
    return Translations.load(needed("translations", "wn-wikt-rus.tab"))


@pytest.mark.parametrize(
    ("asked", "language", "least"), [("en", "ru", 0.90), ("ru", "en", 0.89)], ids=["en→ru", "ru→en"]
)
def test_questions_find_the_paragraphs_of_the_other_language(
    wiktionary: Translations, asked: str, language: str, least: float, tmp_path
) -> None:
    pytest.importorskip("ir_measures")
    folder, other = needed("collections", "xquad_cross"), needed("collections", f"xquad_{language}")
    lines = (folder / "queries.jsonl").read_text("utf-8").splitlines(keepends=True)
    (tmp_path / "queries.jsonl").write_text("".join(q for q in lines if f'"id": "{asked}-' in q), "utf-8")
    qrels = (folder / "qrels.tsv").read_text("utf-8").splitlines(keepends=True)
    (tmp_path / "qrels.tsv").write_text("".join(q for q in qrels if q.startswith(f"{asked}-")), "utf-8")
    files = other / "docs.jsonl.gz", tmp_path / "queries.jsonl", tmp_path / "qrels.tsv"
    before = evaluate(*files, measures=["nDCG@10"])
    after = evaluate(*files, measures=["nDCG@10"], translations=wiktionary)
    assert before.mean["nDCG@10"] < 0.4 and after.mean["nDCG@10"] >= least


@pytest.mark.parametrize("language", ["ru", "en"])
def test_questions_of_the_same_language_lose_nothing(wiktionary: Translations, language: str) -> None:
    pytest.importorskip("ir_measures")
    folder = needed("collections", f"xquad_{language}")
    files = folder / "docs.jsonl.gz", folder / "queries.jsonl", folder / "qrels.tsv"
    before = evaluate(*files, measures=["nDCG@10"])
    after = evaluate(*files, measures=["nDCG@10"], translations=wiktionary)
    assert after.mean["nDCG@10"] >= before.mean["nDCG@10"] - 0.002
