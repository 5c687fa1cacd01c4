#include "suggest/name_sieve.hpp"

#include <algorithm>
#include <array>

#include "bytes/prefix.hpp"
#include "suggest/sounds.hpp"

namespace searchlib {
namespace {

enum : uint8_t {
  kClear = 0x0F,    // 1 … 8: a consonant that is what it seems; 0: another letter; 9: one that may be silent
  kStop = 0x10,     // d, t
  kHissing = 0x20,  // what a stop before it merges into
  kSilent = 0x40,
  kUnknown = 0x80,  // a letter that only the slow way understands
};

constexpr std::u32string_view kLatinClear = U"lrmntdbp";
constexpr std::u32string_view kCyrillicClear = U"лрмнтдбп";

constexpr uint8_t kP = 8;      // place of p among the clear ones
constexpr uint8_t kQuiet = 9;  // rhr, lghl and rwr may be read as rr and ll, and so as r and l

constexpr uint8_t facts_of(char32_t letter) {
  uint8_t facts = std::u32string_view(U"ghw").find(letter) != std::u32string_view::npos ? kQuiet : 0;
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

// What is neither a–z nor а–я may be silent, or is a sound that only the slow way knows.
bool may_be_silent(char32_t letter) {
  const bool is_known = (letter >= U'a' && letter <= U'z') || (letter >= U'а' && letter <= U'я');
  return !is_known || (facts_of(letter) & kClear) == kQuiet;
}

}  // namespace

std::optional<std::vector<ConsonantRun>> clear_consonants(std::string_view word) {
  for (const char byte : word) {
    if (static_cast<uint8_t>(byte) < 0x80 && (kFacts[static_cast<uint8_t>(byte)] & kUnknown))
      return std::nullopt;
  }
  std::vector<ConsonantRun> consonants;
  bool is_apart = false;
  char32_t last = 0;
  const std::u32string letters = name_letters(word);
  for (size_t i = 0; i < letters.size(); ++i) {
    const char32_t letter = letters[i] == U'ң' ? U'н' : letters[i] == U'ł' ? U'l' : letters[i];
    if (letter == last) continue;
    last = letter;
    if (may_be_silent(letter)) continue;
    const uint8_t clear = facts_of(letter) & kClear;
    if (clear == 0) is_apart = true;
    if (clear == 0 || merges(letters, i)) continue;
    if (letter == U'p' && i + 1 < letters.size() && letters[i + 1] == U'h') continue;
    if (consonants.empty() || consonants.back().consonant != clear) {
      consonants.push_back({clear, 1, 1});
    } else {
      ConsonantRun& run = consonants.back();
      if (run.most < UINT8_MAX) ++run.most;
      if (is_apart && run.least < UINT8_MAX) ++run.least;
    }
    is_apart = false;
  }
  return consonants;
}

bool may_agree(const std::vector<ConsonantRun>& left, const std::vector<ConsonantRun>& right) {
  return std::equal(left.begin(), left.end(), right.begin(), right.end(),
                    [](const ConsonantRun& a, const ConsonantRun& b) {
                      return a.consonant == b.consonant && a.least <= b.most && b.least <= a.most;
                    });
}

NameSieve::NameSieve(std::vector<ConsonantRun> clear_consonants)
    : consonants_(std::move(clear_consonants)), states_(1) {}

void NameSieve::match(State& state, uint8_t clear) const {
  const size_t at = state.matched;
  if (at > 0) {
    const ConsonantRun& run = consonants_[at - 1];
    if (run.consonant == clear) {
      if (state.most < UINT8_MAX) ++state.most;
      if (state.is_apart) ++state.least;  // never far beyond run.most
      state.is_apart = false;
      state.failed = state.least > run.most;
      return;
    }
    if (state.most < run.least) state.failed = true;
  }
  if (at >= consonants_.size() || consonants_[at].consonant != clear) state.failed = true;
  ++state.matched;
  state.least = state.most = 1;
  state.is_apart = false;
}

void NameSieve::hear(State& state, uint8_t letter) const {
  const uint8_t facts = kFacts[letter];
  if (facts & kSilent) return;
  if (letter == state.last) {
    if (state.pending != kP) return;
    match(state, kP);  // Sappho has a p before its f
    state.pending = 0;
    return;
  }
  if (state.pending != 0) {
    const bool merges = state.pending == kP ? letter == 'h' : (facts & kHissing) != 0;
    if (!merges) match(state, state.pending);
    state.pending = 0;
    if (state.failed) return;
  }
  state.last = letter;
  const uint8_t clear = facts & kClear;
  if (clear == kQuiet) return;
  if (clear == 0) {
    state.is_apart = true;
    return;
  }
  if ((facts & kStop) || letter == 'p') {
    state.pending = clear;  // the next letter says whether it is heard: ts, ph
  } else {
    match(state, clear);
  }
}

// One byte of the word. What comes after a letter that is not plain is left to clear_consonants.
void NameSieve::take(State& state, size_t at) const {
  const auto byte = static_cast<uint8_t>(word_[at]);
  if (byte < 0x80) {
    if (kFacts[byte] & kUnknown) {
      state.failed = true;
    } else if (state.is_plain) {
      hear(state, byte);
    }
    return;
  }
  if (byte >= 0xC0) {  // the next byte says which letter it is
    state.is_plain = state.is_plain && (byte == 0xD0 || byte == 0xD1);
    return;
  }
  if (!state.is_plain) return;
  const uint8_t lead = at > 0 ? static_cast<uint8_t>(word_[at - 1]) : 0;
  if (lead == 0xD0 && byte >= 0xB0) {
    hear(state, static_cast<uint8_t>(0x80 | (byte & 0x3F)));
  } else if (lead == 0xD1 && byte <= 0x8F) {
    hear(state, static_cast<uint8_t>(0xC0 | (byte & 0x3F)));
  } else {
    state.is_plain = false;
  }
}

bool NameSieve::read(size_t shared, std::string_view suffix) {
  if (shared == 0) {  // a block's first key is whole: find again what it shares
    shared = shared_prefix(suffix, std::string_view(word_).substr(0, failed_ ? failed_at_ : word_.size()));
    if (failed_ && shared == failed_at_) return false;
    suffix.remove_prefix(shared);
  }
  failed_ = false;
  word_.resize(shared);
  word_ += suffix;
  if (states_.size() <= word_.size()) states_.resize(word_.size() + 1);
  State state = states_[shared];
  for (size_t i = shared; i < word_.size(); ++i) {
    take(state, i);
    states_[i + 1] = state;
    if (!state.failed) continue;
    failed_ = true;
    failed_at_ = i + 1;
    return false;
  }
  if (!state.is_plain) {
    const auto consonants = clear_consonants(word_);
    return consonants && may_agree(*consonants, consonants_);
  }
  if (state.pending != 0) match(state, state.pending);
  if (state.failed || state.matched != consonants_.size()) return false;
  return consonants_.empty() || state.most >= consonants_.back().least;
}

// A word fails with a letter of its own, whose last byte is none of FF.
std::string_view NameSieve::first_possible() {
  possible_.assign(word_, 0, failed_at_);
  possible_.back() = static_cast<char>(possible_.back() + 1);
  return possible_;
}

}  // namespace searchlib
