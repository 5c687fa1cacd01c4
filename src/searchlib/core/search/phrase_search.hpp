// The best documents for a phrase in one field, by blocks of its rarest word: documents that hold all words,
// and often enough to reach the threshold, are found for a whole block at a time; positions are read of those
// alone. A phrase inside a larger query is walked by phrase_scorer.hpp. Who counts finds all of them the same way.

#pragma once

#include "search/resolve.hpp"
#include "search/top_k.hpp"

namespace searchlib {

// Whether the plan is a phrase with weights that are sound floats.
bool is_plain_phrase(const ResolvedNode& plan);

// Offers the matches of one segment, with their exact scores. all: every match, and not only those that may come in;
// returns how many it met.
uint64_t search_phrase(const ResolvedNode& plan, const Snapshot& snapshot, size_t segment, TopK& top,
                       bool all = false);

// The documents of one segment that have a phrase, ascending; deleted ones are left out. Of any weights.
std::vector<uint32_t> find_phrase(const ResolvedNode& plan, const Snapshot& snapshot, size_t segment);
// Of how many documents that looks for places, at most; 0: none has the phrase.
uint64_t phrase_cost(const ResolvedNode& plan, size_t segment);

}  // namespace searchlib
