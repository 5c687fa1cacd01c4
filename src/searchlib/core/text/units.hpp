// What numbers are written with. Units of measure onto them: 5км, 10kb, 2021г. The number ends where the unit
// begins. A space between thousands, and the s of decades.

#pragma once

#include <cstdint>

namespace searchlib::scanning {

// Whether the letters at `at`, which stand right behind a number, are a unit, or its square or cube (20м2).
// digits: how many the number is, up to four; kSomeDigits of what is no plain number, or longer.
inline constexpr int kSomeDigits = 5;
bool is_unit(const uint8_t* at, const uint8_t* end, int digits = kSomeDigits);

// Where a unit stands in a stretch that is a number and its unit (10kb); null for any other.
const uint8_t* unit_in(const uint8_t* begin, const uint8_t* end);

// Where m², км³ ends, if a word [begin, at) is a unit of length and its power stands at `at`; else null.
const uint8_t* power_behind(const uint8_t* begin, const uint8_t* at, const uint8_t* end);

// Whether a space at `at` joins the digits [begin, at) to those at `behind`, as in 1 000: up to three before it,
// and exactly three behind.
bool groups_thousands(const uint8_t* begin, const uint8_t* at, const uint8_t* behind, const uint8_t* end);

// Whether an apostrophe at `at` stands between a decade and its s, which is at `behind`: 1970's, 80's.
bool is_decade(const uint8_t* begin, const uint8_t* at, const uint8_t* behind, const uint8_t* end);

}  // namespace searchlib::scanning
