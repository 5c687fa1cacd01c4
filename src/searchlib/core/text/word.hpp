// The rules of the scanner: where in UTF-8 a word begins and where it ends. Nothing is read at or past `end`,
// whatever the bytes. The short way (ASCII and Cyrillic letters, then a
// space) is inline, all that needs a look at neighbours is in word.cpp.

#pragma once

#include <array>
#include <cstdint>

namespace searchlib::scanning {

// What a byte says by itself.
enum : uint8_t {
  kBorder = 0,  // ASCII that is never part of a word
  kStart =
      1,  // begins a word: ASCII letters and digits, and the lead bytes of U+0400–047F, which are all letters
  kRun = 2,     // goes on with a word: the same, and continuation bytes
  kJoiner = 4,  // . , ' ` - _ : may stand inside a word
  kLook = 8,    // other lead bytes: the code point must be looked up
  kTail = 16,   // + and # may end a word: C++, C#
};

inline constexpr std::array<uint8_t, 256> kBytes = [] {
  std::array<uint8_t, 256> bytes{};
  for (unsigned byte = 0; byte < 256; ++byte) {
    const unsigned lower = byte | 0x20;
    const bool alphanumeric = (byte >= '0' && byte <= '9') || (byte < 0x80 && lower >= 'a' && lower <= 'z');
    if (alphanumeric || byte == 0xD0 || byte == 0xD1) {
      bytes[byte] = kStart | kRun;
    } else if (byte >= 0x80) {
      bytes[byte] = byte < 0xC0 ? kRun | kLook : kLook;
    }
  }
  for (const char joiner : {'.', ',', '\'', '`', '-', '_'}) bytes[static_cast<uint8_t>(joiner)] = kJoiner;
  bytes['+'] = bytes['#'] = kTail;
  return bytes;
}();

struct WordEnd {
  const uint8_t* end;
  // A hyphen stands at `end`, and after it a letter or digit; or a space that groups the digits on
  // its sides (1 000).
  bool before_hyphen;
};

struct Range {
  const uint8_t *begin, *end;
};

// The part of read_word that is rare: `at` is the first byte that the short way does not understand.
WordEnd read_on(const uint8_t* begin, const uint8_t* at, const uint8_t* end);

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
    do ++at;
    while (at != end && (kBytes[*at] & kRun));
    // A space ends a word, unless it groups the digits of a number: 1 000.
    if (at == end || (kBytes[*at] == kBorder && (*at != ' ' || at[-1] > '9'))) return {at, false};
    // A joiner before a border joins nothing: the full stop of "the end. Then".
    if (kBytes[*at] == kJoiner && (at + 1 == end || kBytes[at[1]] == kBorder)) return {at, false};
  }
  return read_on(begin, at, end);
}

// The parts of a compound: parts[0] is given and `hyphen` stands behind it. Fills at most kMaxCompoundParts,
// returns how many.
uint32_t compound_parts(const uint8_t* hyphen, const uint8_t* end, Range* parts);

// A longer chain is cut into compounds of so many parts: this bounds the memory, and no word is that long.
inline constexpr uint32_t kMaxCompoundParts = 64;

}  // namespace searchlib::scanning
