#include "search/search.hpp"

#include "search/resolve.hpp"
#include "search/window_maxscore.hpp"

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

// The k best of documents that are given in ascending order, by their exact scores.
std::vector<ScoredDoc> rank_exactly(const std::vector<uint32_t>& docs, const ResolvedNode& resolved,
                                    const Snapshot& snapshot, size_t limit) {
  TopK top(limit);
  size_t segment = 0;
  ScorerPtr scorer;
  uint32_t end = 0;  // of the segment that the scorer is for
  for (const uint32_t doc : docs) {
    while (doc >= end) {
      end = snapshot.segments()[segment].first_doc + snapshot.segments()[segment].segment->num_docs();
      if (doc < end) scorer = make_scorer(resolved, snapshot, segment);
      ++segment;
    }
    const uint32_t local = doc - snapshot.segments()[segment - 1].first_doc;
    if (scorer && scorer->seek(local) == local) top.offer(scorer->score(), doc);
  }
  return top.take_sorted();
}

}  // namespace

std::vector<ScoredDoc> search(const PlanNode& plan, const Snapshot& snapshot, size_t limit) {
  if (limit == 0 || limit >= snapshot.num_live_docs() || !is_sum_of_words(plan)) {
    return search_exhaustively(plan, snapshot, limit);
  }
  const ResolvedNode resolved = resolve(plan, snapshot);
  Candidates candidates(limit, starting_threshold(resolved, snapshot, limit));
  for (size_t i = 0; i < snapshot.segments().size(); ++i) window_maxscore(resolved, snapshot, i, candidates);
  return rank_exactly(candidates.survivors(), resolved, snapshot, limit);
}

std::vector<ScoredDoc> search_exhaustively(const PlanNode& plan, const Snapshot& snapshot, size_t limit) {
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
