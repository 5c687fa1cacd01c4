// Which documents may be among the best: for sums and conjunctions of words.

#pragma once

#include "search/conjunction.hpp"
#include "search/window_maxscore.hpp"

namespace searchlib {

inline bool can_choose(const PlanNode& plan) {
  return is_sum_of_words(plan) || is_conjunction_of_words(plan);
}

// Adds the candidates of all segments.
inline void add_candidates_of(const ResolvedNode& plan, const Snapshot& snapshot, Candidates& candidates) {
  const bool is_sum = is_sum_of_words(*plan.plan);
  for (size_t i = 0; i < snapshot.segments().size(); ++i)
    (is_sum ? window_maxscore : search_conjunction)(plan, snapshot, i, candidates);
}

// The candidates of all segments for the k best. terms: how many a score is the sum of, at most. reached: a score
// that k live documents are known to reach.
inline std::vector<uint32_t> choose(const ResolvedNode& plan, const Snapshot& snapshot, size_t k,
                                    size_t terms, float reached) {
  const float threshold = is_sum_of_words(*plan.plan) ? starting_threshold(plan, snapshot, k) : 0;
  Candidates candidates(k, std::max(threshold, reached), terms);
  add_candidates_of(plan, snapshot, candidates);
  return candidates.survivors();
}

}  // namespace searchlib
