// What the letters of names may sound like, for both scripts: consonants as classes (p b t d k g x f v s j l
// r m n, where j stands for ж ш ч щ дж), vowels as a e i o u. Of the class s, s is voiceless (Сахаров), z
// voiced (Захаров), and S either of them or ц, as Latin spelling leaves it open. It
// knows letters, and no words.

#pragma once

#include <array>
#include <cstdint>
#include <initializer_list>
#include <span>
#include <string>
#include <string_view>

namespace searchlib {

enum class Script : uint8_t { kOther, kLatin, kCyrillic };

// Folded letters without apostrophes, hyphens and signs that are silent.
std::u32string name_letters(std::string_view word);

// The script of all the letters, or kOther.
Script script_of(std::u32string_view letters);

// Whether the letter is a d or t that merges into the hissing sound behind
// it: Азербайджан, Ельцин, Tchaikovsky.
bool merges(std::u32string_view letters, size_t at);

struct Sounds {
  constexpr Sounds(size_t num_letters, std::initializer_list<std::string_view> sounds)
      : letters(num_letters), num_options(sounds.size()) {
    size_t i = 0;
    for (const std::string_view sound : sounds) options[i++] = sound;
  }

  size_t letters;  // how many are read
  size_t num_options;
  std::array<std::string_view, 3> options;  // the likeliest first; "" is silence
};

// The letters, of either script, with which a name may begin whose sound begins so: ц as ts, or as z. Left
// out are letters that are silent before it: gh, and the marked ones, which stand together in a dictionary.
std::span<const std::u32string_view> initials_of(char sound);

Sounds sounds_at(std::u32string_view letters, size_t at, bool cyrillic);

}  // namespace searchlib
