// The rules of the scanner: where in UTF-8 a word begins, where it ends, and what joins it to the next. Nothing is
// read at or past `end`, whatever the bytes. The short way (ASCII and Cyrillic letters, then a space) is inline,
// all that needs a look at neighbours is in word.cpp.

#pragma once

#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

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

// The bytes from a kStart on that are kRun.
struct Run {
  const uint8_t* end;
  bool humps;  // there are capitals behind the first character, and small letters: it may be an identifier
};

// How many bytes the first character has, where it is one of those that begin a run.
inline int first_size(uint8_t byte) { return byte < 0x80 ? 1 : 2; }

inline Run read_run_by_bytes(const uint8_t* begin, const uint8_t* end) {
  uint8_t seen = 0;  // behind the first character
  const uint8_t* at = begin + 1;
  for (; at != end && (kBytes[*at] & kRun); ++at) {
    if (at - begin >= first_size(*begin)) seen |= kBytes[*at];
  }
  return {at, (seen & kHump) && ((seen | kBytes[*begin]) & kSmall)};
}

#if defined(__SSE2__)

// Which bytes are among the `count` from `first` on.
inline __m128i among(__m128i bytes, uint8_t first, int count) {
  const __m128i from_least = _mm_sub_epi8(bytes, _mm_set1_epi8(static_cast<char>(first + 128)));
  return _mm_cmplt_epi8(from_least, _mm_set1_epi8(static_cast<char>(count - 128)));
}

// The same, sixteen bytes at a time: most words have no more. What kBytes says of bytes is computed here.
inline Run read_run(const uint8_t* begin, const uint8_t* end) {
  uint32_t capitals = 0;
  int first = first_size(*begin);
  for (const uint8_t* at = begin; end - at >= 16; at += 16, first = 0) {
    const __m128i bytes = _mm_loadu_si128(reinterpret_cast<const __m128i*>(at));
    const __m128i letter = among(_mm_or_si128(bytes, _mm_set1_epi8(0x20)), 'a', 26);
    const __m128i digit = among(bytes, '0', 10);
    const __m128i continuation = _mm_cmplt_epi8(bytes, _mm_set1_epi8(static_cast<char>(0xC0)));
    const __m128i lead = among(bytes, 0xD0, 2);
    const __m128i run = _mm_or_si128(_mm_or_si128(letter, digit), _mm_or_si128(continuation, lead));
    const uint32_t outside = ~static_cast<uint32_t>(_mm_movemask_epi8(run)) & 0xFFFF;
    const uint32_t inside = ~outside & (outside - 1);  // up to the first that is outside
    const __m128i capital = _mm_or_si128(among(bytes, 'A', 26), among(bytes, 0x90, 0x20));
    capitals |= (static_cast<uint32_t>(_mm_movemask_epi8(capital)) & inside) >> first;
    if (outside == 0) continue;
    const uint8_t* const run_end = at + std::countr_zero(outside);
    if (capitals == 0) return {run_end, false};
    const __m128i small = _mm_or_si128(among(bytes, 'a', 26), lead);
    if (static_cast<uint32_t>(_mm_movemask_epi8(small)) & inside) return {run_end, true};
    return {run_end, std::any_of(begin, at, [](uint8_t byte) { return (kBytes[byte] & kSmall) != 0; })};
  }
  return read_run_by_bytes(begin, end);
}

#else

inline Run read_run(const uint8_t* begin, const uint8_t* end) { return read_run_by_bytes(begin, end); }

#endif

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
  bool joint;           // if more: something may join it to the next
  uint8_t humps;        // if more: how many capitals inside may divide it into, most_humps(); mostly 1
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
bool is_net(const uint8_t* base, const uint8_t* begin);
inline bool is_dot_net(const uint8_t* base, const uint8_t* begin, const uint8_t* end) {
  return end - begin == 3 && begin != base && begin[-1] == '.' && is_net(base, begin);
}

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

// Whether it is ASCII and no digit.
inline bool is_no_digit(uint8_t byte) { return byte < '0' || (byte > '9' && byte < 0x80); }

// Whether a word that ends at `at`, before its run of letters and digits ends it, needs no look at what follows. A
// space ends a word, unless it groups the digits of a number: 1 000. A joiner before a border joins nothing: the
// full stop of "the end. Then". But a hyphen may end a line. Letters behind a digit may be its unit.
inline bool ends_plainly(const uint8_t* begin, const uint8_t* at, const uint8_t* end) {
  if (*begin <= '9' && std::any_of(begin, at, [](uint8_t byte) { return byte > '9'; })) return false;
  return at == end ||
         (kBytes[*at] == kBorder && (*at != ' ' || at[-1] > '9' || at + 1 == end || is_no_digit(at[1]))) ||
         (kBytes[*at] == kJoiner &&
          (at + 1 == end || (kBytes[at[1]] == kBorder && (*at != '-' || at[1] > ' '))));
}

// The end of the most frequent words, up to 15 letters of ASCII, all small but maybe the first, with a border behind
// them, or a comma and a border; `begin` for others, of which read_plain_word is asked.
inline const uint8_t* read_small_word(const uint8_t* begin, [[maybe_unused]] const uint8_t* end) {
#if defined(__SSE2__)
  if (*begin < 'a' || *begin > 'z' || end - begin <= 16) return begin;
  const __m128i bytes = _mm_loadu_si128(reinterpret_cast<const __m128i*>(begin));
  const uint32_t small = static_cast<uint32_t>(_mm_movemask_epi8(among(bytes, 'a', 26)));
  const uint8_t* const at = begin + std::countr_one(small);
  if (at != begin + 16 && (kBytes[*at] == kBorder || (*at == ',' && kBytes[at[1]] == kBorder))) return at;
#endif
  return begin;
}

#if defined(__SSE2__)

// The end of a Russian word of small letters, but maybe the first, with a border behind it, or a comma and a border;
// `begin` for others.
inline const uint8_t* read_small_cyrillic(const uint8_t* begin, const uint8_t* end) {
  uint32_t capitals = 0;
  for (const uint8_t* at = begin; end - at > 16; at += 16) {
    const __m128i bytes = _mm_loadu_si128(reinterpret_cast<const __m128i*>(at));
    const __m128i lead =
        _mm_cmpeq_epi8(_mm_or_si128(bytes, _mm_set1_epi8(1)), _mm_set1_epi8(static_cast<char>(0xD1)));
    const __m128i continuation = _mm_cmplt_epi8(bytes, _mm_set1_epi8(static_cast<char>(0xC0)));
    const uint32_t run = static_cast<uint32_t>(_mm_movemask_epi8(_mm_or_si128(lead, continuation)));
    const uint32_t capital = static_cast<uint32_t>(_mm_movemask_epi8(among(bytes, 0x90, 0x20)));
    const int length = std::countr_one(run);
    capitals |= (capital & ((1U << length) - 1)) >> (at == begin ? 2 : 0);
    if (length == 16) continue;
    const uint8_t* const word_end = at + length;
    const bool plain = kBytes[*word_end] == kBorder || (*word_end == ',' && kBytes[word_end[1]] == kBorder);
    return plain && capitals == 0 ? word_end : begin;
  }
  return begin;
}

#endif

// The end of most words, which are of letters and have no parts; null for one that read_word has to look at. `run` is
// set to that word's, if it was read.
inline const uint8_t* read_plain_word(const uint8_t* begin, const uint8_t* end, Run& run) {
  if (!(kBytes[*begin] & kStart) || *begin <= '9') return nullptr;
#if defined(__SSE2__)
  if (*begin >= 0x80) {
    if (const uint8_t* const small = read_small_cyrillic(begin, end); small != begin) return small;
  } else if (*begin <= 'Z' && end - begin > 1) {
    if (const uint8_t* const small = read_small_word(begin + 1, end); small != begin + 1) return small;
  }
#endif
  run = read_run(begin, end);
  const bool plain = !run.humps && run.end[-1] > '9' && ends_plainly(begin, run.end, end);
  return plain ? run.end : nullptr;
}

// Whether a hyphen, slash or at sign joins a word of letters to what follows it at once, another one or a number.
inline bool is_plain_joint(const uint8_t* at, const uint8_t* end) {
  if (end - at < 3 || (*at != '-' && *at != '/' && *at != '@') || !(kBytes[at[1]] & kStart)) return false;
  return at[1] < 0x80 || utf8::is_continuation(at[2]);
}

// The word that begins at `begin`, as far as a hyphen. Its run is read already, or has no end.
inline WordEnd read_word(const uint8_t* begin, const uint8_t* end, Run run = {nullptr, false}) {
  if (!(kBytes[*begin] & kStart)) return read_on(begin, begin, end);
  if (run.end == nullptr) run = read_run(begin, end);
  const bool joint = *begin > '9' && is_plain_joint(run.end, end);
  if (!joint && !ends_plainly(begin, run.end, end)) return read_on(begin, run.end, end);
  const uint32_t humps = run.humps ? most_humps(begin, run.end) : 1;
  const bool ends_in_letter = run.end[-1] > '9';
  const bool numbered = !ends_in_letter && *begin > '9';  // iPhone13
  const bool more = joint || humps > 1 || numbered;
  return {run.end, more, ends_in_letter, false, joint, static_cast<uint8_t>(humps)};
}

}  // namespace searchlib::scanning
