// Evaluates a plan over a snapshot: finds its best documents, or counts them all.

#pragma once

#include <span>

#include "search/plan.hpp"
#include "search/snapshot.hpp"
#include "search/top_k.hpp"

namespace searchlib {

// The first `limit` documents by (score descending, document ascending), numbered through the whole snapshot.
// guessed: documents that are thought to be among them. They are scored first, if there are `limit` of them, so that
// the others are passed over sooner; whatever they are, the hits are the same.
std::vector<ScoredDoc> search(const PlanNode& plan, const Snapshot& snapshot, size_t limit,
                              std::span<const uint32_t> guessed = {});

// The same by scoring every match: the reference for all pruning.
std::vector<ScoredDoc> search_exhaustively(const PlanNode& plan, const Snapshot& snapshot, size_t limit);

// How many live documents match.
uint64_t count(const PlanNode& plan, const Snapshot& snapshot);

// The score of one document, or nothing if it does not match.
std::optional<double> score_of(const PlanNode& plan, const Snapshot& snapshot, uint32_t doc);

}  // namespace searchlib
