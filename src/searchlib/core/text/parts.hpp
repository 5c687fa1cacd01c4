// A whole and its parts: what joins words (2026-04-15, alex@example.com) and what divides one (node.js,
// the_new_era, getUserName, O'Reilly). The first word of a whole comes in; all of its parts go out, and the
// wholes inside, each before its own parts. It decides by the whole alone, but for a mark beside it.

#pragma once

#include <algorithm>
#include <array>
#include <cstdint>

#include "text/word.hpp"

namespace searchlib::scanning {

// A longer chain is cut into wholes of so many parts: this bounds the memory, and no word is that long. A word
// without hyphens, slashes or spaces that has more keeps the rest of it in the last part.
inline constexpr uint32_t kMaxParts = 64;

// Whether a word that might have parts has none: two humps behind a capital (PowerShell) want a mark beside them,
// and most have none. Nothing before `base` is read.
inline bool is_one_part(const uint8_t* base, const uint8_t* begin, const WordEnd& word, const uint8_t* end) {
  if (word.humps != 2 || word.joined || word.joint || !word.ends_in_letter) return false;
  if (*begin < 'A' || *begin > 'Z') return false;
  const auto marks = [](uint8_t byte) { return byte == '.' || byte == '_' || byte == '('; };
  return (begin == base || !marks(begin[-1])) && (word.end == end || !marks(*word.end));
}

class Parts {
 public:
  // `divides`: whether dots, underscores, capitals and apostrophes make parts, and addresses wholes; if not,
  // hyphens and spaces between thousands do so alone. Nothing before `base` is read.
  Parts(const uint8_t* base, const uint8_t* end, bool divides) : base_(base), end_(end), divides_(divides) {}

  // For a whole that was taken out of its text: there were marks beside it, before `base` or behind `end`.
  void set_marks(bool before, bool behind) {
    marked_before_ = before;
    marked_behind_ = behind;
  }

  // Reads the whole whose first word is read already; returns where it ends.
  const uint8_t* read(const uint8_t* begin, const WordEnd& first);

  uint32_t size() const { return count_; }
  // How many words there are to whoever counts a text's length: node.js is one, wi-fi two.
  uint32_t num_words() const { return num_words_; }

  struct Part {
    const uint8_t *begin, *end;
    const uint8_t* reach;  // where a whole ends that ends with it: behind the .7 of 3.11.7
    Level level;           // of what joins it to the part before
    // Bytes of marks beside an identifier (Console.WriteLine, WriteLine(…)) that make it one, kept at
    // the first and the last of its parts.
    uint8_t mark_before, mark_behind;
  };
  const Part& operator[](uint32_t part) const { return parts_[part]; }

  // Calls emit(first, last) for each whole and part, numbers of parts, a whole before what it consists of.
  template <class Emit>
  void each(Emit&& emit) const {
    if (nested_) return each_within(0, count_ - 1, emit);
    if (count_ > 1) emit(0, count_ - 1);
    for (uint32_t part = 0; part < count_; ++part) emit(part, part);
  }

  // The level at which parts first … last, which are several, come apart.
  Level level_of(uint32_t first, uint32_t last) const {
    Level level = Level::kHump;
    for (uint32_t part = first + 1; part <= last; ++part) level = std::min(level, parts_[part].level);
    return level;
  }

 private:
  template <class Emit>
  void each_within(uint32_t first, uint32_t last, Emit& emit) const {
    emit(first, last);
    if (first == last) return;
    const Level level = level_of(first, last);
    for (uint32_t begin = first, part = first + 1; part <= last + 1; ++part) {
      if (part <= last && parts_[part].level != level) continue;
      each_within(begin, part - 1, emit);
      begin = part;
    }
  }

  void add_word(const uint8_t* begin, const WordEnd& word, Level level);
  void add_segment(const uint8_t* begin, const uint8_t* end, Level level);
  void add_section(const uint8_t* begin, const uint8_t* end, Level level);
  void add_number(const uint8_t* begin, const uint8_t* end, Level level);
  void add_name(const uint8_t* begin, const uint8_t* end, Level level);
  void add_piece(const uint8_t* begin, const uint8_t* end, Level level);
  void add(const uint8_t* begin, const uint8_t* end, Level level);
  const uint8_t* read_all(const uint8_t* begin, const WordEnd& first);
  void settle_endings();
  uint8_t mark_before(const uint8_t* begin) const;
  uint8_t mark_behind(const uint8_t* end) const;

  const uint8_t *base_, *end_;
  bool divides_, marked_before_ = false, marked_behind_ = false;
  uint32_t humps_ = 1;       // of the word that is read, at the most
  bool joined_ = false;      // that word may have dots, underscores or apostrophes inside
  bool nested_ = false;      // there are wholes inside: the parts hang together at several levels
  bool has_ending_ = false;  // a part of Level::kEnding
  uint32_t count_ = 0, num_words_ = 0;
  std::array<Part, kMaxParts> parts_;
};

}  // namespace searchlib::scanning
