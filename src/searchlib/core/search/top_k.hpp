// Keeps the k best of documents, each with a score: of equal scores the earlier document wins.

#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <vector>

#include "search/deadline.hpp"

namespace searchlib {

struct ScoredDoc {
  double score;
  uint32_t doc;
};

inline bool better(const ScoredDoc& left, const ScoredDoc& right) {
  return left.score != right.score ? left.score > right.score : left.doc < right.doc;
}

// Leaves those that come behind a document.
inline void keep_behind(std::vector<ScoredDoc>& docs, const ScoredDoc& after) {
  std::erase_if(docs, [&](const ScoredDoc& doc) { return !better(after, doc); });
}

// Sorts by rank. Many are first dealt into buckets by their scores, which costs a pass or two instead of
// comparisons that no predictor foresees.
inline void sort_by_rank(std::vector<ScoredDoc>& docs) {
  constexpr size_t kWorthDealing = 64;
  Deadline& deadline = Deadline::current();
  const auto by_rank = [&](const ScoredDoc& left, const ScoredDoc& right) {
    deadline.tick();
    return better(left, right);
  };
  if (std::is_sorted(docs.begin(), docs.end(), by_rank)) return;  // all of one score
  const auto [worst, best] = std::minmax_element(
      docs.begin(), docs.end(),
      [](const ScoredDoc& left, const ScoredDoc& right) { return left.score < right.score; });
  const double scale = docs.empty() ? 0 : static_cast<double>(docs.size()) / (best->score - worst->score);
  if (docs.size() < kWorthDealing || !std::isfinite(scale) || scale <= 0) {
    std::sort(docs.begin(), docs.end(), by_rank);
    return;
  }
  const double top = best->score;
  std::vector<uint32_t> ends(docs.size() + 2, 0);  // of buckets; the best scores come first
  const auto bucket_of = [&](const ScoredDoc& doc) {
    return std::min(static_cast<size_t>((top - doc.score) * scale), docs.size());
  };
  for (const ScoredDoc& doc : docs) ++ends[bucket_of(doc) + 1];
  for (size_t i = 1; i < ends.size(); ++i) ends[i] += ends[i - 1];
  std::vector<ScoredDoc> dealt(docs.size());
  for (const ScoredDoc& doc : docs) dealt[ends[bucket_of(doc)]++] = doc;
  auto begin = dealt.begin();
  for (size_t i = 0; i + 1 < ends.size(); ++i) {
    const auto end = dealt.begin() + ends[i];
    if (end - begin > 1) std::sort(begin, end, by_rank);
    begin = end;
  }
  docs.swap(dealt);
}

// Leaves the k best, sorted.
inline void keep_best(std::vector<ScoredDoc>& docs, size_t k) {
  if (docs.size() > k) {
    const auto by_rank = [](const ScoredDoc& left, const ScoredDoc& right) { return better(left, right); };
    std::nth_element(docs.begin(), docs.begin() + static_cast<std::ptrdiff_t>(k), docs.end(), by_rank);
    docs.resize(k);
  }
  sort_by_rank(docs);
}

class TopK {
 public:
  explicit TopK(size_t k) : k_(k) {}

  bool is_full() const { return heap_.size() == k_; }
  double threshold() const { return heap_.front().score; }  // the k-th best score, once full

  // Whether the document is among the k best so far.
  bool offer(double score, uint32_t doc) {
    if (heap_.size() < k_) {  // no heap yet: where all are wanted, there need be none
      heap_.push_back({score, doc});
      if (heap_.size() == k_) std::make_heap(heap_.begin(), heap_.end(), better);
      return true;
    }
    if (k_ > 0 && better({score, doc}, heap_.front())) {
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
  std::vector<ScoredDoc> heap_;  // once full, the worst in front
};

}  // namespace searchlib
