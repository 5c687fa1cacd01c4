#include "search/window_maxscore.hpp"

#include <algorithm>

#include "postings/rounding.hpp"
#include "search/deadline.hpp"
#include "search/window.hpp"

namespace searchlib {
namespace {

class SegmentSearch {
 public:
  SegmentSearch(const ResolvedNode& plan, const Snapshot& snapshot, size_t segment,
                const SegmentFilter* filter, Candidates& candidates)
      : filter_(filter != nullptr && filter->admits_all() ? nullptr : filter),
        part_(snapshot.segments()[segment]),
        num_docs_(part_.segment->num_docs()),
        made_(plan, snapshot, segment),
        clauses_(made_.all()),
        candidates_(candidates) {
    for (Clause& clause : clauses_) by_bound_.push_back(&clause);
    std::sort(by_bound_.begin(), by_bound_.end(),
              [](const Clause* left, const Clause* right) { return left->bound < right->bound; });
  }

  void run() {
    if (filter_ != nullptr && filter_leads()) {
      search_filtered();
      return;
    }
    uint32_t doc = 0;
    while ((doc = next_window(doc)) < num_docs_) {
      deadline_.tick(static_cast<uint32_t>(clauses_.size()));  // each is asked where its next one is
      const uint32_t end = std::min(doc + kWindow, num_docs_);
      search_window(doc, end);
      doc = end;
    }
  }

 private:
  // Whether to ask the clauses of each document of the filter takes less than to read their postings.
  bool filter_leads() const {
    uint64_t postings = 0;
    for (const Clause& clause : clauses_) postings += clause.cost();
    return filter_->count() * kPostingsOfSearch < postings;
  }

  // A batch of the filter's documents, then the clauses, the greatest bounds first.
  void search_filtered() {
    float total = 0;
    for (const Clause& clause : clauses_) total += clause.bound;
    std::vector<uint32_t> docs;
    for (uint32_t doc = 0; doc != kNoMoreDocs;) {
      doc = filter_->take_batch(doc, docs);
      window_.start_batch();
      window_.take(docs);
      float rest = total;
      for (auto clause = by_bound_.rbegin(); clause != by_bound_.rend() && !window_.survivors().empty();
           ++clause) {
        rest = std::max(rest - (*clause)->bound, 0.0F);
        complete(**clause, rest);
      }
      gains_.assign(window_.survivors().size(), 0.0F);
      window_.add_gains(gains_, [](float, float sum) { return sum > 0; });  // what has none of the words
      add_candidates(window_.survivors(), part_, candidates_);
    }
  }

  // The next document of a clause that is essential over the whole segment.
  uint32_t next_window(uint32_t doc) {
    if (filter_ != nullptr) doc = filter_->next(doc);
    if (doc >= num_docs_) return kNoMoreDocs;
    float sum = 0;
    uint32_t next = kNoMoreDocs;
    for (Clause* clause : by_bound_) {
      sum += clause->bound;
      if (!below(sum, candidates_.threshold())) next = std::min(next, clause->next_doc(doc));
    }
    return next;
  }

  void search_window(uint32_t begin, uint32_t end) {
    float total = 0;
    in_window_.clear();
    for (Clause& clause : clauses_) {
      clause.enter_window(begin, end);
      total += clause.window_bound;
      if (clause.window_bound > 0) in_window_.push_back(&clause);
    }
    if (below(total, candidates_.threshold())) return;
    std::sort(in_window_.begin(), in_window_.end(), [](const Clause* left, const Clause* right) {
      return left->window_bound < right->window_bound;
    });
    size_t num_optional = 0;  // of in_window_: the first ones are non-essential
    float optional = 0;
    while (num_optional < in_window_.size() &&
           below(optional + in_window_[num_optional]->window_bound, candidates_.threshold())) {
      optional += in_window_[num_optional++]->window_bound;
    }
    window_.enter(begin, end);
    add_essential(num_optional, optional, total);
    if (filter_ != nullptr) window_.keep_if([&](uint32_t doc) { return filter_->admits(doc); });
    // The non-essential clauses, the greatest bounds first, each for those documents alone that
    // may still be wanted.
    while (num_optional-- > 0 && !window_.survivors().empty()) {
      optional = std::max(optional - in_window_[num_optional]->window_bound, 0.0F);
      complete(*in_window_[num_optional], optional);
    }
    add_candidates(window_.survivors(), part_, candidates_);
  }

  // in_window_[first] and those after it, the one with the most postings last.
  void add_essential(size_t first, float optional, float total) {
    const float threshold = candidates_.threshold();
    Clause* last = nullptr;
    for (size_t i = first; i < in_window_.size(); ++i) {
      Clause* clause = in_window_[i];
      if (clause->is_one_lemma() && (last == nullptr || clause->cost() > last->cost())) last = clause;
    }
    if (last != nullptr && first + 1 == in_window_.size()) {
      window_.choose_from(*last, optional, threshold);
      return;
    }
    for (size_t i = first; i < in_window_.size(); ++i) {
      deadline_.tick(kTicksOfClause);
      if (in_window_[i] != last) window_.add(*in_window_[i], total - in_window_[i]->window_bound, threshold);
    }
    if (last != nullptr) window_.add_last(*last, total - last->window_bound, optional, threshold);
    window_.choose(optional, threshold);
  }

  // Adds a clause to the survivors and drops those that `rest`, all that the clauses after it could add, does
  // not lift any more.
  void complete(Clause& clause, float rest) {
    deadline_.tick(kTicksOfClause);
    gains_.assign(window_.survivors().size(), 0.0F);
    window_.gains_of(clause, rest, candidates_.threshold(), gains_);
    const float floor = floor_below(candidates_.threshold(), rest);
    window_.add_gains(gains_, [floor](float, float sum) { return sum >= floor; });
  }

  static constexpr uint64_t kPostingsOfSearch = 16;  // what to look a document up in the clauses takes

  Deadline& deadline_ = Deadline::current();
  const SegmentFilter* filter_;
  const SnapshotSegment& part_;
  uint32_t num_docs_;
  Clauses made_;
  std::vector<Clause>& clauses_;
  std::vector<Clause*> by_bound_;   // over the segment, ascending
  std::vector<Clause*> in_window_;  // those with postings there, by window bound, ascending
  Candidates& candidates_;
  std::vector<float> gains_;  // of each survivor, from the clause at hand
  Window window_;
};

float best_at_rank(const TermInfo& term, size_t rank) {
  for (size_t i = 0; i < kThresholdRanks.size(); ++i) {
    if (kThresholdRanks[i] >= rank) return term.best[i];
  }
  return 0;
}

void raise_threshold(const ResolvedNode& node, double factor, const Snapshot& snapshot, size_t k,
                     double& threshold) {
  if (node.plan->kind == PlanNode::Kind::kBoost) factor *= node.plan->boost;
  for (const ResolvedNode& child : node.children) raise_threshold(child, factor, snapshot, k, threshold);
  if (node.word.empty()) return;
  for (size_t segment = 0; segment < snapshot.segments().size(); ++segment) {
    const auto& deletes = snapshot.segments()[segment].deletes;
    const size_t rank = k + (deletes ? deletes->size() : 0);
    for (const ResolvedNode::Lemma& lemma : node.word) {
      // Each field alone: the documents that are the best in one need not be in another, so nothing adds up.
      for (const ResolvedNode::Found& found : lemma.fields) {
        const auto& info = found.term.in_segment[segment];
        if (!info) continue;
        const WordField& plan = node.plan->word[found.number];
        const FieldBound bound(plan.weight, snapshot.x_scale(plan.field, segment));
        threshold = std::max(threshold, factor * lemma.idf * bound.lower(best_at_rank(*info, rank)));
      }
    }
  }
}

}  // namespace

bool is_sum_of_words(const PlanNode& plan) {
  return plan.kind == PlanNode::Kind::kOr
             ? std::all_of(plan.children.begin(), plan.children.end(), is_weighted_word)
             : is_weighted_word(plan);
}

float starting_threshold(const ResolvedNode& plan, const Snapshot& snapshot, size_t k) {
  double threshold = 0;
  raise_threshold(plan, 1, snapshot, k, threshold);
  return round_down(threshold);
}

void window_maxscore(const ResolvedNode& plan, const Snapshot& snapshot, size_t segment,
                     const SegmentFilter* filter, Candidates& candidates) {
  SegmentSearch(plan, snapshot, segment, filter, candidates).run();
}

}  // namespace searchlib
