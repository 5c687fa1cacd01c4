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

void EncodedTerms::clear() {
  postings.clear();
  positions.clear();
  infos_.clear();
  inlined_.clear();
  inlined_ends_.clear();
}

void EncodedTerms::add(TermEncoder& encoder, std::span<Occurrence> occurrences, size_t num_forms) {
  infos_.push_back(encoder.encode(occurrences, num_forms, postings, positions));
  if (infos_.back().inlined) {
    inlined_.insert(inlined_.end(), encoder.inlined().begin(), encoder.inlined().end());
  }
  inlined_ends_.push_back(inlined_.size());
}

WordsWriter::Term EncodedTerms::term(size_t index, std::span<const uint32_t> forms) const {
  const size_t begin = index == 0 ? 0 : inlined_ends_[index - 1];
  return {infos_[index], forms, std::span(inlined_).subspan(begin, inlined_ends_[index] - begin)};
}

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
  stream_positions();
}

void FieldPartsWriter::append_lists(const EncodedTerms& encoded) {
  postings_.insert(postings_.end(), encoded.postings.begin(), encoded.postings.end());
  positions_.insert(positions_.end(), encoded.positions.begin(), encoded.positions.end());
  stream_positions();
}

void FieldPartsWriter::stream_positions() {
  if (positions_.size() < kStreamBytes) return;
  sink_.write(positions_);
  positions_.clear();
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
