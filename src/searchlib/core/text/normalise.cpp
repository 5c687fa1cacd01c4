#include "text/normalise.hpp"

#include <algorithm>

#include "text/unicode.hpp"
#include "text/utf8.hpp"

namespace searchlib {
namespace {

using unicode::Class;

constexpr char32_t kStress = 0x0301, kSecondaryStress = 0x0300, kReplacement = 0xFFFD;
constexpr char32_t kHangulBase = 0xAC00;
constexpr uint32_t kNumHangul = 11172, kNumTrails = 28, kNumVowels = 21;

void append_decomposed(char32_t code_point, std::u32string& out) {
  const uint32_t hangul = code_point - kHangulBase;
  if (hangul < kNumHangul) {
    out += static_cast<char32_t>(0x1100 + hangul / (kNumVowels * kNumTrails));
    out += static_cast<char32_t>(0x1161 + hangul / kNumTrails % kNumVowels);
    if (hangul % kNumTrails) out += static_cast<char32_t>(0x11A7 + hangul % kNumTrails);
    return;
  }
  const auto parts = unicode::decomposition(code_point);
  if (parts.empty()) out += code_point;
  for (const uint32_t part : parts) out += static_cast<char32_t>(part);
}

// Marks in canonical order: a stable sort of each run of marks by combining class.
void order_marks(std::u32string& word) {
  for (size_t begin = 0; begin < word.size(); ++begin) {
    if (unicode::combining_class(word[begin]) == 0) continue;
    size_t end = begin;
    while (end < word.size() && unicode::combining_class(word[end]) != 0) ++end;
    std::stable_sort(
        word.begin() + static_cast<std::ptrdiff_t>(begin), word.begin() + static_cast<std::ptrdiff_t>(end),
        [](char32_t a, char32_t b) { return unicode::combining_class(a) < unicode::combining_class(b); });
    begin = end;
  }
}

void compose_all(std::u32string& word) {
  size_t written = 0, starter = 0;
  bool has_starter = false;
  uint8_t last_class = 0;
  for (const char32_t next : word) {
    const uint8_t next_class = unicode::combining_class(next);
    const bool adjacent = has_starter && written == starter + 1;
    if (has_starter && (adjacent || (last_class != 0 && last_class < next_class))) {
      if (const uint32_t composed = unicode::compose(word[starter], next)) {
        word[starter] = static_cast<char32_t>(composed);
        continue;
      }
    }
    if (next_class == 0) {
      starter = written;
      has_starter = true;
    }
    last_class = next_class;
    word[written++] = next;
  }
  word.resize(written);
}

// Only Macedonian ѓ and ќ are letters with this mark; on any other Cyrillic letter it shows the stress.
bool cyrillic_but_g_k(char32_t letter) {
  const char32_t small = letter | 0x20;
  return unicode::properties(letter).script() == unicode::Script::kCyrillic && small != U'г' && small != U'к';
}

// «ра̀диолока́ция». With е and и it composes: Macedonian ѐ and ѝ are letters.
bool cyrillic_but_e_i(char32_t letter) {
  const char32_t small = letter | 0x20;
  return unicode::properties(letter).script() == unicode::Script::kCyrillic && small != U'е' && small != U'и';
}

// The word is decomposed. Stress marks go before composing, so that those of е + U+0301 + U+0308 do
// not hide an ё.
void drop_stress(std::u32string& word) {
  char32_t base = 0;
  std::erase_if(word, [&](char32_t next) {
    if (next == kStress) return cyrillic_but_g_k(base);
    if (next == kSecondaryStress) return cyrillic_but_e_i(base);
    if (unicode::combining_class(next) == 0) base = next;
    return false;
  });
}

bool is_dropped(char32_t code_point) {
  return unicode::properties(code_point).word_class() == Class::kFormat;
}

void to_nfc(std::u32string& word) {
  std::u32string decomposed;
  decomposed.reserve(word.size() * 2);
  for (const char32_t next : word) append_decomposed(next, decomposed);
  std::erase_if(decomposed, is_dropped);  // Hebrew presentation forms decompose to letters with points
  order_marks(decomposed);
  drop_stress(decomposed);
  compose_all(decomposed);
  word.swap(decomposed);
}

bool all_plain(std::u32string_view word) {
  return std::none_of(word.begin(), word.end(),
                      [](char32_t next) { return unicode::properties(next).special(); });
}

}  // namespace

void decode(std::string_view utf8, std::u32string& out) {
  out.clear();
  const auto* at = reinterpret_cast<const uint8_t*>(utf8.data());
  const uint8_t* const end = at + utf8.size();
  while (at != end) {
    const utf8::Decoded next = utf8::decode(at, end);
    const bool surrogate = next.code_point - 0xD800 < 0x800;
    out += next.code_point > 0x10FFFF || surrogate ? kReplacement : static_cast<char32_t>(next.code_point);
    at += next.length;
  }
}

void encode(std::u32string_view word, std::string& out) {
  out.clear();
  for (const char32_t next : word) utf8::append(out, next);
}

char32_t one_way(char32_t code_point) {
  switch (unicode::properties(code_point).word_class()) {
    case Class::kApostrophe:
      return U'\'';
    case Class::kHyphen:
      return U'-';
    case Class::kDot:
      return U'.';
    case Class::kGroupSpace:
      return U' ';
    default:
      return code_point;
  }
}

void normalise(std::u32string& word) {
  for (char32_t& next : word) next = one_way(next);
  if (all_plain(word)) return;
  to_nfc(word);
  // A stress mark that is still there composed with nothing; without it, other marks may compose.
  if (std::erase(word, kStress) > 0) to_nfc(word);
}

void mark_line_ends(std::u32string& word) {
  constexpr std::u32string_view kBlank = U" \t\r\n\f", kEnds = U"\r\n\f";
  for (size_t at = word.find_first_of(kEnds); at != std::u32string::npos;
       at = word.find_first_of(kEnds, at)) {
    const size_t before = word.find_last_not_of(kBlank, at);  // npos + 1 is 0
    const size_t behind = std::min(word.find_first_not_of(kBlank, at), word.size());
    size_t begin = before + 1;
    if (begin > 0 && (word[before] == U'\u00AD' || word[before] == kLineEnd)) --begin;
    word.replace(begin, behind - begin, 1, kLineEnd);
    at = begin;
  }
}

void fold_case(std::u32string& word) {
  std::u32string folded;
  folded.reserve(word.size());
  for (const char32_t next : word) {
    const auto folding = unicode::folding(next);
    if (folding.empty()) folded += next;
    for (const uint32_t part : folding) folded += static_cast<char32_t>(part);
  }
  normalise(folded);  // small letters compose where capitals do not: J + U+030C, but ǰ
  word.swap(folded);
}

std::string fold_case(std::string_view word) {
  std::u32string letters;
  decode(word, letters);
  fold_case(letters);
  std::string folded;
  encode(letters, folded);
  return folded;
}

}  // namespace searchlib
