// Doubles to floats in a chosen direction, so that a bound stays a bound.

#pragma once

#include <cmath>
#include <limits>

namespace searchlib {

inline float round_up(double value) {
  const float rounded = static_cast<float>(value);
  return static_cast<double>(rounded) < value
             ? std::nextafter(rounded, std::numeric_limits<float>::infinity())
             : rounded;
}

inline float round_down(double value) {
  const float rounded = static_cast<float>(value);
  return static_cast<double>(rounded) > value
             ? std::nextafter(rounded, -std::numeric_limits<float>::infinity())
             : rounded;
}

}  // namespace searchlib
