// A lemma's postings in two fields, added up: the blocks of the longer list are scored as if it stood alone, and what
// the shorter one has is laid into them. So a document costs what it costs in one field, but for those few that the
// shorter list has. What comes of it is in the order of documents.

#pragma once

#include <algorithm>
#include <vector>

#include "search/sum_clauses.hpp"

namespace searchlib {

class TwoLists {
 public:
  void clear() {
    docs_.clear();
    xs_.clear();
    next_ = 0;
  }

  // The shorter list's postings [start, stop) of its loaded block; call it for ascending ones, before all else.
  void add(LemmaPostings& few, uint32_t start, uint32_t stop) {
    const size_t size = docs_.size();
    docs_.insert(docs_.end(), few.blocks().docs() + start, few.blocks().docs() + stop);
    xs_.resize(docs_.size());
    few.weigh(start, stop, xs_.data() + size);
  }

  // For the blocks of the longer list in turn, one of: visit(documents, scores, their number ≤ 128) for the postings
  // [start, stop) of its loaded block and for what the shorter list has there …
  template <class Visit>
  void take_block(LemmaPostings& many, uint32_t start, uint32_t stop, Visit&& visit);
  // … or only add what the block gives to documents that the shorter list has, where no others are wanted of it.
  void add_block(LemmaPostings& many, uint32_t block);

  // visit(…) for the shorter list's documents before `end` that were not visited, as they are by now.
  template <class Visit>
  void take_before(uint32_t end, float weight, Visit&& visit) {
    size_t last = next_;
    while (last < docs_.size() && docs_[last] < end) ++last;
    if (last == next_) return;
    saturate(next_, last, weight);
    visit_run(next_, last, visit);
    next_ = last;
  }

 private:
  void saturate(size_t first, size_t last, float weight) {
    kernels().saturate(xs_.data() + first, static_cast<uint32_t>(last - first), weight);
  }

  template <class Visit>
  void visit_run(size_t first, size_t last, Visit& visit) {
    for (; first < last; first += kBlockSize) {
      const auto count = static_cast<uint32_t>(std::min(last - first, kBlockSize));
      visit(static_cast<const uint32_t*>(docs_.data() + first), xs_.data() + first, count);
    }
  }

  std::vector<uint32_t> docs_;  // that the shorter list has, ascending
  std::vector<float> xs_;
  size_t next_ = 0;  // the first that was not visited
  std::vector<uint32_t>
      alone_;  // of each that the longer list lacks, before which of the block's postings it stands
};

template <class Visit>
void TwoLists::take_block(LemmaPostings& many, uint32_t start, uint32_t stop, Visit&& visit) {
  const BlockReader& blocks = many.blocks();
  const uint32_t* docs = blocks.docs() + start;
  const uint32_t count = stop - start;
  float scores[kBlockSize];
  if (count > 0) many.score(start, stop, scores);
  const uint32_t end = blocks.docs()[blocks.count() - 1];
  // Those that both have go to their place in the block; the others stay, at the front of those that are done.
  const size_t first = next_;
  size_t last = first;
  alone_.clear();
  for (; next_ < docs_.size() && docs_[next_] <= end; ++next_) {
    const uint32_t at = blocks.find_doc(docs_[next_]);
    if (at >= start && at < stop && blocks.docs()[at] == docs_[next_]) {
      const float x = xs_[next_] + many.x(at);
      scores[at - start] = many.weight() * x / (1 + x);
    } else {
      docs_[last] = docs_[next_];
      xs_[last++] = xs_[next_];
      alone_.push_back(std::clamp(at, start, stop) - start);
    }
  }
  if (last > first) saturate(first, last, many.weight());
  uint32_t done = 0;
  for (size_t i = first; i < last;) {
    const uint32_t place = alone_[i - first];
    if (place > done) visit(docs + done, scores + done, place - done);
    done = place;
    const size_t run = i;
    while (i < last && alone_[i - first] == place) ++i;
    visit_run(run, i, visit);
  }
  if (count > done) visit(docs + done, scores + done, count - done);
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
