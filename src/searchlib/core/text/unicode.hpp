// What the core knows of a code point: its part in words, its script, its folding and its decomposition. It
// knows nothing of words. The tables are written by tools/unicode_tables.py when the core is built.

#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

namespace searchlib::unicode {

// How a code point takes part in words; the order is that of tools/unicode_tables.py.
enum class Class : uint8_t {
  kOther,       // a word border: spaces, punctuation, symbols
  kLetter,      //
  kDigit,       //
  kExtend,      // a mark that belongs to what stands before it
  kFormat,      // the same, and dropped from forms: soft hyphen, joiners, variation selectors, vowel points
  kDot,         // joins letters (т.е.) and digits (3.14)
  kMidNum,      // joins digits (3,14)
  kMidLetter,   // joins letters (col·legi)
  kApostrophe,  // joins letters (O'Brien) and digits (1'000)
  kHyphen,      // makes compounds
  kUnderscore,  // joins letters and digits, any number of them (foo__bar)
  kIdeograph,   // a token by itself: scripts without spaces
  kEmoji,       // a token with what is joined to it
  kRegional,    // two of them are a flag
  kGroupSpace,  // may group the digits of a number (1 000), and is a border elsewhere
};

enum class Script : uint8_t { kOther, kLatin, kCyrillic, kArabic };

// One byte a code point: 4 bits class, a capital?, 2 bits script (of letters), and
// whether normalisation has work.
class Properties {
 public:
  constexpr explicit Properties(uint8_t bits) : bits_(bits) {}
  constexpr Class word_class() const { return static_cast<Class>(bits_ & 0x0F); }
  constexpr Script script() const { return static_cast<Script>((bits_ >> 5) & 3); }
  constexpr bool upper() const { return (bits_ & 0x10) != 0; }
  // False: the character is NFC, composes with nothing before it and stands for itself.
  constexpr bool special() const { return (bits_ & 0x80) != 0; }

 private:
  uint8_t bits_;
};

// Of any 32-bit number; what is no code point is kOther.
Properties properties(uint32_t code_point);

// The same of ASCII, at hand for inline readers: nearly all characters that end a word are.
extern const std::array<uint8_t, 128> kAsciiProperties;

// The full case folding, or an empty span if the character folds to itself.
std::span<const uint32_t> folding(uint32_t code_point);

// The full canonical decomposition but for Hangul, with other shapes of letters and digits made plain (Ａ →
// A, ﬁ → fi, ٣ → 3); or an empty span.
std::span<const uint32_t> decomposition(uint32_t code_point);

uint8_t combining_class(uint32_t code_point);

// The primary composite of two code points, Hangul included; 0 if there is none.
uint32_t compose(uint32_t first, uint32_t second);

// The Unicode version and a hash of the tables, part of the analyzer's fingerprint.
const char* tables_version();

}  // namespace searchlib::unicode
