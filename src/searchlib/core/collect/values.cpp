#include "collect/values.hpp"

#include <algorithm>
#include <numeric>
#include <stdexcept>

#include "analysis/analyzer.hpp"
#include "search/deadline.hpp"

namespace searchlib::collect {

std::string folded(const std::string& text) { return std::string(Analyzer::match_key(text)); }

const Values::Collation& Values::collation() const {
  if (const Collation* known = collation_.load(std::memory_order_acquire)) return *known;
  Deadline& deadline = Deadline::current();
  std::vector<std::string> keys(num_distinct());
  for (uint32_t i = 0; i < keys.size(); ++i) {
    deadline.tick();
    keys[i] = folded(string(i));
  }
  auto made = std::make_unique<Collation>();
  made->ordinal.resize(keys.size());
  std::iota(made->ordinal.begin(), made->ordinal.end(), 0);
  std::stable_sort(made->ordinal.begin(), made->ordinal.end(), [&](uint32_t left, uint32_t right) {
    deadline.tick();
    return keys[left] < keys[right];  // of equal ones the ordinals say which string is less
  });
  made->rank_of.resize(keys.size());
  for (uint32_t rank = 0; rank < keys.size(); ++rank) made->rank_of[made->ordinal[rank]] = rank;
  const Collation* before = nullptr;  // another thread may have been faster
  if (!collation_.compare_exchange_strong(before, made.get(), std::memory_order_acq_rel)) return *before;
  return *made.release();
}

FieldColumn column_of(const Snapshot& snapshot, size_t field) {
  FieldColumn found;
  for (const SnapshotSegment& part : snapshot.segments()) {
    const columns::Columns& columns = part.segment->columns();
    if (field >= columns.size()) throw std::out_of_range("no column has that number");
    found.has_strings = columns.type(field) == 'k';
    const columns::Column* column = columns.find(field);
    found.segments.push_back(
        column == nullptr ? nullptr
                          : std::make_shared<Values>(part.segment, *column, columns.find_strings(field)));
  }
  return found;
}

}  // namespace searchlib::collect
