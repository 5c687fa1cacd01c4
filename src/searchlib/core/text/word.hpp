// The rules of the scanner: where in UTF-8 a word begins, where it ends, and what joins it to the next. Nothing is
// read at or past `end`, whatever the bytes. The short way (ASCII and Cyrillic letters, then a space) is inline,
// all that needs a look at neighbours is in word.cpp.

#pragma once

#include <array>
#include <cstdint>

#include "text/humps.hpp"

namespace searchlib::scanning {

// What a byte says by itself.
enum : uint8_t {
  kBorder = 0,  // ASCII that is never part of a word
  kStart =
      1,  // begins a word: ASCII letters and digits, and the lead bytes of U+0400–047F, which are all letters
  kRun = 2,        // goes on with a word: the same, and continuation bytes
  kJoiner = 4,     // . , ' ` - _ / @ : may stand inside a word, or between two
  kLook = 8,       // other lead bytes: the code point must be looked up
  kTail = 16,      // + and # may end a word: C++, C#
  kHump = 32,      // a capital, or the last byte of one: inside a word, it may be an identifier's
  kSmall = 64,     // a small letter, or the first byte of a Cyrillic one
  kForeign = 128,  // begins a character beyond ASCII and U+0400–047F
};

inline constexpr std::array<uint8_t, 256> kBytes = [] {
  std::array<uint8_t, 256> bytes{};
  for (unsigned byte = 0; byte < 256; ++byte) {
    const unsigned lower = byte | 0x20;
    const bool alphanumeric = (byte >= '0' && byte <= '9') || (byte < 0x80 && lower >= 'a' && lower <= 'z');
    if (alphanumeric || byte == 0xD0 || byte == 0xD1) {
      bytes[byte] = kStart | kRun;
      if (byte >= 'A') bytes[byte] |= byte <= 'Z' ? kHump : kSmall;
    } else if (byte >= 0x80) {
      bytes[byte] = byte < 0xC0 ? kRun | kLook : kLook | kForeign;
      if (byte >= 0x90 && byte < 0xB0) bytes[byte] |= kHump;  // А–Я behind D0; of small letters, ё є і ї
    }
  }
  for (const char joiner : {'.', ',', '\'', '`', '-', '_', '/', '@'})
    bytes[static_cast<uint8_t>(joiner)] = kJoiner;
  bytes['+'] = bytes['#'] = kTail;
  return bytes;
}();

// How closely parts hang together: what joins at the first of these is taken apart first.
enum class Level : uint8_t {
  kAddress,  // / and @ between words
  kEnding,   // the dot of report-2024.pdf, behind a digit and before a letter
  kHyphen,   // hyphens, the end of a line inside a word
  kGroup,    // the spaces between thousands
  kDot,      // dots and underscores inside a word
  kHump,     // capitals inside an identifier, the apostrophe of O'Reilly
};

struct WordEnd {
  const uint8_t* end;
  // It may have parts, or be joined to what follows: parts.hpp knows.
  bool more;
  bool ends_in_letter;  // if more
  bool joined;          // if more: dots, underscores or apostrophes may stand inside
  bool humps;           // if more: capitals inside may make it an identifier
};

struct Range {
  const uint8_t *begin, *end;
};

// What joins a word to the next one.
struct Joint {
  const uint8_t* next;  // where the next word begins; null: nothing joins them
  Level level;
};
Joint joint_behind(const uint8_t* begin, const WordEnd& word, const uint8_t* end);

// The part of read_word that is rare: `at` is the first byte that the short way does not understand.
WordEnd read_on(const uint8_t* begin, const uint8_t* at, const uint8_t* end);

// Whether a word begins at the dot before it, as .NET does. Nothing before `base` is read.
bool is_dot_net(const uint8_t* base, const uint8_t* begin, const uint8_t* end);

// Whether the code point at `at`, which is not ASCII, begins a token; `length` is set to its bytes.
bool begins_token(const uint8_t* at, const uint8_t* end, uint32_t& length);

// Where the next word begins, or `end`.
inline const uint8_t* find_word(const uint8_t* at, const uint8_t* end) {
  while (at != end) {
    const uint8_t byte = kBytes[*at];
    if (byte & kStart) return at;
    uint32_t length = 1;
    if ((byte & kLook) && begins_token(at, end, length)) return at;
    at += length;
  }
  return end;
}

// The word that begins at `begin`, as far as a hyphen.
inline WordEnd read_word(const uint8_t* begin, const uint8_t* end) {
  const uint8_t* at = begin;
  if (kBytes[*at] & kStart) {
    ++at;
    if (*begin >= 0x80 && at != end && (*at & 0xC0) == 0x80) ++at;
    uint8_t seen = 0;  // of all bytes but the first character's
    for (; at != end && (kBytes[*at] & kRun); ++at) seen |= kBytes[*at];
    // Letters behind a digit may be its unit.
    if (*begin > '9' || !(seen & (kSmall | kHump))) {
      // A space ends a word, unless it groups the digits of a number: 1 000. A joiner before a border joins
      // nothing: the full stop of "the end. Then". But a hyphen may end a line.
      if (at == end || (kBytes[*at] == kBorder && (*at != ' ' || at[-1] > '9')) ||
          (kBytes[*at] == kJoiner &&
           (at + 1 == end || (kBytes[at[1]] == kBorder && (*at != '-' || at[1] > ' '))))) {
        // Capitals inside make an identifier.
        const bool both = (seen & kHump) && ((seen | kBytes[*begin]) & kSmall);
        const bool humps = both && most_humps(begin, at) > 1;
        const bool numbered = at[-1] <= '9' && *begin > '9';  // iPhone13
        return {at, humps || numbered, at[-1] > '9', false, humps};
      }
    }
  }
  return read_on(begin, at, end);
}

}  // namespace searchlib::scanning
