#include "text/key_letters.hpp"

#include "text/normalise.hpp"
#include "text/unicode.hpp"
#include "text/yo.hpp"

namespace searchlib {
namespace {

constexpr uint32_t kNumCodePoints = 0x110000;

constexpr bool is_surrogate(uint32_t code_point) { return code_point - 0xD800 < 0x800; }

uint32_t letter_of(uint32_t folded) {
  const char32_t letter = one_way(folded);
  if (unicode::properties(letter).special()) return kJoins;
  return fold_yo(letter);
}

std::array<uint16_t, kNearLetters> make_near_letters() {
  std::array<uint16_t, kNearLetters> letters;
  for (uint32_t code_point = 0; code_point < kNearLetters; ++code_point) {
    const uint32_t letter = key_letter(code_point);
    letters[code_point] = letter < kNearLetters ? static_cast<uint16_t>(letter)
                          : letter == kJoins    ? kNearJoins
                                                : kFar;
  }
  return letters;
}

// For each of them, the next above it that joins others; kNearLetters if there is none.
std::array<uint16_t, kNearLetters> make_next_joining() {
  std::array<uint16_t, kNearLetters> next;
  uint32_t found = kNearLetters;
  for (uint32_t code_point = kNearLetters; code_point-- > 0;) {
    next[code_point] = static_cast<uint16_t>(found);
    if (key_letter(code_point) == kJoins) found = code_point;
  }
  return next;
}

}  // namespace

uint32_t key_letter(uint32_t code_point) {
  if (code_point >= kNumCodePoints || is_surrogate(code_point)) return kJoins;
  const auto folding = unicode::folding(code_point);
  if (folding.empty()) return letter_of(code_point);
  if (folding.size() == 1) return letter_of(folding[0]);
  for (const uint32_t part : folding) {
    if (letter_of(part) == kJoins) return kJoins;
  }
  return kSeveralLetters;
}

std::u32string key_letters(uint32_t code_point) {
  std::u32string letters;
  for (const uint32_t part : unicode::folding(code_point)) letters += static_cast<char32_t>(letter_of(part));
  return letters;
}

uint32_t base_of(uint32_t letter) {
  constexpr uint32_t kHangul = 0xAC00, kNumHangul = 11172, kHangulOfOneLead = 588, kLeads = 0x1100;
  if (letter - kHangul < kNumHangul) return kLeads + (letter - kHangul) / kHangulOfOneLead;
  const auto parts = unicode::decomposition(letter);
  return parts.empty() ? letter : parts[0];
}

uint32_t next_joining(uint32_t code_point) {
  static const std::array<uint16_t, kNearLetters> near = make_next_joining();
  constexpr uint32_t kLookAhead = 32;
  if (code_point < kNearLetters) return near[code_point];
  uint32_t next = code_point + 1;
  while (next < code_point + kLookAhead && key_letter(next) != kJoins) ++next;
  return next;
}

const std::array<uint16_t, kNearLetters> kNearKeyLetters = make_near_letters();

}  // namespace searchlib
