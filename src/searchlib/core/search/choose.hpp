// Which documents may be among the best: for sums and conjunctions of words.

#pragma once

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

// A score that k documents reach before any is looked at. Whom a filter lets through nobody knows then.
inline float known_threshold(const ResolvedNode& plan, bool is_sum, const Snapshot& snapshot, size_t k,
                             const DocFilter* filter) {
  return is_sum && filter == nullptr ? starting_threshold(plan, snapshot, k) : 0;
}

// The candidates of all segments for the k best. terms: how many a score is the sum of, at most.
inline std::vector<uint32_t> choose(const ResolvedNode& plan, const Snapshot& snapshot, size_t k,
                                    size_t terms, const DocFilter* filter) {
  const float threshold = known_threshold(plan, is_sum_of_words(*plan.plan), snapshot, k, filter);
  Candidates candidates(k, threshold, terms);
  add_candidates_of(plan, snapshot, filter, candidates);
  return candidates.survivors();
}

}  // namespace searchlib
