// A lemma's postings in two fields, added up: the blocks of the longer list are scored as if it stood alone, and what
// the shorter one has is laid into them. So a document costs what it costs in one field, but for those few that the
// shorter list has.

#pragma once

#include <algorithm>
#include <vector>

#include "search/sum_clauses.hpp"

namespace searchlib {

// What is visited: visit(documents, scores, their number ≤ 128, whether they lie among those visited just before, rather
// than behind them). Either way they ascend.
class TwoLists {
 public:
  void clear() {
    docs_.clear();
    xs_.clear();
    next_ = 0;
    next_block_ = 0;
  }

  // The shorter list's postings [start, stop) of its loaded block; call it for ascending ones, before they are visited.
  void add(LemmaPostings& few, uint32_t start, uint32_t stop) {
    if (next_ == docs_.size() || next_ >= kMostDone) {
      docs_.erase(docs_.begin(), docs_.begin() + static_cast<std::ptrdiff_t>(next_));
      xs_.erase(xs_.begin(), xs_.begin() + static_cast<std::ptrdiff_t>(next_));
      next_ = 0;
    }
    const size_t size = docs_.size();
    docs_.insert(docs_.end(), few.blocks().docs() + start, few.blocks().docs() + stop);
    xs_.resize(docs_.size());
    few.weigh(start, stop, xs_.data() + size);
  }

  // The first of the shorter list's blocks that was not added, where it is added block by block.
  uint32_t next_block() const { return next_block_; }
  void pass_block() { ++next_block_; }

  // For the blocks of the longer list in turn, one of: visit those of the postings [start, stop) of its loaded block,
  // and then those that the shorter list alone has up to the block's end …
  template <class Visit>
  void take_block(LemmaPostings& many, uint32_t start, uint32_t stop, Visit&& visit);
  // … or only add what the block gives to documents that the shorter list has, where no others are wanted of it.
  void add_block(LemmaPostings& many, uint32_t block);

  // Visits the shorter list's documents before `end` that were not visited, as they are by now.
  template <class Visit>
  void take_before(uint32_t end, float weight, Visit&& visit) {
    size_t last = next_;
    while (last < docs_.size() && docs_[last] < end) ++last;
    visit_alone(next_, last, weight, false, visit);
    next_ = last;
  }

 private:
  template <class Visit>
  void visit_alone(size_t first, size_t last, float weight, bool among, Visit& visit) {
    if (first == last) return;
    kernels().saturate(xs_.data() + first, static_cast<uint32_t>(last - first), weight);
    for (; first < last; first += kBlockSize) {
      const auto count = static_cast<uint32_t>(std::min(last - first, kBlockSize));
      visit(static_cast<const uint32_t*>(docs_.data() + first), xs_.data() + first, count, among);
    }
  }

  static constexpr size_t kMostDone = 4096;  // so many that were visited are kept

  std::vector<uint32_t> docs_;  // that the shorter list has, ascending
  std::vector<float> xs_;
  size_t next_ = 0;  // the first that was not visited
  uint32_t next_block_ = 0;
};

template <class Visit>
void TwoLists::take_block(LemmaPostings& many, uint32_t start, uint32_t stop, Visit&& visit) {
  const BlockReader& blocks = many.blocks();
  const uint32_t count = stop - start;
  float scores[kBlockSize];
  if (count > 0) many.score(start, stop, scores);
  const uint32_t end = blocks.docs()[blocks.count() - 1];
  // Those that both have go to their place in the block; the others stay, at the front of those that are done.
  const size_t first = next_;
  size_t last = first;
  for (; next_ < docs_.size() && docs_[next_] <= end; ++next_) {
    const uint32_t at = blocks.find_doc(docs_[next_]);
    if (at >= start && at < stop && blocks.docs()[at] == docs_[next_]) {
      const float x = xs_[next_] + many.x(at);
      scores[at - start] = many.weight() * x / (1 + x);
    } else {
      docs_[last] = docs_[next_];
      xs_[last++] = xs_[next_];
    }
  }
  if (count > 0) visit(blocks.docs() + start, scores, count, false);
  visit_alone(first, last, many.weight(), count > 0, visit);
}

inline void TwoLists::add_block(LemmaPostings& many, uint32_t block) {
  BlockReader& blocks = many.blocks();
  const uint32_t last = blocks.last_doc(block);
  for (size_t i = next_; i < docs_.size() && docs_[i] <= last; ++i) {
    blocks.load(block);
    const uint32_t at = blocks.find_doc(docs_[i]);
    if (blocks.docs()[at] == docs_[i]) xs_[i] += many.x(at);
  }
}

}  // namespace searchlib
