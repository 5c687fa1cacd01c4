// How much tf / K may differ between the time at which a segment's bounds were made and a search.

#pragma once

#include <algorithm>

namespace searchlib {

// Between `least` times and `most` times what it was.
struct XScale {
  static constexpr double kMost = 1e100;  // more than that bounds nothing either

  double least = 1;
  double most = 1;

  // Under another average length alone. ratio: the one searched over the stored one.
  static XScale of_lengths(double ratio) { return {std::min(ratio, 1.0), std::max(ratio, 1.0)}; }
};

}  // namespace searchlib
