// Letters as a hand types them: folded as match keys are (capitals lowered, ё → е), with their places on the
// two keyboards. It knows code points, and no words.

#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace searchlib {

// One letter of a match key.
char32_t fold_letter(char32_t letter);

// A match key, or a form, as folded letters.
std::u32string fold_letters(std::string_view utf8);

// Whether two letters lie side by side on QWERTY or on ЙЦУКЕН.
bool are_neighbours(char32_t left, char32_t right);

// Whether people write one for the other because they sound alike: о/а, и/е, s/c.
bool sound_alike(char32_t left, char32_t right);

}  // namespace searchlib
