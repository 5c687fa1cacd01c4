// AND of words, top k: over windows of documents, the rarest word's postings are read, and each further word
// thins out what is left of them. Windows and blocks whose bounds stay below the threshold are passed over.

#pragma once

#include "search/candidates.hpp"
#include "search/resolve.hpp"

namespace searchlib {

// Whether the plan is a conjunction of words and nothing else, and its rarest word is frequent enough for
// windows to pay: what this algorithm evaluates.
bool suits_windows(const ResolvedNode& plan);

// Adds the candidates of one segment.
void search_conjunction(const ResolvedNode& plan, const Snapshot& snapshot, size_t segment,
                        Candidates& candidates);

}  // namespace searchlib
