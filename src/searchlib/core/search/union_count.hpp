// How many documents hold one of several words: no scorer walks them, their postings are laid over each other
// as bits. A plan and a snapshot come in, a number goes out.

#pragma once

#include "search/resolve.hpp"

namespace searchlib {

// Whether the documents of a plan are those of its words, all together.
bool is_union_of_words(const PlanNode& plan);

// The live documents of such a plan.
uint64_t count_union(const ResolvedNode& plan, const Snapshot& snapshot);

}  // namespace searchlib
