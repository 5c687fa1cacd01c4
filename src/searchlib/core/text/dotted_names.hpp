// Names with a dot that no letter stands before, or that mixes alphabets: report_2024.pdf, sha256.js, 66.ru,
// Отчёт.pdf. A dot between letters of one alphabet, or between digits, is the word reader's own business.

#pragma once

#include <cstdint>

namespace searchlib::scanning {

// Whether a dot joins the word [begin, dot), whose last letter or digit it follows, to the letter at `behind`,
// which begins no capitalised word. `digit`: it follows a digit.
//
// Behind a digit it does where the word has a letter (file1.txt), or for what looks like the ending of a file or
// a domain (2024.pdf); «5.км», «в 2024.потом» are two words. Of two alphabets it joins for
// such an ending alone, and behind a letter («платформы.NET») for small letters.
bool dot_joins_name(const uint8_t* begin, const uint8_t* dot, const uint8_t* behind, const uint8_t* end,
                    bool digit);

}  // namespace searchlib::scanning
