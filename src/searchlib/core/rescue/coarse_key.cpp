// The first sieve for names: computed once for every lemma of an index, so from bytes, without a look at
// anything but tables.

#include <array>

#include "rescue/names.hpp"
#include "rescue/sounds.hpp"

namespace searchlib {
namespace {

enum : uint8_t {
  kClear = 0x0F,    // 1 … 8: a consonant that is what it seems; 0: another letter
  kStop = 0x10,     // d, t
  kHissing = 0x20,  // what a stop before it merges into
  kSilent = 0x40,
  kUnknown = 0x80,  // a letter that only the slow way understands
};

constexpr std::u32string_view kLatinClear = U"lrmntdbp";
constexpr std::u32string_view kCyrillicClear = U"лрмнтдбп";

constexpr uint8_t facts_of(char32_t letter) {
  uint8_t facts = 0;
  for (size_t i = 0; i < kLatinClear.size(); ++i) {
    if (letter == kLatinClear[i] || letter == kCyrillicClear[i]) facts = static_cast<uint8_t>(i + 1);
  }
  if (std::u32string_view(U"dtдт").find(letter) != std::u32string_view::npos) facts |= kStop;
  if (std::u32string_view(U"szcjсзцчжшщ").find(letter) != std::u32string_view::npos) facts |= kHissing;
  if (std::u32string_view(U"'-ьъ").find(letter) != std::u32string_view::npos) facts |= kSilent;
  return facts;
}

// a–z, ' and - by their byte; а–я by the low seven bits of the code point, above those.
constexpr std::array<uint8_t, 256> kFacts = [] {
  std::array<uint8_t, 256> facts{};
  for (uint8_t& entry : facts) entry = kUnknown;
  for (char32_t letter = U'a'; letter <= U'z'; ++letter) facts[letter] = facts_of(letter);
  for (char32_t letter = U'а'; letter <= U'я'; ++letter) facts[0x80 | (letter & 0x7F)] = facts_of(letter);
  facts['\''] = facts['-'] = kSilent;
  return facts;
}();

constexpr size_t kMaxLetters = 64;
constexpr uint32_t kSeed = 2166136261U;  // FNV-1a

constexpr uint32_t kNoName = 0;  // digits, dots

uint32_t mix(uint32_t hash, uint8_t clear) { return (hash ^ clear) * 16777619U; }

uint32_t slow_key(std::string_view word) {
  uint32_t hash = kSeed;
  char32_t last = 0;
  const std::u32string letters = name_letters(word);
  for (size_t i = 0; i < letters.size(); ++i) {
    const char32_t letter = letters[i];
    if (letter == last) continue;
    last = letter;
    const char32_t plain = letter == U'ң' ? U'н' : letter == U'ł' ? U'l' : letter;
    const uint8_t clear = facts_of(plain) & kClear;
    if (clear == 0 || merges(letters, i)) continue;
    if (letter == U'p' && i + 1 < letters.size() && letters[i + 1] == U'h') continue;
    hash = mix(hash, clear);
  }
  return hash;
}

}  // namespace

uint32_t coarse_name_key(std::string_view word) {
  std::array<uint8_t, kMaxLetters + 1> letters;  // indices into kFacts
  size_t length = 0;
  for (size_t i = 0; i < word.size() && length < kMaxLetters; ++i) {
    auto index = static_cast<uint8_t>(word[i]);
    if (index < 0x80) {
      if (kFacts[index] & kUnknown) return kNoName;
    } else {
      // а–я is D0 B0 … D0 BF, D1 80 … D1 8F.
      if ((index != 0xD0 && index != 0xD1) || i + 1 == word.size()) return slow_key(word);
      const auto low = static_cast<uint8_t>(word[++i]);
      if (index == 0xD0 ? low < 0xB0 : low > 0x8F) return slow_key(word);
      index = static_cast<uint8_t>(0x80 | (index == 0xD0 ? low & 0x3F : 0x40 | (low & 0x3F)));
    }
    if (!(kFacts[index] & kSilent)) letters[length++] = index;
  }
  letters[length] = 'a';
  uint32_t hash = kSeed;
  for (size_t i = 0; i < length; ++i) {
    const uint8_t letter = letters[i];
    if (i > 0 && letter == letters[i - 1]) continue;
    const uint8_t facts = kFacts[letter];
    if ((facts & kClear) == 0 || (letter == 'p' && letters[i + 1] == 'h')) continue;
    if (facts & kStop) {
      size_t next = i + 1;
      while (letters[next] == letter) ++next;
      if (kFacts[letters[next]] & kHissing) continue;
    }
    hash = mix(hash, facts & kClear);
  }
  return hash;
}

}  // namespace searchlib
