#include "search/column_signals.hpp"

#include <algorithm>
#include <cmath>

#include "columns/keys.hpp"
#include "postings/rounding.hpp"

namespace searchlib {

double signal_of(const ColumnSignal& signal, int64_t key, bool is_double) {
  if (signal.kind == ColumnSignal::Kind::kRecency) {
    const double age = static_cast<double>(signal.origin) - static_cast<double>(key);
    return age <= 0 ? 1 : std::pow(2.0, -(age / signal.scale));
  }
  const double x = is_double ? columns::double_of_key(key) : static_cast<double>(key);
  if (!(x > 0)) return 0;
  return std::isinf(x) ? 1 : x / (x + signal.scale);
}

SegmentSignals::SegmentSignals(const PlanNode& plan, const Segment& segment) : signals_(plan.raises) {
  for (const ColumnSignal& signal : signals_) {
    const columns::Column* column = segment.columns().find(signal.column);
    if (column != nullptr && column->num_values() == 0) column = nullptr;
    columns_.push_back(column);
    if (column == nullptr) continue;
    int64_t most = columns::kLeastKey;  // s ascends with the values
    for (uint32_t block = 0; block < column->num_blocks(); ++block)
      most = std::max(most, column->block_max(block));
    most_ += signal.weight * signal_of(signal, most, column->type() == 'd');
  }
}

double SegmentSignals::one(size_t number, uint32_t doc) const {
  const columns::Column* column = columns_[number];
  if (column == nullptr) return 0;
  const auto [first, end] = column->values_of(doc);
  return first == end ? 0 : signal_of(signals_[number], column->value(end - 1), column->type() == 'd');
}

double SegmentSignals::factor(uint32_t doc) const {
  double sum = 1;
  for (size_t i = 0; i < signals_.size(); ++i) sum += signals_[i].weight * one(i, doc);
  return sum;
}

std::vector<double> SegmentSignals::of(uint32_t doc) const {
  std::vector<double> found;
  for (size_t i = 0; i < signals_.size(); ++i) found.push_back(one(i, doc));
  return found;
}

ScoreBound RaisedScorer::bound_from(uint32_t doc) {
  const ScoreBound bound = child_->bound_from(doc);
  return {round_up(static_cast<double>(bound.score) * signals_.most()), bound.until};
}

void RaisedScorer::raise_threshold(double threshold) {
  constexpr double kRounding = 1 - 1e-12;  // of the division, and of the product that a score is
  child_->raise_threshold(threshold / signals_.most() * kRounding);
}

}  // namespace searchlib
