// The segments that a search sees, with their deletes, and the statistics of all of them together: a score
// depends on the live documents of the whole snapshot, never on how it is cut.

#pragma once

#include <memory>

#include "postings/deletes.hpp"
#include "search/bm25f.hpp"
#include "search/x_scale.hpp"

namespace searchlib {

struct SnapshotSegment {
  std::shared_ptr<const Segment> segment;
  std::shared_ptr<const Deletes> deletes;  // may be null
  uint32_t first_doc = 0;                  // the snapshot's number of the segment's first document
};

struct FieldTotals {
  uint64_t num_docs = 0;  // live documents with a value
  uint64_t total_length = 0;
  double average_length() const {
    return num_docs == 0 ? 0 : static_cast<double>(total_length) / static_cast<double>(num_docs);
  }
};

// ln(1 + (N − df + 0.5) / (df + 0.5)).
double idf_of(uint64_t num_docs, uint64_t df);

class Snapshot {
 public:
  // k1 and b: each field's, as a search applies them (a segment's own are those its bounds were made with).
  struct FieldParameters {
    double k1;
    double b;
  };

  // totals: of each field, where these segments are some of those that are searched together; empty: their own.
  Snapshot(std::vector<SnapshotSegment> segments, std::vector<FieldParameters> parameters,
           std::vector<FieldTotals> totals = {});

  const std::vector<SnapshotSegment>& segments() const { return segments_; }
  size_t num_fields() const { return parameters_.size(); }
  uint32_t num_docs() const { return num_docs_; }
  uint32_t num_live_docs() const { return num_live_docs_; }
  const FieldTotals& totals(size_t field) const { return totals_[field]; }
  double k1(size_t field) const { return parameters_[field].k1; }
  const LengthTables& lengths(size_t field) const { return lengths_[field]; }
  // What tf / K is here over what it was when the segment's bounds were made, at its own average length, and at
  // the k1 and b that its field had then.
  XScale x_scale(size_t field, size_t segment) const;

  struct Place {
    size_t segment;
    uint32_t doc;  // its number there
  };
  // Of a document, numbered through the snapshot. std::out_of_range if there is none.
  Place place_of(uint32_t doc) const;
  // Its key.
  std::string id_of(uint32_t doc) const;

  // A field's dictionaries, one of each segment.
  std::vector<const Words*> dictionaries(size_t field) const;

  // A lemma in every segment: its entries, and how many live documents hold it.
  struct Term {
    std::vector<std::optional<TermInfo>> in_segment;
    uint64_t df = 0;
  };
  Term find(size_t field, std::string_view lemma) const;
  // The same of a lemma that was found in another field.
  Term find_beside(size_t field, std::string_view lemma, size_t other, const Term& there) const;

 private:
  template <class FindIn>
  Term find_in_segments(size_t field, FindIn&& find_in) const;

  std::vector<SnapshotSegment> segments_;
  std::vector<FieldParameters> parameters_;
  std::vector<FieldTotals> totals_;
  std::vector<LengthTables> lengths_;
  uint32_t num_docs_ = 0;
  uint32_t num_live_docs_ = 0;
};

}  // namespace searchlib
