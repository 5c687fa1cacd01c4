#include "search/search.hpp"

#include <algorithm>

#include "search/choose.hpp"
#include "search/deadline.hpp"
#include "search/doc_filter.hpp"
#include "search/exact_sums.hpp"
#include "search/phrase_search.hpp"
#include "search/plan_bits.hpp"
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
                      TopK& top) {
  if (filter != nullptr && filter_leads(*filter, scorer)) {
    for_each_filtered(*filter, part, scorer,
                      [&](uint32_t doc) { top.offer(scorer.score(), part.first_doc + doc); });
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
      if (top.offer(scorer.score(), part.first_doc + found) && top.is_full())
        scorer.raise_threshold(top.threshold());
    }
    doc = found + 1;
  }
}

std::vector<ScoredDoc> search_passing(const PlanNode& plan, const Snapshot& snapshot, size_t limit,
                                      const DocFilter* filter) {
  const ResolvedNode resolved = resolve(plan, snapshot);
  const size_t terms = num_terms(plan);
  if (can_choose(plan))
    return rank_sums(choose(resolved, snapshot, limit, terms, filter), resolved, snapshot, limit);
  if (const std::optional<UpperSum> upper = upper_sum_of(resolved))
    return search_by_upper_sum(resolved, *upper, snapshot, limit, terms, filter);
  TopK top(limit);
  const bool is_phrase = is_plain_phrase(resolved);
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
    search_by_bounds(*scorer, snapshot.segments()[i], terms, of_segment, top);
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

uint64_t count_passing(const PlanNode& plan, const Snapshot& snapshot, const DocFilter& filter) {
  const ResolvedNode resolved = resolve(plan, snapshot);
  uint64_t count = 0;
  for (size_t i = 0; i < snapshot.segments().size(); ++i) {
    const SnapshotSegment& part = snapshot.segments()[i];
    const SegmentFilter& of_segment = filter.of(i);
    const ScorerPtr scorer = of_segment.count() == 0 ? nullptr : make_scorer(resolved, snapshot, i);
    if (!scorer) continue;
    if (filter_leads(of_segment, *scorer)) {
      for_each_filtered(of_segment, part, *scorer, [&](uint32_t) { ++count; });
      continue;
    }
    DocBits bits = bits_of(resolved, snapshot, i);
    for (size_t word = 0; word < bits.size(); ++word) bits[word] &= of_segment.bits()[word];
    count += count_bits(bits);
    if (!part.deletes) continue;
    for (const uint32_t doc : part.deletes->docs()) count -= bits[doc / 64] >> (doc % 64) & 1;
  }
  return count;
}

}  // namespace

std::vector<ScoredDoc> search(const PlanNode& plan, const Snapshot& snapshot, size_t limit) {
  if (plan.kind == PlanNode::Kind::kFilter) {
    const DocFilter filter(plan.children[1], snapshot);
    if (limit == 0 || filter.count() == 0) return {};
    if (limit >= filter.count()) return search_all_passing(plan.children[0], snapshot, limit, filter);
    return search_passing(plan.children[0], snapshot, limit, &filter);
  }
  if (limit == 0 || limit >= snapshot.num_live_docs()) return search_exhaustively(plan, snapshot, limit);
  return search_passing(plan, snapshot, limit, nullptr);
}

std::vector<ScoredDoc> search_exhaustively(const PlanNode& plan, const Snapshot& snapshot, size_t limit) {
  TopK top(limit);
  for_each_match(plan, snapshot, [&](const SnapshotSegment& part, Scorer& scorer) {
    top.offer(scorer.score(), part.first_doc + scorer.doc());
  });
  return top.take_sorted();
}

uint64_t count(const PlanNode& plan, const Snapshot& snapshot) {
  if (plan.kind == PlanNode::Kind::kFilter)
    return count_passing(plan.children[0], snapshot, DocFilter(plan.children[1], snapshot));
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
