// Tells at a glance that a token meets none of a query's words: of a text's words nearly all do not, and to
// analyse each would take longer than all the rest. It knows the forms that may meet, as a lexicon or a pattern lists
// them, and judges words of plain letters alone, and numbers.

#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

namespace searchlib {

class FormFilter {
 public:
  // A form that may meet; capitals and ё count as what they are folded to.
  void add(std::string_view form) {
    uint64_t hash = 0;
    if (!fold_plain(form, hash)) return;  // no plain word has this form
    if (2 * (count_ + 1) > slots_.size()) grow();
    insert(hash);
    firsts_ |= uint64_t{1} << first_of(form);
    if ((firsts_ & kYe) != 0) firsts_ |= kYe;
  }

  // True only if no form of those that were added, with other capitals or ё, is this raw token's.
  bool rejects(std::string_view raw_token) const {
    if (raw_token.empty() || raw_token.size() > kLongest) return false;
    // Mostly no form begins like this word: then it need not be hashed, if it is plain.
    if ((firsts_ >> first_of(raw_token) & 1) == 0) return is_plain(raw_token);
    uint64_t hash = 0;
    if (!fold_plain(raw_token, hash)) return false;
    if (slots_.empty()) return true;
    for (size_t at = hash & (slots_.size() - 1);; at = (at + 1) & (slots_.size() - 1)) {
      if (slots_[at] == hash) return false;
      if (slots_[at] == 0) return true;
    }
  }

 private:
  static constexpr size_t kLongest = 1024;  // Analyzer::kMaxFormBytes: what is longer has a form that is cut

  // The letters that may be a Russian е or ё, by what first_of() says of them.
  static constexpr uint64_t kYe = uint64_t{1} << 0x35 | uint64_t{1} << 0x31 | uint64_t{1} << 0x21;

  // A number below 64: of a plain word it says how it begins, the same for capitals and small letters.
  static unsigned first_of(std::string_view word) {
    const auto first = static_cast<uint8_t>(word[0]);
    if (first < 0x80 || word.size() < 2) return first & 0x1F;
    return 0x20 | (static_cast<uint8_t>(word[1]) & 0x1F);
  }

  static bool is_russian(uint32_t letter) {
    return (letter >= 0x410 && letter <= 0x44F) || letter == 0x401 || letter == 0x451;
  }

  // Whether it has Russian letters alone, plain Latin ones, or digits. Not of an empty one.
  static bool is_plain(std::string_view word) {
    const auto* at = reinterpret_cast<const uint8_t*>(word.data());
    const uint8_t* const end = at + word.size();
    if (*at < 0x80) {
      const bool digits = *at <= '9';
      const uint8_t least = digits ? '0' : 'a', count = digits ? 10 : 26, small = digits ? 0 : 0x20;
      bool plain = true;
      for (; at != end; ++at) plain &= *at < 0x80 && static_cast<uint8_t>((*at | small) - least) < count;
      return plain;
    }
    if (word.size() % 2 != 0) return false;
    bool plain = true;
    for (; at != end; at += 2)
      plain &= (*at & 0xFE) == 0xD0 && is_russian((*at & 0x1Fu) << 6 | (at[1] & 0x3Fu));
    return plain;
  }

  // A hash of a plain word, folded: never 0. False: it is none.
  static bool fold_plain(std::string_view word, uint64_t& hash) {
    constexpr uint64_t kFactor = 0x9E3779B97F4A7C15;
    if (word.empty() || word.size() > kLongest || !is_plain(word)) return false;
    uint64_t sum = word.size();
    const auto* at = reinterpret_cast<const uint8_t*>(word.data());
    const uint8_t* const end = at + word.size();
    if (*at < 0x80) {
      for (; at != end; ++at) sum = (sum ^ (*at | 0x20)) * kFactor;  // a digit stays
    } else {
      for (; at != end; at += 2) {
        uint32_t letter = (*at & 0x1Fu) << 6 | (at[1] & 0x3Fu);
        if (letter == 0x401 || letter == 0x451) letter = 0x435;
        if (letter < 0x430) letter += 0x20;
        sum = (sum ^ letter) * kFactor;
      }
    }
    hash = (sum ^ sum >> 32) | uint64_t{1} << 63;
    return true;
  }

  void insert(uint64_t hash) {
    size_t at = hash & (slots_.size() - 1);
    while (slots_[at] != 0 && slots_[at] != hash) at = (at + 1) & (slots_.size() - 1);
    count_ += static_cast<size_t>(slots_[at] == 0);
    slots_[at] = hash;
  }

  void grow() {
    std::vector<uint64_t> old(slots_.empty() ? 64 : 2 * slots_.size());
    old.swap(slots_);
    count_ = 0;
    for (const uint64_t hash : old) {
      if (hash != 0) insert(hash);
    }
  }

  std::vector<uint64_t> slots_;  // open addressing
  size_t count_ = 0;
  uint64_t firsts_ = 0;  // how those begin that were added
};

}  // namespace searchlib
