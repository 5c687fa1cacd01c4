// How many of some documents have each string of a segment.
//
// How many of all documents have it is counted once a segment and kept with its column, for these never change. Where
// most documents are asked for, the others are counted, and taken away from that.

#pragma once

#include <vector>

#include "collect/values.hpp"
#include "postings/doc_bits.hpp"

namespace searchlib::collect {

// docs: those with a value.
columns::StringTotals count_strings_of(const Values& values, const DocBits& docs);

}  // namespace searchlib::collect
