// How a column's numbers are made small: doubles that are decimals as integers, and the places of lists as what they
// differ by from an even share. Reader and writer have it from here.

#pragma once

#include <cstdint>

namespace searchlib::columns {

// 1999 / 100 is 19.99 to the last bit: the quotient of two exact doubles is rounded as the decimal is.
constexpr unsigned kMaxScale = 6;
constexpr double kPowers[kMaxScale + 1] = {1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6};
constexpr int64_t kMaxScaled = int64_t{1} << 53;

inline uint64_t slope_of(uint32_t num_values, uint32_t num_docs) {
  return (uint64_t{num_values} << 16) / num_docs;
}
inline uint64_t expected_start(uint32_t doc, uint64_t slope) { return uint64_t{doc} * slope >> 16; }

}  // namespace searchlib::columns
