#include "search/search.hpp"

#include "search/resolve.hpp"

namespace searchlib {
namespace {

// visit(segment's number, scorer) for each live match, in order.
template <class Visit>
void for_each_match(const PlanNode& plan, const Snapshot& snapshot, Visit&& visit) {
  const ResolvedNode resolved = resolve(plan, snapshot);
  for (size_t i = 0; i < snapshot.segments().size(); ++i) {
    const SnapshotSegment& part = snapshot.segments()[i];
    const ScorerPtr scorer = make_scorer(resolved, snapshot, i);
    if (!scorer) continue;
    for (uint32_t doc = scorer->seek(0); doc != kNoMoreDocs; doc = scorer->seek(doc + 1)) {
      if (!part.deletes || !part.deletes->contains(doc)) visit(part, *scorer);
    }
  }
}

}  // namespace

std::vector<ScoredDoc> search(const PlanNode& plan, const Snapshot& snapshot, size_t limit) {
  TopK top(limit);
  for_each_match(plan, snapshot, [&](const SnapshotSegment& part, Scorer& scorer) {
    top.offer(scorer.score(), part.first_doc + scorer.doc());
  });
  return top.take_sorted();
}

uint64_t count(const PlanNode& plan, const Snapshot& snapshot) {
  uint64_t matches = 0;
  for_each_match(plan, snapshot, [&](const SnapshotSegment&, Scorer&) { ++matches; });
  return matches;
}

std::optional<double> score_of(const PlanNode& plan, const Snapshot& snapshot, uint32_t doc) {
  const ResolvedNode resolved = resolve(plan, snapshot);
  for (size_t i = 0; i < snapshot.segments().size(); ++i) {
    const SnapshotSegment& part = snapshot.segments()[i];
    if (doc < part.first_doc || doc - part.first_doc >= part.segment->num_docs()) continue;
    const uint32_t local = doc - part.first_doc;
    const ScorerPtr scorer = make_scorer(resolved, snapshot, i);
    if (!scorer || scorer->seek(local) != local) return std::nullopt;
    return scorer->score();
  }
  return std::nullopt;
}

}  // namespace searchlib
