// Keys that follow one another in a dictionary begin alike: what two strings share.

#pragma once

#include <algorithm>
#include <cstddef>
#include <string_view>

namespace searchlib {

// How many bytes both begin with.
inline size_t shared_prefix(std::string_view left, std::string_view right) {
  const auto limit = std::min(left.size(), right.size());
  return static_cast<size_t>(std::mismatch(left.begin(), left.begin() + limit, right.begin()).first -
                             left.begin());
}

}  // namespace searchlib
