// Match keys one letter at a time: what a code point of a form is in the form's match key (capitals lowered,
// ё → е, one apostrophe for all). That can be said of most code points without a look at their neighbours;
// the others are told apart, and Analyzer::match_key knows.

#pragma once

#include <array>
#include <cstdint>
#include <string>

namespace searchlib {

inline constexpr uint32_t kSeveralLetters = 0x110000;  // ß → ss: key_letters has them
// It may join the letter before it, or be dropped: only the whole form says what becomes of both. All code
// points from here to the next letter stand for themselves.
inline constexpr uint32_t kJoins = 0x110001;

// A letter of match keys, or one of the above, for any number at all.
uint32_t key_letter(uint32_t code_point);

// The letters of a code point that has several.
std::u32string key_letters(uint32_t code_point);

// The letter without its marks: а of á, the first consonant of a Hangul syllable. What joins a letter changes
// its marks alone.
uint32_t base_of(uint32_t letter);

// A code point above this one, at most the next that joins others.
uint32_t next_joining(uint32_t code_point);

// key_letter of the code points below, which nearly all text consists of; what is no number below is kFar.
inline constexpr uint32_t kNearLetters = 0x800;
inline constexpr uint16_t kNearJoins = kNearLetters;
inline constexpr uint16_t kFar = kNearLetters + 1;  // ask key_letter
extern const std::array<uint16_t, kNearLetters> kNearKeyLetters;

}  // namespace searchlib
