// Finds the lemmas of a snapshot that are of a kind with others, for rankings that let such words count.

#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "search/snapshot.hpp"

namespace searchlib {

// What makes two lemmas relatives: they leave the same, and it is not empty.
struct Kinship {
  std::string (*left_of)(std::string_view lemma);
  // How the lemmas may begin that leave this; none where those would be too many.
  std::vector<std::string> (*beginnings_of)(const std::string& left);
};

// "root": of Russian words (russian_roots.hpp); "english", "russian": Snowball's stems (stems.hpp).
std::optional<Kinship> kinship(std::string_view name);

// The relatives in a field, without the given lemmas, in the order of their bytes. What is left of three
// letters begins many words: of each segment, at most `limit` that begin so are looked at.
std::vector<std::string> relatives(const Snapshot& snapshot, size_t field, const Kinship& kinship,
                                   const std::vector<std::string>& lemmas, size_t limit);

}  // namespace searchlib
