// The best documents for a phrase over all of its fields, each searched by itself (phrase_in_field.hpp). A phrase
// inside a larger query is walked by phrase_scorer.hpp. Who counts finds all of them the same way.

#pragma once

#include <memory>
#include <vector>

#include "search/doc_filter.hpp"
#include "search/resolve.hpp"
#include "search/top_k.hpp"

namespace searchlib {

// Whether the plan is a phrase with weights that are sound floats.
bool is_plain_phrase(const ResolvedNode& plan);

// Offers the matches of one segment that pass a filter, null for none, with their exact scores. all: every match, and
// not only those that may come in; returns how many it met.
uint64_t search_phrase(const ResolvedNode& plan, const Snapshot& snapshot, size_t segment,
                       const SegmentFilter* filter, TopK& top, bool all = false);

// The documents of one segment that have a phrase, ascending; omits_deleted: but for deleted ones. Of any weights.
std::vector<uint32_t> find_phrase(const ResolvedNode& plan, const Snapshot& snapshot, size_t segment,
                                  bool omits_deleted);

// The same of lists of documents, which ascend from call to call and inside of each.
class PhraseFilter {
 public:
  PhraseFilter(const ResolvedNode& plan, const Snapshot& snapshot, size_t segment, bool omits_deleted);
  ~PhraseFilter();
  PhraseFilter(const PhraseFilter&) = delete;
  PhraseFilter& operator=(const PhraseFilter&) = delete;
  // Drops the documents that do not have it.
  void keep(std::vector<uint32_t>& docs);

 private:
  struct Fields;
  std::unique_ptr<Fields> fields_;
};

// Of how many documents that looks for places, at most; 0: none has the phrase.
uint64_t phrase_cost(const ResolvedNode& plan, size_t segment);

}  // namespace searchlib
