// Counts the documents of a snapshot that hold one of several words. No scorer walks them: the words' postings
// are laid over each other as bits.

#pragma once

#include "search/resolve.hpp"

namespace searchlib {

// Whether the documents of a plan are those of its words, all together.
bool is_union_of_words(const PlanNode& plan);

// The live documents of such a plan.
uint64_t count_union(const ResolvedNode& plan, const Snapshot& snapshot);

}  // namespace searchlib
