// The shape of a word, which is what routing asks for: its scripts, its capitals, and whether it is made of
// letters. Plain words, which are nearly all, are folded in the same pass. It knows no dictionary.

#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace searchlib {

struct WordShape {
  size_t latin = 0, russian = 0, arabic = 0, letters = 0, capitals = 0, characters = 0;
  bool apostrophe = false;
  bool plain =
      true;  // nothing but letters, marks, apostrophes, hyphens, and numbers between hyphens (20-летие)

  // US, МИД: two to five letters, all capitals.
  bool is_acronym() const {
    return capitals == characters && capitals >= kMinAcronym && capitals <= kMaxAcronym && plain;
  }

  static constexpr size_t kMinAcronym = 2, kMaxAcronym = 5;
};

// The shape of a normalised word, its case kept.
WordShape shape_of(std::u32string_view word);

// The short way for words of ASCII and U+0400–045F, not of both scripts: sets the folded form and the
// shape, the same that normalising, folding and shape_of give. False if the word needs the long way;
// then they are undefined.
bool fold_plain_word(std::string_view raw_token, std::string& form, WordShape& shape);

}  // namespace searchlib
