// The documents that may be among the k best, judged by approximate scores, and the threshold that they set.
//
// The threshold is a score that k live documents are known to reach. It only rises; whoever cannot reach it
// is not wanted. Scores here are floats; the final choice is made among the candidates by their exact scores.

#pragma once

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdint>
#include <functional>
#include <limits>
#include <vector>

#include "search/bounds.hpp"

namespace searchlib {

// Many numbers of a small range are sorted by setting a bit for each and reading the bits.
inline void sort_distinct(std::vector<uint32_t>& numbers) {
  if (numbers.empty()) return;
  const auto [least, most] = std::minmax_element(numbers.begin(), numbers.end());
  const uint32_t base = *least;
  const size_t words = (*most - base) / 64 + 1;
  if (words > numbers.size() * 16) {
    std::sort(numbers.begin(), numbers.end());
    return;
  }
  std::vector<uint64_t> bits(words, 0);
  for (const uint32_t number : numbers) bits[(number - base) / 64] |= uint64_t{1} << ((number - base) % 64);
  auto out = numbers.begin();
  for (size_t word = 0; word < words; ++word) {
    for (uint64_t left = bits[word]; left != 0; left &= left - 1)
      *out++ = base + static_cast<uint32_t>(word * 64 + static_cast<size_t>(std::countr_zero(left)));
  }
}

struct Candidate {
  float score;
  uint32_t doc;  // in the snapshot
};

class Candidates {
 public:
  // terms: how many a score is the sum of, at most. most: scores added are at most so many times what they bound.
  Candidates(size_t k, float threshold, size_t terms, double most = 1)
      : k_(k),
        settle_at_(k),
        slack_(1 - kSlack - slack_of_terms(terms)),
        factor_(slack_ / static_cast<float>(most)),
        threshold_(threshold * slack_),
        assumed_(threshold_) {}

  float threshold() const { return threshold_; }

  // Only documents that score this or less are wanted: those that surely score more are left out, those that may
  // are kept, and raise no threshold.
  void end_at(double score) {
    is_open_ = false;
    surely_more_ =
        std::nextafter(static_cast<float>(score), std::numeric_limits<float>::infinity()) / factor_;
    surely_less_ = std::nextafter(static_cast<float>(score), 0.0F) * slack_;
  }

  void add(float score, uint32_t doc) {
    if (below(score, threshold_)) return;
    if (!is_open_ && score * (1 - kSlack) > surely_more_) return;
    all_.push_back({score, doc});
    if (!is_open_ && score * (1 + kSlack) >= surely_less_) return;
    best_.push_back(score);
    if (best_.size() >= settle_at_) settle();
  }

  // Raises the threshold by what was added. A heap would raise it with each one, at many times the cost.
  void settle() {
    if (best_.size() < k_) return;
    const auto kth = best_.begin() + static_cast<std::ptrdiff_t>(k_ - 1);
    std::nth_element(best_.begin(), kth, best_.end(), std::greater<>());
    threshold_ = std::max(threshold_, *kth * factor_);
    best_.resize(k_);
    settle_at_ = k_ + std::max(k_, kBatch);
  }

  // Whether k of the documents that were added bear out the threshold that it began with: a guess will do then.
  bool bears_out_start() {
    settle();
    return best_.size() >= k_ && best_[k_ - 1] * factor_ >= assumed_;
  }

  // Those that the final threshold leaves, in the order of documents.
  std::vector<uint32_t> survivors() {
    std::vector<uint32_t> docs;
    for (const Candidate& candidate : scored_survivors()) docs.push_back(candidate.doc);
    sort_distinct(docs);
    return docs;
  }

  // The same in any order, with their scores.
  const std::vector<Candidate>& scored_survivors() {
    settle();
    std::erase_if(all_, [&](const Candidate& candidate) { return below(candidate.score, threshold_); });
    return all_;
  }

 private:
  static constexpr size_t kBatch = 8;

  size_t k_;
  size_t settle_at_;  // so many scores
  float slack_;
  float factor_;  // of a score that k documents reach: the threshold that it allows
  float threshold_;
  float assumed_;        // what it began with
  bool is_open_ = true;  // at its upper end
  float surely_more_ = 0;
  float surely_less_ = 0;
  std::vector<float> best_;  // the k best scores and those added since
  std::vector<Candidate> all_;
};

}  // namespace searchlib
