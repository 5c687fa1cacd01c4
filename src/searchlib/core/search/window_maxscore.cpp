#include "search/window_maxscore.hpp"

#include <array>
#include <bit>
#include <utility>

#include "postings/rounding.hpp"
#include "search/sum_clauses.hpp"

namespace searchlib {
namespace {

constexpr uint32_t kWindow = 4096;

bool is_word(const PlanNode& plan) {
  if (plan.kind == PlanNode::Kind::kBoost) return plan.boost >= 0 && is_word(plan.children[0]);
  return plan.kind == PlanNode::Kind::kWord;
}

// Scores of a window's documents, zero where nothing was added, and which ones were touched.
class Accumulator {
 public:
  void add(uint32_t slot, float score) {
    scores_[slot] += score;
    touched_[slot / 64] |= uint64_t{1} << (slot % 64);
  }
  void raise(uint32_t slot, float score) {
    scores_[slot] = std::max(scores_[slot], score);
    touched_[slot / 64] |= uint64_t{1} << (slot % 64);
  }
  // visit(slot, score) for each touched document, ascending; leaves all zero.
  template <class Visit>
  void drain(Visit&& visit) {
    for (uint32_t word = 0; word < touched_.size(); ++word) {
      for (uint64_t bits = std::exchange(touched_[word], 0); bits != 0; bits &= bits - 1) {
        const uint32_t slot = word * 64 + static_cast<uint32_t>(std::countr_zero(bits));
        visit(slot, std::exchange(scores_[slot], 0.0F));
      }
    }
  }

 private:
  alignas(64) std::array<float, kWindow> scores_{};
  std::array<uint64_t, kWindow / 64> touched_{};
};

class SegmentSearch {
 public:
  SegmentSearch(const ResolvedNode& plan, const Snapshot& snapshot, size_t segment, Candidates& candidates)
      : part_(snapshot.segments()[segment]),
        num_docs_(part_.segment->num_docs()),
        clauses_(make_clauses(plan, snapshot, segment)),
        candidates_(candidates) {
    for (Clause& clause : clauses_) by_bound_.push_back(&clause);
    std::sort(by_bound_.begin(), by_bound_.end(),
              [](const Clause* left, const Clause* right) { return left->bound < right->bound; });
  }

  void run() {
    uint32_t doc = 0;
    while ((doc = next_window(doc)) < num_docs_) {
      const uint32_t end = std::min(doc + kWindow, num_docs_);
      search_window(doc, end);
      doc = end;
    }
  }

 private:
  // The next document of a clause that is essential over the whole segment.
  uint32_t next_window(uint32_t doc) {
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
    std::sort(in_window_.begin(), in_window_.end(),
              [](const Clause* left, const Clause* right) { return left->window_bound < right->window_bound; });
    num_optional_ = 0;
    float optional = 0;
    while (num_optional_ < in_window_.size() &&
           below(optional + in_window_[num_optional_]->window_bound, candidates_.threshold())) {
      optional += in_window_[num_optional_++]->window_bound;
    }
    for (size_t i = num_optional_; i < in_window_.size(); ++i) {
      Clause& clause = *in_window_[i];
      add_clause(clause, begin, end, total - clause.window_bound);
    }
    sums_.drain([&](uint32_t slot, float score) {
      if (!below(score + optional, candidates_.threshold())) complete(begin + slot, score, optional);
    });
  }

  void add_clause(Clause& clause, uint32_t begin, uint32_t end, float others) {
    if (clause.lemmas.size() == 1) {
      for_each_posting(clause, clause.lemmas[0], begin, end, others,
                       [&](uint32_t slot, float score) { sums_.add(slot, score); });
      return;
    }
    for (LemmaPostings& lemma : clause.lemmas) {
      for_each_posting(clause, lemma, begin, end, others,
                       [&](uint32_t slot, float score) { maxima_.raise(slot, score); });
    }
    maxima_.drain([&](uint32_t slot, float score) { sums_.add(slot, score); });
  }

  // A block whose own bound and all that the other clauses could add stay below the threshold is left out.
  template <class Visit>
  void for_each_posting(const Clause& clause, LemmaPostings& lemma, uint32_t begin, uint32_t end, float others,
                        Visit&& visit) {
    BlockReader& blocks = lemma.blocks();
    for (uint32_t block = lemma.block(); block < blocks.num_blocks() && blocks.floor_doc(block) < end; ++block) {
      if (below(lemma.block_bound(block) + others, candidates_.threshold())) continue;
      blocks.load(block);
      const uint32_t* docs = blocks.docs();
      const uint32_t* tfs = blocks.tfs();
      const uint32_t stop = std::min(blocks.find_doc(end), blocks.count());
      for (uint32_t i = blocks.find_doc(begin); i < stop; ++i) {
        visit(docs[i] - begin, clause.score(lemma, docs[i], tfs[i]));
      }
    }
  }

  // Adds the non-essential clauses, the greatest bounds first, as long as the document may still be wanted.
  void complete(uint32_t doc, float score, float optional) {
    for (size_t i = num_optional_; i-- > 0;) {
      optional -= in_window_[i]->window_bound;
      score += in_window_[i]->probe(doc);
      if (below(score + std::max(optional, 0.0F), candidates_.threshold())) return;
    }
    if (part_.deletes && part_.deletes->contains(doc)) return;
    candidates_.add(score, part_.first_doc + doc);
  }

  const SnapshotSegment& part_;
  uint32_t num_docs_;
  std::vector<Clause> clauses_;
  std::vector<Clause*> by_bound_;   // over the segment, ascending
  std::vector<Clause*> in_window_;  // those with postings there, by window bound, ascending
  size_t num_optional_ = 0;         // of in_window_: the first ones are non-essential
  Candidates& candidates_;
  Accumulator sums_;
  Accumulator maxima_;
};

float best_at_rank(const TermInfo& term, size_t rank) {
  for (size_t i = 0; i < kThresholdRanks.size(); ++i) {
    if (kThresholdRanks[i] >= rank) return term.best[i];
  }
  return 0;
}

void raise_threshold(const ResolvedNode& node, double factor, const Snapshot& snapshot, size_t k, double& threshold) {
  if (node.plan->kind == PlanNode::Kind::kBoost) factor *= node.plan->boost;
  for (const ResolvedNode& child : node.children) raise_threshold(child, factor, snapshot, k, threshold);
  for (size_t i = 0; i < node.word.size(); ++i) {
    const WordField& plan = node.plan->word[i];
    for (size_t segment = 0; segment < snapshot.segments().size(); ++segment) {
      const auto& deletes = snapshot.segments()[segment].deletes;
      const size_t rank = k + (deletes ? deletes->size() : 0);
      const LengthShift shift(snapshot.length_ratio(plan.field, segment));
      for (const ResolvedNode::Lemma& lemma : node.word[i]) {
        const auto& info = lemma.term.in_segment[segment];
        if (!info) continue;
        const double f = shift.lower(best_at_rank(*info, rank));
        threshold = std::max(threshold, factor * plan.boost * lemma.idf * f);
      }
    }
  }
}

}  // namespace

bool is_sum_of_words(const PlanNode& plan) {
  if (plan.kind != PlanNode::Kind::kOr) return is_word(plan);
  return std::all_of(plan.children.begin(), plan.children.end(), is_word);
}

float starting_threshold(const ResolvedNode& plan, const Snapshot& snapshot, size_t k) {
  double threshold = 0;
  raise_threshold(plan, 1, snapshot, k, threshold);
  return round_down(threshold * (1 - kSlack));
}

void window_maxscore(const ResolvedNode& plan, const Snapshot& snapshot, size_t segment, Candidates& candidates) {
  SegmentSearch(plan, snapshot, segment, candidates).run();
}

}  // namespace searchlib
