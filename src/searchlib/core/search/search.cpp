#include "search/search.hpp"

#include <algorithm>

#include "postings/rounding.hpp"
#include "search/choose.hpp"
#include "search/deadline.hpp"
#include "search/exact_sums.hpp"
#include "search/phrase_search.hpp"
#include "search/resolve.hpp"
#include "search/union_count.hpp"
#include "search/upper_sum.hpp"

namespace searchlib {
namespace {

// visit(segment's number, scorer) for each live match, in order.
template <class Visit>
void for_each_match(const PlanNode& plan, const Snapshot& snapshot, Visit&& visit) {
  Deadline& deadline = Deadline::current();
  const ResolvedNode resolved = resolve(plan, snapshot);
  for (size_t i = 0; i < snapshot.segments().size(); ++i) {
    const SnapshotSegment& part = snapshot.segments()[i];
    const ScorerPtr scorer = make_scorer(resolved, snapshot, i);
    if (!scorer) continue;
    for (uint32_t doc = scorer->seek(0); doc != kNoMoreDocs; doc = scorer->seek(doc + 1)) {
      deadline.tick();
      if (!part.deletes || !part.deletes->contains(doc)) visit(part, *scorer);
    }
  }
}

// How many terms a document's score is the sum of, at most.
size_t num_terms(const PlanNode& plan) {
  size_t terms = plan.children.empty() ? std::max<size_t>(plan.word.size() + plan.phrase.size(), 1) : 0;
  for (const PlanNode& child : plan.children) terms += num_terms(child);
  return terms;
}

// Any tree, document by document, passing over stretches whose bound stays below the k-th best score so far.
// Scores are exact from the start, so there is nothing to choose afterwards.
void search_by_bounds(Scorer& scorer, const SnapshotSegment& part, size_t terms, TopK& top) {
  const float factor = 1 - slack_of_terms(terms);
  uint32_t doc = 0;
  ScoreBound bound{0, 0};
  bool bounded = false;  // whether `bound` holds for doc
  Deadline& deadline = Deadline::current();
  while (true) {
    deadline.tick();
    if (top.is_full() && scorer.most() <= top.threshold()) return;  // of equal ones the earlier come first
    if (top.is_full() && (!bounded || doc > bound.until)) {
      bound = scorer.bound_from(doc);
      bounded = true;
    }
    if (top.is_full() && below(bound.score, static_cast<float>(top.threshold()) * factor)) {
      if (bound.until == kNoMoreDocs) return;
      doc = bound.until + 1;
      continue;
    }
    const uint32_t found = scorer.seek(doc);
    if (found == kNoMoreDocs) return;
    if (bounded && found > bound.until) {
      doc = found;  // it has a bound of its own
      bounded = false;
      if (top.is_full()) continue;
    }
    if (!part.deletes || !part.deletes->contains(found)) {
      if (top.offer(scorer.score(), part.first_doc + found) && top.is_full())
        scorer.raise_threshold(top.threshold());
    }
    doc = found + 1;
  }
}

// A score that `limit` live documents reach, as some of them show; 0 if they do not.
float score_reached(const ResolvedNode& plan, const Snapshot& snapshot, size_t limit,
                    std::span<const uint32_t> guessed) {
  if (guessed.size() < limit) return 0;
  std::vector<uint32_t> live(guessed.begin(), guessed.end());
  sort_distinct(live);
  live.erase(std::unique(live.begin(), live.end()), live.end());
  for (const SnapshotSegment& part : snapshot.segments()) {
    std::erase_if(live, [&](uint32_t doc) {
      return doc >= part.first_doc && doc - part.first_doc < part.segment->num_docs() && part.deletes &&
             part.deletes->contains(doc - part.first_doc);
    });
  }
  if (live.size() < limit) return 0;
  const std::vector<ScoredDoc> scored = rank_documents(live, snapshot, limit, [&](size_t segment) {
    return [scorer = make_scorer(plan, snapshot, segment)](uint32_t doc) {
      return scorer && scorer->match(doc) ? scorer->score() : 0;
    };
  });
  return round_down(scored.back().score);
}

}  // namespace

std::vector<ScoredDoc> search(const PlanNode& plan, const Snapshot& snapshot, size_t limit,
                              std::span<const uint32_t> guessed) {
  if (limit == 0 || limit >= snapshot.num_live_docs()) return search_exhaustively(plan, snapshot, limit);
  const ResolvedNode resolved = resolve(plan, snapshot);
  const size_t terms = num_terms(plan);
  if (can_choose(plan)) {
    const float reached = score_reached(resolved, snapshot, limit, guessed);
    return rank_sums(choose(resolved, snapshot, limit, terms, reached), resolved, snapshot, limit);
  }
  if (const std::optional<UpperSum> upper = upper_sum_of(resolved)) {
    const float reached = score_reached(resolved, snapshot, limit, guessed);
    return search_by_upper_sum(resolved, *upper, snapshot, limit, terms, reached);
  }
  TopK top(limit);
  if (is_plain_phrase(resolved)) {
    for (size_t i = 0; i < snapshot.segments().size(); ++i) search_phrase(resolved, snapshot, i, top);
    return top.take_sorted();
  }
  for (size_t i = 0; i < snapshot.segments().size(); ++i) {
    const ScorerPtr scorer = make_scorer(resolved, snapshot, i);
    if (!scorer) continue;
    if (top.is_full()) scorer->raise_threshold(top.threshold());
    search_by_bounds(*scorer, snapshot.segments()[i], terms, top);
  }
  return top.take_sorted();
}

std::vector<ScoredDoc> search_exhaustively(const PlanNode& plan, const Snapshot& snapshot, size_t limit) {
  TopK top(limit);
  for_each_match(plan, snapshot, [&](const SnapshotSegment& part, Scorer& scorer) {
    top.offer(scorer.score(), part.first_doc + scorer.doc());
  });
  return top.take_sorted();
}

uint64_t count(const PlanNode& plan, const Snapshot& snapshot) {
  if (is_union_of_words(plan)) return count_union(resolve(plan, snapshot), snapshot);
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
