// Writes one field's parts of a segment, given its words in order. Positions stream to the sink as
// terms come; the rest, a fraction of their size, waits in memory. The builder and merging share it.

#pragma once

#include <string>

#include "build/part_sink.hpp"
#include "postings/segment.hpp"
#include "postings/term_encoder.hpp"

namespace searchlib {

class FieldPartsWriter {
 public:
  // norms: a length code for each document of the new segment. lengths: the exact ones, or empty to leave the
  // part out.
  FieldPartsWriter(PartSink& sink, std::string field, FieldStats stats, Bytes norms,
                   std::vector<uint32_t> lengths);

  struct Term {
    std::span<const uint32_t> forms;  // numbers of words, by rank
    std::span<const Occurrence> occurrences;
  };
  // Words ascend by bytes, and are numbered as they come. term, form: null for what the word is not.
  void add(std::string_view word, const Term* term, const FormInfo* form);
  void finish();

 private:
  PartSink& sink_;
  std::string field_;
  FieldStats stats_;
  Bytes norms_;
  std::vector<uint32_t> lengths_;
  KTable k_table_;
  TermEncoder encoder_;
  WordsWriter words_;
  Bytes postings_;
  Bytes positions_;  // what is not yet in the sink
};

}  // namespace searchlib
