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
  Candidates(size_t k, float threshold) : k_(k), threshold_(threshold) {}

  float threshold() const { return threshold_; }

  void add(float score, uint32_t doc) {
    all_.push_back({score, doc});
    if (best_.size() < k_) {
      best_.push_back(score);
      std::push_heap(best_.begin(), best_.end(), std::greater<>());
    } else if (score > best_.front()) {
      std::pop_heap(best_.begin(), best_.end(), std::greater<>());
      best_.back() = score;
      std::push_heap(best_.begin(), best_.end(), std::greater<>());
    } else {
      return;
    }
    if (best_.size() == k_) threshold_ = std::max(threshold_, best_.front() * (1 - kSlack));
  }

  // Those that the final threshold leaves, in the order of documents.
  std::vector<uint32_t> survivors() const {
    std::vector<uint32_t> docs;
    for (const Candidate& candidate : all_) {
      if (!below(candidate.score, threshold_)) docs.push_back(candidate.doc);
    }
    return docs;
  }

 private:
  size_t k_;
  float threshold_;
  std::vector<float> best_;  // a heap, the worst in front
  std::vector<Candidate> all_;
};

}  // namespace searchlib
