#include "search/snapshot.hpp"

#include <algorithm>
#include <cmath>
#include <stdexcept>

namespace searchlib {

Snapshot::Snapshot(std::vector<SnapshotSegment> segments, std::vector<FieldParameters> parameters)
    : segments_(std::move(segments)), parameters_(std::move(parameters)), totals_(parameters_.size()) {
  for (SnapshotSegment& part : segments_) {
    part.first_doc = num_docs_;
    num_docs_ += part.segment->num_docs();
    num_live_docs_ += part.segment->num_docs() - (part.deletes ? part.deletes->size() : 0);
    for (size_t field = 0; field < totals_.size(); ++field) {
      const FieldStats& stats = part.segment->field(field).stats;
      totals_[field].num_docs += stats.docs_with_value;
      totals_[field].total_length += stats.total_length;
      if (!part.deletes) continue;
      totals_[field].num_docs -= part.deletes->field(field).docs_with_value;
      totals_[field].total_length -= part.deletes->field(field).total_length;
    }
  }
  for (size_t field = 0; field < totals_.size(); ++field)
    lengths_.emplace_back(parameters_[field].k1, parameters_[field].b, totals_[field].average_length());
}

std::string Snapshot::id_of(uint32_t doc) const {
  if (doc >= num_docs_) throw std::out_of_range("no document has that number");
  const auto after =
      std::upper_bound(segments_.begin(), segments_.end(), doc,
                       [](uint32_t value, const SnapshotSegment& part) { return value < part.first_doc; });
  const SnapshotSegment& part = *(after - 1);
  return part.segment->ids().key(doc - part.first_doc);
}

double Snapshot::length_ratio(size_t field, size_t segment) const {
  const double own = segments_[segment].segment->field(field).stats.average_length();
  return own > 0 ? totals_[field].average_length() / own : 1;
}

std::vector<const Words*> Snapshot::dictionaries(size_t field) const {
  std::vector<const Words*> dictionaries;
  for (const SnapshotSegment& part : segments_) dictionaries.push_back(&part.segment->field(field).words);
  return dictionaries;
}

Snapshot::Term Snapshot::find(size_t field, std::string_view lemma) const {
  Term term;
  term.in_segment.reserve(segments_.size());
  for (const SnapshotSegment& part : segments_) {
    term.in_segment.push_back(part.segment->field(field).find_term(lemma));
    const auto& found = term.in_segment.back();
    if (!found) continue;
    term.df += found->df;
    if (part.deletes) term.df -= part.deletes->df_delta(field, found->index);
  }
  return term;
}

double idf_of(uint64_t num_docs, uint64_t df) {
  // A field that is not stored keeps the df of deleted documents until a merge: never let it pass N.
  const double n = static_cast<double>(std::max(num_docs, df));
  const double d = static_cast<double>(df);
  return std::log(1 + (n - d + 0.5) / (d + 0.5));
}

}  // namespace searchlib
