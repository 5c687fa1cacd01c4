// A plan's node to the documents of one segment that it matches: sets (doc_set.hpp), or bits. No scorer walks what
// words, patterns, phrases, values and what combines them match.

#pragma once

#include "search/doc_filter.hpp"
#include "search/doc_set.hpp"
#include "search/resolve.hpp"

namespace searchlib {

// Null where there are none. The node, the snapshot and its plan stay as long as the set does. omits_deleted: deleted
// documents may be left out, where that saves looking at them; some are there all the same.
DocSetPtr make_doc_set(const ResolvedNode& node, const Snapshot& snapshot, size_t segment,
                       bool omits_deleted);

// The same of those that a filter lets through; null: all of them.
DocSetPtr make_passing_set(const ResolvedNode& node, const Snapshot& snapshot, size_t segment,
                           const SegmentFilter* filter);

// As many bits as the segment has documents, and 0 behind them: all that match, whatever is deleted, so that they hold
// for any snapshot that the segment is in.
DocBits bits_of(const ResolvedNode& node, const Snapshot& snapshot, size_t segment);

// The same of live documents alone that a filter lets through; null: of all of them.
DocBits live_bits_of(const ResolvedNode& node, const Snapshot& snapshot, size_t segment,
                     const SegmentFilter* filter);

}  // namespace searchlib
