// Bounds on scores, in float with slack. Block maxima and best values were written at the segment's average
// length; a search applies the snapshot's. All of it must hold against the exact score in double, so every
// comparison that prunes carries kSlack.

#pragma once

#include <algorithm>
#include <cstddef>

#include "search/bm25f.hpp"
#include "search/x_scale.hpp"

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

// What a stored f = tf / (tf + K) says of a search, in which K is another and tf is weighed.
//
// Under another average length, with the ratio r = searched / stored, K = k1 (1 − b + b · len / avg) becomes
// something between K / r and K: x = tf / K, in which f = x / (1 + x), lies between x and r · x. (For example a
// segment of short documents in an index of long ones: r > 1, lengths weigh less, f grows.) Under another k1 or b
// it lies between other multiples of x (Snapshot::x_scale). A field's weight w makes w · x of it. So with W, w times
// the multiple that is the worse for a bound, f becomes W · f / (1 + (W − 1) · f); and x, which adds up over
// fields, is at most W · f / (1 − f).
//
// An f that is off by ε leaves that off by up to ε / W: so f is moved by more than float can have moved it, and
// the rest is done in double.
class FieldBound {
 public:
  FieldBound(double weight, XScale scale) : upper_(weight * scale.most), lower_(weight * scale.least) {}

  float upper(float f) const { return upper_ == 1 ? f : weighted(upper_, std::min(f * (1 + kNudge), 1.0)); }
  float lower(float f) const { return lower_ == 1 ? f : weighted(lower_, f * (1 - kNudge)); }
  // f = 1 bounds nothing: x may be anything, and x / (1 + x) is 1.
  float upper_x(float bound) const {
    const double f = bound * (1 + kNudge);
    return f >= 1 ? kMostX : static_cast<float>(std::min(upper_ * f / (1 - f), double{kMostX}));
  }
  // What saturated(upper_x(bound) + x) is, in one division.
  float upper_beside(float bound, float x) const {
    const double f = bound * (1 + kNudge);
    if (f >= 1) return 1;
    const double sum = upper_ * f + x * (1 - f);
    return static_cast<float>(sum / (1 - f + sum));
  }

 private:
  static constexpr double kNudge = 1.0 / (1 << 21);

  static float weighted(double weight, double f) {
    return f >= 1 ? 1 : static_cast<float>(weight * f / (1 + (weight - 1) * f));
  }

  double upper_;
  double lower_;
};

inline float saturated(float x) { return x / (1 + x); }

}  // namespace searchlib
