// What a query marks, as Python says it (highlight/matches.py), in the core's own words.

#pragma once

#include <vector>

#include "bind.hpp"
#include "highlight/marking.hpp"

namespace searchlib {

// Of a sequence of WordMatch and PhraseMatch. ValueError for a phrase whose offsets are not those of its words.
highlighting::Marks marks_of(const nanobind::sequence& items);

highlighting::Phrase phrase_of(uint32_t mark, std::vector<uint32_t> words, const nanobind::handle& offsets,
                               int64_t slop);

}  // namespace searchlib
