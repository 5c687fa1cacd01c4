// The best documents for a phrase in one field, by blocks of its rarest word: documents that hold all words,
// and often enough to reach the threshold, are found for a whole block at a time; positions are read of those
// alone. A phrase inside a larger query is walked by phrase_scorer.hpp.

#pragma once

#include "search/doc_filter.hpp"
#include "search/resolve.hpp"
#include "search/top_k.hpp"

namespace searchlib {

// Whether the plan is a phrase with weights that are sound floats.
bool is_plain_phrase(const ResolvedNode& plan);

// Offers the matches of one segment, with their exact scores.
void search_phrase(const ResolvedNode& plan, const Snapshot& snapshot, size_t segment,
                   const SegmentFilter* filter, TopK& top);

}  // namespace searchlib
