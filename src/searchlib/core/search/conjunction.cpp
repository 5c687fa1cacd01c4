#include "search/conjunction.hpp"

#include <algorithm>

#include "search/deadline.hpp"
#include "search/window.hpp"

namespace searchlib {
namespace {

struct RequiredWord {
  Clause* clause = nullptr;  // null: it is nowhere in the segment
  uint64_t cost = 0;         // postings in all
  float bound = 0;           // of the window, or of the segment
};

// So many survivors are worth a pass over the other words; fewer wait for the next block.
constexpr size_t kBatch = 64;

class SegmentConjunction {
 public:
  SegmentConjunction(const ResolvedNode& plan, const Snapshot& snapshot, size_t segment,
                     const SegmentFilter* filter, Candidates& candidates)
      : filter_(filter != nullptr && filter->admits_all() ? nullptr : filter),
        part_(snapshot.segments()[segment]),
        num_docs_(part_.segment->num_docs()),
        candidates_(candidates) {
    made_.reserve(plan.children.size());
    for (const ResolvedNode& child : plan.children) {
      std::vector<Clause>& clauses = made_.emplace_back(child, snapshot, segment).all();
      RequiredWord& word = words_.emplace_back();
      if (clauses.empty()) continue;
      word = {&clauses[0], clauses[0].cost(), clauses[0].bound};
    }
    std::sort(words_.begin(), words_.end(),
              [](const RequiredWord& left, const RequiredWord& right) { return left.cost < right.cost; });
  }

  void run() {
    if (words_.front().cost == 0) return;  // a word that is nowhere in the segment
    if (filter_ != nullptr && filter_->count() * 2 < words_.front().cost) {
      search_filtered();
      return;
    }
    const Clause& lead = *words_.front().clause;
    if (lead.lists.size() == 1) {
      search_blocks();
    } else if (lead.is_one_lemma() && lead.lists.size() == 2) {
      search_pairs_of_blocks();
    } else if (lead.is_one_lemma()) {
      search_lead_by_windows();
    } else {
      search_windows();
    }
  }

 private:
  // A batch of the filter's documents, then all the words.
  void search_filtered() {
    const float total = others_in_segment() + words_.front().bound;
    std::vector<uint32_t> docs;
    for (uint32_t doc = 0; doc != kNoMoreDocs;) {
      doc = filter_->take_batch(doc, docs);
      window_.start_batch();
      window_.take(docs);
      require_from(0, total);
    }
  }

  // The rarest word's blocks, one after another: what they leave is small, whatever stretch it lies in.
  void search_blocks() {
    const float others = others_in_segment();
    Clause& lead = *words_.front().clause;
    const uint32_t num_blocks = lead.lists[0].blocks().num_blocks();
    window_.start_batch();
    for (uint32_t block = 0; block < num_blocks; ++block) {
      deadline_.tick(static_cast<uint32_t>(words_.size()));
      window_.take_block(lead, block, others, candidates_.threshold());
      if (window_.survivors().size() < kBatch && block + 1 < num_blocks) continue;
      require_others(others);
      window_.start_batch();
    }
  }

  // All words but the first.
  float others_in_segment() const {
    float others = 0;
    for (size_t i = 1; i < words_.size(); ++i) others += words_[i].bound;
    return others;
  }

  // The same where the rarest word stands in two fields: block by block of the one with more postings.
  void search_pairs_of_blocks() {
    const float others = others_in_segment();
    Clause& lead = *words_.front().clause;
    window_.start_batch();
    for (uint32_t doc = 0; doc < num_docs_;) {
      deadline_.tick(static_cast<uint32_t>(words_.size()));
      doc = window_.take_blocks(lead, doc, others, candidates_.threshold());
      if (window_.survivors().size() < kBatch && doc < num_docs_) continue;
      require_others(others);
      window_.start_batch();
    }
  }

  // The same where it stands in more: its lists are added up window by window.
  void search_lead_by_windows() {
    const float others = others_in_segment();
    Clause& lead = *words_.front().clause;
    // About a block's documents: the first of them set a threshold for those after them.
    const uint64_t span = uint64_t{num_docs_} * kBlockSize / lead.cost();
    const auto width = static_cast<uint32_t>(std::clamp<uint64_t>(span, 512, kWindow));
    window_.start_batch();
    uint32_t doc = 0;
    while ((doc = lead.next_doc(doc)) < num_docs_) {
      deadline_.tick(static_cast<uint32_t>(words_.size()));
      const uint32_t end = std::min(doc + width, num_docs_);
      lead.enter_window(doc, end);
      if (!below(lead.window_bound + others, candidates_.threshold())) {
        window_.take_window(doc, end, [&] { window_.choose_from(lead, others, candidates_.threshold()); });
      }
      doc = end;
      if (window_.survivors().size() < kBatch) continue;
      require_others(others);
      window_.start_batch();
    }
    require_others(others);
  }

  void search_windows() {
    uint32_t doc = 0;
    while ((doc = words_.front().clause->next_doc(doc)) < num_docs_) {
      deadline_.tick(static_cast<uint32_t>(words_.size()));
      const uint32_t end = std::min(doc + kWindow, num_docs_);
      search_window(doc, end);
      doc = end;
    }
  }

  void search_window(uint32_t begin, uint32_t end) {
    float rest = 0;
    for (RequiredWord& word : words_) {
      word.clause->enter_window(begin, end);
      word.bound = word.clause->window_bound;
      if (word.bound == 0) return;
      rest += word.bound;
    }
    if (below(rest, candidates_.threshold())) return;
    window_.enter(begin, end);
    rest = std::max(rest - words_.front().bound, 0.0F);
    window_.add(*words_.front().clause, rest, candidates_.threshold());
    window_.choose(rest, candidates_.threshold());
    require_others(rest);
  }

  // Thins the survivors out by all words but the first, which give `rest` at most.
  void require_others(float rest) {
    if (filter_ != nullptr) window_.keep_if([&](uint32_t doc) { return filter_->admits(doc); });
    require_from(1, rest);
  }

  void require_from(size_t first, float rest) {
    for (size_t i = first; i < words_.size() && !window_.survivors().empty(); ++i) {
      rest = std::max(rest - words_[i].bound, 0.0F);
      require(*words_[i].clause, rest);
    }
    add_candidates(window_.survivors(), part_, candidates_);
  }

  // Keeps the survivors that hold the word and that `rest`, all that the words after it could add, may lift
  // to the threshold.
  void require(Clause& word, float rest) {
    deadline_.tick(kTicksOfClause);
    gains_.assign(window_.survivors().size(), 0.0F);
    window_.gains_of(word, rest, candidates_.threshold(), gains_);
    const float floor = floor_below(candidates_.threshold(), rest);
    window_.add_gains(gains_, [floor](float gain, float sum) { return (gain > 0) & (sum >= floor); });
  }

  Deadline& deadline_ = Deadline::current();
  const SegmentFilter* filter_;
  const SnapshotSegment& part_;
  uint32_t num_docs_;
  std::vector<Clauses> made_;
  std::vector<RequiredWord> words_;  // the rarest first
  Candidates& candidates_;
  std::vector<float> gains_;
  Window window_;
};

}  // namespace

bool is_conjunction_of_words(const PlanNode& plan) {
  return plan.kind == PlanNode::Kind::kAnd && !plan.children.empty() &&
         std::all_of(plan.children.begin(), plan.children.end(), is_weighted_word);
}

void search_conjunction(const ResolvedNode& plan, const Snapshot& snapshot, size_t segment,
                        const SegmentFilter* filter, Candidates& candidates) {
  SegmentConjunction(plan, snapshot, segment, filter, candidates).run();
}

}  // namespace searchlib
