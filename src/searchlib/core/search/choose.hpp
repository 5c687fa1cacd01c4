// Which documents may be among the best: for sums and conjunctions of words.

#pragma once

#include "search/conjunction.hpp"
#include "search/window_maxscore.hpp"

namespace searchlib {

inline bool can_choose(const PlanNode& plan) {
  return is_sum_of_words(plan) || is_conjunction_of_words(plan);
}

// The candidates of all segments for the k best. threshold: a score that these are known to reach.
// terms: how many a score is the sum of, at most.
inline std::vector<uint32_t> choose(const ResolvedNode& plan, const Snapshot& snapshot, size_t k,
                                    float threshold, size_t terms) {
  const bool is_sum = is_sum_of_words(*plan.plan);
  if (is_sum && threshold == 0) threshold = starting_threshold(plan, snapshot, k);
  Candidates candidates(k, threshold, terms);
  for (size_t i = 0; i < snapshot.segments().size(); ++i)
    (is_sum ? window_maxscore : search_conjunction)(plan, snapshot, i, candidates);
  return candidates.survivors();
}

}  // namespace searchlib
