// AND of words, top k: the rarest word's postings are read, block by block, and each further word thins out
// what is left of them. Where it stands in two fields, a block of each is merged at a time; where it has more lists
// (lemmas, fields), it is read over windows of documents instead. Blocks and windows whose bounds stay below the threshold are passed over.

#pragma once

#include "search/candidates.hpp"
#include "search/doc_filter.hpp"
#include "search/resolve.hpp"

namespace searchlib {

// Whether the plan is a conjunction of words and nothing else, which is what this evaluates.
bool is_conjunction_of_words(const PlanNode& plan);

// Adds the candidates of one segment, of those that the filter lets through; it may be null.
void search_conjunction(const ResolvedNode& plan, const Snapshot& snapshot, size_t segment,
                        const SegmentFilter* filter, Candidates& candidates);

}  // namespace searchlib
