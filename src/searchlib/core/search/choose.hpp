// Which documents may be among the best: for sums and conjunctions of words.

#pragma once

#include <optional>

#include "search/conjunction.hpp"
#include "search/window_maxscore.hpp"

namespace searchlib {

inline bool can_choose(const PlanNode& plan) {
  return is_sum_of_words(plan) || is_conjunction_of_words(plan);
}

// Adds the candidates of all segments. filter: what they must pass, null for nothing.
inline void add_candidates_of(const ResolvedNode& plan, const Snapshot& snapshot, const DocFilter* filter,
                              Candidates& candidates) {
  const bool is_sum = is_sum_of_words(*plan.plan);
  for (size_t i = 0; i < snapshot.segments().size(); ++i)
    (is_sum ? window_maxscore : search_conjunction)(plan, snapshot, i, filter_of(filter, i), candidates);
}

// A score that k documents reach before any is looked at. Whom a filter lets through nobody knows then: 0.
inline float known_threshold(const ResolvedNode& plan, bool is_sum, const Snapshot& snapshot, size_t k,
                             const DocFilter* filter) {
  return is_sum && filter == nullptr ? starting_threshold(plan, snapshot, k) : 0;
}

// A score that k documents of a filter are likely to reach, for it lets through that share of a word's best ones, too.
// Whoever takes it has to see that they did.
inline float likely_threshold(const ResolvedNode& plan, bool is_sum, const Snapshot& snapshot, size_t k,
                              const DocFilter* filter) {
  if (!is_sum || filter == nullptr || filter->count() == 0) return 0;
  const uint64_t wanted = 2 * uint64_t{k} + 10;  // some more than the share says
  return starting_threshold(plan, snapshot, wanted * snapshot.num_docs() / filter->count() + 1);
}

// The candidates of all segments for the k best. terms: how many a score is the sum of, at most.
// filter: what they must pass, null for nothing. after: a document's score, where only those behind it are wanted.
// reached: a score that k live documents are known to reach, which pass the filter.
inline std::vector<uint32_t> choose(const ResolvedNode& plan, const Snapshot& snapshot, size_t k,
                                    size_t terms, const DocFilter* filter,
                                    std::optional<double> after = std::nullopt, float reached = 0) {
  const bool is_known = is_sum_of_words(*plan.plan) && !after;
  const float likely = likely_threshold(plan, is_known, snapshot, k, filter);
  if (likely > reached) {
    Candidates candidates(k, likely, terms);
    add_candidates_of(plan, snapshot, filter, candidates);
    if (candidates.bears_out_start()) return candidates.survivors();
  }
  Candidates candidates(k, std::max(known_threshold(plan, is_known, snapshot, k, filter), reached), terms);
  if (after) candidates.end_at(*after);
  add_candidates_of(plan, snapshot, filter, candidates);
  return candidates.survivors();
}

}  // namespace searchlib
