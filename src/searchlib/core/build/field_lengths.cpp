#include "build/field_lengths.hpp"

#include "postings/norms.hpp"

namespace searchlib {
namespace {

template <class Visit>
void for_each_length(const FieldBuffer& buffer, Visit&& visit) {
  for (const std::unique_ptr<TokenBatch>& batch : buffer.batches) {
    for (const uint32_t length : batch->lengths) visit(length);
  }
}

}  // namespace

FieldStats stats_of(const FieldConfig& config, const FieldBuffer& buffer) {
  FieldStats stats;
  stats.num_docs = buffer.num_docs;
  stats.k1 = config.k1;
  stats.b = config.b;
  stats.positional = config.positional();
  for_each_length(buffer, [&](uint32_t length) {
    stats.total_length += length;
    stats.docs_with_value += static_cast<uint32_t>(length > 0);
  });
  return stats;
}

Bytes norms_of(const FieldBuffer& buffer) {
  Bytes norms;
  norms.reserve(buffer.num_docs);
  for_each_length(buffer, [&](uint32_t length) { norms.push_back(encode_length(length)); });
  return norms;
}

std::vector<uint32_t> lengths_of(const FieldConfig& config, const FieldBuffer& buffer) {
  std::vector<uint32_t> lengths;
  if (config.keeps_lengths) {
    for_each_length(buffer, [&](uint32_t length) { lengths.push_back(length); });
  }
  return lengths;
}

}  // namespace searchlib
