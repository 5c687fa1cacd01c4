#include "build/field_parts_writer.hpp"

namespace searchlib {
namespace {

constexpr size_t kStreamBytes = 1 << 20;

Bytes encode_stats(const FieldStats& stats) {
  Bytes out;
  put_fixed(out, stats.num_docs);
  put_fixed(out, stats.docs_with_value);
  put_fixed(out, stats.total_length);
  put_fixed(out, stats.k1);
  put_fixed(out, stats.b);
  out.push_back(stats.positional ? 1 : 0);
  return out;
}

}  // namespace

FieldPartsWriter::FieldPartsWriter(PartSink& sink, std::string field, FieldStats stats, Bytes norms,
                                   std::vector<uint32_t> lengths)
    : sink_(sink),
      field_(std::move(field)),
      stats_(stats),
      norms_(std::move(norms)),
      lengths_(std::move(lengths)),
      k_table_(make_k_table(stats.k1, stats.b, stats.average_length())),
      encoder_(norms_, k_table_, stats.positional) {
  sink_.begin(field_ + ".positions");
}

void FieldPartsWriter::add(std::string_view word, const Term* term, const FormInfo* form) {
  if (term == nullptr) {
    words_.add(word, nullptr, form);
    return;
  }
  const TermInfo info = encoder_.encode(term->occurrences, term->forms.size(), postings_, positions_);
  const WordsWriter::Term written{info, term->forms, encoder_.inlined()};
  words_.add(word, &written, form);
  if (positions_.size() >= kStreamBytes) {
    sink_.write(positions_);
    positions_.clear();
  }
}

void FieldPartsWriter::finish() {
  sink_.write(positions_);
  sink_.whole(field_ + ".postings", postings_);
  sink_.whole(field_ + ".words", words_.finish());
  sink_.whole(field_ + ".norms", norms_);
  if (!lengths_.empty()) {
    Bytes bytes;
    for (const uint32_t length : lengths_) put_fixed(bytes, length);
    sink_.whole(field_ + ".lengths", bytes);
  }
  sink_.whole(field_ + ".stats", encode_stats(stats_));
}

}  // namespace searchlib
