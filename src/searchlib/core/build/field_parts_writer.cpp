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

void FieldPartsWriter::add_term(std::string_view lemma, std::span<const uint32_t> forms,
                                std::span<const Occurrence> occurrences) {
  const TermInfo term = encoder_.encode(occurrences, postings_, positions_);
  stream_positions();
  add_term(lemma, forms, term);
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

void FieldPartsWriter::add_term(std::string_view lemma, std::span<const uint32_t> forms, TermInfo term) {
  term.postings_at = next_postings_at_;
  term.positions_at = next_positions_at_;
  next_postings_at_ += term.postings_length;
  next_positions_at_ += term.positions_length;
  if (terms_.at_block_start()) payloads_.start_block();
  payload_.clear();
  payloads_.encode(term, forms, payload_);
  terms_.add(lemma, payload_);
}

void FieldPartsWriter::add_form(std::string_view form, const FormInfo& info) {
  payload_.clear();
  encode_form(info, payload_);
  forms_.add(form, payload_);
}

void FieldPartsWriter::finish() {
  sink_.write(positions_);
  sink_.whole(field_ + ".postings", postings_);
  sink_.whole(field_ + ".terms", terms_.finish());
  sink_.whole(field_ + ".forms", forms_.finish());
  sink_.whole(field_ + ".norms", norms_);
  if (!lengths_.empty()) {
    Bytes bytes;
    for (const uint32_t length : lengths_) put_fixed(bytes, length);
    sink_.whole(field_ + ".lengths", bytes);
  }
  sink_.whole(field_ + ".stats", encode_stats(stats_));
}

}  // namespace searchlib
