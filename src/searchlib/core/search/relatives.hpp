// Finds the lemmas of a snapshot that have the root of others, for rankings that let such words count.

#pragma once

#include <string>
#include <vector>

#include "search/snapshot.hpp"

namespace searchlib {

// The Russian ones of a field, without the given lemmas, in the order of their bytes. Roots of three letters
// begin many words: of each segment, at most `limit` that begin as a root does are looked at.
std::vector<std::string> russian_relatives(const Snapshot& snapshot, size_t field,
                                           const std::vector<std::string>& lemmas, size_t limit);

}  // namespace searchlib
