#include "search/search.hpp"

#include <algorithm>

#include "postings/rounding.hpp"
#include "search/choose.hpp"
#include "search/count.hpp"
#include "search/deadline.hpp"
#include "search/doc_filter.hpp"
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

// Whether to ask a scorer about each document of the filter takes less than to walk the scorer's own.
bool filter_leads(const SegmentFilter& filter, const Scorer& scorer) {
  return filter.count() * 8 < scorer.cost();
}

// visit(document) for each live one that the filter lets through and that matches.
template <class Visit>
void for_each_filtered(const SegmentFilter& filter, const SnapshotSegment& part, Scorer& scorer,
                       Visit&& visit) {
  Deadline& deadline = Deadline::current();
  for (uint32_t doc = filter.next(0); doc != kNoMoreDocs; doc = filter.next(doc + 1)) {
    deadline.tick();
    if ((!part.deletes || !part.deletes->contains(doc)) && scorer.match(doc)) visit(doc);
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
void search_by_bounds(Scorer& scorer, const SnapshotSegment& part, size_t terms, const SegmentFilter* filter,
                      const std::optional<ScoredDoc>& after, TopK& top) {
  // Whether the document that the scorer stands on is among the best so far.
  const auto offer = [&](uint32_t doc) {
    const ScoredDoc hit{scorer.score(), part.first_doc + doc};
    return (!after || better(*after, hit)) && top.offer(hit.score, hit.doc);
  };
  if (filter != nullptr && filter_leads(*filter, scorer)) {
    for_each_filtered(*filter, part, scorer, offer);
    return;
  }
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
    const bool passes = filter == nullptr || filter->admits(found);
    if (passes && (!part.deletes || !part.deletes->contains(found))) {
      if (offer(found) && top.is_full()) scorer.raise_threshold(top.threshold());
    }
    doc = found + 1;
  }
}

// Of some documents that are thought to be the best of all those that are live, pass and match, in order; none if they
// are fewer than `limit`.
std::vector<ScoredDoc> best_guessed(const ResolvedNode& plan, const Snapshot& snapshot, size_t limit,
                                    std::span<const uint32_t> guessed, const DocFilter* filter) {
  if (guessed.size() < limit) return {};
  std::vector<uint32_t> live(guessed.begin(), guessed.end());
  sort_distinct(live);
  live.erase(std::unique(live.begin(), live.end()), live.end());
  for (size_t i = 0; i < snapshot.segments().size(); ++i) {
    const SnapshotSegment& part = snapshot.segments()[i];
    const SegmentFilter* of_segment = filter_of(filter, i);
    std::erase_if(live, [&](uint32_t number) {
      const uint32_t doc = number - part.first_doc;
      return number >= part.first_doc && doc < part.segment->num_docs() &&
             ((part.deletes && part.deletes->contains(doc)) || (of_segment && !of_segment->admits(doc)));
    });
  }
  if (live.size() < limit) return {};
  std::vector<ScoredDoc> scored = rank_matches(live, plan, snapshot, live.size());
  if (scored.size() < limit) scored.clear();
  return scored;
}

std::vector<ScoredDoc> search_passing(const ResolvedNode& resolved, const Snapshot& snapshot, size_t limit,
                                      const DocFilter* filter, const std::optional<ScoredDoc>& after,
                                      std::span<const uint32_t> guessed) {
  const PlanNode& plan = *resolved.plan;
  const size_t terms = num_terms(plan);
  if (can_choose(plan) && after) {
    const std::vector<uint32_t> docs = choose(resolved, snapshot, limit, terms, filter, after->score);
    std::vector<ScoredDoc> behind = rank_sums(docs, resolved, snapshot, docs.size());
    keep_behind(behind, *after);
    keep_best(behind, limit);
    return behind;
  }
  const auto known = [&] {
    return after ? std::vector<ScoredDoc>() : best_guessed(resolved, snapshot, limit, guessed, filter);
  };
  if (can_choose(plan)) {
    const std::vector<uint32_t> docs =
        choose(resolved, snapshot, limit, terms, filter, std::nullopt, score_reached(known(), limit));
    return rank_sums(docs, resolved, snapshot, limit);
  }
  if (const std::optional<UpperSum> upper = upper_sum_of(resolved, snapshot)) {
    if (auto best = search_by_upper_sum(resolved, *upper, snapshot, limit, terms, known(), filter, after))
      return std::move(*best);
  }
  TopK top(limit);
  const bool is_phrase = is_plain_phrase(resolved) && !after;
  for (size_t i = 0; i < snapshot.segments().size(); ++i) {
    const SegmentFilter* of_segment = filter_of(filter, i);
    if (of_segment != nullptr && of_segment->count() == 0) continue;
    ScorerPtr scorer;
    if (!is_phrase || of_segment != nullptr) {
      scorer = make_scorer(resolved, snapshot, i);
      if (!scorer) continue;
    }
    if (is_phrase && (of_segment == nullptr || !filter_leads(*of_segment, *scorer))) {
      search_phrase(resolved, snapshot, i, of_segment, top);
      continue;
    }
    if (top.is_full()) scorer->raise_threshold(top.threshold());
    search_by_bounds(*scorer, snapshot.segments()[i], terms, of_segment, after, top);
  }
  return top.take_sorted();
}

// All that match and pass, where so many are wanted that nothing can be left out.
std::vector<ScoredDoc> search_all_passing(const PlanNode& plan, const Snapshot& snapshot, size_t limit,
                                          const DocFilter& filter) {
  TopK top(limit);
  Deadline& deadline = Deadline::current();
  const ResolvedNode resolved = resolve(plan, snapshot);
  for (size_t i = 0; i < snapshot.segments().size(); ++i) {
    const SnapshotSegment& part = snapshot.segments()[i];
    const ScorerPtr scorer = filter.of(i).count() == 0 ? nullptr : make_scorer(resolved, snapshot, i);
    if (!scorer) continue;
    const auto offer = [&](uint32_t doc) { top.offer(scorer->score(), part.first_doc + doc); };
    if (filter_leads(filter.of(i), *scorer)) {
      for_each_filtered(filter.of(i), part, *scorer, offer);
      continue;
    }
    for (uint32_t doc = scorer->seek(0); doc != kNoMoreDocs; doc = scorer->seek(doc + 1)) {
      deadline.tick();
      if (filter.of(i).admits(doc) && (!part.deletes || !part.deletes->contains(doc))) offer(doc);
    }
  }
  return top.take_sorted();
}

// Of a phrase in no more documents than so many, one pass over all places is shorter than a pruned search and a count.
// Of a frequent one the search reads few places, and the count stops at a document's first match.
constexpr uint64_t kOnePass = 8192;

uint64_t phrase_cost(const ResolvedNode& plan, const Snapshot& snapshot) {
  uint64_t cost = 0;
  for (size_t i = 0; i < snapshot.segments().size(); ++i) cost += phrase_cost(plan, i);
  return cost;
}

// Whether the plan asks several things of a document, so that far fewer match than have one of its words.
bool is_narrowed(const PlanNode& plan) {
  using Kind = PlanNode::Kind;
  if (plan.kind == Kind::kBoost) return is_narrowed(plan.children[0]);
  return plan.kind == Kind::kAnd || plan.kind == Kind::kNot;
}

// What scores a document that is known to match.
const ResolvedNode& scored_part(const ResolvedNode& node) {
  return node.plan->kind == PlanNode::Kind::kNot ? scored_part(node.children[0]) : node;
}

// First all that match, as bits, and then the best of them.
CountedDocs search_matches(const PlanNode& plan, const Snapshot& snapshot, size_t limit) {
  const ResolvedNode resolved = resolve(plan, snapshot);
  const DocFilter matches(resolved, snapshot);
  CountedDocs found{{}, matches.count()};
  if (found.total == 0) return found;
  if (can_choose(plan)) {
    found.best = search_passing(resolved, snapshot, limit, &matches, std::nullopt, {});
    return found;
  }
  const ResolvedNode& scored = scored_part(resolved);
  const size_t terms = num_terms(plan);
  TopK top(limit);
  bool is_done = true;
  for (size_t i = 0; i < snapshot.segments().size() && is_done; ++i) {
    const SnapshotSegment& part = snapshot.segments()[i];
    const SegmentFilter& filter = matches.of(i);
    if (filter.count() == 0) continue;
    const ScorerPtr scorer = make_scorer(scored, snapshot, i);
    is_done = filter_leads(filter, *scorer);
    if (is_done) {
      for_each_filtered(filter, part, *scorer,
                        [&](uint32_t doc) { top.offer(scorer->score(), part.first_doc + doc); });
    }
  }
  if (is_done) {
    found.best = top.take_sorted();
  } else if (auto best = search_among_matches(scored, snapshot, limit, terms, matches)) {
    found.best = std::move(*best);
  } else {
    found.best = search_passing(resolved, snapshot, limit, &matches, std::nullopt, {});
  }
  return found;
}

}  // namespace

std::vector<ScoredDoc> search(const PlanNode& plan, const Snapshot& snapshot, size_t limit,
                              const std::optional<ScoredDoc>& after, std::span<const uint32_t> guessed) {
  if (plan.kind == PlanNode::Kind::kFilter) {
    const DocFilter filter(*plan.passes, snapshot);
    if (limit == 0 || filter.count() == 0) return {};
    if (limit < filter.count())
      return search_passing(resolve(plan.children[0], snapshot), snapshot, limit, &filter, after, guessed);
    std::vector<ScoredDoc> all = search_all_passing(plan.children[0], snapshot, limit, filter);
    if (after) keep_behind(all, *after);
    return all;
  }
  if (limit == 0) {
    resolve(plan, snapshot);  // for its errors
    return {};
  }
  if (limit >= snapshot.num_live_docs()) return search_exhaustively(plan, snapshot, limit, after);
  return search_passing(resolve(plan, snapshot), snapshot, limit, nullptr, after, guessed);
}

CountedDocs search_counted(const PlanNode& plan, const Snapshot& snapshot, size_t limit) {
  CountedDocs found{};
  const bool is_short = limit > 0 && limit < snapshot.num_live_docs();
  if (is_short && plan.kind == PlanNode::Kind::kPhrase) {
    const ResolvedNode resolved = resolve(plan, snapshot);
    if (is_plain_phrase(resolved) && phrase_cost(resolved, snapshot) <= kOnePass) {
      TopK top(limit);
      for (size_t i = 0; i < snapshot.segments().size(); ++i)
        found.total += search_phrase(resolved, snapshot, i, nullptr, top, true);
      found.best = top.take_sorted();
      return found;
    }
  }
  if (is_short && is_narrowed(plan)) return search_matches(plan, snapshot, limit);
  if (limit > 0) found.best = search(plan, snapshot, limit);
  found.total = found.best.size() < limit ? found.best.size() : count(plan, snapshot);
  return found;
}

std::vector<ScoredDoc> search_exhaustively(const PlanNode& plan, const Snapshot& snapshot, size_t limit,
                                           const std::optional<ScoredDoc>& after) {
  TopK top(limit);
  for_each_match(plan, snapshot, [&](const SnapshotSegment& part, Scorer& scorer) {
    const ScoredDoc hit{scorer.score(), part.first_doc + scorer.doc()};
    if (!after || better(*after, hit)) top.offer(hit.score, hit.doc);
  });
  return top.take_sorted();
}

std::optional<double> score_of(const PlanNode& plan, const Snapshot& snapshot, uint32_t doc) {
  const ResolvedNode resolved = resolve(plan, snapshot);
  const auto [segment, local] = snapshot.place_of(doc);
  const ScorerPtr scorer = make_scorer(resolved, snapshot, segment);
  if (!scorer || scorer->seek(local) != local) return std::nullopt;
  return scorer->score();
}

}  // namespace searchlib
