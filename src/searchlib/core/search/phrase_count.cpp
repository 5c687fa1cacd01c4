#include "search/phrase_count.hpp"

#include <algorithm>

namespace searchlib {

PhraseCounter::PhraseCounter(const std::vector<uint32_t>& offsets, uint32_t slop)
    : slop_(slop), columns_(offsets.size()) {
  for (size_t i = 0; i + 1 < offsets.size(); ++i)
    columns_[i].gap = int64_t{offsets[i + 1]} - int64_t{offsets[i]} - 1;
}

void PhraseCounter::clear() {
  for (Column& column : columns_) {
    column.spans.clear();
    column.num_lemmas = 0;
  }
}

void PhraseCounter::add(size_t slot, std::span<const Place> places, const FormWidths& widths) {
  Column& column = columns_[slot];
  ++column.num_lemmas;
  const size_t before = column.spans.size();
  column.spans.resize(before + places.size());
  Span* out = column.spans.data() + before;
  if (widths.are_one()) {
    for (const Place& place : places) *out++ = {place.position, place.position + 1 + column.gap};
    return;
  }
  for (const Place& place : places)
    *out++ = {place.position, place.position + widths.of(place.form_rank) + column.gap};
}

// From the last word back to the first: of each place only what follows it matters, and the nearest.
double PhraseCounter::count() {
  reachable_.clear();
  put_in_order(columns_.back());
  const std::vector<Span>& last = columns_.back().spans;
  for (size_t i = last.size(); i-- > 0;) reachable_.push_back({last[i].start, last[i].start});
  for (size_t slot = columns_.size() - 1; slot-- > 1;) {
    put_in_order(columns_[slot]);
    reach(columns_[slot]);
    if (reachable_.empty()) return 0;
  }
  put_in_order(columns_.front());
  return count_first(columns_.front());
}

void PhraseCounter::put_in_order(Column& column) {
  constexpr uint32_t kPlacesOfTick = 128;
  deadline_.tick(static_cast<uint32_t>(column.spans.size() / kPlacesOfTick));
  if (column.num_lemmas < 2) return;
  std::sort(column.spans.begin(), column.spans.end());
  column.spans.erase(std::unique(column.spans.begin(), column.spans.end()), column.spans.end());
}

int64_t PhraseCounter::distance_of(const Span& span, size_t& at) const {
  while (at < reachable_.size() && reachable_[at].start >= span.end) ++at;
  while (at > 0 && reachable_[at - 1].start < span.end) --at;
  return at == 0 ? slop_ + 1 : reachable_[at - 1].least - span.end;
}

void PhraseCounter::reach(const Column& column) {
  reached_.clear();
  size_t at = 0;
  for (size_t i = column.spans.size(); i-- > 0;) {
    const int64_t distance = distance_of(column.spans[i], at);
    if (distance > slop_) continue;
    const int64_t start = column.spans[i].start;
    const int64_t least = start + distance;
    reached_.push_back({start, reached_.empty() ? least : std::min(least, reached_.back().least)});
  }
  reachable_.swap(reached_);
}

double PhraseCounter::count_first(const Column& column) {
  const bool is_alone = columns_.size() == 1;
  distances_.clear();
  size_t at = 0;
  int64_t counted = -1;  // the start that was counted last
  for (size_t i = column.spans.size(); i-- > 0;) {
    const int64_t distance = is_alone ? 0 : distance_of(column.spans[i], at);
    if (distance > slop_) continue;
    if (column.spans[i].start == counted) {
      distances_.back() = std::min(distances_.back(), distance);
      continue;
    }
    distances_.push_back(distance);
    counted = column.spans[i].start;
  }
  if (slop_ == 0) return static_cast<double>(distances_.size());
  double count = 0;  // added up in the order of the text
  for (size_t i = distances_.size(); i-- > 0;) count += 1 / (1 + static_cast<double>(distances_[i]));
  return count;
}

}  // namespace searchlib
