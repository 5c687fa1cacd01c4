"""Index, the façade: create one, open one, write to it, search it.

It wires the stages together and decides nothing that one of them could. Most of its lines are the
documentation that users read.
"""

from __future__ import annotations

import copyreg
import json
import os
import threading
import time
import warnings
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from .analyzers import field_analyzers, fold_mismatch, mismatch
from .arguments import checked_count, checked_flag, checked_string, listed
from .errors import AnalyzerMismatchWarning, ClosedError, SchemaError, brief
from .forks import renew_locks_in_children
from .query.nodes import Node
from .schema import DocumentId, Field, Schema, id_of
from .search.results import Hit, Results
from .search.searcher import Searcher, parsed
from .search.timing import timed
from .storage.disk import DiskDirectory
from .storage.manifest import Manifest, read_manifest, read_snapshot
from .storage.opened import OpenSegment
from .threads import in_a_thread

# Opening and searching need neither the writer nor the memory that stands for a disk: each is loaded where
# it is asked for.
if TYPE_CHECKING:
    from types import TracebackType

    from .indexing.schema_change import OnProgress, OnUnsuited, SchemaChange
    from .indexing.working import WorkingSegment
    from .indexing.writer import IndexWriter
    from .query.conditions import Filter
    from .search.boosts import Recency, Static
    from .search.counting import GroupBy
    from .search.facets import Facet
    from .search.ranking import Ranking
    from .search.sorting import Sort
    from .search.terms import TermStatistics
    from .search.trees import QueryParser
    from .search.understanding import QueryPart
    from .search.why import Reason
    from .storage.directory import Directory, Verify
    from .storage.files import FileEntry
    from .storage.manifest import SegmentEntry
    from .suggest.completion import Completion
    from .suggest.suggestions import Suggestion
    from .synonyms.table import Synonyms
    from .translations.table import Translations

PathLike = str | os.PathLike[str]


class Index:
    """An index, seen as of its last commit when it was opened or refreshed. Safe to share between threads.

    Made by Index.create, searchlib.open or Index.in_memory. As a context manager it is closed at the end.
    A pickle of one on disk holds its path, and is opened anew, as of the last commit there is then.
    """

    def __init__(
        self, directory: Directory, verify: Verify = "map", auto_refresh: bool | float = False
    ) -> None:
        self._directory, self._verify = directory, verify
        self._auto_refresh, self._refresh_at, self._stamp = auto_refresh, 0.0, directory.stamp()
        self.renew_locks()
        renew_locks_in_children(self)
        # One attribute, so that other threads see both of one commit. None: not yet, or closed.
        self._opened: tuple[Searcher, Manifest] | None = None
        self._opened = searcher, manifest = self._open({})
        recorded = dict(manifest.analyzer)
        difference = mismatch(recorded, searcher.analyzers) or fold_mismatch(recorded, searcher.schema)
        if difference and manifest.segments:
            warnings.warn(f"{difference}; some words may not be found", AnalyzerMismatchWarning, stacklevel=3)

    def renew_locks(self) -> None:
        """For forked children: see searchlib.forks."""
        self._refreshing = threading.Lock()

    @classmethod
    def create(
        cls, path: PathLike, schema: Schema, *, exist_ok: bool = False, inferred: bool = False
    ) -> Index:
        """A new, empty index at that path, durable when this returns; the folder is made if it is missing.

        exist_ok: open the index if there is one already; SchemaError if its schema is another.
        inferred: the schema is a guess from the first sources, which binds nobody before documents are there:
            see `schema_is_open`.
        Raises IndexExistsError, or NotAnIndexError for a folder that holds other things.
        """
        return cls._created(DiskDirectory(path), schema, exist_ok, inferred)

    @classmethod
    def in_memory(cls, schema: Schema) -> Index:
        """A new index that lives and ends with this process."""
        from .storage.memory import MemoryDirectory

        return cls._created(MemoryDirectory(), schema, False)

    @classmethod
    def _created(cls, directory: Directory, schema: Schema, exist_ok: bool, inferred: bool = False) -> Index:
        if not isinstance(schema, Schema):
            raise TypeError(f"schema is a Schema, like Schema(body=Text()), got {brief(schema)}")
        if exist_ok and directory.exists():
            index = cls(directory)
            if index.schema != schema:
                raise SchemaError(f"the index has another schema: {index.schema!r}, asked for {schema!r}")
            return index
        from .indexing import empty

        empty.create(directory, schema, inferred)
        return cls(directory)

    @classmethod
    def open(cls, path: PathLike, *, verify: Verify = "map", auto_refresh: bool | float = False) -> Index:
        """The index at that path.

        verify: "map" reads files through memory maps, each part checked when first touched; "copy" reads them
            into memory, so that a medium that fails later cannot end the process.
        auto_refresh: move to the last commit by itself, whenever the index is asked (True), or if so many
            seconds are over since it last looked, which asks the file system for one file. False: when
            `refresh` is called.
        Raises IndexNotFoundError, CorruptIndexError, IndexTooOldError, IndexTooNewError.
        """
        if verify not in ("map", "copy"):
            raise ValueError(f"verify is 'map' or 'copy', got {verify!r}")
        if not isinstance(auto_refresh, (bool, int, float)) or not auto_refresh >= 0:
            raise ValueError(f"auto_refresh is True, False or a number of seconds, got {auto_refresh!r}")
        return cls(DiskDirectory(path), verify, auto_refresh)

    # ---- an object like others

    def close(self) -> None:
        """Let go of the files. Results that were found can still be read; all else is a ClosedError."""
        self._opened = None

    def __enter__(self) -> Index:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def __reduce__(self) -> tuple[Any, ...]:
        if not isinstance(self._directory, DiskDirectory):
            raise TypeError(
                "an index in memory cannot be pickled or copied: it ends with its process; make one on disk, "
                "with Index.create(path, schema)"
            )
        return _reopened, (self._directory.folder, self._verify, self._auto_refresh)

    def _open(self, known: Mapping[FileEntry, OpenSegment]) -> tuple[Searcher, Manifest]:
        """The live snapshot; known: segments that are open already, by their files."""

        def load(manifest: Manifest) -> Searcher:
            schema = Schema.from_dict(manifest.schema)
            before = None if self._opened is None else self._opened[0].schema
            if before is not None and list(schema.items()) == list(before.items()):
                schema = before
            segments = [self._open_segment(entry, schema, known) for entry in manifest.segments]
            return Searcher(schema, field_analyzers(schema), segments)

        manifest, searcher = read_snapshot(self._directory, load)
        return searcher, manifest

    def _open_segment(
        self, entry: SegmentEntry, schema: Schema, known: Mapping[FileEntry, OpenSegment]
    ) -> OpenSegment:
        before = known.get(entry.file)
        if before is None:
            return OpenSegment(self._directory, entry, schema, verify=self._verify)
        return before.as_of(self._directory, entry, schema)

    @property
    def _state(self) -> tuple[Searcher, Manifest]:
        if self._auto_refresh is not False:
            self._follow()
        if self._opened is None:
            raise ClosedError("the index was closed; open it again")
        return self._opened

    def _follow(self) -> None:
        if self._opened is None or (now := time.monotonic()) < self._refresh_at:
            return
        stamp = self._directory.stamp()  # before what it stands for is read
        if stamp is None or stamp != self._stamp:
            self.refresh()
        self._stamp = stamp
        self._refresh_at = now if self._auto_refresh is True else now + self._auto_refresh

    @property
    def _searcher(self) -> Searcher:
        return self._state[0]

    @property
    def _manifest(self) -> Manifest:
        return self._state[1]

    # ---- reading

    @property
    def schema(self) -> Schema:
        """The index's fields."""
        return self._searcher.schema

    @property
    def schema_is_open(self) -> bool:
        """Whether the index has no documents and a schema that was inferred, so that it may get another."""
        return self._manifest.schema_is_open

    @property
    def schema_is_inferred(self) -> bool:
        """Whether the schema was inferred from documents, so that it grows with those that are added."""
        return self._manifest.schema_is_inferred

    def replace_schema(self, schema: Schema, *, inferred: bool = False) -> None:
        """Give an index whose schema is open another one; durable when this returns.

        SchemaError: it has documents by now, or a schema that somebody chose. Raises LockError.
        """
        from .indexing import empty

        empty.replace_schema(self._directory, schema, inferred)
        self.refresh()

    def add_field(self, name: str, field: Field, *, timeout: float = 0.0) -> None:
        """Give the index one more field; durable when this returns, and no file of documents is written.

        To the documents that are there it is a field without a value. A writer has the same method, for who
        is adding documents: then the field comes with its commit.

        timeout: seconds to wait for another writer. Raises SchemaError for a name that is none, or that a
        field has already; LockError, AnalyzerMismatchError.
        """
        with self.writer(timeout=timeout) as writer:
            writer.add_field(name, field)
        self.refresh()

    def remove_field(self, name: str, *, timeout: float = 0.0) -> None:
        """Take a field away; durable when this returns. Its values are hidden at once, everywhere.

        The room that they take comes back as segments are joined, and at once by a writer's merge(). A field
        that is added under that name later has none of them.

        Raises SchemaError for the last field, UnknownFieldError, LockError, AnalyzerMismatchError.
        """
        with self.writer(timeout=timeout) as writer:
            writer.remove_field(name)
        self.refresh()

    def change_field(
        self,
        name: str,
        field: Field,
        *,
        on_unsuited: OnUnsuited = "raise",
        memory_mb: float = 256,
        threads: int = 1,
        timeout: float = 0.0,
        progress: OnProgress | None = None,
    ) -> SchemaChange:
        """Give a field another type, other languages, a boost, a column; durable when this returns.

        What only a search looks at (boost, default, k1, b, no column any more) changes at once. Anything else
        is written anew from the stored documents, segment by segment, beside the live index: readers see the
        old field until all of it is there. If this is interrupted, the old field stays, and the same call, or
        `reindex`, goes on from the segments that are written. The disk holds both meanwhile.

        For another type strings are read as cells of a table are ("12", "2024-05-31", "yes"), and other
        values become strings as they are written.
        on_unsuited: "raise" changes nothing where a value does not suit; "drop" leaves such values out, and
            the outcome says how many and which.
        memory_mb, threads, timeout: as for `writer`. progress: is told how many documents are done, of how
            many.

        What other dictionaries or rules made than those of today is written anew, too.

        Raises FieldChangeError for values that do not suit, and for a field that is not stored and would have
        to be read; SchemaError, UnknownFieldError, LockError.
        """
        return self.change_fields(
            {name: field},
            on_unsuited=on_unsuited,
            memory_mb=memory_mb,
            threads=threads,
            timeout=timeout,
            progress=progress,
        )

    def change_fields(
        self,
        fields: Mapping[str, Field],
        *,
        on_unsuited: OnUnsuited = "raise",
        memory_mb: float = 256,
        threads: int = 1,
        timeout: float = 0.0,
        progress: OnProgress | None = None,
    ) -> SchemaChange:
        """Change several fields in one go: see `change_field`. Another k1 is one of all Text fields."""
        from .indexing.schema_change import change_fields

        changed = change_fields(
            self._directory,
            fields,
            on_unsuited,
            memory_mb=memory_mb,
            threads=threads,
            timeout=timeout,
            progress=progress,
        )
        self.refresh()
        return changed

    def reindex(
        self,
        *,
        everything: bool = False,
        memory_mb: float = 256,
        threads: int = 1,
        timeout: float = 0.0,
        progress: OnProgress | None = None,
    ) -> SchemaChange:
        """Write anew, from the stored documents, what other dictionaries or rules made than those of today.

        A change of fields that was interrupted is finished. Readers see the old index until all is there.
        everything: all fields with words, be they up to date or not. The rest is as for `change_field`.
        """
        from .indexing.schema_change import reindex

        changed = reindex(
            self._directory,
            everything,
            memory_mb=memory_mb,
            threads=threads,
            timeout=timeout,
            progress=progress,
        )
        self.refresh()
        return changed

    @property
    def unfinished_change(self) -> Schema | None:
        """The schema that an interrupted `change_field` was making, or None; `reindex` finishes it."""
        change = self._manifest.change
        return None if change is None else Schema.from_dict(change.schema)

    @property
    def metadata(self) -> Mapping[str, Any]:
        """What a writer's `metadata` kept with the index, as of this snapshot."""
        from .indexing.metadata import read_metadata

        data: dict[str, Any] = json.loads(read_metadata(self._directory, self._manifest))
        return data

    def search(
        self,
        query: str | Node,
        limit: int | None = 10,
        offset: int = 0,
        *,
        fields: Sequence[str] | None = None,
        cross_script: bool = False,
        synonyms: Synonyms | None = None,
        translations: Translations | None = None,
        parser: QueryParser | None = None,
        ranking: Ranking | str = "default",
        timeout: float | None = None,
        strict: bool = False,
        expand: str | None = None,
        filter: Filter | str | Node | Sequence[Filter | str | Node] | None = None,
        sort: str | Sort | Sequence[str | Sort] | None = None,
        after: str | None = None,
        facets: str | Facet | Sequence[str | Facet] = (),
        group_by: str | GroupBy | None = None,
        boost_by: Recency | Static | Sequence[Recency | Static] | None = None,
        count: bool = False,
    ) -> Results:
        """The documents that match a query, the best first.

        query: words, with AND OR NOT, + and −, "phrases", field:word, parentheses, prefix*, [a TO b] if you
            like; any text is a query. A tree of searchlib.query nodes or of whoosh.query objects is one too.
            Text that nobody typed as a query, a title or a question, goes in as Plain(text): words alone.
        limit: how many hits at most, None for all; offset: how many of the best to skip.
        fields: what words without a field search; the schema's default fields if None.
        cross_script: search names and designations as the other script writes them too (Lukashenka,
            Лукашенко; Т-34, T-34), the synonyms that come with searchlib (ОДКБ, CSTO), and words typed with
            the wrong layout on (ghbdtn, привет), at 0.7, 0.8 and 0.9 of their score; a word counts once, as
            the best of what stands for it. What is in quotes or excluded stays as it is.
        synonyms: further ones, of your own: `Synonyms.load(path)`.
        translations: bilingual dictionaries, `Translations.load(path)`: a word also finds its translations,
            the six most probable that the index has, at 0.7 times the square root of how probable each is.
            Implies cross_script.
        parser: reads the query string in place of searchlib's own: a whoosh.qparser.QueryParser, with any of
            its plugins, or another object whose `parse(text)` gives such a tree.
        ranking: "default" adds to the score below what words of one root and exact forms count; "rich" lets
            neighbouring words count, too, and takes longer; "bm25" is that score alone; or a Ranking.
        timeout: the seconds that the search may take; None: all that it takes. Ctrl-C ends any search.
        strict: raise for what a query cannot mean, rather than read it as text: see below.
        expand: "bo1": search twice, and add to the query the words that its ten best documents have in common
            (Amati's Bo1, 2003), at a fifth of its own weight at most. It helps where a subject is searched
            for, and hurts a little where a fact is. A question of many words takes about twice as long by it,
            one of a word or two many times as long. With words alone it finds documents that have none of
            them, too; whatever else was asked for (AND, +, quotes, values) still holds. The words are in
            `results.expanded`; none is marked in a text. A text field that is searched must be stored.
        sort: another order than that of scores: a field, "-field" for the greatest first, "_score", a
            Sort, or several of these, of which the later ones decide where the earlier ones are equal;
            documents without a value come last. Of equal ones the document added first comes first.
        after: the `results.cursor` of an earlier search in the same order: hits behind that place, at the
            cost of a first page.
        facets: what to count over all matches: a field's name, a Terms, Range, Histogram, Stats or Distinct,
            or several; `results.facets` has them by name.
        group_by: a field or a GroupBy: `limit` and `offset` count groups, and `results.groups` has the best
            hits of each; of these, the results are the first ones. (All four: docs/sorting-and-facets.md.)
        boost_by: what raises scores by a document's own values: a Recency, a Static, or several. They add and
            remove no hit.

        filter: what else a document must have, without scores and marks: `F.price.between(1, 2) &
            F.tags.any("лес", "wood")` (docs/filters.md), a string of the query language, read strictly, a
            tree, or a list of these, all of which must let a document through. A filter that asks for
            nothing, "" or `F.tags.any()`, lets no document through. One that is asked again is remembered.

        count: know `results.total` with the hits, in one pass where that is the shorter way; else it is
            counted when it is first asked for, unless fewer hits than `limit` say it.

        No text raises: a name before a colon that no field has, and a value that is none for its field, are
        words like others, what is not closed reaches to the end, a range that is turned round is turned back,
        a query without a word finds nothing, and what passes a limit is left out or read as plain words.
        `results.notes` says so. With strict=True, an unknown field, a wrong value, an empty query and one
        beyond the limits raise. Trees are a program's: what they name has to be there.

        Scores are BM25F (Robertson, Zaragoza and Taylor, "Simple BM25 extension to multiple weighted fields",
        2004; docs/ranking.md defines it), over the live documents of the whole snapshot; of equal scores the
        document added first wins.

        Raises SearchTimeout; QueryTooComplex, QueryError (an empty query, a value of the wrong kind) and
        UnknownFieldError for trees, and if strict; UnknownFieldError for `fields`, `sort`, `facets` and
        `group_by`, and QueryError where a field has no column for these; CursorError for `after`.
        """
        return self._searcher.search(
            query,
            limit,
            offset,
            fields,
            cross_script,
            synonyms,
            parser,
            ranking,
            timeout,
            strict,
            translations,
            expand,
            filter,
            sort,
            after,
            facets,
            group_by,
            boost_by,
            count,
        )

    asearch = in_a_thread(search)

    def more_like(
        self,
        document_id: DocumentId | None = None,
        limit: int | None = 10,
        offset: int = 0,
        *,
        text: str | None = None,
        fields: Sequence[str] | None = None,
        count: bool = False,
        timeout: float | None = None,
    ) -> Results:
        """The documents most like one of the index, itself left out, or like a text.

        document_id or text: one of the two. limit, offset, count, timeout: as for `search`.
        fields: whose words are compared; the schema's default fields if None.

        The 25 most telling words of the text's first 10,000 characters are searched for: those with the
        largest tf · idf, each at its share of the best one's, as Lucene's MoreLikeThis has it. First lemmas
        count, but no function words, nothing with a digit, and nothing that a single document holds.
        `results.expanded` has the words with their weights; none of them is marked. Scores are BM25F.

        Raises QueryError for an id that no document has, for fields without words, and for a document whose
        text is not stored; UnknownFieldError, SearchTimeout.
        """
        from .search.more_like import MoreLike

        if (document_id is None) == (text is None):
            raise ValueError("more_like wants the id of a document or a text: one of the two")
        searcher = self._searcher
        like = MoreLike(searcher, searcher.scope_of(fields))
        if document_id is not None:
            return like.like_document(id_of(document_id), limit, offset, count, timeout)
        assert text is not None
        return like.like_text(text, limit, offset, count, timeout)

    def terms(self, field: str, prefix: str = "", *, places: bool = False) -> Iterator[TermStatistics]:
        """The terms of a field that begin so, in the order of their UTF-8 bytes, lazily.

        A text's terms are the lemmas of its words and what else these are found by; a keyword's are its
        values. Each has the number of the live documents that hold it, as scores count them; places: how
        often it stands in these, too, for which all postings are read. prefix: of terms as they are stored,
        mostly in small letters with е for ё («сша», by its other meaning, is США). Later commits change
        nothing of what an iterator gives.

        Raises QueryError for a field that has no terms, UnknownFieldError.
        """
        from .search.terms import terms

        checked_string("prefix", prefix)
        checked_flag("places", places)
        searcher = self._searcher
        return terms(searcher.core, searcher.scope_of([field]).number(field), prefix, places)

    def search_many(
        self,
        queries: Sequence[str | Node],
        limit: int | None = 10,
        *,
        threads: int = 1,
        ranking: Ranking | str = "default",
        strict: bool = False,
        expand: str | None = None,
        filter: Filter | str | Node | Sequence[Filter | str | Node] | None = None,
    ) -> list[Results]:
        """The results of several queries, in their order; the core works without the interpreter's lock.

        A query that cannot be answered spoils its own results alone: they are empty, and `error` and `notes`
        say why. With strict=True the first one raises, as `search` does. filter: of all of them, as in
        `search`; one that cannot be raises.
        """
        checked_count("threads", threads, least=1)
        checked_count("limit", limit, or_none=True)
        queries = listed("queries", queries, "a list of queries")
        threads = min(threads, len(queries)) or 1  # more would have nothing to do
        return self._searcher.search_many(queries, limit, threads, ranking, strict, expand, filter)

    def explain(
        self,
        query: str | Node,
        *,
        fields: Sequence[str] | None = None,
        cross_script: bool = False,
        synonyms: Synonyms | None = None,
        translations: Translations | None = None,
        parser: QueryParser | None = None,
        timeout: float | None = None,
        strict: bool = False,
        expand: str | None = None,
        ranking: Ranking | str = "default",
        filter: Filter | str | Node | Sequence[Filter | str | Node] | None = None,
    ) -> QueryPart:
        """How a query is understood: `print` it, or walk its parts.

        Each word with its lemmas and how many documents hold one of them; the stopwords that are left out;
        with cross_script, synonyms or translations, what may stand for a word, why, and the factor of its
        score; with expand, the words that are added (ranking says which documents are the best, that give
        them); with filter, numbers are those of the documents that it lets through. What a document's score
        is made of, `hit.explain()` and `results.explain(id)` say.

        The arguments are those of `search`, and so are the errors.
        """
        from .search.understanding import understand

        query = parsed(query, parser)
        searcher = self._searcher
        return timed(
            "the explanation",
            query,
            timeout,
            lambda: understand(
                searcher,
                searcher.tree(query, fields, cross_script, synonyms, strict, translations=translations),
                fields,
                expand,
                ranking,
                filter,
            ),
        )

    def why_nothing(
        self,
        query: str | Node,
        *,
        fields: Sequence[str] | None = None,
        filter: str | Sequence[str] | None = None,
        timeout: float | None = None,
    ) -> list[Reason]:
        """Why a query finds nothing, each reason counted on the index; empty if it finds something.

        A word stands in a field that the query does not search; the words are there, but never together, or
        not in the order of the phrase; a filter lets none of the matches through; a word is nowhere at all,
        perhaps because rows of a file were refused.

        The arguments are those of `search`. Raises SearchTimeout and QueryError.
        """
        from .search.why import reasons

        filters = [] if filter is None else [filter] if isinstance(filter, str) else list(filter)
        searcher = self._searcher
        found = timed(
            "the reasons", query, timeout, lambda: reasons(searcher, query, fields, filters, timeout)
        )
        if any(reason.kind == "nowhere" for reason in found):
            from .search.why import of_refused
            from .sources.holdings import refused_files

            found += of_refused(refused_files(self))
        return found

    def words_missing(self, document_id: str, text: str) -> list[str]:
        """The words of a text, as spaces part them, that do not find the document in the default fields.

        A word of which nothing is searched for, a sign or a stopword, is not missed.
        """
        from .search.why import words_missing

        return words_missing(self._searcher, document_id, text)

    def suggest(
        self,
        query: str,
        limit: int = 5,
        *,
        fields: Sequence[str] | None = None,
        timeout: float | None = None,
        strict: bool = False,
    ) -> list[Suggestion]:
        """Queries that may have been meant, the likeliest first, where words find nothing or next to nothing.

        It mends typos, words typed with the wrong keyboard layout on («ghbdtn» → «привет»), names in the
        other script (Lukashenka → Лукашенко), words run together or cut in two, and knows the synonyms of
        searchlib. The first suggestion has the best guess for each such word, each further one the next guess
        for one of them. Empty if every word is there, or nothing like it is.

        query: as for `search`; operators, quotes and fields stay, what is excluded is not looked at.
        limit: how many at most. fields: where words without a field are looked for; None: the default ones.
        timeout: the seconds that it may take; None: all that it takes. Ctrl-C ends it.

        A word of more than 64 letters stays as it is: no word of either language is so long. Of one query,
        the first 32 words that find nothing are mended.

        Each `Suggestion` has `query`, `reason` for people, `score`, and `corrections`: for each word a
        `Correction` with what was typed and meant, why, and how many documents hold it. A word weighs
        ln(documents) less six for each edit (a noisy channel: Kernighan, Church and Gale, 1990). Edits are
        Damerau's (1964), and cost less between neighbouring keys and letters that sound alike. A word that
        often stands with the words beside it weighs more (Church and Hanks, 1990). Names are compared by
        sound (Winkler, 1990).

        Raises SearchTimeout; UnknownFieldError for `fields`; and, if strict, for a field that the query names
        and that is none, and QueryTooComplex for a query beyond the limits of `search`, which has none.
        """
        checked_string("query", query)
        checked_count("limit", limit)
        suggester = self._searcher.suggester
        return timed(
            "the suggestions", query, timeout, lambda: suggester.suggest(query, limit, fields, strict)
        )

    def complete(
        self,
        text: str,
        limit: int = 10,
        *,
        fields: Sequence[str] | None = None,
        timeout: float | None = None,
    ) -> list[Completion]:
        """Continuations of a text's last word, by how many documents hold them: «прези» → «президент», …

        text: what was typed so far; nothing goes on after a space, but for a number (1 000). What joiners tie
        together goes on as a whole: alex@ex as alex@example.com, if a document has that.
        limit: how many at most. fields: whose words; None: the default ones.
        timeout: the seconds that it may take; None: all that it takes. Ctrl-C ends it.

        Each `Completion` has `text`, the whole of it with its last word completed, `word` and `num_docs`, the
        number of documents that hold the word in this form (deleted ones too, until a merge; a document
        counts once for each field). Words are as the index compares them: in lower case, with е for ё; of
        equally frequent ones, in the order of the alphabet.

        Raises UnknownFieldError, SearchTimeout.
        """
        checked_string("text", text)
        checked_count("limit", limit)
        suggester = self._searcher.suggester
        return timed("the completion", text, timeout, lambda: suggester.complete(text, limit, fields))

    def get(self, document_id: DocumentId) -> dict[str, Any] | None:
        """The stored fields of a document, its id among them; None if there is no such document."""
        searcher = self._searcher
        doc = searcher.find(id_of(document_id))
        return None if doc is None else {"id": searcher.document_id(doc), **searcher.stored(doc)}

    def ids(self, prefix: str = "") -> Iterator[str]:
        """The ids that begin so, lazily, in the order in which their documents were added."""
        searcher = self._searcher
        for doc in searcher.live_docs():
            document_id = searcher.document_id(doc)
            if document_id.startswith(prefix):
                yield document_id

    def __contains__(self, document_id: object) -> bool:
        return self._searcher.find(id_of(document_id)) is not None

    def __len__(self) -> int:
        return len(self._searcher)

    def __iter__(self) -> Iterator[dict[str, Any]]:
        """The stored fields of every document, in the order in which they were added."""
        searcher = self._searcher
        for doc in searcher.live_docs():
            yield {"id": searcher.document_id(doc), **searcher.stored(doc)}

    def stats(self) -> dict[str, Any]:
        """Numbers of this snapshot: documents, segments, bytes, and of each field terms, forms, length."""
        from .search.statistics import statistics

        return statistics(*self._state)

    # ---- following

    def refresh(self) -> bool:
        """Move to the last commit; False if this snapshot is it. Searches that run keep theirs.

        Files that are open already are neither opened nor checked again.
        """
        with self._refreshing:  # of two threads, the slower one must not step back
            if self._opened is None:
                raise ClosedError("the index was closed; open it again")
            searcher, manifest = self._opened
            if read_manifest(self._directory).generation == manifest.generation:
                return False
            self._opened = self._open({segment.entry.file: segment for segment in searcher.segments})
            return True

    def writer(self, *, memory_mb: float = 256, threads: int = 1, timeout: float = 0.0) -> IndexWriter:
        """The writer: one at a time.

        As a context manager it commits on success and rolls back on an exception.

        memory_mb: megabytes of documents kept in memory before they are written out as a segment.
        threads: how many work beside the caller's; the index has the same bytes for any number.
        timeout: seconds to wait for another writer. Raises LockError, AnalyzerMismatchError.
        """
        from .indexing.writer import IndexWriter

        return IndexWriter(
            self._directory, self._matches, memory_mb=memory_mb, threads=threads, timeout=timeout
        )

    @staticmethod
    def _matches(query: str, segments: list[WorkingSegment]) -> list[list[int]]:
        if not segments:
            return []
        opened = [segment.opened for segment in segments]
        deletes = [segment.core_pair()[1] for segment in segments]
        return Searcher(opened[0].schema, segments[0].analyzers, opened, deletes).matches(query)

    def __repr__(self) -> str:
        if self._opened is None:
            return f"<Index {self._directory!r}: closed>"
        return f"<Index {self._directory!r}: {len(self)} documents>"


def _reopened(path: str, verify: Verify, auto_refresh: bool | float) -> Index:
    return Index.open(path, verify=verify, auto_refresh=auto_refresh)


def _reduced_results(results: Results) -> tuple[Any, ...]:
    from .detached import reduced_results

    return reduced_results(results)


def _reduced_hit(hit: Hit) -> tuple[Any, ...]:
    from .detached import reduced_hit

    return reduced_hit(hit)


# Results know nothing of what makes an index of their own documents: pickle is told here.
copyreg.pickle(Results, _reduced_results)
copyreg.pickle(Hit, _reduced_hit)

open = Index.open
