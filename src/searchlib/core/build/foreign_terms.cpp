#include "build/foreign_terms.hpp"

#include <stdexcept>

#include "build/field_buffer.hpp"
#include "postings/ids.hpp"

namespace searchlib {
namespace {

FieldStats stats_of(double k1, double b, const std::vector<uint32_t>& lengths, uint64_t total_length) {
  FieldStats stats;
  stats.num_docs = static_cast<uint32_t>(lengths.size());
  stats.k1 = k1;
  stats.b = b;
  stats.total_length = total_length;
  for (const uint32_t length : lengths) stats.docs_with_value += static_cast<uint32_t>(length > 0);
  return stats;
}

Bytes norms_of(const std::vector<uint32_t>& lengths) {
  Bytes norms;
  for (const uint32_t length : lengths) norms.push_back(encode_length(length));
  return norms;
}

}  // namespace

ForeignTermsWriter::ForeignTermsWriter(PartSink& sink, const std::string& field, double k1, double b,
                                       std::vector<std::string> ids, std::vector<uint32_t> lengths,
                                       uint64_t total_length)
    : sink_(sink),
      ids_(std::move(ids)),
      next_place_(ids_.size(), 0),
      writer_(sink, field, stats_of(k1, b, lengths, total_length), norms_of(lengths), lengths) {}

void ForeignTermsWriter::add(const std::string& term, const std::vector<uint32_t>& docs,
                             const std::vector<uint32_t>& frequencies) {
  if (num_terms_ > 0 && term <= last_term_)
    throw std::invalid_argument("terms are given in the order of their bytes");
  if (docs.empty() || docs.size() != frequencies.size()) {
    throw std::invalid_argument("a term has documents, and as many frequencies");
  }
  occurrences_.clear();
  for (size_t i = 0; i < docs.size(); ++i) {
    if (docs[i] >= ids_.size() || (i > 0 && docs[i] <= docs[i - 1])) {
      throw std::invalid_argument("documents ascend, and each has an id");
    }
    uint64_t& place = next_place_[docs[i]];
    if (frequencies[i] == 0 || place + uint64_t{frequencies[i]} * (kValueGap + 1) > UINT32_MAX) {
      throw std::invalid_argument("a term frequency is 0, or a document is too long");
    }
    for (uint32_t n = 0; n < frequencies[i]; ++n, place += kValueGap + 1) {
      occurrences_.push_back({docs[i], static_cast<uint32_t>(place), 0});
    }
  }
  const FormInfo form{static_cast<uint32_t>(docs.size()), {num_terms_}};  // a form of itself
  const FieldPartsWriter::Term written{form.terms, occurrences_};
  writer_.add(term, &written, &form);
  last_term_ = term;
  ++num_terms_;
}

void ForeignTermsWriter::finish() {
  writer_.finish();
  const std::vector<std::string_view> keys(ids_.begin(), ids_.end());
  sink_.whole("keys", encode_ids(keys));
}

}  // namespace searchlib
