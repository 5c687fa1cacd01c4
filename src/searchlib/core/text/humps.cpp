#include "text/humps.hpp"

#include <algorithm>
#include <bit>
#include <iterator>
#include <string_view>

#include "bytes/hash_bytes.hpp"
#include "text/word.hpp"

namespace searchlib::scanning {
namespace {

using unicode::Class;
using unicode::Script;

constexpr uint32_t kMinLetters = 8;  // of an identifier by its humps alone: LaTeX and BibTeX are none

// What names of programs begin with, and the acronyms that they end in.
constexpr std::string_view kFirstWords[] = {
    "add",    "base",    "build",    "check", "close",  "convert", "create", "decode",   "delete", "disable",
    "enable", "encode",  "error",    "file",  "find",   "format",  "from",   "get",      "handle", "has",
    "init",   "is",      "list",     "load",  "local",  "make",    "map",    "max",      "min",    "new",
    "num",    "old",     "on",       "page",  "parent", "parse",   "print",  "read",     "remote", "remove",
    "render", "request", "response", "root",  "run",    "save",    "send",   "set",      "show",   "source",
    "start",  "stop",    "target",   "to",    "update", "use",     "user",   "validate", "with",   "write"};
constexpr std::string_view kAcronyms[] = {
    "AJAX", "API",   "ASCII", "CSS", "CSV", "DB",   "DNS", "DOM",  "FTP",  "GUI", "GUID", "HTML",
    "HTTP", "HTTPS", "ID",    "IO",  "IP",  "JPEG", "JS",  "JSON", "PDF",  "PNG", "RGB",  "SSL",
    "TCP",  "TLS",   "UDP",   "UI",  "URI", "URL",  "UTC", "UTF",  "UUID", "XML", "YAML", "ZIP"};

// Whether a capital and a mark behind it are one of Ё and its like, U+0400 to U+040F, written as two.
bool is_composed_like_yo(uint32_t capital, const uint8_t* behind, const uint8_t* end) {
  constexpr uint8_t kAbove = 230;  // the combining class of these marks: the first of it composes
  struct Composed {
    char32_t capital, mark;
  };
  constexpr Composed kLikeYo[] = {{U'Е', 0x300}, {U'Е', 0x308}, {U'Г', 0x301},
                                  {U'И', 0x300}, {U'К', 0x301}, {U'У', 0x306}};
  const auto is_first = [&](const Composed& one) { return one.capital == capital; };
  if (std::none_of(std::begin(kLikeYo), std::end(kLikeYo), is_first)) return false;
  for (Char next = char_at(behind, end); next.attached(); next = char_at(behind, end)) {
    const uint32_t mark = next.code_point;
    if (unicode::combining_class(mark) == kAbove) {
      return std::any_of(std::begin(kLikeYo), std::end(kLikeYo),
                         [&](const Composed& one) { return one.capital == capital && one.mark == mark; });
    }
    behind += next.length;
  }
  return false;
}

// A capital at which a hump may begin. Ё and its like are none: their bytes inside a word are not told from
// those of small letters at the scanner's speed.
bool begins_hump(const Char& next, const uint8_t* behind, const uint8_t* end) {
  return next.upper() && next.code_point - 0x400 >= 0x10 && next.code_point - 0x470 >= 0x10 &&
         !is_composed_like_yo(next.code_point, behind, end);
}

bool extended(const uint8_t* at, const uint8_t* end) {
  for (Char next = char_at(at, end); next.attached(); next = char_at(at, end)) {
    if (next.word_class() == Class::kExtend) return true;
    at += next.length;
  }
  return false;
}

bool goes_on_small(const uint8_t* at, const uint8_t* end) {
  const Char next = next_char(at, end);
  return next.letter() && !begins_hump(next, at + next.length, end);
}

// The characters of a stretch but for invisible ones, an apostrophe as one sign; empty if it is long, or anything
// but ASCII.
std::string_view plain(const uint8_t* at, const uint8_t* end, std::array<char, 32>& letters) {
  size_t size = 0;
  while (at != end) {
    const Char next = char_at(at, end);
    at += next.length;
    if (next.word_class() == Class::kFormat) continue;
    const bool apostrophe = next.word_class() == Class::kApostrophe;
    if (size == letters.size() || (next.code_point >= 0x80 && !apostrophe)) return {};
    letters[size++] = apostrophe ? '\'' : static_cast<char>(next.code_point);
  }
  return {letters.data(), size};
}

template <size_t kSize>
bool is_one_of(const std::string_view (&words)[kSize], std::string_view word) {
  return std::find(std::begin(words), std::end(words), word) != std::end(words);
}

// A second hump of capitals and digits alone, but for the s of a plural or of macOS's, that makes a name of the
// word.
bool is_name(const uint8_t* first, const uint8_t* second, const uint8_t* end) {
  std::array<char, 32> letters, capitals;
  const std::string_view word = plain(first, second, letters);
  std::string_view rest = plain(second, end, capitals);
  if (rest.ends_with("'s")) {
    rest.remove_suffix(2);
  } else if (rest.ends_with('s')) {
    rest.remove_suffix(1);
  }
  while (!rest.empty() && rest.back() >= '0' && rest.back() <= '9') rest.remove_suffix(1);
  const auto is_capital = [](char letter) { return letter >= 'A' && letter <= 'Z'; };
  if (rest.size() < 2 || !std::all_of(rest.begin(), rest.end(), is_capital)) return false;
  return !is_one_of(kAcronyms, rest) && !is_one_of(kFirstWords, word);
}

// Eight bytes of ASCII: bit i of the result says whether byte i is from `first` to `last`.
uint64_t among(uint64_t bytes, uint8_t first, uint8_t last) {
  constexpr uint64_t kEach = 0x0101010101010101;
  const uint64_t from_first = bytes + (0x80U - first) * kEach, behind_last = bytes + (0x7FU - last) * kEach;
  return ((from_first & ~behind_last & 0x80 * kEach) >> 7) * 0x0102040810204080 >> 56;
}

// The first eight bytes, zeros behind them if there are fewer.
uint64_t load(const uint8_t* at, size_t size) {
  return head_of({reinterpret_cast<const char*>(at), std::min<size_t>(size, 8)}).low;
}

// Mostly few: a loop is shorter than a call, as which std::popcount is compiled for any processor.
uint32_t count_bits(uint64_t bits) {
  uint32_t count = 0;
  for (; bits != 0; bits &= bits - 1) ++count;
  return count;
}

// Up to 64 bytes of ASCII, as bits: bit i stands for byte i.
struct Letters {
  uint64_t capitals, small, others;  // those of no byte are in none; others are all but capitals
  bool ascii;

  Letters(const uint8_t* begin, size_t size) : capitals(0), small(0) {
    uint64_t seen = 0;
    for (size_t at = 0; at < size; at += 8) {
      const uint64_t bytes = load(begin + at, size - at);
      seen |= bytes;
      capitals |= among(bytes, 'A', 'Z') << at;
      small |= among(bytes, 'a', 'z') << at;
    }
    ascii = (seen & 0x8080808080808080) == 0;
    others = ~capitals & ~uint64_t{0} >> (64 - size);
  }

  bool only_letters() const { return ascii && small == others; }

  // A capital behind anything else, and the last of several before anything else.
  uint64_t begins() const { return (capitals & others << 1) | (capitals & capitals << 1 & others >> 1); }
};

// humps_of a stretch of up to 64 letters of ASCII; false for any other.
bool find_humps_of_ascii(const uint8_t* begin, const uint8_t* end, Humps& humps) {
  if (end == begin || end - begin > 64) return false;
  const Letters letters(begin, static_cast<size_t>(end - begin));
  if (!letters.only_letters()) return false;
  uint64_t begins = letters.begins();
  // The s of APIs begins no hump, unless small letters follow it.
  for (uint64_t last = letters.capitals & letters.capitals << 1 & letters.others >> 1; last != 0;
       last &= last - 1) {
    const int s = std::countr_zero(last) + 1;
    if (begin[s] == 's' && !(s < 63 && letters.others >> (s + 1) & 1)) begins &= ~(last & (~last + 1));
  }
  humps.count = 1 + count_bits(begins);
  humps.letters = static_cast<uint32_t>(end - begin);
  humps.first_letters = begins != 0 ? static_cast<uint32_t>(std::countr_zero(begins)) : humps.letters;
  humps.first_small = (letters.capitals & ((begins & (~begins + 1)) - 1)) == 0;
  for (uint32_t hump = 0; begins != 0 && hump < kMaxHumps; begins &= begins - 1)
    humps.begins[hump++] = begin + std::countr_zero(begins);
  return true;
}

}  // namespace

uint32_t most_humps(const uint8_t* at, const uint8_t* end) {
  if (at == end) return 1;
  if (end - at <= 64) {
    const Letters letters(at, static_cast<size_t>(end - at));
    if (letters.ascii) return 1 + count_bits(letters.begins());
  }
  uint8_t seen = 0;  // of all bytes but the first
  for (const uint8_t* byte = at + 1; byte < end; ++byte) seen |= kBytes[*byte];
  if ((seen | kBytes[*at]) & kForeign) return kManyHumps;
  if (!(seen & kHump)) return 1;
  uint32_t humps = 1, capitals = 0;
  bool has_small = false;
  while (at != end) {
    const uint8_t byte = *at++;
    bool upper = byte >= 'A' && byte <= 'Z';
    if (byte >= 0x80) {
      if (byte < 0xC0 || at == end || !utf8::is_continuation(*at)) return kManyHumps;  // no UTF-8
      upper = byte == 0xD0 && *at >= 0x90 && *at < 0xB0;
      ++at;
    } else if (!upper && (byte < 'a' || byte > 'z')) {
      has_small = true;
      continue;
    }
    humps += upper ? has_small : capitals >= 2;
    capitals = upper ? capitals + 1 : 0;
    has_small = has_small || !upper;
  }
  return humps;
}

Humps humps_of(const uint8_t* begin, const uint8_t* end) {
  Humps humps;
  if (find_humps_of_ascii(begin, end, humps)) return humps;
  uint32_t capitals = 0;  // that stand together, the last of them at `capital`
  const uint8_t* capital = begin;
  bool has_small = false, apostrophe = false;
  uint32_t letters = 0, letters_before_capital = 0;  // of this hump
  humps.foreign = char_at(begin, end).word_class() == Class::kDigit;
  const auto begin_hump = [&](const uint8_t* at, uint32_t letters_before, uint32_t letters_now) {
    if (humps.count == 1) humps.first_letters = letters_before;
    if (humps.count < kMaxHumps) humps.begins[humps.count - 1] = at;
    ++humps.count;
    humps.foreign = humps.foreign || apostrophe;
    letters = letters_now;
  };
  const auto capital_at = [&](const uint8_t* at) {
    if (humps.count == 1 && !has_small) humps.first_small = false;
    if (has_small) {
      begin_hump(at, letters, 0);
      has_small = false;
      capitals = 0;
    }
    letters_before_capital = letters;
    ++letters;
    ++capitals;
    capital = at;
  };
  const auto small_before = [&](const uint8_t* at, bool is_s) {
    if (capitals >= 2) {
      const bool plural = is_s && !extended(at, end) && !goes_on_small(at, end);
      if (!plural) begin_hump(capital, letters_before_capital, 1);
    }
    ++letters;
    has_small = true;
    capitals = 0;
  };
  for (const uint8_t* at = begin; at != end;) {
    const uint8_t* const here = at;
    if (*at < 0x80 && (kBytes[*at] & (kHump | kSmall))) {
      ++at;
      ++humps.letters;
      kBytes[*here] & kHump ? capital_at(here) : small_before(at, *here == 's');
      continue;
    }
    const Char next = char_at(at, end);
    at += next.length;
    if (next.word_class() == Class::kDigit) capitals = 0;
    apostrophe = apostrophe || (!next.letter() && next.word_class() != Class::kDigit && !next.attached());
    if (next.code_point == 0x345) humps.foreign = true;  // an iota below, which folds to a letter
    if (!next.letter()) continue;
    humps.foreign = humps.foreign || (next.script() != Script::kLatin && next.script() != Script::kCyrillic);
    ++humps.letters;
    if (begins_hump(next, at, end)) {
      capital_at(here);
      continue;
    }
    if (next.upper() && humps.count == 1) humps.first_small = false;
    small_before(at, false);
  }
  if (humps.count == 1) humps.first_letters = letters;
  return humps;
}

bool is_identifier(const Humps& humps, const uint8_t* begin, const uint8_t* end) {
  if (humps.count >= kMinHumps && humps.letters >= kMinLetters) return true;
  if (!humps.first_small || humps.first_letters < 2) return false;
  return humps.count != 2 || !is_name(begin, humps.begins[0], end);
}

}  // namespace searchlib::scanning
