// The columns of a segment, each opened when it is first asked for. A field that is younger than the segment has none
// there: no document has a value.

#pragma once

#include <atomic>
#include <map>
#include <vector>

#include "columns/column.hpp"

namespace searchlib::columns {

// A field that has a column, and of what type its values are there.
struct ColumnField {
  std::string name;
  char type;
};

std::unique_ptr<const Column> open_column(const CheckedBuffer& buffer, const PartRange& part,
                                          std::string name, uint32_t num_docs, char type);

class Columns {
 public:
  Columns() = default;
  Columns(const CheckedBuffer& buffer, const std::map<std::string, PartRange, std::less<>>& parts,
          const std::vector<ColumnField>& fields, uint32_t num_docs);
  ~Columns();
  Columns(Columns&& other) noexcept;
  Columns& operator=(Columns&& other) noexcept;

  size_t size() const { return entries_.size(); }
  char type(size_t field) const { return entries_[field].type; }
  // By the field's place among those that have a column. Null: no document has a value. Any number of threads may ask.
  const Column* find(size_t field) const;
  const KeywordColumn* find_strings(
      size_t field) const;  // the same of a field of strings; null for any other
  void check() const;

 private:
  struct Entry {
    std::string name;
    char type;
    PartRange part;
    bool is_there;
    mutable const Column* opened =
        nullptr;  // by std::atomic_ref: it has no lock that a forked child might find held
  };
  const CheckedBuffer* buffer_ = nullptr;
  uint32_t num_docs_ = 0;
  std::vector<Entry> entries_;
};

}  // namespace searchlib::columns
