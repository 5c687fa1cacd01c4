// Evaluates a plan over a snapshot: finds its best documents.

#pragma once

#include "search/plan.hpp"
#include "search/snapshot.hpp"
#include "search/top_k.hpp"

namespace searchlib {

// The first `limit` documents by (score descending, document ascending), numbered through the whole snapshot.
std::vector<ScoredDoc> search(const PlanNode& plan, const Snapshot& snapshot, size_t limit);

// The same, and how many live documents match in all. It takes the shorter of two ways: one pass that passes over
// nothing, or the search and a count of its own.
struct CountedDocs {
  std::vector<ScoredDoc> best;
  uint64_t total;
};
CountedDocs search_counted(const PlanNode& plan, const Snapshot& snapshot, size_t limit);

// The same by scoring every match: the reference for all pruning.
std::vector<ScoredDoc> search_exhaustively(const PlanNode& plan, const Snapshot& snapshot, size_t limit);

// The score of one document, or nothing if it does not match.
std::optional<double> score_of(const PlanNode& plan, const Snapshot& snapshot, uint32_t doc);

}  // namespace searchlib
