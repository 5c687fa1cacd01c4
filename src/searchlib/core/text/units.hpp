// Units of measure that are written onto their number: 5км, 10kb, 2021г. The number ends where the unit begins.

#pragma once

#include <cstdint>

namespace searchlib::scanning {

// Whether the letters at `at`, which stand right behind a number, are a unit.
bool is_unit(const uint8_t* at, const uint8_t* end);

// Where a unit stands in a stretch that is a number and its unit (10kb); null for any other.
const uint8_t* unit_in(const uint8_t* begin, const uint8_t* end);

}  // namespace searchlib::scanning
