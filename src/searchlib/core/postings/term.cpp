#include "postings/term.hpp"

#include <algorithm>
#include <cmath>

namespace searchlib {

void TermPayload::encode(const TermInfo& term, std::span<const uint32_t> forms, Bytes& out) {
  if (first_) {
    first_ = false;
    last_form_ = 0;
    put_varint(out, term.postings_at);
    put_varint(out, term.positions_at);
  }
  put_varint(out, term.df);
  put_varint(out, term.postings_length);
  put_varint(out, term.positions_length);
  put_fixed(out, static_cast<uint16_t>(std::min(std::ceil(term.max_f * kMaxScale), kMaxScale)));
  for (size_t i = 0; i < kThresholdRanks.size() && term.df >= kThresholdRanks[i]; ++i)
    put_fixed(out, term.best[i]);
  put_varint(out, forms.size());
  for (const uint32_t form : forms) {
    put_varint(out, zigzag(int64_t{form} - last_form_));
    last_form_ = form;
  }
}

TermInfo TermPayload::decode(uint32_t index, std::span<const uint8_t> payload, std::vector<uint32_t>* forms) {
  ByteReader reader(payload);
  if (first_) {
    first_ = false;
    last_form_ = 0;
    postings_at_ = reader.varint();
    positions_at_ = reader.varint();
  }
  TermInfo term;
  term.index = index;
  term.df = reader.varint32();
  term.postings_at = postings_at_;
  term.postings_length = reader.varint();
  term.positions_at = positions_at_;
  term.positions_length = reader.varint();
  term.max_f = static_cast<float>(reader.fixed<uint16_t>()) / kMaxScale;
  for (size_t i = 0; i < kThresholdRanks.size() && term.df >= kThresholdRanks[i]; ++i) {
    term.best[i] = reader.fixed<float>();
  }
  if (term.df == 0) throw CorruptIndexError("a term that stands in no document");
  const uint32_t num_forms = reader.varint32();
  if (num_forms > reader.left()) throw CorruptIndexError("a term claims more forms than its entry holds");
  if (forms != nullptr) forms->clear();
  for (uint32_t i = 0; i < num_forms; ++i) {
    last_form_ += unzigzag(reader.varint());
    if (last_form_ < 0 || last_form_ > UINT32_MAX) throw CorruptIndexError("a form's number is out of range");
    if (forms != nullptr) forms->push_back(static_cast<uint32_t>(last_form_));
  }
  postings_at_ += term.postings_length;
  positions_at_ += term.positions_length;
  return term;
}

}  // namespace searchlib
