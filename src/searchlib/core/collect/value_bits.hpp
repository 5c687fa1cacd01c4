// Which values of a segment's column some documents have, as bits by the values' numbers: so columns of any shape are
// counted as one that has a value for each document.

#pragma once

#include "collect/values.hpp"
#include "postings/doc_bits.hpp"

namespace searchlib::collect {

class ValueBits {
 public:
  // docs: stays as long as this does, for these may be its bits.
  ValueBits(const Values& values, const DocBits& docs);
  ValueBits(const ValueBits&) = delete;
  ValueBits& operator=(const ValueBits&) = delete;

  // A bit for each of the column's values, and 0 behind them.
  const DocBits& bits() const { return own_ ? *own_ : docs_; }
  // How many of the documents have a value.
  uint64_t num_docs() const { return num_docs_; }

 private:
  void of_some(const Values& values);
  void of_lists(const Values& values);

  const DocBits& docs_;
  std::optional<DocBits> own_;
  uint64_t num_docs_ = 0;
};

// The documents of a segment that are not among some.
DocBits others_than(const DocBits& docs, uint32_t num_docs);

}  // namespace searchlib::collect
