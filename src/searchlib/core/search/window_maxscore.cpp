#include "search/window_maxscore.hpp"

#include <array>
#include <bit>
#include <span>
#include <utility>

#include "postings/rounding.hpp"
#include "search/sum_clauses.hpp"

namespace searchlib {
namespace {

constexpr uint32_t kWindow = 4096;

// A word whose weight is a sound float: not 0, not so small or large that products of it leave the range.
bool is_word(const PlanNode& plan, double factor) {
  if (plan.kind == PlanNode::Kind::kBoost) return is_word(plan.children[0], factor * plan.boost);
  return plan.kind == PlanNode::Kind::kWord &&
         std::all_of(plan.word.begin(), plan.word.end(), [&](const WordField& field) {
           const double weight = factor * field.boost;
           return weight > 1e-9 && weight < 1e9;
         });
}

struct Survivor {
  float score;
  uint32_t doc;  // in the segment
};

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
  // Adds all to another accumulator; leaves zero.
  void drain_into(Accumulator& sums) {
    for_each_touched([&](uint32_t slot, float score) { sums.add(slot, score); });
  }
  // Writes the touched documents whose score is at least `floor`, ascending, to `out`; returns their number;
  // leaves zero.
  size_t drain(float floor, uint32_t first_doc, Survivor* out) {
    size_t count = 0;
    for_each_touched([&](uint32_t slot, float score) {
      out[count] = {
          score, first_doc + slot};  // overwritten by the next one unless it is kept: no branch to mispredict
      count += static_cast<size_t>(score >= floor);
    });
    return count;
  }

 private:
  template <class Visit>
  void for_each_touched(Visit&& visit) {
    for (uint32_t word = 0; word < touched_.size(); ++word) {
      for (uint64_t bits = std::exchange(touched_[word], 0); bits != 0; bits &= bits - 1) {
        const uint32_t slot = word * 64 + static_cast<uint32_t>(std::countr_zero(bits));
        visit(slot, std::exchange(scores_[slot], 0.0F));
      }
    }
  }

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
    std::sort(in_window_.begin(), in_window_.end(), [](const Clause* left, const Clause* right) {
      return left->window_bound < right->window_bound;
    });
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
    num_survivors_ = sums_.drain(floor_below(candidates_.threshold(), optional), begin, survivors_.data());
    // The non-essential clauses, the greatest bounds first, each for those documents alone that may still be
    // wanted.
    for (size_t i = num_optional_; i-- > 0 && num_survivors_ > 0;) {
      optional = std::max(optional - in_window_[i]->window_bound, 0.0F);
      complete(*in_window_[i], optional);
    }
    for (const Survivor& document : std::span(survivors_).first(num_survivors_)) {
      if (part_.deletes && part_.deletes->contains(document.doc)) continue;
      candidates_.add(document.score, part_.first_doc + document.doc);
    }
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
    maxima_.drain_into(sums_);
  }

  // A block whose own bound and all that the other clauses could add stay below the threshold is left out.
  template <class Visit>
  void for_each_posting(const Clause& clause, LemmaPostings& lemma, uint32_t begin, uint32_t end,
                        float others, Visit&& visit) {
    BlockReader& blocks = lemma.blocks();
    for (uint32_t block = lemma.block(); block < blocks.num_blocks() && blocks.floor_doc(block) < end;
         ++block) {
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

  // Adds a clause to the survivors and drops those that `rest`, all that the clauses after it could add, does
  // not lift any more.
  void complete(Clause& clause, float rest) {
    gains_.assign(num_survivors_, 0.0F);
    for (LemmaPostings& lemma : clause.lemmas) add_gains(clause, lemma, rest);
    size_t kept = 0;
    for (size_t i = 0; i < num_survivors_; ++i) {
      const float score = survivors_[i].score + gains_[i];
      if (!below(score + rest, candidates_.threshold())) survivors_[kept++] = {score, survivors_[i].doc};
    }
    num_survivors_ = kept;
  }

  void add_gains(const Clause& clause, LemmaPostings& lemma, float rest) {
    BlockReader& blocks = lemma.blocks();
    uint32_t block = lemma.block();
    for (size_t i = 0; i < num_survivors_; ++i) {
      const uint32_t doc = survivors_[i].doc;
      if (block < blocks.num_blocks() && blocks.last_doc(block) < doc)
        block = blocks.find_block(block + 1, doc);
      if (block == blocks.num_blocks()) return;
      if (below(survivors_[i].score + lemma.block_bound(block) + rest, candidates_.threshold())) continue;
      blocks.load(block);
      const uint32_t at = blocks.find_doc(doc);
      if (blocks.docs()[at] == doc)
        gains_[i] = std::max(gains_[i], clause.score(lemma, doc, blocks.tfs()[at]));
    }
  }

  const SnapshotSegment& part_;
  uint32_t num_docs_;
  std::vector<Clause> clauses_;
  std::vector<Clause*> by_bound_;   // over the segment, ascending
  std::vector<Clause*> in_window_;  // those with postings there, by window bound, ascending
  size_t num_optional_ = 0;         // of in_window_: the first ones are non-essential
  Candidates& candidates_;
  std::array<Survivor, kWindow + 1> survivors_;  // of the window, and room for one that is not kept
  size_t num_survivors_ = 0;
  std::vector<float> gains_;  // of each survivor, from the clause at hand
  Accumulator sums_;
  Accumulator maxima_;
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
  if (plan.kind != PlanNode::Kind::kOr) return is_word(plan, 1);
  return std::all_of(plan.children.begin(), plan.children.end(),
                     [](const PlanNode& child) { return is_word(child, 1); });
}

float starting_threshold(const ResolvedNode& plan, const Snapshot& snapshot, size_t k) {
  double threshold = 0;
  raise_threshold(plan, 1, snapshot, k, threshold);
  return round_down(threshold * (1 - kSlack));
}

void window_maxscore(const ResolvedNode& plan, const Snapshot& snapshot, size_t segment,
                     Candidates& candidates) {
  SegmentSearch(plan, snapshot, segment, candidates).run();
}

}  // namespace searchlib
