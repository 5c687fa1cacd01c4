"""What an index can be asked: search and its explanations, suggestions, completions, terms, likenesses.

Each call is checked and handed on to the stage that answers it. Most of these lines are the documentation
that users read; how an index is opened and written stands in index.py.
"""

from __future__ import annotations

from abc import abstractmethod

from .arguments import checked_count, checked_flag, checked_string, listed
from .lean import TYPE_CHECKING
from .schema import ID, DocumentId, Schema, id_of
from .search.results import Results
from .search.searcher import Searcher, parsed
from .search.timing import timed
from .threads import in_a_thread

# A plain query needs none of these.
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from typing import Any

    from .query.conditions import Filter
    from .query.nodes import Node
    from .search.boosts import Recency, Static
    from .search.counting import GroupBy
    from .search.facets import Facet
    from .search.ranking import Ranking
    from .search.sorting import Sort
    from .search.terms import TermStatistics
    from .search.trees import QueryParser
    from .search.understanding import QueryPart
    from .search.why import Reason
    from .suggest.completion import Completion
    from .suggest.suggestions import Suggestion
    from .synonyms.table import Synonyms
    from .translations.table import Translations


class Asking:
    """The questions; an Index answers them as of its last commit when it was opened or refreshed."""

    @property
    @abstractmethod
    def _searcher(self) -> Searcher:
        """The snapshot that is asked."""

    @property
    @abstractmethod
    def schema(self) -> Schema:
        """The index's fields."""

    @property
    @abstractmethod
    def metadata(self) -> Mapping[str, Any]:
        """What a writer's `metadata` kept with the index, as of this snapshot."""

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
            the best of what stands for it. What is in quotes or excluded stays as it is. Where a word is in
            no document, `results.notes` say what it was read as.
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
            for, and hurts a little where a fact is. A question of many words takes three times as long by it,
            one of a word or two five to six times; where the fields that are searched have term_vectors, two
            and three times (`python -m benchmarks feedback`). With words alone it finds documents that have
            none of them, too; whatever else was asked for (AND, +, quotes, values) still holds. The words are
            in `results.expanded`; none is marked in a text. A text field that is searched must be stored, or
            have term_vectors.
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
        `results.notes` says so. With strict=True, an unknown field, a wrong value, what is not closed, an
        empty query and one beyond the limits raise. Trees are a program's: what they name has to be there.

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

    def instant(
        self,
        text: str,
        limit: int | None = 10,
        offset: int = 0,
        *,
        fields: Sequence[str] | None = None,
        filter: Filter | str | Node | Sequence[Filter | str | Node] | None = None,
        sort: str | Sort | Sequence[str | Sort] | None = None,
        facets: str | Facet | Sequence[str | Facet] = (),
        count: bool = False,
        mend: bool = True,
        timeout: float | None = None,
    ) -> Results:
        """The documents for a text that somebody is typing, asked anew at each key stroke; the best first.

        Words are searched for as `search` does. The last one, unless a space or a comma ends it, may go on:
        what begins so is searched for in all its forms («токае» finds Токаевым, "runn" finds ran), by the 16
        most frequent words at most, at 0.7 of the score of the first, or of the word itself if that is one.

        Documents that have all words come before those that have some; among them those that have the last
        word as it stands before those where it goes on. With `sort`, which knows no such order, all words are
        required, as long as a document has them. Where not all are there, the last word counts as the first
        of the words that it may become, unless these are in 10,000 documents at most, together.

        A word that no document has, or three at most of a million, is read as what it may have meant: with
        the wrong keyboard layout on (nfirty, ташке), one edit away, run together, a synonym of searchlib's, a
        name in the other script. `results.instead` and `results.notes` say so. The last word counts as there
        as long as something begins so. mend: False leaves words as they are. A text of more than 32 words was
        not typed: it is searched for as `search` does.

        limit, offset, fields, filter, sort, facets, count, timeout: as for `search`, and so are operators,
        quotes and fields in the text. `results.total` and facets count the documents that have some of the
        words, or what `sort` requires. There is no cursor: use offset.

        Raises SearchTimeout; UnknownFieldError and QueryError for `fields`, `filter`, `sort` and `facets`.
        No text raises.
        """
        from .search.instant import Wanted

        checked_string("text", text)
        checked_flag("count", count)
        checked_flag("mend", mend)
        wanted = Wanted(limit, offset, filter, sort, facets, count, mend)
        return self._searcher.instant(fields).search(text, wanted, timeout)

    ainstant = in_a_thread(instant)

    def more_like(
        self,
        document_id: DocumentId | None = None,
        limit: int | None = 10,
        offset: int = 0,
        *,
        text: str | None = None,
        fields: Sequence[str] | None = None,
        filter: Filter | str | Node | Sequence[Filter | str | Node] | None = None,
        count: bool = False,
        timeout: float | None = None,
    ) -> Results:
        """The documents most like one of the index, itself left out, or like a text.

        document_id or text: one of the two. limit, offset, filter, count, timeout: as for `search`.
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
        like = MoreLike(searcher, searcher.scope_of(fields), filter)
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
        from .errors import QueryError
        from .search.terms import terms

        checked_string("prefix", prefix)
        checked_flag("places", places)
        if field == ID:
            raise QueryError("ids are no terms; ids(prefix) has those that begin so")
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
        from .search.many import search_many

        checked_count("threads", threads, least=1)
        checked_count("limit", limit, or_none=True)
        queries = listed("queries", queries, "a list of queries")
        threads = min(threads, len(queries)) or 1  # more would have nothing to do
        return search_many(self._searcher, queries, limit, threads, ranking, strict, expand, filter)

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
        filter: Filter | str | Node | Sequence[Filter | str | Node] | None = None,
        timeout: float | None = None,
    ) -> list[Reason]:
        """Why a query finds nothing, each reason counted on the index; empty if it finds something.

        A word stands in a field that the query does not search; the words are there, but never together, or
        not in the order of the phrase; a filter lets none of the matches through; a word is nowhere at all,
        perhaps because rows of a file were refused.

        The arguments are those of `search`. Raises SearchTimeout and QueryError.
        """
        from .query.conditions import Fixed
        from .search.why import reasons

        filters = [] if filter is None else list(filter) if isinstance(filter, (list, tuple)) else [filter]
        searcher = self._searcher
        found = timed(
            "the reasons", query, timeout, lambda: reasons(searcher, query, fields, filters, timeout)
        )
        is_fixed = any(isinstance(one, Fixed) for one in filters)
        if not is_fixed and any(reason.kind == "nowhere" for reason in found):
            from .search.why import of_refused
            from .sources.holdings import refused_files

            found += of_refused(refused_files(self))
        return found

    def words_missing(self, document_id: DocumentId, text: str) -> list[str]:
        """The words of a text, as spaces part them, that do not find the document in the default fields.

        A word of which nothing is searched for, a sign or a stopword, is not missed.
        """
        from .search.why import words_missing

        checked_string("text", text)
        return words_missing(self._searcher, id_of(document_id), text)

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
        together goes on as a whole: alex@ex as alex@example.com, if a document has that. Behind `field:` come
        words of that field, or a Keyword's values that begin so; nothing where it is of another type.
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
