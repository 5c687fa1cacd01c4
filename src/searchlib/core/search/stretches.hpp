// A set of documents (doc_set.hpp) asked for all that it has, in the shorter of its two ways.

#pragma once

#include <algorithm>

#include "search/deadline.hpp"
#include "search/doc_set.hpp"

namespace searchlib {

// Ticks (deadline.hpp) of one set in one stretch.
constexpr uint32_t kTicksOfStretch = 16;

// Of a set that was not asked before: listed(documents) for the next of them, where it is sparse; else
// dense(begin, end) for each stretch that has some, to be asked for as flags.
template <class Listed, class Dense>
void for_each_stretch(DocSet& set, uint64_t num_docs, Listed&& listed, Dense&& dense) {
  Deadline& deadline = Deadline::current();
  if (set.cost() * kSparse < num_docs) {
    const uint64_t span = std::max<uint64_t>(kListed * num_docs / std::max<uint64_t>(set.cost(), 1), 1);
    std::vector<uint32_t> docs;
    for (uint32_t doc = set.next_doc(0); doc < num_docs; doc = set.next_doc(doc)) {
      const auto end = static_cast<uint32_t>(std::min<uint64_t>(doc + span, num_docs));
      deadline.tick(kTicksOfStretch);
      docs.clear();
      set.list(doc, end, docs);
      listed(docs);
      doc = end;
    }
    return;
  }
  for (uint32_t doc = set.next_doc(0); doc < num_docs; doc = set.next_doc(doc)) {
    const uint32_t begin = doc / 64 * 64;
    const auto end = static_cast<uint32_t>(std::min<uint64_t>(begin + DocFlags::kSize, num_docs));
    deadline.tick(kTicksOfStretch);
    dense(begin, end);
    doc = end;
  }
}

}  // namespace searchlib
