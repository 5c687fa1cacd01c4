"""Text to tokens and lemma sets: what indexing, queries and highlighting all share.

Nearly all of it is done by the native core. Here stand the choice of languages, the words that the core
leaves to Python, and the fingerprint. Fields, files and queries are not known.
"""

from __future__ import annotations

from .. import _core
from ..errors import SchemaError
from ..forks import cached_property
from ..lean import TYPE_CHECKING, NamedTuple, Protocol, lru_cache
from .language import SCRIPTS, Language
from .languages import DEFAULT_LANGUAGES, DICTIONARIES, known_codes, language

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import Any


class Token(NamedTuple):
    """One token: offsets count code points of the text, whatever normalisation did to the word.

    A word of parts (wi-fi, node.js, alex@example.com) gives first the whole, whose span is the number of its
    parts, then its parts at the same position and the next ones. Wholes may stand inside wholes.
    """

    text: str
    lemmas: tuple[str, ...]
    position: int
    start: int
    end: int
    span: int


class Match(NamedTuple):
    """A token that meets the groups with these indices, in rising order; offsets as in Token."""

    start: int
    end: int
    position: int
    span: int
    groups: tuple[int, ...]


class Group(Protocol):
    """What `find` looks for: a token with one of the lemmas and, unless None, of the forms (match keys)."""

    @property
    def lemmas(self) -> frozenset[str]: ...

    @property
    def forms(self) -> frozenset[str] | None: ...


class Analyzer:
    """Tokenises text and gives each word its lemmas, the most probable first.

    languages: ISO 639-1 codes. Latin words go to English and Cyrillic ones to Russian if these are among
        them; further languages are stemmed by Snowball. Languages of one script give the union of their
        lemmas, in the order given. () means plain case-folded forms.
    parts: whether what dots, underscores, slashes, @ and the capitals of identifiers join is found by its
        parts, too. What hyphens join always is.
    custom: the name of a function that gives the lemmas in their place; see Text.analyzer.

    Making one costs milliseconds and `Analyzer.for_languages` keeps it; an analyzer is immutable and may be
    shared by threads, forked and pickled. Raises SchemaError for a language that is not known.

    A word also has the lemmas of the other ways to write it, after its own: "café" cafe, "U.S." us, "colour"
    color; "1,000" is 1000 first, "APIs" api, "Google'ом" google. A word that no dictionary has is its own
    lemma, beside those that its ending allows. tests/analysis/hard_text.py is the table of what comes of
    what.

    A token longer than 1,024 bytes of UTF-8 is one token, but only that many bytes of it are looked at.
    """

    def __init__(
        self, languages: Sequence[str] = DEFAULT_LANGUAGES, parts: bool = True, custom: str | None = None
    ) -> None:
        self.languages, self.parts, self.custom = _checked(languages) if custom is None else (), parts, custom
        spoken = _spoken(self.languages, custom)
        self._by_script = {script: [one for one in spoken if script in one.scripts] for script in SCRIPTS}
        natives: dict[str, Any] = {}
        python_scripts = []  # whose words the core must decline
        for script, ones in self._by_script.items():
            # The core asks one dictionary a script; where languages share it, their lemmas are joined here.
            native = ones[0].native() if len(ones) == 1 and ones[0].slot else None
            if native is not None:
                natives[ones[0].slot] = native
            elif ones:
                python_scripts.append(script)
        self.core = _core.Analyzer(**natives, python_scripts=python_scripts, parts=parts)

    @classmethod
    def for_languages(
        cls, languages: Sequence[str], parts: bool = True, custom: str | None = None
    ) -> Analyzer:
        """The analyzer of these languages, made once a process."""
        if custom is not None:  # the function of a name may be another one by now, in a notebook
            return Analyzer(languages, parts, custom)
        return _kept(_checked(languages), parts)

    def lemmas(self, word: str) -> tuple[str, ...]:
        """The lemmas of a word, the most probable first: «стали» → ("стать", "сталь").

        A hyphenated word is taken whole: «Премьер-министром» → ("премьер-министр",). Of several words, the
        first counts; without any, the tuple is empty. What English appends to words is one: "'re" → ("be",).
        """
        rows, analyses = self.core.tokens(word)
        if any(len(ones) == 1 and ones[0].is_clitic(word) for ones in self._by_script.values()):
            # Running text never has it alone: we're is one token. Corpora that were split into words do.
            return self.lemmas_alone(word)
        lemmas = self._resolved(analyses)
        first = (lemmas[form] for form, *place in rows if place == list(rows[0][1:]))
        return tuple(dict.fromkeys(lemma for of_form in first for lemma in of_form))

    def tokens(self, text: str) -> list[Token]:
        """The tokens of a text, by position; a whole before its parts.

        An abbreviation is one token, with the lemmas of what it stands for in its place and its own.
        """
        return self._tokens(text, False)

    def asked(self, text: str) -> list[Token]:
        """The same for words of a query: without lemmas by which a plainer word finds them.

        C finds C#, so C# has the lemma of both; who asks for C# wants no C.
        """
        return self._tokens(text, True)

    def _tokens(self, text: str, asked: bool) -> list[Token]:
        rows, analyses = self.core.tokens(text, asked)
        lemmas = self._resolved(analyses)
        tokens: list[Token] = []
        place = None
        for form, *here in rows:
            position, start, end, span = here
            if here == place:
                token = tokens[-1]
                tokens[-1] = token._replace(lemmas=tuple(dict.fromkeys((*token.lemmas, *lemmas[form]))))
            else:
                tokens.append(Token(text[start:end], lemmas[form], position, start, end, span))
            place = here
        return tokens

    def reads(self, abbreviation: str) -> bool:
        """Whether abbreviations of a word's script are read by their place: its dictionary is there."""
        return self.core.reads(abbreviation)

    def lemmas_alone(self, token: str) -> tuple[str, ...]:
        """The lemmas of one token, whatever it may stand for beside others."""
        return self._resolved([self.core.analyze(token)])[0]

    def find(self, text: str, groups: Sequence[Group]) -> list[Match]:
        """The tokens of a text that meet one of the groups at least, by position."""
        return self.core.find(text, groups, self.resolve, Match)

    def resolve(self, forms: list[str]) -> list[tuple[str, ...]]:
        """The lemmas of forms that the core declined: those of languages that only Python knows."""
        return [self._lemmas_of_form(form) for form in forms]

    @cached_property
    def fingerprint(self) -> str:
        """Rules, Unicode tables and dictionaries in short: "en+ru-" and 16 hexadecimal digits.

        Equal fingerprints give equal tokens and lemmas; the index keeps it.
        """
        facts = [_core.ANALYSIS_RULES, _core.UNICODE_TABLES, self.languages, self.parts]
        facts += [language(code).version() for code in self.languages if code in DICTIONARIES]
        stemmed = [language(code) for code in self.languages if code not in DICTIONARIES]
        facts += [one.version() for one in stemmed[:1]]  # all stemmers have the same
        if self.custom is not None:
            facts += [one.version() for one in _spoken((), self.custom)]
        text = repr(facts).encode()
        # Two CRCs of the core's: to load hashlib takes long, and nobody forges a fingerprint.
        digest = f"{_core.crc32(text):08x}{_core.crc32c(text):08x}"
        return f"{'custom' if self.custom else '+'.join(self.languages) or 'plain'}-{digest}"

    def __repr__(self) -> str:
        parts = "" if self.parts else ", parts=False"
        custom = "" if self.custom is None else f", custom={self.custom!r}"
        return f"Analyzer(languages={self.languages!r}{parts}{custom})"

    def __reduce__(self) -> tuple[Callable[..., Analyzer], tuple[tuple[str, ...], bool, str | None]]:
        return type(self).for_languages, (self.languages, self.parts, self.custom)

    def _resolved(self, analyses: list[tuple[str, tuple[str, ...] | None]]) -> list[tuple[str, ...]]:
        return [self._lemmas_of_form(form) if lemmas is None else lemmas for form, lemmas in analyses]

    def _lemmas_of_form(self, form: str) -> tuple[str, ...]:
        if _LINE_END in form:
            joined = self._lemmas_of_form(form.replace("-" + _LINE_END, "").replace(_LINE_END, ""))
            return tuple(dict.fromkeys((*joined, form.replace(_LINE_END, "")))) if "-" in form else joined
        word = _core.fold_case(form).replace(" ", "")  # without the spaces of a grouped number
        ones = self._by_script[_script_of(word)]
        if word != form and _core.is_little_word(word):
            return (word,)
        found = [lemma for one in ones for lemma in (*one.lemmas(word), *one.spellings(word))]
        # The core leaves the capitals to a form that also stands for itself: US → us, we.
        own = [word] if word != form else []
        return tuple(dict.fromkeys(_core.fold_yo(lemma) for lemma in own + found)) or (word,)


def _spoken(codes: Sequence[str], custom: str | None) -> list[Language]:
    if custom is None:
        return [language(code) for code in codes]
    from .custom import CustomLanguage

    return [CustomLanguage(custom)]


_LINE_END = "¬"
"""What a form has where a line ended inside the word."""


def _script_of(word: str) -> str:
    letter = next(char for char in word if char.isalpha())
    return "arabic" if letter >= "\u0600" else "cyrillic" if letter >= "\u0400" else "latin"


def _checked(languages: Sequence[str]) -> tuple[str, ...]:
    if isinstance(languages, str):
        raise SchemaError(
            f"languages is a sequence of codes, got the string {languages!r}; write ({languages!r},)"
        )
    unknown = [code for code in languages if not _is_known(code)]
    if unknown:
        raise SchemaError(
            f"unknown languages {unknown}; known are {', '.join(known_codes())}, or () for none"
        )
    return tuple(dict.fromkeys(languages))


def _is_known(code: str) -> bool:
    return code in DICTIONARIES or code in known_codes()


@lru_cache(maxsize=64)
def _kept(languages: tuple[str, ...], parts: bool) -> Analyzer:
    return Analyzer(languages, parts)
