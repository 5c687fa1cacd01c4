"""Texts of many languages in the code pages that they are written in: which page it was must be told.

The sentences were written for it. From every second one the tables of letters were counted; the others were
held out, and are what these tests are about.
"""

from __future__ import annotations

import gzip
import itertools
import json
import math
import random
from pathlib import Path

import pytest

from searchlib.errors import SourceError
from searchlib.sources.cyrillic import PAGES, cost_of
from searchlib.sources.encodings import decode
from shared_data import needed

HERE = Path(__file__).parent
CYRILLIC = {
    "uk": "cp1251 koi8-u cp1125 iso8859-5 cp855",
    "be": "cp1251 iso8859-5 cp855",
    "bg": "cp1251 iso8859-5 cp866 cp855 koi8-r",
    "sr": "cp1251 iso8859-5 cp855",
    "mk": "cp1251 iso8859-5 cp855",
    "kk": "kz1048 ptcp154",
    "tt": "ptcp154",
    "ba": "ptcp154",
    "ky": "ptcp154 kz1048",
    "tg": "koi8-t ptcp154",
    "uz": "ptcp154",
    "mn": "ptcp154 kz1048",
    "el": "cp1253 iso8859-7 cp737",
    "he": "cp1255 cp862",
    "ar": "cp1256 iso8859-6",
}
WESTERN = "cp1252 iso8859-15 mac_roman cp437 cp850"
LATIN = {
    **dict.fromkeys(("en", "fr", "de", "es", "it", "sv", "da", "fi"), WESTERN),
    "pt": WESTERN.replace(" cp437", ""),  # which has no ã
    "is": "cp1252 cp850",
    **dict.fromkeys(("pl", "cs", "sk", "hu", "ro", "hr"), "cp1250 iso8859-2 cp852"),
    "tr": "cp1254 cp857",
    "lt": "cp1257 cp775",
    "lv": "cp1257 cp775",
    "et": "cp1257 cp1252 cp775",
}
EASTERN = {"ja": "cp932 euc_jp", "zh": "gbk gb18030", "tw": "big5", "ko": "euc_kr cp949", "th": "cp874"}


def sentences(name: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for line in (HERE / f"sentences_{name}.txt").read_text("utf-8").splitlines():
        language, _, sentence = line.partition("\t")
        found.setdefault(language, []).append(sentence)
    return found


PLAIN = str.maketrans({**dict.fromkeys("–—", "-"), **dict.fromkeys("“”„«»", '"'), "’": "'", "…": "..."})


def written(texts: list[str], page: str) -> list[str]:
    """Those that can be written in the page, with the marks that it has."""
    found = []
    for text in texts:
        for form in (text, text.translate(PLAIN)):
            if form.encode(page, "ignore").decode(page) == form:
                found.append(form)
                break
    return found


def share_read(texts: list[str], page: str) -> float:
    """Of the texts that can be written in the page and need it, how many are read as they were written."""
    needing = [text for text in written(texts, page) if not text.encode(page).isascii()]
    assert needing, f"none of the texts can be written in {page}, and needs it"
    return sum(read(text.encode(page)) == text for text in needing) / len(needing)


def read(data: bytes) -> str | None:
    try:
        return decode(data).text
    except SourceError:
        return None


def each(pages: dict[str, str]) -> list[tuple[str, str]]:
    return [(language, page) for language, names in pages.items() for page in names.split()]


@pytest.mark.parametrize(("language", "page"), each(CYRILLIC))
def test_sentences_of_cyrillic_greek_hebrew_and_arabic(language: str, page: str) -> None:
    texts = sentences("western" if language in ("el", "he", "ar") else "cyrillic")[language]
    held_out = written(texts[1::2], page)
    rng = random.Random(7)
    pairs = [" ".join(rng.sample(held_out, 2)) for _ in range(6)]
    assert share_read([*held_out, *pairs, " ".join(held_out)], page) >= 0.85
    assert share_read([" ".join(held_out)], page) == 1.0


@pytest.mark.parametrize("page", ["cp1251", "koi8-u", "cp1125", "iso8859-5"])
def test_every_ukrainian_sentence_is_read(page: str) -> None:
    assert share_read(sentences("cyrillic")["uk"], page) == 1.0


@pytest.mark.parametrize(("language", "page"), each(LATIN))
def test_sentences_in_latin_letters(language: str, page: str) -> None:
    texts = sentences("western")[language]
    held_out = written(texts[1::2], page)
    rng = random.Random(7)
    pairs = [" ".join(rng.sample(held_out, 2)) for _ in range(6)]
    least = 0.9 if page in ("cp1252", "iso8859-15", "cp1250", "iso8859-2", "cp1254", "cp1257") else 0.6
    assert share_read([*held_out, *pairs], page) >= least
    assert share_read([" ".join(written(texts, page))], page) == 1.0


def test_short_western_text_is_not_central_european() -> None:
    texts = (
        "café|naïve|The résumé|Zürich|São Paulo|El Niño|déjà vu|à la carte|Malmö|crème brûlée|Ångström"
        "|jalapeño|Where is señor Peña?|Ole Bjørn|garçon|Ægir"
    )
    for text in texts.split("|"):
        assert read(text.encode("cp1252")) == text


@pytest.mark.parametrize(("language", "page"), each(EASTERN))
def test_sentences_of_east_asia(language: str, page: str) -> None:
    texts = sentences("eastern")[language]
    assert share_read([" ".join(texts), " ".join(texts) * 3], page) == 1.0


def russian_texts() -> list[str]:
    path = needed("collections", "xquad_ru", "docs.jsonl.gz")
    with gzip.open(path, "rt", encoding="utf-8") as file:
        return [json.loads(line)["text"] for line in file]


@pytest.mark.parametrize("page", ["cp1251", "koi8-r", "cp866", "iso8859-5"])
def test_russian_of_any_length(page: str) -> None:
    rng, texts = random.Random(5), russian_texts()
    for size, least in ((8, 0.85), (16, 0.95), (40, 0.97), (100, 0.99), (500, 1.0)):
        pieces = []
        for text in itertools.islice(itertools.cycle(texts), 120):
            start = rng.randrange(max(1, len(text) - size))
            pieces.append(text[start : start + size].encode(page, "ignore").decode(page))
        assert share_read(pieces, page) >= least, size
        if size >= 40:
            assert share_read([piece.upper() for piece in pieces], page) >= least - 0.03, size


def test_a_table_that_is_drawn_in_cp866() -> None:
    words = ("Наименование", "Москва", "Тверь")
    rows = "".join(f"│{word:<14}│{n * 731:>8}│\n" for n, word in enumerate(words))
    for table in (f"┌{'─' * 14}┬{'─' * 8}┐\n{rows}└{'─' * 14}┴{'─' * 8}┘\n", rows.replace("│", "║")):
        assert read(table.encode("cp866")) == table
        assert read(table.replace(" ", "").encode("cp866")) == table.replace(" ", "")


def test_russian_words_far_inside_an_english_file() -> None:
    text = "© 2024 the authors\n" + "A plain line of English.\n" * 3000 + "Здесь всё же русские слова.\n"
    assert read(text.encode("cp1251")) == text


@pytest.mark.parametrize("language", sorted(CYRILLIC))
def test_only_what_costs_more_than_asked_for_is_left_uncounted(language: str) -> None:
    text = sentences("western" if language in ("el", "he", "ar") else "cyrillic")[language][0]
    num_left = 0
    for page in CYRILLIC[language].split():
        data = text.encode(page, "ignore")
        for other, unlikely in PAGES.items():
            cost = cost_of(data.decode(other, "replace"), unlikely)
            for most in (2.0, 4.0, 6.0, cost - 1e-6, cost + 1e-6):
                bounded = cost_of(data.decode(other, "replace"), unlikely, most=most)
                assert bounded == cost or min(bounded, cost) > most
                num_left += bounded == math.inf > cost
    assert num_left > 0
