// Tells at a glance that a token meets none of a query's words: of a text's words nearly all do not, and to
// analyse each would take longer than all the rest. It knows the forms that may meet, as a lexicon or a pattern lists
// them, and judges plain words alone: those whose form is the word itself in small letters, or with some capitals.

#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

#include "text/word.hpp"

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

  // True only if no form of those that were added, with other capitals or ё, is this raw token's. num_readable: how many
  // bytes may be read from its first one on, to look at all of it in one step.
  bool rejects(std::string_view raw_token, size_t num_readable) const {
    if (raw_token.empty() || raw_token.size() > kLongest) return false;
    // Mostly no form begins like this word: then it need not be hashed, if it is plain.
    if ((firsts_ >> first_of(raw_token) & 1) == 0)
      return is_simple(raw_token, num_readable) || is_plain(raw_token);
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

  // What a plain word of ASCII may hold: 2 at its ends and inside, 1 inside alone. What begins or ends with another
  // sign has marks beside it, or a dot that its form lacks; a space or a line's end is written in another way there.
  static constexpr std::array<uint8_t, 256> kAscii = [] {
    std::array<uint8_t, 256> bytes{};
    for (unsigned byte = 0; byte < 0x80; ++byte) {
      const unsigned small = byte | 0x20;
      if ((byte >= '0' && byte <= '9') || (small >= 'a' && small <= 'z')) bytes[byte] = 2;
    }
    for (const char joiner : std::string_view("-'.,_/@")) bytes[static_cast<uint8_t>(joiner)] = 1;
    return bytes;
  }();

  // Whether it has Russian letters alone, or is of ASCII: Latin letters, digits, and what joins them. Not of an empty
  // one.
  static bool is_plain(std::string_view word) {
    const auto* at = reinterpret_cast<const uint8_t*>(word.data());
    const uint8_t* const end = at + word.size();
    if (*at < 0x80) {
      if (kAscii[*at] != 2 || kAscii[end[-1]] != 2) return false;
      uint8_t least = 2;
      for (; at != end; ++at) least = std::min(least, kAscii[*at]);
      return least != 0;
    }
    if (word.size() % 2 != 0) return false;
    bool plain = true;
    for (; at != end; at += 2)
      plain &= (*at & 0xFE) == 0xD0 && is_russian((*at & 0x1Fu) << 6 | (at[1] & 0x3Fu));
    return plain;
  }

#if defined(__SSE2__)
  // Whether it is plain for sure: up to sixteen bytes, of letters and digits of ASCII, or of Russian letters but ё.
  static bool is_simple(std::string_view word, size_t num_readable) {
    using scanning::among;
    if (word.size() > 16 || num_readable < 16) return false;
    const __m128i bytes = _mm_loadu_si128(reinterpret_cast<const __m128i*>(word.data()));
    const uint32_t inside = (1U << word.size()) - 1;
    const auto has_all = [&](__m128i of_kind, uint32_t wanted) {
      return (static_cast<uint32_t>(_mm_movemask_epi8(of_kind)) & wanted & inside) == (wanted & inside);
    };
    if (static_cast<uint8_t>(word[0]) < 0x80) {
      const __m128i letters = among(_mm_or_si128(bytes, _mm_set1_epi8(0x20)), 'a', 26);
      return has_all(_mm_or_si128(letters, among(bytes, '0', 10)), 0xFFFF);
    }
    const __m128i d1 = _mm_cmpeq_epi8(bytes, _mm_set1_epi8(static_cast<char>(0xD1)));
    const __m128i leads = _mm_or_si128(d1, _mm_cmpeq_epi8(bytes, _mm_set1_epi8(static_cast<char>(0xD0))));
    const __m128i behind_d1 = _mm_slli_si128(d1, 1);
    const __m128i letters = _mm_or_si128(_mm_and_si128(behind_d1, among(bytes, 0x80, 0x10)),      // р–я
                                         _mm_andnot_si128(behind_d1, among(bytes, 0x90, 0x30)));  // А–п
    return word.size() % 2 == 0 && has_all(leads, 0x5555) && has_all(letters, 0xAAAA);
  }
#else
  static bool is_simple(std::string_view, size_t) { return false; }
#endif

  // A hash of a plain word, folded: never 0. False: it is none.
  static bool fold_plain(std::string_view word, uint64_t& hash) {
    constexpr uint64_t kFactor = 0x9E3779B97F4A7C15;
    if (word.empty() || word.size() > kLongest || !is_plain(word)) return false;
    uint64_t sum = word.size();
    const auto* at = reinterpret_cast<const uint8_t*>(word.data());
    const uint8_t* const end = at + word.size();
    if (*at < 0x80) {
      for (; at != end; ++at) sum = (sum ^ (*at | 0x20)) * kFactor;  // all but letters stay apart
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
