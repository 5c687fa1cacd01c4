"""English lemmas: the words that must hold, the twin on NLTK, the treebank, NLTK's lemmatizer."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Iterator

import pytest
from english_twin import Twin, inflections, wordnet_table
from hypothesis import given
from hypothesis import strategies as st

from searchlib import _core
from searchlib.analysis import english
from shared_data import needed

FIRST = """
children child; mice mouse; geese goose; people person; as as; has have; was be; boss boss; his his; better
good; worst bad; criteria criterion; indices index; lying lie; dying die; studies study; wolves wolf; buses
bus; news news; politics politics; founded found; websites website; uzbeks uzbek; hung hang; alumni alumnus;
oxen ox
"""
WHOLE = """
analyses analysis analyse; lives life live; leaves leave leaf; left leave left; bases base basis; axes axis
ax axe; species species specie; building build building; united unite united; found find found; saw see saw;
thought think thought; rose rise rose; don't do not; us we; gpus gpus gpu; npus npus npu;
vpus vpus vpu; apis apis api; vms vms vm; knus knus; plus plus; crus crus; spus spus
"""
CONTRACTIONS = """
can't can not; won't will not; shan't shall not; isn't be not; ain't be not; doesn't do not; cannot can not;
it's it be; that's that be; who's who be; i'm i be; we've we have; they're they be; she'll she will; they'd
they would have; let's let we; shouldn't've should not have; y'all you all
"""
POSSESSIVES = """
lukashenko's lukashenko; boss's boss; dogs' dog; children's child; alzheimer's alzheimer; o'clock o'clock;
o'brien o'brien
"""
DECIDED = """
sites site; hoping hope; rated rate; uses use us; gas gas; lens lens; lest lest; goes go; potatoes potato;
number number; forest forest; higher high higher; later late later; best good best; blogging blog; blogged
blog; formatted format; busing bus; policy-makers policy-maker; prime-ministers prime-minister; co-founded
co-found; state-owned state-owned; brothers-in-law brother-in-law; empanadas empanadas
empanada; abbas abbas abba; vilnius vilnius; cafés café cafés; gouramis gouramis gourami; counterparties
counterparty counterpartie counterparties; 1980s 1980s; u.s. u.s.; adyta adytum adyta; xyzzyboxes xyzzybox
xyzzyboxes
"""


def rows(text: str) -> list[tuple[str, tuple[str, ...]]]:
    return [(word, tuple(lemmas)) for word, *lemmas in (row.split() for row in text.split(";"))]


@pytest.fixture(scope="module")
def morphology() -> _core.EnglishMorphology:
    return english.morphology()


@pytest.mark.parametrize(("word", "lemmas"), rows(FIRST))
def test_first_lemma(morphology: _core.EnglishMorphology, word: str, lemmas: tuple[str, ...]) -> None:
    found = morphology.lemmas(word)
    assert found is not None and found[0] == lemmas[0]


def test_british_doubling_leads_to_the_same_lemma(morphology: _core.EnglishMorphology) -> None:
    assert "travel" in (morphology.lemmas("travelled") or ())
    assert "travel" in (morphology.lemmas("traveled") or ())


@pytest.mark.parametrize(("word", "lemmas"), rows(WHOLE))
def test_whole_set(morphology: _core.EnglishMorphology, word: str, lemmas: tuple[str, ...]) -> None:
    found = morphology.lemmas(word)
    assert found is not None and found[0] == lemmas[0] and set(found) == set(lemmas)


@pytest.mark.parametrize(("word", "lemmas"), rows(CONTRACTIONS + ";" + POSSESSIVES + ";" + DECIDED))
def test_exact_lemmas(morphology: _core.EnglishMorphology, word: str, lemmas: tuple[str, ...]) -> None:
    assert morphology.lemmas(word) == lemmas


def test_many_words_are_analysed_as_one(morphology: _core.EnglishMorphology) -> None:
    words = [word for word, _ in rows(FIRST + ";" + WHOLE)]
    assert morphology.lemmas_many(words) == [morphology.lemmas(word) for word in words]


def test_every_closed_class_word_gives_its_lemmas(morphology: _core.EnglishMorphology) -> None:
    for word, lemmas in morphology.closed_class().items():
        assert morphology.lemmas(word) == tuple(lemmas)
        assert morphology.known(word)


def test_it_knows_words_and_their_forms_only(morphology: _core.EnglishMorphology) -> None:
    assert all(morphology.known(word) for word in ("hello", "mice", "blogged", "us"))
    assert not any(morphology.known(word) for word in ("ghbdtn", "websitez", "", "x" * 100))


@given(st.text())
def test_any_text_has_lemmas(word: str) -> None:
    lemmas = english.morphology().lemmas(word)
    assert lemmas and len(set(lemmas)) == len(lemmas)


@given(st.lists(st.sampled_from("aeinogdrstz'-.")).map("".join))
def test_any_word_of_letters_and_clitics_has_lemmas(word: str) -> None:
    lemmas = english.morphology().lemmas(word)
    assert lemmas and len(set(lemmas)) == len(lemmas)


def test_a_word_of_a_megabyte_is_its_own_lemma(morphology: _core.EnglishMorphology) -> None:
    for word in ("running" * 150_000, "'s" * 500_000, "-" * 1_000_000):
        assert morphology.lemmas(word) == (word,)


def test_threads_share_one_morphology(morphology: _core.EnglishMorphology) -> None:
    words = [word for word, _ in rows(FIRST)] * 200
    expected = morphology.lemmas_many(words)
    results: list[list[tuple[str, ...]]] = []
    threads = [
        threading.Thread(target=lambda: results.append(morphology.lemmas_many(words))) for _ in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert results == [expected] * 4


@pytest.fixture(scope="module")
def twin() -> Iterator[Twin]:
    tool = wordnet_table()
    if not (tool.WORDNET / "index.sense").is_file():
        pytest.skip(f"no WordNet at {tool.WORDNET}: Debian's wordnet-base and wordnet-sense-index")
    with tool.wordnet_reader() as reader:
        yield Twin(reader)


def test_agrees_with_the_twin_on_inflections_of_wordnet(
    morphology: _core.EnglishMorphology, twin: Twin
) -> None:
    """Inflections of a tenth of the words (by SEARCHLIB_SEED); SEARCHLIB_WORDNET_STRIDE=1 takes all."""
    stride = int(os.environ.get("SEARCHLIB_WORDNET_STRIDE", "10"))
    start = int(os.environ.get("SEARCHLIB_SEED", "0")) % stride
    print(f"words {start}, {start + stride}, … of WordNet")
    forms = {form for word in sorted(twin.words)[start::stride] for form in inflections(word)}
    forms |= {form for irregular in twin.irregular.values() for form in irregular}
    skipped = morphology.closed_class().keys()
    checked = 0
    for form in sorted(form for form in forms if form not in skipped and "'" not in form):
        expected = twin.lemmas(form)
        assert morphology.known(form) == bool(expected), form
        if expected:
            assert morphology.lemmas(form) == tuple(expected), form
            checked += 1
    assert checked > 5000


def test_accuracy_on_the_treebank(morphology: _core.EnglishMorphology) -> None:
    """UD English EWT, dev and test, by tokens: first lemma ≥ .97, gold in the set ≥ .98, set size ≤ 1.1."""
    treebank = needed("lemmas", "lemmas_en_ewt_devtest.tsv")
    seen: Counter[str] = Counter()
    for line in treebank.read_text(encoding="utf-8").splitlines():
        form, gold, part, count = line.split("\t")
        if part != "PUNCT":
            lemmas = analysed(morphology, form)
            seen["tokens"] += int(count)
            seen["first"] += int(count) * (lemmas[0] == gold.lower())
            seen["among"] += int(count) * (gold.lower() in lemmas)
            seen["lemmas"] += int(count) * len(lemmas)
    assert seen["first"] >= 0.97 * seen["tokens"]
    assert seen["among"] >= 0.98 * seen["tokens"]
    assert seen["lemmas"] <= 1.1 * seen["tokens"]


def analysed(morphology: _core.EnglishMorphology, form: str) -> list[str]:
    """As the analyzer does it: one apostrophe, lower-cased; 2–5 capitals stand for themselves first (US)."""
    word = form.lower().replace("’", "'")
    lemmas = list(morphology.lemmas(word) or ())
    if 2 <= len(form) <= 5 and form.isalpha() and form.isupper():
        lemmas = list(dict.fromkeys([word, *lemmas]))
    return lemmas


def test_the_version_tells_rules_and_table() -> None:
    morphology = english.morphology()
    assert english.version() == f"en{morphology.RULES_VERSION}-{morphology.table_checksum:016x}"
    assert english.morphology() is morphology


def test_english_needs_no_other_library() -> None:
    code = (
        "import sys; from searchlib.analysis import english;"
        "assert english.morphology().lemmas('mice') == ('mouse',);"
        "sys.exit(any(name in sys.modules for name in ('nltk', 'numpy', 'pymorphy3', 'whoosh')))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
