#include "search/conjunction.hpp"

#include <algorithm>

#include "search/deadline.hpp"
#include "search/window.hpp"

namespace searchlib {
namespace {

// One word: it matches where any of its fields does.
struct RequiredWord {
  std::vector<Clause> fields;
  uint64_t cost = 0;  // postings in all
  float bound = 0;    // over the segment
  float window_bound = 0;

  bool is_one_list() const { return fields.size() == 1 && fields[0].lemmas.size() == 1; }

  void enter_window(uint32_t begin, uint32_t end) {
    window_bound = 0;
    for (Clause& field : fields) {
      field.enter_window(begin, end);
      window_bound += field.window_bound;
    }
  }
};

// So many survivors are worth a pass over the other words; fewer wait for the next block.
constexpr size_t kBatch = 64;

class SegmentConjunction {
 public:
  SegmentConjunction(const ResolvedNode& plan, const Snapshot& snapshot, size_t segment,
                     Candidates& candidates)
      : part_(snapshot.segments()[segment]), num_docs_(part_.segment->num_docs()), candidates_(candidates) {
    for (const ResolvedNode& child : plan.children) {
      RequiredWord& word = words_.emplace_back();
      word.fields = make_clauses(child, snapshot, segment);
      for (const Clause& field : word.fields) {
        word.cost += field.cost();
        word.bound += field.bound;
      }
    }
    std::sort(words_.begin(), words_.end(),
              [](const RequiredWord& left, const RequiredWord& right) { return left.cost < right.cost; });
  }

  void run() {
    if (words_.front().cost == 0) return;  // a word that is nowhere in the segment
    if (words_.front().is_one_list()) {
      search_blocks();
    } else {
      search_windows();
    }
  }

 private:
  // The rarest word's blocks, one after another: what they leave is small, whatever stretch it lies in.
  void search_blocks() {
    float others = 0;
    for (RequiredWord& word : words_) {
      word.window_bound = word.bound;
      others += word.bound;
    }
    others = std::max(others - words_.front().bound, 0.0F);
    Clause& lead = words_.front().fields[0];
    const uint32_t num_blocks = lead.lemmas[0].blocks().num_blocks();
    window_.start_batch();
    for (uint32_t block = 0; block < num_blocks; ++block) {
      deadline_.tick(static_cast<uint32_t>(words_.size()));
      window_.take_block(lead, block, others, candidates_.threshold());
      if (window_.survivors().size() < kBatch && block + 1 < num_blocks) continue;
      require_others(others);
      window_.start_batch();
    }
  }

  void search_windows() {
    uint32_t doc = 0;
    while ((doc = next_doc(words_.front(), doc)) < num_docs_) {
      deadline_.tick(static_cast<uint32_t>(words_.size()));
      const uint32_t end = std::min(doc + kWindow, num_docs_);
      search_window(doc, end);
      doc = end;
    }
  }

  static uint32_t next_doc(RequiredWord& word, uint32_t doc) {
    uint32_t next = kNoMoreDocs;
    for (Clause& field : word.fields) next = std::min(next, field.next_doc(doc));
    return next;
  }

  void search_window(uint32_t begin, uint32_t end) {
    float rest = 0;
    for (RequiredWord& word : words_) {
      word.enter_window(begin, end);
      if (word.window_bound == 0) return;
      rest += word.window_bound;
    }
    if (below(rest, candidates_.threshold())) return;
    window_.enter(begin, end);
    for (Clause& field : words_.front().fields) {
      window_.add(field, rest - field.window_bound, candidates_.threshold());
    }
    rest = std::max(rest - words_.front().window_bound, 0.0F);
    window_.choose(rest, candidates_.threshold());
    window_.sort();  // what the fields of a word give is added up by the survivors' numbers
    require_others(rest);
  }

  // Thins the survivors out by all words but the first, which give `rest` at most.
  void require_others(float rest) {
    for (size_t i = 1; i < words_.size() && !window_.survivors().empty(); ++i) {
      rest = std::max(rest - words_[i].window_bound, 0.0F);
      require(words_[i], rest);
    }
    add_candidates(window_.survivors(), part_, candidates_);
  }

  // Keeps the survivors that hold the word and that `rest`, all that the words after it could add, may lift
  // to the threshold.
  void require(RequiredWord& word, float rest) {
    deadline_.tick(kTicksOfClause);
    const std::span<Survivor> survivors = window_.survivors();
    sums_.assign(survivors.size(), 0.0F);
    for (Clause& field : word.fields) {
      gains_.assign(survivors.size(), 0.0F);
      window_.gains_of(field, rest + word.window_bound - field.window_bound, candidates_.threshold(), gains_);
      for (size_t i = 0; i < gains_.size(); ++i) sums_[i] += gains_[i];
    }
    const float floor = floor_below(candidates_.threshold(), rest);
    window_.add_gains(sums_, [floor](float gain, float sum) { return (gain > 0) & (sum >= floor); });
  }

  Deadline& deadline_ = Deadline::current();
  const SnapshotSegment& part_;
  uint32_t num_docs_;
  std::vector<RequiredWord> words_;  // the rarest first
  Candidates& candidates_;
  std::vector<float> sums_;
  std::vector<float> gains_;
  Window window_;
};

}  // namespace

bool is_conjunction_of_words(const PlanNode& plan) {
  return plan.kind == PlanNode::Kind::kAnd && !plan.children.empty() &&
         std::all_of(plan.children.begin(), plan.children.end(), is_weighted_word);
}

void search_conjunction(const ResolvedNode& plan, const Snapshot& snapshot, size_t segment,
                        Candidates& candidates) {
  SegmentConjunction(plan, snapshot, segment, candidates).run();
}

}  // namespace searchlib
