#include "search/search.hpp"

#include <algorithm>

#include "search/choose.hpp"
#include "search/count.hpp"
#include "search/deadline.hpp"
#include "search/exact_sums.hpp"
#include "search/phrase_search.hpp"
#include "search/resolve.hpp"
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

}  // namespace

std::vector<ScoredDoc> search(const PlanNode& plan, const Snapshot& snapshot, size_t limit) {
  if (limit == 0 || limit >= snapshot.num_live_docs()) return search_exhaustively(plan, snapshot, limit);
  const ResolvedNode resolved = resolve(plan, snapshot);
  const size_t terms = num_terms(plan);
  if (can_choose(plan)) return rank_sums(choose(resolved, snapshot, limit, terms), resolved, snapshot, limit);
  if (const std::optional<UpperSum> upper = upper_sum_of(resolved))
    return search_by_upper_sum(resolved, *upper, snapshot, limit, terms);
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

namespace {

// Of a phrase in no more documents than so many, one pass over all places is shorter than a pruned search and a count.
// Measured: of a frequent one the search reads few places, and the count stops at a document's first match.
constexpr uint64_t kOnePass = 8192;

uint64_t phrase_cost(const ResolvedNode& plan, const Snapshot& snapshot) {
  uint64_t cost = 0;
  for (size_t i = 0; i < snapshot.segments().size(); ++i) cost += phrase_cost(plan, i);
  return cost;
}

}  // namespace

CountedDocs search_counted(const PlanNode& plan, const Snapshot& snapshot, size_t limit) {
  CountedDocs found{};
  if (plan.kind == PlanNode::Kind::kPhrase && limit > 0 && limit < snapshot.num_live_docs()) {
    const ResolvedNode resolved = resolve(plan, snapshot);
    if (is_plain_phrase(resolved) && phrase_cost(resolved, snapshot) <= kOnePass) {
      TopK top(limit);
      for (size_t i = 0; i < snapshot.segments().size(); ++i)
        found.total += search_phrase(resolved, snapshot, i, top, true);
      found.best = top.take_sorted();
      return found;
    }
  }
  if (limit > 0) found.best = search(plan, snapshot, limit);
  found.total = found.best.size() < limit ? found.best.size() : count(plan, snapshot);
  return found;
}

std::vector<ScoredDoc> search_exhaustively(const PlanNode& plan, const Snapshot& snapshot, size_t limit) {
  TopK top(limit);
  for_each_match(plan, snapshot, [&](const SnapshotSegment& part, Scorer& scorer) {
    top.offer(scorer.score(), part.first_doc + scorer.doc());
  });
  return top.take_sorted();
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
