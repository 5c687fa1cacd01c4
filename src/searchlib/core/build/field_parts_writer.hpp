// Writes one field's parts of a segment, given its terms and forms in order. Positions stream to the sink as
// terms come; the rest, a fraction of their size, waits in memory. The builder and merging share it.

#pragma once

#include <string>

#include "build/part_sink.hpp"
#include "postings/dictionary.hpp"
#include "postings/segment.hpp"
#include "postings/term_encoder.hpp"

namespace searchlib {

class FieldPartsWriter {
 public:
  // norms: a length code for each document of the new segment. lengths: the exact ones, or empty to leave the
  // part out.
  FieldPartsWriter(PartSink& sink, std::string field, FieldStats stats, Bytes norms,
                   std::vector<uint32_t> lengths);

  // Terms ascend by bytes; forms: their numbers, by rank.
  void add_term(std::string_view lemma, std::span<const uint32_t> forms,
                std::span<const Occurrence> occurrences);
  void add_form(std::string_view form, const FormInfo& info);  // ascending by bytes
  void finish();

 private:
  PartSink& sink_;
  std::string field_;
  FieldStats stats_;
  Bytes norms_;
  std::vector<uint32_t> lengths_;
  KTable k_table_;
  TermEncoder encoder_;
  TermPayload payloads_;
  DictionaryWriter terms_;
  DictionaryWriter forms_;
  Bytes payload_;
  Bytes postings_;
  Bytes positions_;  // what is not yet in the sink
  uint64_t positions_at_ = 0;
};

}  // namespace searchlib
