#include "search/phrase_count.hpp"

#include <algorithm>

namespace searchlib {
namespace {

constexpr size_t kPlacesOfTick = 128;

}  // namespace

PhraseCounter::PhraseCounter(const std::vector<uint32_t>& offsets, uint32_t slop)
    : slop_(slop), columns_(offsets.size()) {
  for (size_t i = 0; i + 1 < offsets.size(); ++i)
    columns_[i].gap = int64_t{offsets[i + 1]} - int64_t{offsets[i]} - 1;
}

void PhraseCounter::clear() {
  for (Column& column : columns_) column.lemmas.clear();
}

void PhraseCounter::add(size_t slot, const std::vector<Place>& places, const FormWidths& widths) {
  columns_[slot].lemmas.push_back({&places, &widths});
}

// From the last word back to the first: of each place only what follows it matters, and the nearest.
double PhraseCounter::count() {
  gather(columns_.back());
  start_behind();
  for (size_t slot = columns_.size() - 1; slot-- > 1;) {
    gather(columns_[slot]);
    reach();
    if (reachable_.begin == reachable_.end) return 0;
  }
  gather(columns_.front());
  return count_first();
}

void PhraseCounter::gather(const Column& column) {
  size_t size = 0;
  for (const Column::Lemma& lemma : column.lemmas) size += lemma.places->size();
  deadline_.tick(static_cast<uint32_t>(size / kPlacesOfTick));
  spans_.make_room(size);
  const int64_t least = 1 + column.gap;
  bool in_order = true;
  for (const auto& [places, widths] : column.lemmas) {
    Span* const first = spans_.end;
    for (const Place& place : *places) *spans_.end++ = {place.position, place.position + least};
    in_order = in_order && (first == spans_.begin || first == spans_.end || first[-1].start < first->start);
    if (widths->are_one()) continue;
    for (size_t i = 0; i < places->size(); ++i) first[i].second += widths->of((*places)[i].form_rank) - 1;
  }
  if (in_order) return;
  std::sort(spans_.begin, spans_.end, [](const Span& left, const Span& right) {
    return left.start < right.start || (left.start == right.start && left.second < right.second);
  });
  spans_.end = std::unique(spans_.begin, spans_.end);
}

void PhraseCounter::start_behind() {
  std::swap(spans_, reachable_);
  for (Span* span = reachable_.begin; span < reachable_.end; ++span) span->second = span->start;
}

void PhraseCounter::reach() {
  reached_.make_room(static_cast<size_t>(spans_.end - spans_.begin));
  reached_.begin = reached_.end = reached_.room.data() + (spans_.end - spans_.begin);
  const Span* at = reachable_.end;
  for (auto left = spans_.end - spans_.begin; left-- > 0;) {
    const Span& span = spans_.begin[left];
    const int64_t distance = distance_of(span, at);
    if (distance > slop_) continue;
    int64_t least = span.start + distance;
    if (reached_.begin < reached_.end) least = std::min(least, reached_.begin->second);
    *--reached_.begin = {span.start, least};
  }
  std::swap(reachable_, reached_);
}

double PhraseCounter::count_first() {
  distances_.clear();
  const bool is_alone = columns_.size() == 1;
  const Span* at = reachable_.end;
  int64_t counted = -1;  // the start that was counted last
  for (auto left = spans_.end - spans_.begin; left-- > 0;) {
    const Span& span = spans_.begin[left];
    const int64_t distance = is_alone ? 0 : distance_of(span, at);
    if (distance > slop_) continue;
    if (span.start == counted) {
      distances_.back() = std::min(distances_.back(), distance);
      continue;
    }
    distances_.push_back(distance);
    counted = span.start;
  }
  if (slop_ == 0) return static_cast<double>(distances_.size());
  double count = 0;  // added up in the order of the text
  for (size_t i = distances_.size(); i-- > 0;) count += 1 / (1 + static_cast<double>(distances_[i]));
  return count;
}

}  // namespace searchlib
