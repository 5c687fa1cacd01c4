// Writes one field's parts of a segment, given its words in order. Positions stream to the sink as
// terms come; the rest, a fraction of their size, waits in memory. The builder and merging share it.

#pragma once

#include <string>

#include "build/part_sink.hpp"
#include "postings/segment.hpp"
#include "postings/term_encoder.hpp"

namespace searchlib {

// Terms whose postings and positions were encoded elsewhere, in order.
class EncodedTerms {
 public:
  Bytes postings;
  Bytes positions;

  void clear();
  void add(TermEncoder& encoder, std::span<Occurrence> occurrences, size_t num_forms);
  WordsWriter::Term term(size_t index, std::span<const uint32_t> forms) const;

 private:
  std::vector<TermInfo> infos_;
  Bytes inlined_;
  std::vector<size_t> inlined_ends_;
};

class FieldPartsWriter {
 public:
  // norms: a length code for each document of the new segment. lengths: the exact ones, or empty to
  // leave the part out.
  FieldPartsWriter(PartSink& sink, std::string field, FieldStats stats, Bytes norms,
                   std::vector<uint32_t> lengths);
  FieldPartsWriter(const FieldPartsWriter&) = delete;
  FieldPartsWriter& operator=(const FieldPartsWriter&) = delete;

  struct Term {
    std::span<const uint32_t> forms;    // numbers of words, by rank
    std::span<Occurrence> occurrences;  // see TermEncoder::encode
  };
  // Words ascend by bytes, and are numbered as they come. term, form: null for what the word is not.
  void add(std::string_view word, const Term* term, const FormInfo* form);

  // There may be about so many bytes of postings: room that grows is copied.
  void expect(size_t num_bytes) { postings_.reserve(num_bytes); }

  // The same in two steps, the first of which may be done by several threads: each has an encoder, which must
  // not outlive this. append_lists() takes what it encoded; then those terms come by add_encoded(), with
  // other words between them.
  TermEncoder encoder() const { return {norms_, k_table_, stats_.positional}; }
  void append_lists(const EncodedTerms& encoded);
  void add_encoded(std::string_view word, const WordsWriter::Term* term, const FormInfo* form) {
    words_.add(word, term, form);
  }
  void finish();

 private:
  void stream_positions();

  PartSink& sink_;
  std::string field_;
  FieldStats stats_;
  Bytes norms_;
  std::vector<uint32_t> lengths_;
  LengthTable k_table_;
  TermEncoder encoder_;
  WordsWriter words_;
  Bytes postings_;
  Bytes positions_;  // what is not yet in the sink
};

}  // namespace searchlib
