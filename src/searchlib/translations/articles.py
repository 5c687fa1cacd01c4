"""The translations in an article of a dictionary that was written for people, such as Müller's.

    election
       [ɪˈlɛkʃɜn] _n.
       1) выборы; general (special) election всеобщие (_ам. дополнительные) выборы
       2) избрание
       4) _attr. избирательный, связанный с выборами

What stands between commas, semicolons and numbers is a translation if it is short and of another script than
the headword. Words of the headword's script before it are an example: "general election", not "election".
Where both languages have one script, every short piece counts. Neither files nor lemmas are known here.
"""

from __future__ import annotations

import html
import re

from .contract import MAX_TERM_CHARS, MAX_WORDS, Dictionary

MAX_OF_ARTICLE = 40
"""So many translations of one article are kept, examples among them."""

_HIDDEN = re.compile(r"<(script|style|ex|abr|co|tr|k|rref)\b[^<>]{0,200}>[^<]{0,2000}</\1\s*>", re.I)
_TAG = re.compile(r"<(/?)([a-z][a-z0-9]{0,15})\b[^<>]{0,500}>", re.I)
_BREAKING = re.compile(r"(?:blockquote|br|dd|def|div|dl|dt|dtrn|h[1-4r]|li|ol|p|td|th|tr|ul)", re.I)

# What is no translation: transcriptions, remarks, cross-references, labels («_ам.», «рел.»), parts of speech.
_ASIDE = re.compile(
    r"\[[^][]{0,200}\]|\([^()]{0,300}\)|\{[^{}]{0,300}\}|<[^<>]{1,60}>|(?:^|\s)/[^/\s]{1,60}/(?=\s|$)"
)
_LABEL = re.compile(r"(?<!\w)_[^\W\d_]+(?:-[^\W\d_]+)*\.?")
_ABBREVIATED = re.compile(
    r"(?<!\w)(?:и\s+т\.\s?[пд]\.|(?:impf|perf|pf|pl|sg|adj|adv|smb|smth)\.|(?:[а-яё]{2,6}|[a-z]{1,5})\.(?=\s+\w))"
)
_NUMBER = re.compile(r"(?:(?<=\s)|^)(?:\d{1,2}[)>]|(?:\d{1,2}|[a-zа-я]|[IVX]{1,4})[.)>](?=\s|$))")
_SOMEBODY = re.compile(r"\w-л\b\.?")
_CUT = re.compile(r"[;,:=|•♦◊~—–…!?]+|\s-\s|\.(?=\s|$)|\n\s*\n")
_CROSS = re.compile(r"\b(?:см|ср|see|cf|syn|ant)\b\.?", re.I)
_LATIN, _CYRILLIC = re.compile(r"[A-Za-zÀ-ɏ]"), re.compile(r"[Ѐ-ӿ]")
_EXAMPLE = {
    "latin": re.compile(r"([^Ѐ-ӿ]*[A-Za-zÀ-ɏ][^Ѐ-ӿ]*?)\s+([Ѐ-ӿ][^A-Za-zÀ-ɏ]*)"),
    "cyrillic": re.compile(r"([^A-Za-zÀ-ɏ]*[Ѐ-ӿ][^A-Za-zÀ-ɏ]*?)\s+([A-Za-zÀ-ɏ][^Ѐ-ӿ]*)"),
}
_TO = re.compile(r"^to\s+(?=\w)", re.I)
_QUOTES = " '\"«»“”„*"
_DROPPED = "\x00"
"""In place of «кого-л.»: what is about somebody is no word for the headword."""


class Articles:
    """The articles of one dictionary, one after another, and the pairs that they give it."""

    def __init__(self, dictionary: Dictionary) -> None:
        self._dictionary = dictionary
        self._num_bilingual = 0
        self._of_one_script: list[tuple[str, str, float]] = []

    def add(self, word: str, article: str) -> None:
        """The pairs of an article; one without any is counted."""
        found = translations(word, article)
        if not found:
            self._dictionary.left_out["articles without a translation"] += 1
        elif {_script(found[0][0]), _script(found[0][1])} == {"latin", "cyrillic"}:
            self._num_bilingual += 1
            for pair in found:
                self._dictionary.add(*pair)
        else:
            self._of_one_script += found

    def finish(self) -> None:
        """Pairs of one script are translations in a German and English dictionary, and no others'."""
        if not self._num_bilingual:
            for pair in self._of_one_script:
                self._dictionary.add(*pair)
        elif self._of_one_script:
            self._dictionary.left_out["pairs of one script"] = len(self._of_one_script)


def without_markup(text: str) -> str:
    """HTML, XDXF and Pango as text: what a reader would take for a line is one."""
    text = _HIDDEN.sub(" ", text)
    text = _TAG.sub(lambda tag: "\n\n" if _BREAKING.fullmatch(tag[2]) else "", text)
    return html.unescape(text)


def translations(word: str, article: str) -> list[tuple[str, str, float]]:
    """(word, translation, weight) of an article, and of its short examples: the earlier, the heavier."""
    if not word.strip():
        return []
    own = _script(word)
    word = _TO.sub("", word) if own == "latin" else word
    text = _CROSS.sub(";", _SOMEBODY.sub(_DROPPED, _without_headword(word, article)))
    for _ in range(2):  # remarks inside remarks
        text = _ASIDE.sub(" ", text)
    text = _LABEL.sub(" ", text)
    is_bilingual = own != "" and _other(own).search(text) is not None
    if is_bilingual:
        text = _ABBREVIATED.sub(" ", text)
    text = _NUMBER.sub(";", text)
    found: dict[tuple[str, str], float] = {}
    for piece in _CUT.split(text):
        pair = _pair(word, " ".join(piece.split()), own, is_bilingual)
        if pair is not None and pair not in found and pair[0].casefold() != pair[1].casefold():
            found[pair] = 1 / (1 + len(found))
            if len(found) == MAX_OF_ARTICLE:
                break
    return [(term, translation, weight) for (term, translation), weight in found.items()]


def _without_headword(word: str, article: str) -> str:
    """Most articles begin with the word that they stand under."""
    start, length = article.lstrip(), len(word)
    is_there = start[:length].casefold() == word.casefold() and not start[length : length + 1].isalpha()
    return start[length:] if is_there else start


def _pair(word: str, piece: str, own: str, is_bilingual: bool) -> tuple[str, str] | None:
    piece = piece.strip(_QUOTES)
    if not piece or len(piece) > 2 * MAX_TERM_CHARS or _DROPPED in piece:
        return None
    if not is_bilingual:
        return (word, piece) if _is_short(piece) and not any(map(str.isdigit, piece)) else None
    has_own, has_other = _this(own).search(piece), _other(own).search(piece)
    if not has_other:
        return None
    if not has_own:
        return (word, _without_to(piece, own)) if _is_short(piece) else None
    example = _EXAMPLE[own].fullmatch(piece)
    if example is None:
        return None
    term, translation = _TO.sub("", example[1].strip(_QUOTES)), example[2].strip(_QUOTES)
    is_meant = " " in term or term.casefold() == word.casefold()
    return (term, translation) if is_meant and _is_short(term) and _is_short(translation) else None


def _without_to(piece: str, own: str) -> str:
    return piece if own == "latin" else _TO.sub("", piece)


def _is_short(text: str) -> bool:
    return len(text) <= MAX_TERM_CHARS and 1 <= len(text.split()) <= MAX_WORDS - 1


def _script(word: str) -> str:
    return "latin" if _LATIN.search(word) else "cyrillic" if _CYRILLIC.search(word) else ""


def _this(own: str) -> re.Pattern[str]:
    return _LATIN if own == "latin" else _CYRILLIC


def _other(own: str) -> re.Pattern[str]:
    return _CYRILLIC if own == "latin" else _LATIN
