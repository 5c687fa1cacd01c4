// The facts behind abbreviations.hpp: which abbreviation stands for what, and beside what.

#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

namespace searchlib {

// What stands beside a token.
enum : uint32_t {
  kAlone = 1,             // nothing: the token is all of the text, so nobody can tell
  kNumber = 2,            // a number before it that is no year, or a quantity: 5 кв. м
  kYear = 4,              // 1900 to 2099 before it
  kOldYear = 8,           // 1000 to 1899, and no dot behind it
  kOldYearDot = 16,       // 1000 to 1899, and a dot
  kRomanBefore = 32,      // XX, and a dot behind it
  kNameBefore = 64,       // a capitalised word before it, and a dot that no name follows: Main St.
  kBetweenNames = 128,    // a capitalised word before it, a dot and a name behind
  kDot = 256,             // a dot behind it
  kDotName = 512,         // a dot and then a capital: Gen. Smith
  kNumberBehind = 1024,   // a dot and then a number, or a number sign
  kRomanBehind = 2048,    // the same with a Roman one
  kRoubles = 4096,        // a number before it and «р.» behind: 5 т. р.
  kNumberAndDot = 8192,   // a number before it and a dot behind: 5 in.
  kGlued = 32768,         // a number right before it, and no dot: 12в
  kInDate = 65536,        // beside what makes it a date: Jan 5, Mon-Fri, since Dec
  kReference = 16384,     // the same, and what one is told to see: 5 см. рис.
  kDotHyphen = 262144,    // a dot and a hyphen behind it: ген.-майор
  kPlaceBefore = 524288,  // the same as kNameBefore, and a dictionary knows the word as a place: «Ташкент г.»
  kMoney = 131072,        // a number before it, and the sign of a currency before that: $5m
};

struct AbbreviationRow {
  std::string_view token;      // in small letters
  uint32_t contexts;           // one of them is enough
  std::string_view words;      // apart by spaces; none: analysis/ knows what it stands for
  std::string_view written{};  // how the token must be written, if its letters' size counts
};

// All rows, by token; of those of one token the first that fits counts.
std::span<const AbbreviationRow> abbreviation_rows();

// Those of a token in small letters.
std::span<const AbbreviationRow> rows_of_abbreviation(std::string_view token);

inline constexpr size_t kMaxAbbreviationBytes = 15;

// A letter of either alphabet, large or small, by the last of its bytes: 64 keys.
constexpr size_t key_of_letter(uint8_t last) { return (last & 0x1F) | (last >> 2 & 0x20); }

// Whether there may be rows of a token of letters, large or small, which has at most that many bytes: whether one
// of its length begins and ends with its letters. Most words of a text are turned away.
extern const std::array<std::array<uint16_t, 64>, 64> kAbbreviationSizes;  // by the last letter and the first
inline bool may_be_abbreviation(const uint8_t* begin, const uint8_t* end) {
  const uint8_t first = *begin < 0x80 || end - begin < 2 ? *begin : begin[1];
  return kAbbreviationSizes[key_of_letter(end[-1])][key_of_letter(first)] >> (end - begin) & 1;
}

}  // namespace searchlib
