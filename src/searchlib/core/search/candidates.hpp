// The documents that may be among the k best, judged by approximate scores, and the threshold that they set.
//
// The threshold is a score that k live documents are known to reach. It only rises; whoever cannot reach it
// is not wanted. Scores here are floats; the final choice is made among the candidates by their exact scores.

#pragma once

#include <algorithm>
#include <cstdint>
#include <functional>
#include <vector>

#include "search/bounds.hpp"

namespace searchlib {

struct Candidate {
  float score;
  uint32_t doc;  // in the snapshot
};

class Candidates {
 public:
  Candidates(size_t k, float threshold) : k_(k), settle_at_(k), threshold_(threshold) {}

  float threshold() const { return threshold_; }

  void add(float score, uint32_t doc) {
    if (below(score, threshold_)) return;
    all_.push_back({score, doc});
    best_.push_back(score);
    if (best_.size() >= settle_at_) settle();
  }

  // Raises the threshold by what was added. A heap would raise it with each one, at many times the cost.
  void settle() {
    if (best_.size() < k_) return;
    const auto kth = best_.begin() + static_cast<std::ptrdiff_t>(k_ - 1);
    std::nth_element(best_.begin(), kth, best_.end(), std::greater<>());
    threshold_ = std::max(threshold_, *kth * (1 - kSlack));
    best_.resize(k_);
    settle_at_ = k_ + std::max(k_ / 2, kBatch);
  }

  // Those that the final threshold leaves, in the order of documents.
  std::vector<uint32_t> survivors() {
    settle();
    std::vector<uint32_t> docs;
    for (const Candidate& candidate : all_) {
      if (!below(candidate.score, threshold_)) docs.push_back(candidate.doc);
    }
    return docs;
  }

 private:
  static constexpr size_t kBatch = 8;

  size_t k_;
  size_t settle_at_;  // so many scores
  float threshold_;
  std::vector<float> best_;  // the k best scores and those added since
  std::vector<Candidate> all_;
};

}  // namespace searchlib
