#include "collect/values.hpp"

#include <algorithm>
#include <numeric>
#include <stdexcept>

#include "analysis/analyzer.hpp"
#include "search/deadline.hpp"

namespace searchlib::collect {

std::string folded(const std::string& text) { return std::string(Analyzer::match_key(text)); }

const Values::Collation& Values::collation() const {
  std::call_once(collated_, [&] {
    Deadline& deadline = Deadline::current();
    std::vector<std::string> keys(num_distinct());
    for (uint32_t i = 0; i < keys.size(); ++i) {
      deadline.tick();
      keys[i] = folded(string(i));
    }
    Collation made;
    made.ordinal.resize(keys.size());
    std::iota(made.ordinal.begin(), made.ordinal.end(), 0);
    std::stable_sort(made.ordinal.begin(), made.ordinal.end(), [&](uint32_t left, uint32_t right) {
      deadline.tick();
      return keys[left] < keys[right];  // of equal ones the ordinals say which string is less
    });
    made.rank_of.resize(keys.size());
    for (uint32_t rank = 0; rank < keys.size(); ++rank) made.rank_of[made.ordinal[rank]] = rank;
    collation_ = std::move(made);
  });
  return collation_;
}

FieldColumn column_of(const Snapshot& snapshot, size_t field) {
  FieldColumn found;
  for (const SnapshotSegment& part : snapshot.segments()) {
    const columns::Columns& columns = part.segment->columns();
    if (field >= columns.size()) throw std::out_of_range("no column has that number");
    found.has_strings = columns.type(field) == 'k';
    const columns::Column* column = columns.find(field);
    found.segments.push_back(column == nullptr
                                 ? nullptr
                                 : std::make_shared<ColumnValues>(part.segment, *column, columns.find_strings(field)));
  }
  return found;
}

MemoryValues::MemoryValues(std::vector<std::vector<int64_t>> values) { add(values); }

MemoryValues::MemoryValues(const std::vector<std::vector<std::string>>& values) {
  for (const auto& of_doc : values) strings_.insert(strings_.end(), of_doc.begin(), of_doc.end());
  std::sort(strings_.begin(), strings_.end());
  strings_.erase(std::unique(strings_.begin(), strings_.end()), strings_.end());
  std::vector<std::vector<int64_t>> ordinals(values.size());
  for (size_t doc = 0; doc < values.size(); ++doc) {
    for (const std::string& text : values[doc])
      ordinals[doc].push_back(std::lower_bound(strings_.begin(), strings_.end(), text) - strings_.begin());
  }
  add(ordinals);
}

void MemoryValues::add(std::vector<std::vector<int64_t>>& values) {
  for (auto& of_doc : values) {
    std::sort(of_doc.begin(), of_doc.end());
    of_doc.erase(std::unique(of_doc.begin(), of_doc.end()), of_doc.end());
    single_valued_ = single_valued_ && of_doc.size() <= 1;
    values_.insert(values_.end(), of_doc.begin(), of_doc.end());
    starts_.push_back(static_cast<uint32_t>(values_.size()));
  }
  for (size_t first = 0; first < values_.size(); first += kBlock) {
    const auto begin = values_.begin() + static_cast<std::ptrdiff_t>(first);
    const auto end =
        begin + static_cast<std::ptrdiff_t>(std::min<size_t>(size_t{kBlock}, values_.size() - first));
    const auto [least, most] = std::minmax_element(begin, end);
    minima_.push_back(*least);
    maxima_.push_back(*most);
  }
}

void MemoryValues::decode(uint32_t first, uint32_t n, int64_t* out) const {
  std::copy_n(values_.begin() + static_cast<std::ptrdiff_t>(first), n, out);
}

}  // namespace searchlib::collect
