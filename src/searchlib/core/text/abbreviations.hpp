// Abbreviations that mean one thing in one place and another in the next: «5 г» is grams, «2021 г.» a year,
// «г. Ташкент» a town. The reader is shown the tokens of a text in turn and answers with the words that one of
// them stands for there. It looks at what is beside a token and at a table of facts; it lemmatises nothing.
// Abbreviations that mean the same everywhere («руб.», km) are the business of analysis/.

#pragma once

#include <cstdint>
#include <string_view>

#include "text/abbreviation_table.hpp"

namespace searchlib {

// The scripts whose abbreviations are read, as bits.
enum : uint8_t { kNoAbbreviations = 0, kCyrillicAbbreviations = 1, kLatinAbbreviations = 2 };

// Who knows names of places. Only asked where nothing but a dictionary can tell «Г. Ташкент» from «Г. Каримов».
struct PlaceNames {
  virtual ~PlaceNames() = default;
  // Whether the word, in any form and whatever its capitals, is a place and nobody's name.
  virtual bool is_place(std::string_view word) const = 0;
};

class AbbreviationReader {
 public:
  // The text has to stay while the reader is used, and `places`, which may be null.
  AbbreviationReader(uint8_t scripts, const PlaceNames* places, const uint8_t* text, const uint8_t* end)
      : scripts_(scripts), places_(places), text_(text), end_(end) {}

  // The next token; tokens come in order, of a compound its parts alone. The words that it stands for,
  // separated by spaces, in static memory; mostly none.
  std::string_view read(const uint8_t* begin, const uint8_t* end) {
    if (scripts_ == kNoAbbreviations) return {};
    std::string_view words;
    if (!is_plain(begin, end)) words = look_up(begin, end);
    pass(begin, end);
    expecting_ = expecting_ || quantity_end_ == end;
    return words;
  }

  // Whether small letters with a border behind them stand for nothing.
  bool passes_small() const { return !expecting_; }

  // Whether the next token, which ends at `end`, stands for nothing, whatever it is: it may be passed over.
  bool is_plain(const uint8_t* begin, const uint8_t* end) const {
    const bool marked = expecting_ || end == end_ || *end == '.';
    if (!marked && (*begin < 'A' || *begin > 'Z')) return true;  // a capital may be in a date: since Jan
    return end - begin > kMaxBytes || !may_be_abbreviation(begin, end);
  }

  void pass(const uint8_t* begin, const uint8_t* end) {
    before_ = begin;
    before_end_ = end;
    expecting_ = end[-1] <= '9';
  }

  // What stands before `end` is known: the «ч.» of «1 ч. л.» is no hour.
  void pass_over(const uint8_t* end) { passed_ = end; }

 private:
  static constexpr int kMaxBytes = kMaxAbbreviationBytes;

  bool is_in_date(const uint8_t* begin, const uint8_t* end) const;
  std::string_view look_up(const uint8_t* begin, const uint8_t* end);
  uint32_t context_of(const uint8_t* begin, const uint8_t* end) const;
  bool is_initial(const uint8_t* begin, const uint8_t* end) const;
  bool may_begin_sentence(const uint8_t* begin) const;
  uint32_t context_before(const uint8_t* begin, bool dot) const;
  uint32_t context_behind(const uint8_t* behind) const;

  const uint8_t scripts_;
  const PlaceNames* const places_;
  const uint8_t* const text_;
  const uint8_t* const end_;
  const uint8_t* before_ = nullptr;  // the token before this one
  const uint8_t* before_end_ = nullptr;
  bool expecting_ = false;                 // a number may stand before
  const uint8_t* passed_ = nullptr;        // where a whole with spaces ends, all of which is read already
  const uint8_t* quantity_end_ = nullptr;  // where a number goes on: behind the тыс. of 5 тыс. т
};

}  // namespace searchlib
