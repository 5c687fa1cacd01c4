// Bounds on scores, in float with slack. Block maxima and best values were written at the segment's average
// length; a search applies the snapshot's. All of it must hold against the exact score in double, so every
// comparison that prunes carries kSlack.

#pragma once

#include <cstddef>

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

}  // namespace searchlib
