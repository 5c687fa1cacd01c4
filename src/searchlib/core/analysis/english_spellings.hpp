// Tells how a lemma is spelt on the other side of the ocean, in British or American English. Rules of
// spelling, each checked against WordNet by the caller's function; it knows no forms and no frequencies.

#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace searchlib::english {

// Whether WordNet has both words, as the same part of speech.
using AreAlike = std::function<bool(std::string_view lemma, const std::string& variant)>;

// Adds the lemma's other spellings: colour → color, organise → organize, anaemia → anemia. One direction is
// enough for the two to meet. It is that to the American word, but for analyze → analyse, whose British
// plural belongs to the noun as well (analyses).
void add_other_spellings(std::string_view lemma, const AreAlike& are_alike, std::vector<std::string>& out);

// A word in -ise, -iser or -isation with its z: tokenise → tokenize; of words that no table has, they are mostly
// made so. Empty for any other.
std::string with_z(std::string_view lemma);

}  // namespace searchlib::english
