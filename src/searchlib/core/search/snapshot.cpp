#include "search/snapshot.hpp"

#include <algorithm>
#include <cmath>
#include <stdexcept>

namespace searchlib {

Snapshot::Snapshot(std::vector<SnapshotSegment> segments, std::vector<FieldParameters> parameters,
                   std::vector<FieldTotals> totals)
    : segments_(std::move(segments)), parameters_(std::move(parameters)), totals_(std::move(totals)) {
  const bool sums_up = totals_.empty();
  totals_.resize(parameters_.size());
  for (SnapshotSegment& part : segments_) {
    part.first_doc = num_docs_;
    num_docs_ += part.segment->num_docs();
    num_live_docs_ += part.segment->num_docs() - (part.deletes ? part.deletes->size() : 0);
    for (size_t field = 0; sums_up && field < totals_.size(); ++field) {
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

Snapshot::Place Snapshot::place_of(uint32_t doc) const {
  if (doc >= num_docs_) throw std::out_of_range("no document has that number");
  const auto after =
      std::upper_bound(segments_.begin(), segments_.end(), doc,
                       [](uint32_t value, const SnapshotSegment& part) { return value < part.first_doc; });
  const auto segment = static_cast<size_t>(after - segments_.begin() - 1);
  return {segment, doc - segments_[segment].first_doc};
}

std::string Snapshot::id_of(uint32_t doc) const {
  const Place place = place_of(doc);
  return segments_[place.segment].segment->ids().key(place.doc);
}

XScale Snapshot::x_scale(size_t field, size_t segment) const {
  const FieldStats& stats = segments_[segment].segment->field(field).stats;
  const FieldParameters& now = parameters_[field];
  const double own = stats.average_length();
  const double average = totals_[field].average_length();
  if (stats.k1 == now.k1 && stats.b == now.b) return own > 0 ? XScale::of_lengths(average / own) : XScale();
  // K then over K now is a quotient of two linear functions of a length: what it is between two lengths lies
  // between what it is there. Lengths are 1 at least, and none is more than all together.
  const auto at = [&](double length) {
    const double before = stats.k1 * norm_of(stats.b, own, length);
    const double k = now.k1 * norm_of(now.b, average, length);
    return before > 0 ? std::min(before / k, XScale::kMost) : -1.0;
  };
  const double shortest = at(1);
  const double longest = at(static_cast<double>(std::max<uint64_t>(stats.total_length, 1)));
  // A k1 of 0 made bounds that say nothing, and so may whatever else the file claims.
  if (!(shortest > 0) || !(longest > 0)) return {0, XScale::kMost};
  return {std::min(shortest, longest), std::max(shortest, longest)};
}

std::vector<const Words*> Snapshot::dictionaries(size_t field) const {
  std::vector<const Words*> dictionaries;
  for (const SnapshotSegment& part : segments_) dictionaries.push_back(&part.segment->field(field).words);
  return dictionaries;
}

// find_in(number of a segment)
template <class FindIn>
Snapshot::Term Snapshot::find_in_segments(size_t field, FindIn&& find_in) const {
  Term term;
  term.in_segment.reserve(segments_.size());
  for (size_t i = 0; i < segments_.size(); ++i) {
    const SnapshotSegment& part = segments_[i];
    term.in_segment.push_back(find_in(i));
    const auto& found = term.in_segment.back();
    if (!found) continue;
    term.df += found->df;
    if (part.deletes) term.df -= part.deletes->df_delta(field, found->index);
  }
  return term;
}

Snapshot::Term Snapshot::find(size_t field, std::string_view lemma) const {
  return find_in_segments(field,
                          [&](size_t i) { return segments_[i].segment->field(field).find_term(lemma); });
}

Snapshot::Term Snapshot::find_beside(size_t field, std::string_view lemma, size_t other,
                                     const Term& there) const {
  return find_in_segments(field, [&](size_t i) {
    const Segment& segment = *segments_[i].segment;
    const auto& known = there.in_segment[i];
    return known ? segment.find_same_term(field, lemma, other, known->index)
                 : segment.field(field).find_term(lemma);
  });
}

double idf_of(uint64_t num_docs, uint64_t df) {
  // A field that is not stored keeps the df of deleted documents until a merge: never let it pass N.
  const double n = static_cast<double>(std::max(num_docs, df));
  const double d = static_cast<double>(df);
  return std::log(1 + (n - d + 0.5) / (d + 0.5));
}

}  // namespace searchlib
