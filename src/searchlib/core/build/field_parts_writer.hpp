// Writes one field's parts of a segment, given its terms and forms in order. Positions stream to the sink as
// terms come; the rest, a fraction of their size, waits in memory. The builder and merging share it.

#pragma once

#include <string>

#include "build/part_sink.hpp"
#include "postings/dictionary.hpp"
#include "postings/segment.hpp"
#include "postings/term_encoder.hpp"

namespace searchlib {

// Terms whose postings and positions were encoded elsewhere, in order.
struct EncodedTerms {
  Bytes postings;
  Bytes positions;
  std::vector<TermInfo> terms;

  void clear() {
    postings.clear();
    positions.clear();
    terms.clear();
  }
  // Without occurrences: a term of df 0, which the writer must not be given.
  void add(TermEncoder& encoder, std::span<const Occurrence> occurrences) {
    terms.push_back(occurrences.empty() ? TermInfo() : encoder.encode(occurrences, postings, positions));
  }
};

class FieldPartsWriter {
 public:
  // norms: a length code for each document of the new segment. lengths: the exact ones, or empty to leave the
  // part out.
  FieldPartsWriter(PartSink& sink, std::string field, FieldStats stats, Bytes norms,
                   std::vector<uint32_t> lengths);
  FieldPartsWriter(const FieldPartsWriter&) = delete;
  FieldPartsWriter& operator=(const FieldPartsWriter&) = delete;

  // Terms ascend by bytes; forms: their numbers, by rank.
  void add_term(std::string_view lemma, std::span<const uint32_t> forms,
                std::span<const Occurrence> occurrences);

  // The same in two steps, the first of which may be done by several threads: each has an encoder, which must
  // not outlive this. append_lists() takes what it encoded, then add_term() each of those terms.
  TermEncoder encoder() const { return {norms_, k_table_, stats_.positional}; }
  void append_lists(const EncodedTerms& encoded);
  void add_term(std::string_view lemma, std::span<const uint32_t> forms, TermInfo term);

  void add_form(std::string_view form, const FormInfo& info);  // ascending by bytes
  void finish();

 private:
  void stream_positions();

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
  Bytes positions_;                // what is not yet in the sink
  uint64_t next_postings_at_ = 0;  // of the next term, in its part
  uint64_t next_positions_at_ = 0;
};

}  // namespace searchlib
