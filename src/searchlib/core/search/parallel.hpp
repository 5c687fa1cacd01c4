// Several plans over one snapshot, on several threads.

#pragma once

#include "search/search.hpp"

namespace searchlib {

// The hits of each plan, in the plans' order. threads ≥ 1; the caller's thread is one of them. What a search
// throws is thrown here.
std::vector<std::vector<ScoredDoc>> search_in_parallel(const std::vector<PlanNode>& plans,
                                                       const Snapshot& snapshot, size_t limit,
                                                       unsigned threads);

}  // namespace searchlib
