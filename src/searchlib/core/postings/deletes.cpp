#include "postings/deletes.hpp"

namespace searchlib {

Deletes::Deletes(const Segment& segment)
    : num_docs_(segment.num_docs()),
      bitmap_((uint64_t{segment.num_docs()} + 63) / 64),
      fields_(segment.num_fields()) {}

Deletes::Deletes(const Segment& segment, std::span<const uint8_t> encoded) : Deletes(segment) {
  ByteReader reader(encoded);
  if (reader.fixed<uint32_t>() != num_docs_)
    throw CorruptIndexError("deletes that belong to another segment");
  num_deleted_ = reader.fixed<uint32_t>();
  for (uint64_t& word : bitmap_) word = reader.fixed<uint64_t>();
  const bool overruns = num_docs_ % 64 != 0 && bitmap_.back() >> (num_docs_ % 64) != 0;
  if (overruns || count_bits(bitmap_) != num_deleted_)
    throw CorruptIndexError("deletes whose count contradicts their bitmap");
  const uint32_t num_fields = reader.fixed<uint32_t>();
  if (num_fields > fields_.size()) throw CorruptIndexError("deletes with more fields than the segment");
  for (uint32_t i = 0; i < num_fields; ++i) {
    FieldDelta& delta = fields_[i];
    delta.docs_with_value = reader.fixed<uint32_t>();
    delta.total_length = reader.fixed<uint64_t>();
    const uint32_t num_terms = reader.fixed<uint32_t>();
    for (uint32_t j = 0; j < num_terms; ++j) {
      const uint32_t term = reader.fixed<uint32_t>();
      delta.df.emplace_hint(delta.df.end(), term, reader.fixed<uint32_t>());
    }
  }
}

std::vector<uint32_t> Deletes::docs() const {
  std::vector<uint32_t> docs;
  for_each_doc(bitmap_, 0, num_docs_, [&](uint32_t doc) { docs.push_back(doc); });
  return docs;
}

uint32_t Deletes::df_delta(size_t field, uint32_t term) const {
  const auto found = fields_[field].df.find(term);
  return found == fields_[field].df.end() ? 0 : found->second;
}

bool Deletes::mark(uint32_t doc) {
  if (doc >= num_docs_) throw std::out_of_range("no document has that number");
  if (contains(doc)) return false;
  set_doc(bitmap_, doc);
  ++num_deleted_;
  return true;
}

Bytes Deletes::encode() const {
  Bytes out;
  put_fixed(out, num_docs_);
  put_fixed(out, num_deleted_);
  for (const uint64_t word : bitmap_) put_fixed(out, word);
  put_fixed(out, static_cast<uint32_t>(fields_.size()));
  for (const FieldDelta& delta : fields_) {
    put_fixed(out, delta.docs_with_value);
    put_fixed(out, delta.total_length);
    put_fixed(out, static_cast<uint32_t>(delta.df.size()));
    for (const auto& [term, df] : delta.df) {
      put_fixed(out, term);
      put_fixed(out, df);
    }
  }
  return out;
}

}  // namespace searchlib
