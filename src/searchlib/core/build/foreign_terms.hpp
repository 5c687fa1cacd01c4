// A segment written from postings that another system made: terms with documents and frequencies, no text.
// Takes them in the order of their bytes. Where the words stood is not known: each occurrence gets a place
// far from all others, as if every word were a value of its own, so that no phrase is ever found where there
// may be none.

#pragma once

#include <string>
#include <vector>

#include "build/field_parts_writer.hpp"

namespace searchlib {

class ForeignTermsWriter {
 public:
  // lengths: in tokens, one a document; 0 for a document without the field. total_length: of them all, before
  // they were rounded.
  ForeignTermsWriter(PartSink& sink, const std::string& field, double k1, double b,
                     std::vector<std::string> ids, std::vector<uint32_t> lengths, uint64_t total_length);

  // docs ascend; frequencies are at least 1. std::invalid_argument for what cannot be.
  void add(const std::string& term, const std::vector<uint32_t>& docs,
           const std::vector<uint32_t>& frequencies);
  void finish();

 private:
  PartSink& sink_;
  std::vector<std::string> ids_;
  std::vector<uint64_t> next_place_;  // of each document
  FieldPartsWriter writer_;
  uint32_t num_terms_ = 0;
  std::string last_term_;
  std::vector<Occurrence> occurrences_;
};

}  // namespace searchlib
