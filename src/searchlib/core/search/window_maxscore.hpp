// OR of words, top k: MaxScore over windows of documents. (Turtle and Flood, "Query evaluation: strategies
// and optimizations", 1995; block maxima after Ding and Suel, "Faster top-k document retrieval using
// block-max indexes", 2011; windows as in Lucene's MaxScoreBulkScorer.)
//
// A window of documents is bounded by the block maxima in it. Words whose bounds together stay below the
// threshold are non-essential there: a document with only those cannot be wanted. The essential words'
// postings are added into a dense array; of the documents touched, those that the non-essential words could
// lift to the threshold are completed by seeking.

#pragma once

#include "search/candidates.hpp"
#include "search/doc_filter.hpp"
#include "search/resolve.hpp"

namespace searchlib {

// Whether the plan is a sum of words and nothing else: what this algorithm evaluates.
bool is_sum_of_words(const PlanNode& plan);

// A score that at least `k` live documents of the snapshot reach, read off the terms' best values; 0
// if none is known.
float starting_threshold(const ResolvedNode& plan, const Snapshot& snapshot, size_t k);

// Adds the candidates of one segment, of those that the filter lets through; it may be null.
void window_maxscore(const ResolvedNode& plan, const Snapshot& snapshot, size_t segment,
                     const SegmentFilter* filter, Candidates& candidates);

}  // namespace searchlib
