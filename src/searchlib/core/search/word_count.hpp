// How many different terms and forms a field has over all segments of a snapshot, which segments share.

#pragma once

#include <cstddef>
#include <cstdint>

#include "search/snapshot.hpp"

namespace searchlib {

struct WordCount {
  uint64_t terms = 0, forms = 0;
};

// Words of documents that are deleted count until a merge. Reads the keys of all dictionaries, if there are
// several segments; ticks the deadline.
WordCount count_words(const Snapshot& snapshot, size_t field);

}  // namespace searchlib
