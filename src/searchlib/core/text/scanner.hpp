// Finds the borders of tokens in UTF-8, at hundreds of megabytes a second. It neither folds nor normalises, and
// knows nothing of languages.
//
// Words are those of UAX #29 with these departures, each for the sake of search:
// - what hyphens, short dashes, slashes and @ join between letters or digits is a whole, which spans its parts,
// and then the parts; so are the spaces between thousands (1 000) and a line's end inside a word (прези-⏎дент);
// - a word that dots, underscores or an identifier's capitals divide is a whole with parts as well (parts.hpp);
// - a colon is a border ("title:word"); so is a dot before a capitalised word («г.Ташкент», «А.С.Пушкин»);
// - the last dot of dotted initials belongs to them (U.S., т.е.); underscores join, but neither begin nor end
// a word;
// - the signs of C++, Notepad++, C# and .NET belong to them;
// - a number ends before its unit (5км);
// - a zero width space inside a word, which nobody sees, ends none;
// - scripts without spaces give a token a character;
// - an emoji, with all that is joined to it, is a token.

#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "text/abbreviations.hpp"
#include "text/parts.hpp"
#include "text/spaced.hpp"
#include "text/word.hpp"

namespace searchlib {

struct RawToken {
  uint32_t begin, end;  // bytes
  uint32_t position;
  uint32_t span;  // positions covered: 1, or n for a whole of n parts; its form alone says so (form_span.hpp)
  // Bytes beside it that say what it is, and that whoever analyses it must see: the bracket of WriteLine().
  uint8_t mark_before, mark_behind;
  std::string_view stands_for;  // a word that an abbreviation stands for in its place; mostly empty

  std::string_view raw(std::string_view text) const {
    if (!stands_for.empty()) return stands_for;
    return {text.data() + begin - mark_before, end - begin + size_t{mark_before} + mark_behind};
  }
};

// Tells the tokens of one text that count from those that say again what stands there, after the first: an
// abbreviation, behind what it stands for.
class DistinctPlaces {
 public:
  bool is_new(const RawToken& token) {
    if (token.position == position_ && token.begin == begin_ && token.end == end_ && token.span == span_)
      return false;
    position_ = token.position, begin_ = token.begin, end_ = token.end, span_ = token.span;
    return true;
  }

 private:
  uint32_t position_ = UINT32_MAX, begin_ = 0, end_ = 0, span_ = 0;
};

struct Scanned {
  uint32_t next_position;
  uint32_t num_words;  // what a text's length is: the parts of node.js count as one, those of wi-fi as two
};

struct ScanRules {
  bool divides = true;  // whether words have parts, and addresses are wholes
  uint8_t abbreviations = kNoAbbreviations;
  const PlaceNames* places = nullptr;
};

// Calls sink(const RawToken&) for each token by position, a whole before its parts, at the position of the
// first. An abbreviation (abbreviations.hpp) comes as the words that it stands for in its place, each a token
// there, and then as it is. `text` has fewer than 2³² bytes.
template <class Sink>
Scanned scan(std::string_view text, uint32_t first_position, ScanRules rules, Sink&& sink) {
  const auto* const base = reinterpret_cast<const uint8_t*>(text.data());
  const uint8_t* const end = base + text.size();
  const uint8_t* at = base;
  const uint8_t* spaced_end = base;  // of the last whole with spaces: those inside it are none
  Scanned scanned{first_position, 0};
  uint32_t& position = scanned.next_position;
  AbbreviationReader reader(rules.abbreviations, rules.places, base, end);
  const auto emit = [&](const uint8_t* from, const uint8_t* to, uint32_t place, uint32_t span, uint8_t before,
                        uint8_t behind) {
    sink(RawToken{static_cast<uint32_t>(from - base),
                  static_cast<uint32_t>(to - base),
                  place,
                  span,
                  before,
                  behind,
                  {}});
  };
  // The words that an abbreviation stands for.
  const auto emit_words = [&](std::string_view words, const uint8_t* from, const uint8_t* to,
                              uint32_t place) {
    while (!words.empty()) {
      const size_t size = std::min(words.find(' '), words.size());
      sink(RawToken{static_cast<uint32_t>(from - base), static_cast<uint32_t>(to - base), place, 1, 0, 0,
                    words.substr(0, size)});
      words.remove_prefix(std::min(size + 1, words.size()));
    }
  };
  while ((at = scanning::find_word(at, end)) != end) {
    const uint8_t* begin = at;
    if (const uint8_t* const small = scanning::read_small_word(begin, end);
        small != begin && reader.passes_small() && !scanning::is_dot_net(base, begin, small)) [[likely]] {
      reader.pass(begin, small);
      emit(begin, at = small, position++, 1, 0, 0);
      ++scanned.num_words;
      continue;
    }
    scanning::Run run{nullptr, false};
    if (const uint8_t* const plain = scanning::read_plain_word(begin, end, run);
        plain != nullptr && reader.is_plain(begin, plain) && !scanning::is_dot_net(base, begin, plain) &&
        !scanning::may_begin_initials(begin, plain, end)) [[likely]] {
      reader.pass(begin, plain);
      emit(begin, at = plain, position++, 1, 0, 0);
      ++scanned.num_words;
      continue;
    }
    const scanning::WordEnd word = scanning::read_word(begin, end, run);
    if (begin >= spaced_end && scanning::may_begin_spaced_whole(base, begin, word.end, end)) [[unlikely]] {
      const scanning::Range whole = scanning::find_spaced_whole(base, begin, word.end, end);
      if (whole.end != whole.begin) {
        spaced_end = whole.end;
        if (!scanning::is_ascii_digit(*begin)) reader.pass_over(whole.end);
        const std::string_view inside(reinterpret_cast<const char*>(begin),
                                      static_cast<size_t>(whole.end - begin));
        const uint32_t span = scanning::count_positions(inside, rules.divides);
        if (span > 1) emit(whole.begin, whole.end, position, span, 0, 0);
      }
    }
    if (scanning::is_dot_net(base, begin, word.end)) [[unlikely]]
      --begin;
    at = word.end;
    if (!word.more || scanning::is_one_part(base, begin, word, end)) {
      if (const std::string_view words = reader.read(begin, at); !words.empty())
        emit_words(words, begin, at, position);
      emit(begin, at, position, 1, 0, 0);
      ++position;
      ++scanned.num_words;
      continue;
    }
    scanning::Parts parts(base, end, rules.divides);
    at = parts.read(begin, word);
    parts.each([&](uint32_t first, uint32_t last) {
      const bool marked = first != last;
      if (first == last)
        emit_words(reader.read(parts[first].begin, parts[last].end), parts[first].begin, parts[last].end,
                   position + first);
      emit(parts[first].begin, marked ? parts[last].reach : parts[last].end, position + first,
           last - first + 1, marked ? parts[first].mark_before : 0, marked ? parts[last].mark_behind : 0);
    });
    position += parts.size();
    scanned.num_words += parts.num_words();
  }
  return scanned;
}

}  // namespace searchlib
