// A filter as searches ask it: the documents that it lets through in each segment, as bits that the segment keeps for
// the next one that asks the same. It neither scores nor knows what is deleted.

#pragma once

#include "postings/bitmap_cache.hpp"
#include "search/filter_plan.hpp"
#include "search/resolve.hpp"

namespace searchlib {

// Of one segment.
class SegmentFilter {
 public:
  SegmentFilter(std::shared_ptr<const CountedBits> bits, uint32_t num_docs)
      : bits_(std::move(bits)), num_docs_(num_docs) {}

  bool admits(uint32_t doc) const { return has_doc(bits_->bits, doc); }
  uint64_t count() const { return bits_->count; }
  bool admits_all() const { return bits_->count == num_docs_; }
  const DocBits& bits() const { return bits_->bits; }

  // The first that it lets through from `doc` on; kNoMoreDocs if there is none.
  uint32_t next(uint32_t doc) const { return first_doc_from(bits_->bits, doc); }

  // Replaces `docs` by a batch of those it lets through from `doc` on; where the next batch begins, or kNoMoreDocs.
  uint32_t take_batch(uint32_t doc, std::vector<uint32_t>& docs) const {
    constexpr size_t kBatch = 256;
    docs.clear();
    for (doc = next(doc); doc != kNoMoreDocs && docs.size() < kBatch; doc = next(doc + 1))
      docs.push_back(doc);
    return doc;
  }

 private:
  std::shared_ptr<const CountedBits> bits_;
  uint32_t num_docs_;
};

class DocFilter {
 public:
  DocFilter(const FilterPlan& filter, const Snapshot& snapshot);
  // The live documents that a plan matches; no segment keeps them.
  DocFilter(const ResolvedNode& plan, const Snapshot& snapshot);

  const SegmentFilter& of(size_t segment) const { return segments_[segment]; }
  uint64_t count() const { return count_; }  // in all segments

 private:
  std::vector<SegmentFilter> segments_;
  uint64_t count_ = 0;
};

// What a search asks of a segment: null where there is no filter.
inline const SegmentFilter* filter_of(const DocFilter* filter, size_t segment) {
  return filter == nullptr ? nullptr : &filter->of(segment);
}

}  // namespace searchlib
