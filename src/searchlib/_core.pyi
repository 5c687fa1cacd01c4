"""The native core: loops over bytes, tokens and postings. Each section below is one bind_*.cpp.

Written by hand; `make lint` compares it with the built module. Numbers of fields are places in the schema's
searched fields; numbers of documents count from 0, in a segment or through a whole snapshot. A number that
names no field or document is an IndexError, other arguments that do not fit are a ValueError.
"""

from collections.abc import Callable, Iterable, Sequence
from typing import Any, Final, Literal, Protocol, TypeAlias, TypeVar, overload

from typing_extensions import Buffer

_T = TypeVar("_T")
_S = TypeVar("_S")

# ---- Russian morphology (bind_russian.cpp)

def russian_root(lemma: str) -> str:
    """What a lemma leaves without its suffixes; "" if that is too little, or it is no Russian lemma."""

def russian_stem(lemma: str) -> str:
    """Snowball's stem; "" for what has less than three letters, or others than Russian ones."""

def english_stem(lemma: str) -> str:
    """The same, of a to z."""

class RussianMorphology:
    """pymorphy3's dictionary and rules for unknown words; immutable, thread-safe; it keeps its buffers."""

    rules: Final[int]

    def __init__(
        self,
        words: Buffer,
        probabilities: Buffer,
        paradigms: Buffer,
        prediction_suffixes: Sequence[Buffer],
        suffixes: Buffer,
        tags: Buffer,
        paradigm_prefixes: list[str],
        max_suffix_letters: int,
    ) -> None:
        """CorruptIndexError if a file cannot be what it should be; `probabilities` may be empty.

        suffixes, tags: JSON arrays of strings, which are not kept."""
    def lemmas(self, word: str, *, overrides: bool = True) -> tuple[str, ...] | None:
        """The lemmas of a lower-cased word, the most probable first; None if it has other alphabets' letters.

        An unknown word is among them itself. Without `overrides`, exactly the distinct normal forms of
        pymorphy3's parses: neither the words of closed classes nor guesses at names and new words."""
    def lemmas_many(self, words: list[str], *, overrides: bool = True) -> list[tuple[str, ...] | None]:
        """The same for many words, with the GIL released."""
    def known(self, word: str) -> bool:
        """Whether the dictionary itself has the word, in any form; е may stand for ё."""
    def known_name(self, word: str) -> bool:
        """Whether it has it as the lemma of a name of people, places, organisations or brands."""
    @staticmethod
    def override(word: str) -> tuple[str, ...] | None:
        """The lemmas of one of the few words in which the rules depart from pymorphy3, or None."""

# ---- bytes (bind_bytes.cpp)

CHUNK_BYTES: Final[int]

def crc32(data: Buffer, seed: int = 0) -> int:
    """zlib.crc32, without loading zlib."""

def crc32c(data: Buffer, seed: int = 0) -> int:
    """The CRC-32C of a contiguous buffer, with the processor's instructions if it has them; without the GIL.

    seed: the checksum of what went before, to go on from."""

def crc32c_portable(data: Buffer, seed: int = 0) -> int:
    """The same by tables, for the tests."""

def crc32c_path() -> str:
    """How `crc32c` computes on this machine."""

def json_of_strings(values: dict[str, Any]) -> bytes | None:
    """A JSON object in UTF-8, without spaces; None if a value is no str.

    UnicodeEncodeError: a lone surrogate.
    """

class PlainDocuments:
    """Checks and encodes documents that are dicts of plain values, as most are; for one thread at a time."""

    def __init__(self, id: str, max_id_bytes: int, max_keyword_bytes: int, max_document_bytes: int) -> None:
        """id: the name of the key that holds a document's id."""
    def add_field(self, name: str, kind: str, stored: bool, column: bool, folded: bool) -> None:
        """A field of the schema, in its order; UnicodeEncodeError for a lone surrogate in its name.

        column: whether it has one. folded: whether that holds match keys."""
    def encode(
        self, document: object
    ) -> tuple[str | None, list[str | bytes | None], bytes, list[list[Any]], int] | None:
        """The id, the texts of the searched fields, the stored JSON, the values of each column, and how many
        bytes there are in all.

        A text that is no keyword may come as its UTF-8. None if it is no dict of known fields, each with None
        or one value of a plain type, all of which fit: str, int, float, bool, date, datetime in UTC."""

def utf8_length(text: str) -> int:
    """The bytes of a str as UTF-8. UnicodeEncodeError: a lone surrogate."""

class CheckedBuffer:
    """The bytes of one file; each 64 KiB chunk is checked against its CRC-32C when first read."""

    def __init__(self, buffer: Buffer, checksums: bytes, name: str) -> None: ...
    def view(self, offset: int, length: int) -> memoryview:
        """A read-only view of verified bytes; CorruptIndexError if they are damaged or outside the buffer."""
    def __len__(self) -> int: ...
    @property
    def name(self) -> str:
        """The file's name, for messages."""

# ---- English (bind_english.cpp)

class EnglishMorphology:
    """English words to lemmas, over a table of tools/wordnet_table.py, which it keeps alive. Immutable."""

    RULES_VERSION: Final[int]
    def __init__(self, table: Buffer) -> None:
        """CorruptIndexError if the table is torn, damaged or of another version."""
    def lemmas(self, word: str) -> tuple[str, ...] | None:
        """The distinct lemmas of a lower-cased word, the most probable first; never None."""
    def lemmas_many(self, words: list[str]) -> list[tuple[str, ...]]:
        """The lemmas of each word, without the GIL."""
    def known(self, word: str) -> bool:
        """Whether WordNet, or a closed class, has the word or a form of it."""
    @property
    def table_checksum(self) -> int:
        """The CRC-32C of the table, for the analyzer's fingerprint."""
    @staticmethod
    def closed_class() -> dict[str, list[str]]:
        """The words that the rules do not touch: pronouns, auxiliaries and the like, with their lemmas."""

# ---- text and lemma sets (bind_text.cpp)

ANALYSIS_RULES: Final[int]
INTERFACE: Final[int]
"""The checksum of the stub that the core was compiled beside (CRC-32 of its bytes)."""
UNICODE_TABLES: Final[str]

class _WordGroup(Protocol):
    """Lemmas and, unless any form will do, match keys."""

    @property
    def lemmas(self) -> Iterable[str]: ...
    @property
    def forms(self) -> Iterable[str] | None: ...

def scan(text: str, parts: bool = True) -> list[tuple[int, int, int, int]]:
    """(start, end, position, span) of each token, in code points; a whole before its parts.

    Without `parts` only what hyphens join has any."""

def abbreviations() -> list[tuple[str, str]]:
    """Abbreviations that are read by their place, and words that each may stand for there; for tests."""

def contractions() -> list[tuple[str, str]]:
    """What Russian letters with dots or slashes stand for: (contraction, words)."""

def sentence_abbreviations(latin: bool) -> dict[str, str]:
    """Those in Latin letters, or the others, and what goes on behind their full stops.

    "A" a name, "0" a number, "*" anything."""

def english_respellings(word: str) -> list[str]:
    """What a British word is in America, and the other way, by rule alone: no dictionary is asked."""

def spaced_wholes(text: str) -> list[tuple[int, int]]:
    """(start, end) of initials, «т. д.» and telephone numbers with spaces inside, in code points."""

def readings(text: str) -> list[tuple[int, str]]:
    """(start, words) of the abbreviations that stand for words in their place, in code points."""

def is_little_word(form: str) -> bool:
    """Whether a form is one of a pronoun's or an auxiliary's, that in capitals is a name (us, вас)."""

def fold_case(form: str) -> str:
    """Full case folding (with İ → i) and NFC; ё stays."""

def fold_yo(text: str) -> str:
    """The text, which is in lower case, with е for ё."""

def form_span(form: str, parts: bool = True) -> int:
    """How many positions a surface form takes in running text: "wi-fi" two, most forms one."""

def match_key(form: str) -> str:
    """The form with capitals lowered and ё → е: what prefixes and wildcards are compared with."""

def keyword_key(value: str) -> str:
    """A keyword in which case does not count, with capitals lowered and ё → е; it keeps its white space."""

class Analyzer:
    """Tokens to forms and lemmas; immutable, thread-safe. Without its language a script is only case-folded;
    words of `python_scripts` ("latin", "cyrillic", "arabic") are declined."""

    def __init__(
        self,
        *,
        english: EnglishMorphology | None = None,
        russian: RussianMorphology | None = None,
        python_scripts: list[str] = [],
        parts: bool = True,
    ) -> None: ...
    def analyze(self, token: str) -> tuple[str, tuple[str, ...] | None]:
        """The form and the lemmas of one token; None for lemmas that only Python knows."""
    def reads(self, abbreviation: str) -> bool:
        """Whether abbreviations of its script are read by their place."""
    def tokens(
        self, text: str, asked: bool = False
    ) -> tuple[list[tuple[int, int, int, int, int]], list[tuple[str, tuple[str, ...] | None]]]:
        """(form number, position, start, end, span) of each token; for each number, what `analyze` gives.

        asked: without lemmas that only find the word, as C finds C#."""
    def find(
        self,
        text: str,
        groups: Iterable[_WordGroup],
        resolve: Callable[[list[str]], list[tuple[str, ...]]],
        match_type: Callable[[int, int, int, int, tuple[int, ...]], _T],
    ) -> list[_T]:
        """match_type(start, end, position, span, groups) for each token that meets a group. Scans without the
        GIL; calls `resolve` once, if at all, with the distinct forms that were declined."""

class DocumentLines:
    """Documents as they are stored, each encoded in a line."""

    def __init__(self, lines: Sequence[bytes]) -> None: ...
    def __len__(self) -> int: ...
    @property
    def num_bytes(self) -> int:
        """Of all of them."""
    def strict(self, dates: Sequence[str] = ...) -> list[bytes | None]:
        """Each line, where it is an object of RFC 8259 in UTF-8; None: what only Python's json reads.

        dates: fields that have dates: moments end with Z in place of +00:00 then.
        """
    def line(self, number: int) -> bytes:
        """One of them; IndexError if there is none."""

class DocumentBlocks:
    """A segment's stored documents, in blocks. What is damaged is a CorruptIndexError that names the file."""

    def __init__(
        self,
        buffer: CheckedBuffer,
        documents: tuple[int, int],
        index: tuple[int, int],
        runs: Sequence[tuple[int, int, int, int]],
        of_several: int,
        of_one: int,
    ) -> None:
        """documents, index: offset and length of those parts. runs: the first block of each run, and where
        its dictionary stands, how long it is there and unpacked. of_several, of_one: the bytes that a block
        has at most before compression. CorruptIndexError if the index cannot be one."""
    def line(self, doc: int) -> bytes:
        """A document, encoded. IndexError."""
    def block(self, block: int) -> bytes:
        """All documents of a block, one a line. IndexError."""
    def dictionary(self, run: int) -> bytes:
        """The dictionary of a run; b"" if it has none. IndexError."""

def read_documents(
    first_docs: Sequence[int], blocks: Sequence[DocumentBlocks | None], docs: Sequence[int]
) -> DocumentLines:
    """Documents of several segments, of which each begins with such a number. blocks: None where none is
    wanted. IndexError, CorruptIndexError."""

def unpack_frame(frame: bytes, length: int, dictionary: bytes = b"", line: int = 0xFFFFFFFF) -> bytes:
    """What a frame of zstandard holds, which is so many bytes, or the beginning of it with all of that line.
    ValueError for what is none."""

# ---- highlighting (bind_highlight.cpp)

class _PhraseMatch(Protocol):
    """The words of a phrase, in order; of each how many places it stands behind the first."""

    @property
    def words(self) -> Sequence[_WordGroup]: ...
    @property
    def offsets(self) -> Sequence[int]: ...
    @property
    def slop(self) -> int: ...

_SpanType: TypeAlias = Callable[[int, int, int], _S]
"""Makes a span of start, end and the number of its mark."""

_FragmentType: TypeAlias = Callable[[str, int, int, tuple[_S, ...]], _T]
"""Makes a fragment of its text, start, end and spans."""

class FieldTexts:
    """A field of several documents: its values joined by line breaks, "" where there is none."""

    def __len__(self) -> int: ...
    def unread(self) -> list[int]:
        """The places of documents that have no strings there, for put()."""
    def put(self, number: int, values: Sequence[str]) -> None:
        """The values of the document at a place."""
    def text(self, number: int) -> str:
        """One of the texts; IndexError if there is none."""
    def texts(self) -> list[str]:
        """All of them."""

class Abbreviations:
    """Words that take a full stop and then go on, case-folded."""

    def __init__(self, places: dict[str, str]) -> None:
        """Words, and before what they go on: "A" a name, "0" a number, "*" anything."""

class MarkedTexts:
    """Texts and where a query's marks stand in them: for each text one item in every answer."""

    def spans(self, span_type: _SpanType[_S], only: int | None = None) -> list[list[_S]]:
        """only: the number of the one text that is wanted; so in the others."""
    def fragments(
        self,
        abbreviations: Abbreviations,
        count: int,
        size: int,
        fragment_type: _FragmentType[_S, _T],
        span_type: _SpanType[_S],
        only: int | None = None,
    ) -> list[list[_T]]:
        """At most `count` of at most `size` code points each, the best ones, in the order of the text."""
    def json_fragments(
        self, abbreviations: Abbreviations, count: int, size: int, field: str
    ) -> list[bytes | None]:
        """Those that have matches, as JSON in UTF-8 without brackets; None: the text is no UTF-8."""
    def render(
        self,
        abbreviations: Abbreviations,
        count: int | None,
        size: int,
        *,
        html: bool,
        before: str,
        after: str,
        separator: str,
        only: int | None = None,
    ) -> list[str]:
        """count: of fragments, which come in one line; None: whole texts."""

def field_texts(lines: DocumentLines, field: str) -> FieldTexts:
    """The texts of a field; those that are no strings are unread()."""

def empty_texts(count: int) -> FieldTexts:
    """So many texts, for put()."""

def mark_texts(
    texts: FieldTexts,
    marks: Sequence[_WordGroup | _PhraseMatch],
    analyzer: Analyzer,
    resolve: Callable[[list[str]], list[tuple[str, ...]]],
    snapshot: Snapshot | None = None,
    field: int = 0,
    docs: Sequence[int] = [],
) -> MarkedTexts:
    """snapshot, field, docs: where the texts come from; its lexicons say which words need no analysis.
    resolve: is called at most once, with the distinct forms that were declined."""

def mark_keywords(texts: FieldTexts, marks: Sequence[_WordGroup | _PhraseMatch], fold: bool) -> MarkedTexts:
    """Of values that match whole or not at all; fold: by their match keys."""

def fragments_of(
    text: str,
    spans: Sequence[tuple[int, int, int]],
    count: int,
    size: int,
    abbreviations: Abbreviations,
    fragment_type: _FragmentType[_S, _T],
    span_type: _SpanType[_S],
) -> list[_T]:
    """Of one text, with spans that the caller has."""

def spans_of(
    tokens: Sequence[tuple[int, int, int, int, Sequence[int]]],
    marks_of_groups: Sequence[int | None],
    phrases: Sequence[tuple[int, Sequence[int], Sequence[int], int]],
    span_type: _SpanType[_S],
) -> list[_S]:
    """tokens: (start, end, position, span, groups). phrases: (mark, groups, offsets, slop)."""

def sentence_borders(text: str, low: int, high: int, abbreviations: Abbreviations) -> list[int]:
    """The offsets in [low, high] where a sentence begins, or the text begins or ends."""

def character_facts(code_point: int) -> tuple[bool, bool, bool, bool, bool, bool]:
    """str's isspace, isalnum, islower, isupper, isalpha; and whether it belongs to what stands before it."""

# ---- what documents are about (bind_feedback.cpp)

VECTOR_CHARS: Final[int]
"""So many characters of a field's text have a part in a document's term vector."""

class LemmaCounter:
    """Counts the first lemmas of documents, which the caller numbers below 2⁶⁴, and remembers what it read.
    One thread at a time."""

    def __init__(self, analyzer: Analyzer) -> None: ...
    def make_room(self) -> None:
        """Forget all, if too much is remembered."""
    def knows(self, document: int) -> bool:
        """Whether a document was read."""
    def read(
        self,
        documents: Sequence[int],
        texts: Sequence[FieldTexts],
        endings: Sequence[str],
        max_chars: int,
        resolve: Callable[[str], str],
    ) -> None:
        """Count the texts of documents, of each field so many characters at most. endings: how the names of
        their files end, with the dot, or ""; values come without that. resolve: gives the first lemma of a
        form that was declined."""
    def common(self, documents: Sequence[int], least: int) -> list[tuple[str, int]]:
        """(lemma, tokens with it as their first one) of those that `least` of the documents have.

        ValueError for a document that was not read."""

class Bo1:
    """Weighs the words of documents that a counter has read, by the model Bo1, for one snapshot; one thread
    at a time. fields: those that the texts come from. vectors: those whose term vectors say all that a text
    would."""

    def __init__(
        self, counter: LemmaCounter, snapshot: Snapshot, fields: Sequence[int], vectors: Sequence[int] = []
    ) -> None: ...
    def unread(self, documents: Sequence[int], first: int) -> list[int]:
        """Those of the snapshot's documents that the counter has not read, nor can by their vectors: it knows
        each by its number added to `first`."""
    def best(
        self, documents: Sequence[int], least: int, count: int, says_nothing: Callable[[str], bool]
    ) -> list[tuple[float, str]]:
        """(weight, lemma) of the best that `least` of the documents have. says_nothing: asked once of each.

        ValueError for a document that was not read."""

# ---- translations (bind_translations.cpp)

def keys_of_terms(
    analyzer: Analyzer, terms: list[str], resolve: Callable[[list[str]], list[tuple[str, ...]]]
) -> list[tuple[int, str]]:
    """Of each term how many words it has, and their first lemmas, apart by spaces; of a single word the term
    itself if it is among the lemmas. resolve: gives the lemmas of forms that the core declines."""

def translation_lines(
    pairs: dict[tuple[str, str], float], keys: dict[str, str], most: int, units: int, root: str
) -> tuple[bytes, int, int, list[tuple[str, str]]]:
    """A table's lines, how many keys have translations, the words of the longest, the pairs without a key.

    most: translations of a key. units: what their shares add up to. root: what stands before a root."""

# ---- columns (bind_columns.cpp)

_ColumnField: TypeAlias = tuple[str, str]
"""A field that has a column, and what its values are there: "d", doubles, "q", integers and dates, "B", 0 and
1, "k", strings."""

class ColumnsBuilder:
    """The columns of one segment while documents are added; for one thread at a time."""

    def __init__(self, fields: Sequence[_ColumnField]) -> None: ...
    def add(self, document: list[list[Any]]) -> None:
        """Append a document: for each column the list of its values: floats, integers or strings."""
    def merge(
        self, buffer: CheckedBuffer, parts: dict[str, tuple[int, int]], num_docs: int, deleted: Sequence[int]
    ) -> None:
        """Append another segment's documents, but for the deleted ones, which ascend; without the GIL."""
    def write(self, sink: _Sink) -> None:
        """Give each column's part to the sink."""
    @property
    def memory_bytes(self) -> int:
        """Bytes that the values take."""

class Column:
    """One column of a segment's file. It keeps its buffer alive; CorruptIndexError for what cannot be."""

    def __init__(
        self, buffer: CheckedBuffer, part: tuple[int, int], name: str, num_docs: int, type: str
    ) -> None:
        """part: offset and length. name: the part's, for messages."""
    @property
    def num_docs(self) -> int:
        """The documents of its segment."""
    @property
    def num_values(self) -> int:
        """The values of all documents."""
    @property
    def shape(self) -> int:
        """0: no values, 1: one for each document, 2: at most one, 3: several."""
    def values(self, doc: int) -> list[Any]:
        """The distinct values of a document, ascending."""
    @property
    def bounds(self) -> tuple[Any, Any] | None:
        """The least and the greatest value; None if there is none."""
    def check(self) -> None:
        """Read everything; without the GIL."""

# ---- segments (bind_segment.cpp)

_FieldConfig: TypeAlias = tuple[str, Analyzer | Literal["fold"] | None, float, float, bool, bool]
"""A searched field: name, analyzer (None: keywords), BM25's k1 and b, whether exact lengths are kept,
because the text is not stored, and whether term vectors are."""

_FieldValues: TypeAlias = str | bytes | list[str] | tuple[str, ...] | None
"""What one document has in one field; bytes: a text's UTF-8."""

class _Sink(Protocol):
    """Takes a segment's parts, one after another."""

    def begin(self, part: str, /) -> object: ...
    def write(self, data: bytes, /) -> object: ...

class SegmentBuilder:
    """Documents in memory until they become a segment: add(), resolve() for each field with declined() forms,
    write()."""

    def __init__(
        self, fields: Sequence[_FieldConfig], threads: int = 1, max_lexicon_bytes: int = 134217728
    ) -> None:
        """threads: how many may be in add() at a time, 1 to 256; write() starts as many beside its own.

        max_lexicon_bytes: a field's forms and lemmas that take more are forgotten by write()."""
    def add(self, batch: int, ids: list[str], documents: Sequence[Sequence[_FieldValues]]) -> int:
        """Append documents: for each its key and, in the order of the fields, its values; without the GIL.

        batch: counts the calls since the last write(), from 0. They may come on several threads; one whose
            predecessor is missing waits for it.
        The values of a document are a list or a tuple, which keeps the strings meanwhile. Returns what
        memory_bytes is after this batch. After an exception the builder is of no more use."""
    @property
    def num_docs(self) -> int:
        """Documents since the last write()."""
    @property
    def num_tokens(self) -> int:
        """Tokens since the last write()."""
    @property
    def memory_bytes(self) -> int:
        """Bytes in use, and what write() will need beside them; the same for any number of threads."""
    def declined(self, field: int) -> list[str]:
        """The forms of a field whose lemmas only Python knows."""
    def resolve(self, field: int, lemmas: Sequence[Sequence[str]]) -> None:
        """Supply the lemmas of the declined forms, in their order."""
    def write(self, sink: _Sink) -> None:
        """Give the searched parts to the sink and become empty; the lexicons stay, for the next segment.

        ValueError if declined forms wait for their lemmas."""

class Segment:
    """The searched parts of one immutable segment file; thread-safe. It keeps its buffer alive."""

    def __init__(
        self,
        buffer: CheckedBuffer,
        parts: dict[str, tuple[int, int]],
        fields: Sequence[str],
        num_docs: int,
        columns: Sequence[_ColumnField] = (),
    ) -> None:
        """parts: (offset, length) by name. columns: the fields that have one, in the order of plans.

        CorruptIndexError if a part is missing or damaged."""
    @property
    def num_docs(self) -> int:
        """All documents, the deleted ones too."""
    def id_of(self, doc: int, /) -> str:
        """The key of a document."""
    def find_id(self, id: str, /) -> int | None:
        """The latest document with that key, deleted or not."""
    def find_ids(self, ids: list[str]) -> list[int | None]:
        """The same for many keys."""
    def check(self) -> None:
        """Read everything; CorruptIndexError where parts contradict each other. Without the GIL."""
    def field_stats(self, field: int, /) -> tuple[int, int, int, int]:
        """(documents with a value, total length in tokens, terms, forms); deleted documents count."""
    def forms(self, field: int, /) -> list[tuple[str, int]]:
        """Every surface form of a field, in byte order, with the number of documents that hold it."""

def merge(
    segments: Sequence[tuple[Segment, Deletes | None]],
    fields: Sequence[_FieldConfig],
    sink: _Sink,
    threads: int = 1,
) -> None:
    """Write the searched parts of a segment of the live documents of several, in order; without the GIL.

    threads: how many help the caller's."""

class Deletes:
    """A segment's deleted documents, and what their going takes from its statistics."""

    @overload
    def __init__(self, segment: Segment) -> None: ...
    @overload
    def __init__(self, segment: Segment, encoded: bytes) -> None:
        """CorruptIndexError if the bytes are not those of `encode` for this segment."""
    def __contains__(self, doc: int, /) -> bool: ...
    def __len__(self) -> int: ...
    def docs(self) -> list[int]:
        """The deleted documents, ascending."""
    def encode(self) -> bytes:
        """The bytes of a deletes file."""

class Deleter:
    """Deletes documents of a segment: reads their text again, to learn which terms lose a document."""

    def __init__(self, segment: Segment, analyzers: Sequence[Analyzer | Literal["fold"] | None]) -> None:
        """analyzers: one a field; None for keywords, "fold" for those that count by their match keys."""
    def remove(self, deletes: Deletes, doc: int, values: Sequence[_FieldValues]) -> bool:
        """Mark a document, with the stored values of each field; False if it was deleted before."""

# ---- searching (bind_search.cpp)

def field_bounds(weight: float, ratio: float, f: float) -> tuple[float, float, float, float]:
    """What bounds a field's weighed score from below and above, and its x in units of K, where a block says
    f; and the relative slack that they leave. For tests.

    ratio: the average length searched over the stored one."""

def kernels_path() -> str:
    """Which vector code this process uses: "avx2" or "portable"; SEARCHLIB_PORTABLE=1 forces the latter."""

class Plan:
    """A plan read once, for many searches."""

    def __init__(self, plan: _PlanNode, dfs: dict[tuple[int, str], int] | None = None) -> None:
        """QueryTooComplex if it nests too deep; TypeError or ValueError for what is no plan.

        dfs: how many documents hold the lemma in the field, of all lemmas of its words and phrases that are
        not in a filter, where the snapshot is one of several that are searched together."""

class WeightedWords:
    """Words that a query is expanded by, as search/expanded_words.py has them; immutable."""

    def __init__(
        self, rows: list[tuple[float, str, int]], fields: Sequence[Sequence[tuple[int, float]]]
    ) -> None:
        """rows: of each its factor, its lemma, and which of `fields` it is looked for in; of these each is
        (number, weight), as a WordField's. IndexError."""

class FilterPlan:
    """The plan of what a filter lets through, read once for many searches; immutable, thread-safe."""

    def __init__(self, plan: _PlanNode) -> None:
        """As Plan's."""

class _PlanNode(Protocol):
    """One of searchlib.plan's nodes: the core reads its attributes."""

    @property
    def kind(self) -> str: ...

_Plan: TypeAlias = Plan | _PlanNode
"""As read, or read for this call."""

class Snapshot:
    """Segments searched as one collection; immutable, thread-safe. It keeps them alive."""

    def __init__(
        self,
        segments: Sequence[tuple[Segment, Deletes | None]],
        parameters: Sequence[tuple[float, float]],
        totals: Sequence[tuple[int, int]] | None = None,
    ) -> None:
        """parameters: (k1, b) of each field. The deletes may not change while the snapshot is in use.

        totals: what `totals` has of each field, in place of the snapshot's own, where it is one of several
        that are searched together; the documents of a plan's lemmas are counted then, too (Plan)."""
    def prepared(self, plan: _PlanNode) -> Plan:
        """A plan read once, for many searches of this snapshot: see Plan."""
    def filtering(self, plan: _PlanNode) -> FilterPlan:
        """The plan of what a filter lets through, as above."""
    @property
    def num_docs(self) -> int:
        """All documents, the deleted ones too."""
    @property
    def num_live_docs(self) -> int:
        """Those that are not deleted."""
    def search(
        self,
        plan: _Plan,
        limit: int,
        exhaustive: bool = False,
        timeout: float | None = None,
        after: tuple[float, int] | None = None,
        guessed: Sequence[int] = (),
    ) -> list[tuple[float, int]]:
        """(score, document) of the best, of equal scores the lower number first; without the GIL.

        after: only those that come behind that document, which need not match.

        exhaustive: score every match, also those that cannot come in; the same hits, slower, for the tests.
        timeout: seconds, after which SearchTimeout is raised; 0: at once. In the main thread, what a signal's
        handler raises ends it within 100 ms; so it does `count`, `search_many` and `expand`.
        guessed: documents that are thought to be among the best; with `limit` of them the search is quicker
        the better they are. The hits are the same whatever they are; IndexError if there is no such document.
        QueryTooComplex if the plan nests too deep; ValueError if it does not fit the snapshot."""
    def search_counted(
        self, plan: _Plan, limit: int, timeout: float | None = None
    ) -> tuple[list[tuple[float, int]], int]:
        """What `search` gives, and how many live documents match in all."""
    def count(self, plan: _Plan, timeout: float | None = None) -> int:
        """How many live documents match; without the GIL. timeout: as in `search`."""
    def score_of(self, plan: _Plan, doc: int) -> float | None:
        """The score of one document; None if it does not match."""
    def id_of(self, doc: int) -> str:
        """The key of a document; IndexError if there is none of that number."""
    def search_many(self, plans: Iterable[_Plan], limit: int, threads: int) -> list[list[tuple[float, int]]]:
        """What `search` gives for each plan, so many of them at a time.

        The first are searched, without the GIL, while the iterable still makes others; what that raises ends
        it."""
    def occurrence(
        self,
        field: int,
        lemma: str,
        doc: int,
        signals: Sequence[tuple[str, float]] = (),
        form: str = "",
    ) -> tuple[int, dict[str, int]] | None:
        """(tf, places that a signal counts, by its name) of a lemma in a field of a document, for `explain`;
        form: that was asked for. None if the document lacks the lemma there."""
    def length_of(self, field: int, doc: int) -> tuple[int, float, float]:
        """(length, 1 − b + b · length / average, K: k1 times that) of a document in a field."""
    def phrase_frequencies(self, phrase: _PlanNode, doc: int) -> list[float]:
        """How often a phrase stands in a document, by its fields; 0 where a field lacks it."""
    def signals_of(self, raised: _PlanNode, doc: int) -> list[float]:
        """What each signal of a Raised is for a document, from 0 to 1."""
    def expand(
        self, field: int, kind: str, text: str, distance: int, limit: int, exact: bool = False
    ) -> tuple[set[str], set[str]]:
        """(match keys of the forms that a pattern meets, at most `limit`; the lemmas of these forms).

        kind: "prefix", "wildcard" or "fuzzy"; distance: of a fuzzy one, in edits; exact: whether forms are
        compared as they are, not by their match keys."""
    def relatives(self, field: int, kind: str, lemmas: list[str], limit: int) -> list[str]:
        """The other lemmas of a field that are relatives of one of these, in the order of their bytes.

        kind: "root", Russian words of one root; "english", "russian", those of one stem of Snowball's. limit:
        so many that begin as a root or stem does are looked at, of each segment."""
    def df(self, field: int, lemma: str, /) -> int:
        """How many live documents hold a lemma."""
    def totals(self, field: int, /) -> tuple[int, int]:
        """(live documents with a value, their total length in tokens) of a field."""
    def count_words(self, field: int, /) -> tuple[int, int]:
        """(different terms, different forms) of a field over all segments, deleted documents' too."""

    # ---- what is asked around the matches of a query (bind_collect.cpp)

    def column(self, field: int) -> FieldColumn:
        """The values of a field, by its place among those that have a column; IndexError for none."""
    def matches(self, plan: _Plan, timeout: float | None = None) -> MatchSet:
        """The documents that match a plan; without the GIL."""
    def sort_matches(
        self,
        matches: MatchSet,
        plan: _Plan,
        keys: Sequence[_SortKey],
        limit: int,
        after: tuple[Sequence[_KeyValue], int | None] | None = None,
        timeout: float | None = None,
        all_keys: bool = False,
    ) -> tuple[list[tuple[float, int]], list[Any]]:
        """((score, document) of the first in that order, the keys of the last of them); without the GIL.

        all_keys: the list of keys of each, in place of the last one's. Of equal keys the lower number first.
        after: (keys, document): only what comes behind it; without a document, before all that have these
        keys. ValueError for what does not fit."""
    def count_terms(
        self,
        matches: MatchSet,
        column: FieldColumn,
        limit: int,
        least: int = 1,
        timeout: float | None = None,
    ) -> tuple[list[tuple[int | str, int]], int, int]:
        """((value, documents) of the most frequent, of equal ones the least first; how many values differ;
        how many documents have one). least: documents that a value must have to be listed."""
    def count_ranges(
        self,
        matches: MatchSet,
        column: FieldColumn,
        ranges: Sequence[tuple[int, int]],
        timeout: float | None = None,
    ) -> tuple[list[int], int]:
        """(documents with a value in each range, both ends included; documents with a value).

        ValueError for ranges that do not ascend or meet."""
    def extent_of(
        self, matches: MatchSet, column: FieldColumn, timeout: float | None = None
    ) -> tuple[int, int] | None:
        """The least and the greatest value that a match has, as numbers of the column."""
    def sum_numbers(
        self,
        matches: MatchSet,
        column: FieldColumn,
        are_doubles: bool,
        timeout: float | None = None,
    ) -> tuple[int, int, int, int, int | list[float]]:
        """(documents with a value, values, the least, the greatest, as numbers of the column; their sum: of
        doubles several that add up to it exactly)."""
    def group_matches(
        self,
        matches: MatchSet,
        plan: _Plan,
        column: FieldColumn,
        keys: Sequence[_SortKey],
        limit: int,
        hits_of_group: int,
        timeout: float | None = None,
    ) -> list[tuple[_KeyValue, int, list[tuple[float, int]]]]:
        """(value, documents, the first of them) of the groups whose first documents come first; by score
        without keys. None: those without a value."""
    def terms(self, field: int, prefix: str, places: bool) -> TermStatistics:
        """The terms of a field that begin so. places: whether they are counted, which reads all postings."""
    def vocabulary(self, fields: list[int], surname_endings: list[str]) -> SnapshotVocabulary:
        """The words of some fields. surname_endings: a form that ends so may be a name, though it is no
        lemma."""

class TermStatistics:
    """The terms of a field that begin with a prefix, in the order of their bytes."""

    def next(self, limit: int) -> list[tuple[str, int, int]]:
        """(term, live documents that hold it, its places in them or 0) of the next terms; [] at the end."""

class FieldColumn:
    """The values of a field over the segments of a snapshot: whole numbers of their order, or strings."""

class MatchSet:
    """The live documents of a snapshot that match a plan."""

    @property
    def count(self) -> int:
        """How many they are."""

_SortKey: TypeAlias = tuple[FieldColumn | None, bool, bool]
"""(the column, None for the score; whether the greatest come first; whether those without a value do)."""

_KeyValue: TypeAlias = int | str | None
"""A document's key: the number of its value or of its score (`sortable`), or the string."""

def sortable(value: float) -> int:
    """The number that a column has for a double, which keeps their order."""

def unsortable(bits: int) -> float:
    """Its inverse."""

def folded(text: str) -> str:
    """What strings are sorted by first."""

# ---- postings for other systems (bind_export.cpp)

class TermWalk:
    """The terms of a field in the order of their bytes, each with the live documents that hold it (numbers
    of the
    snapshot, ascending) and its frequency in each."""

    def __init__(self, snapshot: Snapshot, field: int) -> None: ...
    def __iter__(self) -> TermWalk:
        """Itself."""
    def __next__(self) -> tuple[str, list[int], list[int]]:
        """The next term that a live document holds."""

def lengths_of(snapshot: Snapshot, field: int) -> list[int]:
    """The length in tokens of each document of a snapshot, as scores see it, or exact where that is kept.

    0 for deleted ones."""

def write_foreign_terms(
    sink: _Sink,
    field: str,
    k1: float,
    b: float,
    ids: Sequence[str],
    lengths: Sequence[int],
    total_length: int,
    terms: Iterable[tuple[str, Sequence[int], Sequence[int]]],
) -> None:
    """The searched parts of a segment from terms, documents and frequencies, in the order of the terms'
    bytes.

    No phrase matches there. total_length: in tokens, of the documents before their lengths were rounded.
    ValueError for postings that cannot be."""

# ---- time (bind_deadline.cpp)

class TimeLimit:
    """`with TimeLimit(seconds):` calls of this thread into the core share that time; then SearchTimeout.

    Leave it in the thread that entered it, the innermost first."""

    def __init__(self, seconds: float) -> None: ...
    def __enter__(self) -> TimeLimit:
        """The time begins."""
    def __exit__(self, kind: object, error: object, trace: object) -> None:
        """What is called from now on has its own time."""

def seconds_left() -> float | None:
    """What is left of the TimeLimits of this thread, below 0 where one is over; None: there is none."""

def while_wanted(is_wanted: Callable[[], bool], call: Callable[[], _T]) -> _T:
    """What call() returns. is_wanted is asked in between, every 50 ms that this thread is in the core; after
    a False the core raises SearchTimeout."""

# ---- suggest (bind_suggest.cpp)

class SnapshotVocabulary:
    """What in the forms and lemmas of some fields looks or sounds like a word; immutable, thread-safe.

    It keeps the snapshot. Numbers of documents count the deleted ones until a merge, and a document once for
    each form and field."""

    def near(self, word: str, bound: int) -> list[tuple[str, int, int, float]]:
        """(match key, documents, edits, typing cost) of the forms at most so many edits away, never the word
        itself; without the GIL."""
    def beginnings_near(self, letters: str, limit: int) -> list[tuple[str, int, float]]:
        """(letters, documents, typing cost) of what forms begin with, one edit from letters of which the last
        was meant: the most frequent; without the GIL."""
    def complete(self, prefix: str, limit: int) -> list[tuple[str, int]]:
        """(match key, documents) of the most frequent forms that begin so; without the GIL."""
    def form_df(self, key: str, /) -> int:
        """How many documents hold a form of that match key."""
    def spellings(self, key: str, /) -> list[tuple[str, int]]:
        """The spellings that a form of that match key may have, and how many documents hold each."""
    def forms_of(self, lemma: str, /) -> list[tuple[str, int]]:
        """The match keys of a lemma's forms, by their bytes, and how many documents hold each."""
    def names(self, name: str, min_similarity: float) -> list[tuple[str, int, float]]:
        """(lemma, live documents, similarity) of the lemmas that sound like a name, in either script."""

def typing_cost(typed: str, meant: str) -> float:
    """What it costs to have typed one word for another: about 1 an edit, less where hands and ears err."""

def name_readings(word: str) -> list[tuple[str, str]]:
    """(consonants, sound) of each way to read a name; empty if the word can be none."""

def name_similarity(left: str, right: str) -> float:
    """The Jaro–Winkler similarity of two names' sounds; 0 if their consonants differ in every reading."""

def name_initials(word: str) -> list[str]:
    """With what letters, of both scripts, a name that sounds alike may begin; none begins with another."""

def may_agree(left: str, right: str) -> bool:
    """Whether two words' clear consonants let them have a reading in common; False if one is no name."""
