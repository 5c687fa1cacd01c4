// The numbers of columns as keys: signed 64-bit integers that ascend as the values do. Integers, dates and
// booleans are their own keys; of a double the sign is made a number's, and −0 is 0.

#pragma once

#include <bit>
#include <cstdint>
#include <limits>

namespace searchlib::columns {

constexpr int64_t kLeastKey = std::numeric_limits<int64_t>::min();
constexpr int64_t kMostKey = std::numeric_limits<int64_t>::max();

inline int64_t key_of_double(double value) {
  const auto bits = std::bit_cast<int64_t>(value == 0 ? 0.0 : value);
  return bits >= 0 ? bits : bits ^ kMostKey;
}

inline double double_of_key(int64_t key) { return std::bit_cast<double>(key >= 0 ? key : key ^ kMostKey); }

}  // namespace searchlib::columns
