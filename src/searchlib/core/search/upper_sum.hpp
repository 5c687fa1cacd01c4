// Words and what counts besides them: their signals, and neighbours that stand in the text as in the
// query. That takes positions, so it is not computed for every document that the words lead to. A plain sum
// of the words, each at a larger weight, bounds such a score from above: documents are chosen by that sum,
// and those few are scored exactly.
//
//   plan   := words | maybe [words, extras]        words may have signals, and be boosted
//
// Which trees they are, upper_parts.hpp says.
//
// A word with signals scores at most 1 + their weights times what its lemmas score. A phrase scores Σ idf · x /
// (x + K) over its words, and matches in no field more often than any of its words stands there: of a word with one
// lemma that is at most the word's own score; of one with m lemmas, whose places may be different ones, at most m
// times; behind a word whose forms have w widths ("wifi", "wi-fi"), w times that (phrase_count.hpp); and if the
// word is searched in more fields, where another df may be the largest, as many times more as its idf is less.

#pragma once

#include <optional>

#include "search/bounding_sum.hpp"
#include "search/doc_filter.hpp"
#include "search/resolve.hpp"
#include "search/top_k.hpp"

namespace searchlib {

// The sum (or conjunction) of words that bounds a plan, and how loosely.
struct UpperSum {
  WordSum bound;
  // No document scores less than the sum divided by this: all words with nothing added. It holds where all are sure.
  double most = 1;
  // Where some are alternatives ("healthcare", where "health care" is as good): the sum of the others.
  std::optional<WordSum> sure = std::nullopt;
};

// Nothing if the plan is none of those above.
std::optional<UpperSum> upper_sum_of(const ResolvedNode& plan, const Snapshot& snapshot);

// The best documents of a plan: those whose bounding sum is no less than a score which enough others reach, as one
// pass shows, or two where some words are not sure. terms: how many a score is the sum of,
// at most. known: none, or `limit` live documents that pass the filter and match, or more, in order. filter: what
// the documents must pass, null for nothing. after: only those behind it are wanted. Nothing where the sum does not help:
// fewer documents than are wanted have a sure word, or some words are not sure and those behind one are wanted.
std::optional<std::vector<ScoredDoc>> search_by_upper_sum(
    const ResolvedNode& plan, const UpperSum& upper, const Snapshot& snapshot, size_t limit, size_t terms,
    const std::vector<ScoredDoc>& known, const DocFilter* filter = nullptr,
    const std::optional<ScoredDoc>& after = std::nullopt);

// The best of some documents, those that match: numbered through the snapshot, in ascending order.
std::vector<ScoredDoc> rank_matches(const std::vector<uint32_t>& docs, const ResolvedNode& plan,
                                    const Snapshot& snapshot, size_t limit);

// A score that `limit` of them reach, which come in order; 0 if they are fewer.
float score_reached(const std::vector<ScoredDoc>& ranked, size_t limit);

// The best of documents that are known to match, by the plain sum of the plan's words, where the plan is a tree of
// words in which whatever a matching document has of them counts:
//
//   tree := and [tree, …] | not [tree, anything] | boost tree | any
//   any  := word | or [any, …] | boost any
//
// Nothing if it is none, or if one of its words has signals or a weight that no sum bears (0, or a huge one).
std::optional<std::vector<ScoredDoc>> search_among_matches(const ResolvedNode& plan, const Snapshot& snapshot,
                                                           size_t limit, size_t terms,
                                                           const DocFilter& matches);

}  // namespace searchlib
