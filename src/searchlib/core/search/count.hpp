// How many documents of a snapshot match a plan. No scorer walks what words, patterns, phrases, values and what
// combines them match: sets of documents (doc_set.hpp) do, and what is known of them without looking is not looked
// for.

#pragma once

#include "search/doc_set.hpp"
#include "search/resolve.hpp"

namespace searchlib {

// The documents of one segment that a node matches; null where there are none. The node, the snapshot and its plan
// stay as long as the set does.
DocSetPtr make_doc_set(const ResolvedNode& node, const Snapshot& snapshot, size_t segment);

// The live documents that match.
uint64_t count(const PlanNode& plan, const Snapshot& snapshot);

}  // namespace searchlib
