// What Python's str methods say of a code point (isspace, isalnum, islower, isupper, isalpha), and whether it
// belongs to what stands before it: for whoever cuts texts where readers would. No part of any analysis.

#pragma once

#include <array>
#include <cstdint>

namespace searchlib::unicode {

// The bits are those of tools/unicode_tables.py.
class Facts {
 public:
  constexpr explicit Facts(uint8_t bits) : bits_(bits) {}
  constexpr bool space() const { return (bits_ & 1) != 0; }
  constexpr bool alphanumeric() const { return (bits_ & 2) != 0; }
  constexpr bool lower() const { return (bits_ & 4) != 0; }
  constexpr bool upper() const { return (bits_ & 8) != 0; }
  constexpr bool alphabetic() const { return (bits_ & 16) != 0; }
  constexpr bool attached() const { return (bits_ & 32) != 0; }  // Mn, Mc, Me, Cf, variation selectors

 private:
  uint8_t bits_;
};

// Of the characters below U+0500, at hand for loops: nearly all of what is read.
extern const std::array<uint8_t, 0x500> kCommonFacts;

Facts rare_facts(uint32_t code_point);

inline Facts facts(uint32_t code_point) {
  return code_point < kCommonFacts.size() ? Facts(kCommonFacts[code_point]) : rare_facts(code_point);
}

}  // namespace searchlib::unicode
