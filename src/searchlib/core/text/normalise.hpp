// Normalises the characters of one token: what looks the same to a reader gets the same code points. It knows
// the scripts' look-alikes but no dictionary, so the caller passes a function that decides a tie.

#pragma once

#include <functional>
#include <string>
#include <string_view>

namespace searchlib {

// UTF-8 to code points; bytes that are not UTF-8 become U+FFFD.
void decode(std::string_view utf8, std::u32string& out);
void encode(std::u32string_view word, std::string& out);

// Every apostrophe as U+0027, every hyphen as U+002D, every inner dot as U+002E, every space between thousands
// as U+0020; all else as it is.
char32_t one_way(char32_t code_point);

// NFC, with other shapes of letters and digits made plain (Ａ, ﬁ, Ⅳ, H₂O, ٣). Soft hyphens, joiners,
// variation selectors, skin tones and the vowel points of Arabic and Hebrew are dropped, and stress marks
// (U+0301) that compose with no letter or stand on a Russian one. Every apostrophe is U+0027, every hyphen
// U+002D, every inner dot U+002E, every space between thousands U+0020. Case is kept.
void normalise(std::u32string& word);

// Where a line ends inside a word: with its hyphen, if it has one, "-¬", for a soft hyphen or ¬ just "¬".
// Comes before normalise(), which drops soft hyphens.
void mark_line_ends(std::u32string& word);
inline constexpr char32_t kLineEnd = U'¬';

// A word that mixes Latin and Cyrillic with all its look-alikes taken one way: "Tашкент" → «Ташкент»,
// "miсrosoft" → "microsoft". Each part between hyphens, slashes, dots and the like is repaired by itself; one that is pure, or mixed for
// good ("SMSка"), stays. Where both readings are possible, `knows` says whether a dictionary has the word
// (its case is kept).
using Knows = std::function<bool(const std::u32string& word)>;
// Whether a Cyrillic letter looks like a Latin one: the С of «С++».
bool looks_latin(uint32_t letter);
void repair_look_alikes(std::u32string& word, const Knows& knows);

// Full case folding (with İ → i), NFC again. ё stays.
void fold_case(std::u32string& word);

// The same of UTF-8.
std::string fold_case(std::string_view word);

}  // namespace searchlib
