// Bounds on scores, in float with slack. Block maxima and best values were written at the segment's average
// length; a search applies the snapshot's. All of it must hold against the exact score in double, so every
// comparison that prunes carries kSlack.

#pragma once

#include <algorithm>
#include <cstddef>

#include "search/bm25f.hpp"

namespace searchlib {

// What float arithmetic and another order of summation can make of a sum of a few positive terms,
// with room to spare.
constexpr float kSlack = 1.0F / (1 << 18);

// How much lower a threshold is to be taken for a sum of so many terms. Each addition may be off by 2⁻²⁴
// of the sum, in the score and in the bound: kSlack covers some 32 of both, and most queries; pasted
// text has more words.
inline float slack_of_terms(size_t terms) {
  constexpr size_t kCovered = 16;
  return terms <= kCovered ? 0 : static_cast<float>(terms) / (1 << 21);
}

inline bool below(float bound, float threshold) { return bound * (1 + kSlack) < threshold; }

// A score that is below whatever `rest` could lift to the threshold: of score + rest, those not below the
// threshold are all at least this.
inline float floor_below(float threshold, float rest) {
  return threshold * (1 - 2 * kSlack) - rest * (1 + kSlack);
}

// f = tf / (tf + K) under another average length, ratio r = searched / stored. With K = k1 (1 − b + b ·
// len / avg), the new K lies between K / r and K, so f' lies between f and r f / (1 + (r − 1) f),
// whichever way round. (For example a segment of short documents in an index of long ones: r > 1, lengths
// weigh less, f grows.)
class LengthShift {
 public:
  explicit LengthShift(double ratio) : ratio_(static_cast<float>(ratio)) {}

  float upper(float f) const { return ratio_ > 1 ? shifted(f) : f; }
  float lower(float f) const { return ratio_ < 1 ? shifted(f) : f; }

 private:
  float shifted(float f) const { return ratio_ * f / (1 + (ratio_ - 1) * f); }

  float ratio_;
};

// What a field's f = tf / (tf + K) bound, or reach, once they are weighed: f becomes w · f / (1 + (w − 1) · f), and
// x = tf · w / K, which adds up over fields, is w · f / (1 − f). An f that is off by ε leaves the first off by up to
// ε / w: so f is moved by more than that float arithmetic can have moved it, and the rest is done in double.
class FieldBound {
 public:
  FieldBound(double weight, double length_ratio) : weight_(weight), shift_(length_ratio) {}

  float upper(float f) const {
    f = shift_.upper(f);
    return weight_ == 1 ? f : weighted(std::min(f * (1 + kNudge), 1.0));
  }
  float lower(float f) const {
    f = shift_.lower(f);
    return weight_ == 1 ? f : weighted(f * (1 - kNudge));
  }
  // f = 1 bounds nothing: x may be anything, and x / (1 + x) is 1.
  float upper_x(float bound) const {
    const double f = shift_.upper(bound) * (1 + kNudge);
    return f >= 1 ? kMostX : static_cast<float>(std::min(weight_ * f / (1 - f), double{kMostX}));
  }

 private:
  static constexpr double kNudge = 1.0 / (1 << 21);

  float weighted(double f) const { return static_cast<float>(weight_ * f / (1 + (weight_ - 1) * f)); }

  double weight_;
  LengthShift shift_;
};

inline float saturated(float x) { return x / (1 + x); }

}  // namespace searchlib
