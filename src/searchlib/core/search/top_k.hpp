// The k best of a stream of scored documents that come in ascending order: of equal scores the earlier
// document wins.

#pragma once

#include <algorithm>
#include <cstdint>
#include <vector>

namespace searchlib {

struct ScoredDoc {
  double score;
  uint32_t doc;
};

inline bool better(const ScoredDoc& left, const ScoredDoc& right) {
  return left.score != right.score ? left.score > right.score : left.doc < right.doc;
}

// Leaves the k best, sorted.
inline void keep_best(std::vector<ScoredDoc>& docs, size_t k) {
  const auto by_rank = [](const ScoredDoc& left, const ScoredDoc& right) { return better(left, right); };
  if (docs.size() > k) {
    std::nth_element(docs.begin(), docs.begin() + static_cast<std::ptrdiff_t>(k), docs.end(), by_rank);
    docs.resize(k);
  }
  std::sort(docs.begin(), docs.end(), by_rank);
}

class TopK {
 public:
  explicit TopK(size_t k) : k_(k) {}

  bool is_full() const { return heap_.size() == k_; }
  double threshold() const { return heap_.front().score; }  // the k-th best score, once full

  // Whether the document is among the k best so far.
  bool offer(double score, uint32_t doc) {
    if (heap_.size() < k_) {
      heap_.push_back({score, doc});
    } else if (k_ > 0 && score > heap_.front().score) {  // never on equality: the one there is earlier
      std::pop_heap(heap_.begin(), heap_.end(), better);
      heap_.back() = {score, doc};
    } else {
      return false;
    }
    std::push_heap(heap_.begin(), heap_.end(), better);
    return true;
  }

  std::vector<ScoredDoc> take_sorted() {
    keep_best(heap_, k_);
    return std::move(heap_);
  }

 private:
  size_t k_;
  std::vector<ScoredDoc> heap_;  // the worst in front
};

}  // namespace searchlib
