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

constexpr uint32_t kSeed = CoarseNameKeys::kSeed;
constexpr uint8_t kP = 8;  // place of p among the clear ones

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

CoarseNameKeys::CoarseNameKeys() : states_(1) {}

inline CoarseNameKeys::State CoarseNameKeys::after(State state, uint8_t letter) {
  const uint8_t facts = kFacts[letter];
  if ((facts & kSilent) || letter == state.last) return state;
  if (state.pending != 0) {
    const bool merges = state.pending == kP ? letter == 'h' : (facts & kHissing) != 0;
    if (!merges) state.hash = mix(state.hash, state.pending);
    state.pending = 0;
  }
  state.last = letter;
  const uint8_t clear = facts & kClear;
  if (clear == 0) return state;
  if ((facts & kStop) || letter == 'p') {
    state.pending = clear;  // the next letter says whether it is heard: ts, ph
  } else {
    state.hash = mix(state.hash, clear);
  }
  return state;
}

uint32_t CoarseNameKeys::next(size_t shared, std::string_view suffix) {
  word_.resize(shared);
  word_ += suffix;
  if (states_.size() <= word_.size()) states_.resize(word_.size() + 1);
  State state = states_[shared];
  for (size_t i = shared; i < word_.size(); ++i) {
    const auto byte = static_cast<uint8_t>(word_[i]);
    const uint8_t lead = i > 0 ? static_cast<uint8_t>(word_[i - 1]) : 0;
    if (byte < 0x80) {
      if (kFacts[byte] & kUnknown) state.is_no_name = true;
      state = after(state, byte);
    } else if (byte >= 0xC0) {
      state.is_plain =
          state.is_plain && (byte == 0xD0 || byte == 0xD1);  // the next byte says which letter it is
    } else if (lead == 0xD0 && byte >= 0xB0) {
      state = after(state, static_cast<uint8_t>(0x80 | (byte & 0x3F)));
    } else if (lead == 0xD1 && byte <= 0x8F) {
      state = after(state, static_cast<uint8_t>(0xC0 | (byte & 0x3F)));
    } else {
      state.is_plain = false;
    }
    states_[i + 1] = state;
  }
  if (state.is_no_name) return kNoName;
  if (!state.is_plain) return slow_key(word_);
  return state.pending == 0 ? state.hash : mix(state.hash, state.pending);
}

uint32_t coarse_name_key(std::string_view word) { return CoarseNameKeys().next(0, word); }

}  // namespace searchlib
