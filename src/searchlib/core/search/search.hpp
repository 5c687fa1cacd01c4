// Evaluates a plan over a snapshot: finds its best documents.

#pragma once

#include <optional>
#include <span>

#include "search/plan.hpp"
#include "search/snapshot.hpp"
#include "search/top_k.hpp"

namespace searchlib {

// The first `limit` documents by (score descending, document ascending), numbered through the whole snapshot.
// after: only those behind that document, which need not match, nor be there.
// guessed: documents that are thought to be among them. They are scored first, if there are `limit` of them, so that
// the others are passed over sooner; whatever they are, the hits are the same.
std::vector<ScoredDoc> search(const PlanNode& plan, const Snapshot& snapshot, size_t limit,
                              const std::optional<ScoredDoc>& after = std::nullopt,
                              std::span<const uint32_t> guessed = {});

// The same, and how many live documents match in all, in the shortest of three ways: one pass that passes over nothing
// (a phrase of rare words); all that match as bits, and the best of those (AND, NOT); or the search, and a count of its
// own.
struct CountedDocs {
  std::vector<ScoredDoc> best;
  uint64_t total;
};
CountedDocs search_counted(const PlanNode& plan, const Snapshot& snapshot, size_t limit);

// The same by scoring every match: the reference for all pruning.
std::vector<ScoredDoc> search_exhaustively(const PlanNode& plan, const Snapshot& snapshot, size_t limit,
                                           const std::optional<ScoredDoc>& after = std::nullopt);

// The score of one document, or nothing if it does not match.
std::optional<double> score_of(const PlanNode& plan, const Snapshot& snapshot, uint32_t doc);

}  // namespace searchlib
