// The documents of a segment that match a plan, as bits, deleted ones too: no scores, no positions but those of phrases.

#pragma once

#include "postings/bitmap_cache.hpp"
#include "search/resolve.hpp"

namespace searchlib {

// As many bits as the segment has documents, and 0 behind them.
DocBits bits_of(const ResolvedNode& plan, const Snapshot& snapshot, size_t segment);

uint64_t count_bits(const DocBits& bits);

// What tells a plan's documents of a segment from those of any other plan; of what makes no difference to
// them (scores, the order of what is joined) nothing.
std::string key_of_plan(const PlanNode& plan, size_t segment);

}  // namespace searchlib
