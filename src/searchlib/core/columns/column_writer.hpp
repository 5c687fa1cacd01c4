// A column while documents are added to it, or other segments' columns. What is written depends on the documents'
// values and their order alone, so that a merge gives the bytes of an index built at once.

#pragma once

#include <deque>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "build/part_sink.hpp"
#include "bytes/hash_bytes.hpp"
#include "columns/column.hpp"

namespace searchlib::columns {

class ColumnWriter {
 public:
  ColumnWriter(std::string name, char type) : name_(std::move(name)), type_(type) {}

  char type() const { return type_; }

  // A document's values, in any order, and its end.
  void add(int64_t key) { keys_.push_back(key); }
  void add(std::string_view string) { keys_.push_back(number_of(string)); }
  void end_document();

  // The documents of another segment's column, null if it has none there, for which keeps(doc).
  template <class Keeps>
  void extend(const Column* column, uint32_t num_docs, Keeps&& keeps);

  void write(PartSink& sink) const;
  size_t memory_bytes() const;

 private:
  // Nothing an adversary may send makes many strings share a slot: the seed is a process's own.
  struct Hash {
    size_t operator()(std::string_view string) const;
  };

  int64_t number_of(std::string_view string);
  std::vector<uint32_t> starts() const;
  void put_places(Shape shape, Bytes& out) const;
  void put_doubles(const std::vector<int64_t>& keys, Bytes& out, uint8_t& scale) const;
  // The places of the strings among all, sorted.
  std::vector<const std::string*> sorted_strings(std::vector<int64_t>& ordinals) const;

  std::string name_;
  char type_;
  std::vector<int64_t> keys_;  // of strings, the order in which they came
  std::vector<uint32_t> counts_;
  size_t of_document_ = 0;  // where the values of the document at hand begin
  std::deque<std::string> strings_;
  std::unordered_map<std::string_view, int64_t, Hash> numbers_;
  size_t string_bytes_ = 0;
};

template <class Keeps>
void ColumnWriter::extend(const Column* column, uint32_t num_docs, Keeps&& keeps) {
  const auto* strings = type_ == 'k' ? static_cast<const KeywordColumn*>(column) : nullptr;
  std::vector<int64_t> known;  // of each ordinal its number here, −1: not yet
  if (strings != nullptr) known.assign(strings->num_distinct(), -1);
  std::vector<int64_t> values;
  for (uint32_t doc = 0; doc < num_docs; ++doc) {
    if (!keeps(doc)) continue;
    if (column != nullptr) {
      const auto [first, end] = column->values_of(doc);
      values.resize(end - first);
      if (end - first == 1) {
        values[0] = column->value(first);
      } else {
        column->decode(first, end - first, values.data());
      }
      for (const int64_t value : values) {
        if (strings == nullptr) {
          add(value);
          continue;
        }
        int64_t& number = known[static_cast<size_t>(value)];
        if (number < 0) number = number_of(strings->string(static_cast<uint32_t>(value)));
        keys_.push_back(number);
      }
    }
    end_document();
  }
}

}  // namespace searchlib::columns
