// Finds the borders of tokens in UTF-8, at hundreds of megabytes a second. It neither folds nor normalises, and
// knows nothing of languages.
//
// Words are those of UAX #29 with seven departures, each for the sake of search:
// - a hyphen or short dash between letters or digits makes a compound: the whole first, spanning its parts,
// then each part; so does a space between thousands (1 000);
// - a colon is a border ("title:word"); so is a dot before a capitalised word («г.Ташкент», «А.С.Пушкин»);
// - the last dot of dotted initials belongs to them (U.S., т.е.); underscores join, but neither begin nor end
// a word;
// - the signs of C++, Notepad++, C# belong to them;
// - a zero width space inside a word, which nobody sees, ends none;
// - scripts without spaces give a token a character;
// - an emoji, with all that is joined to it, is a token.

#pragma once

#include <cstdint>
#include <string_view>

#include "text/word.hpp"

namespace searchlib {

struct RawToken {
  uint32_t begin, end;  // bytes
  uint32_t position;
  uint32_t span;  // positions covered: 1, or n for a hyphenated whole
};

// Calls sink(const RawToken&) for each token by position, a hyphenated whole before its parts, at the
// position of the first. Returns the next free position. `text` has fewer than 2³² bytes.
template <class Sink>
uint32_t scan(std::string_view text, uint32_t first_position, Sink&& sink) {
  const auto* const base = reinterpret_cast<const uint8_t*>(text.data());
  const uint8_t* const end = base + text.size();
  const uint8_t* at = base;
  uint32_t position = first_position;
  const auto emit = [&](const uint8_t* from, const uint8_t* to, uint32_t span) {
    sink(RawToken{static_cast<uint32_t>(from - base), static_cast<uint32_t>(to - base), position, span});
  };
  while ((at = scanning::find_word(at, end)) != end) {
    const uint8_t* const begin = at;
    const scanning::WordEnd word = scanning::read_word(begin, end);
    at = word.end;
    if (!word.before_hyphen) {
      emit(begin, at, 1);
      ++position;
      continue;
    }
    scanning::Range parts[scanning::kMaxCompoundParts];
    parts[0] = {begin, at};
    const uint32_t count = scanning::compound_parts(at, end, parts);
    at = parts[count - 1].end;
    emit(begin, at, count);
    for (uint32_t i = 0; i < count; ++i, ++position) emit(parts[i].begin, parts[i].end, 1);
  }
  return position;
}

}  // namespace searchlib
