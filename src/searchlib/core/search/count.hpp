// How many documents of a snapshot match a plan: of what is known without looking, nothing is looked for; all else is
// counted as sets of documents (doc_set.hpp).

#pragma once

#include "search/resolve.hpp"

namespace searchlib {

// The live documents that match.
uint64_t count(const PlanNode& plan, const Snapshot& snapshot);

}  // namespace searchlib
