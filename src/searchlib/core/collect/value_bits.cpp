#include "collect/value_bits.hpp"

#include <algorithm>
#include <array>

#include "collect/runs.hpp"

namespace searchlib::collect {
namespace {

// Sets the bits [begin, end).
void set_stretch(DocBits& bits, uint32_t begin, uint32_t end) {
  while (begin < end) {
    const uint32_t at = begin % 64;
    const uint32_t count = std::min(64 - at, end - begin);
    bits[begin / 64] |= kAllBits >> (64 - count) << at;
    begin += count;
  }
}

}  // namespace

ValueBits::ValueBits(const Values& values, const DocBits& docs) : docs_(docs) {
  if (values.is_dense()) {
    num_docs_ = count_bits(docs);
    return;
  }
  own_.emplace(no_docs(values.column().num_values()));
  if (values.column().shape() == columns::Shape::kSome) of_some(values);
  if (values.column().shape() == columns::Shape::kLists) of_lists(values);
}

// A document's value has the number of documents with one that stand before it.
void ValueBits::of_some(const Values& values) {
  const auto extract = kernels().extract_bits;
  const uint32_t num_values = values.column().num_values();
  Deadline& deadline = Deadline::current();
  uint64_t at = 0;
  for (uint32_t begin = 0; begin < values.num_docs(); begin += kRunDocs) {
    deadline.tick();
    const auto docs = bits_at(docs_, begin);
    uint64_t present[2];
    values.column().presence(begin / kRunDocs, present);
    for (size_t word = 0; word < 2; ++word) {
      const auto count = static_cast<uint64_t>(std::popcount(present[word]));
      if (count > num_values - at)
        throw CorruptIndexError("more documents have a value than there are values");
      const uint64_t found = extract(word == 0 ? docs.first : docs.second, present[word]);
      num_docs_ += static_cast<uint64_t>(std::popcount(found));
      (*own_)[at / 64] |= found << (at % 64);
      if (at % 64 + count > 64) (*own_)[at / 64 + 1] |= found >> (64 - at % 64);
      at += count;
    }
  }
}

void ValueBits::of_lists(const Values& values) {
  std::array<uint32_t, kRunDocs + 1> starts{};
  for_each_run(values.num_docs(), docs_, [&](uint32_t begin, std::pair<uint64_t, uint64_t> bits) {
    const uint32_t count = std::min(kRunDocs, values.num_docs() - begin);
    values.starts(begin, count + 1, starts.data());
    for_each_bit(bits, 0, [&](uint32_t i) {
      num_docs_ += starts[i] != starts[i + 1];
      set_stretch(*own_, starts[i], starts[i + 1]);
    });
  });
}

DocBits others_than(const DocBits& docs, uint32_t num_docs) {
  DocBits others(docs.size());
  std::transform(docs.begin(), docs.end(), others.begin(), [](uint64_t word) { return ~word; });
  others[num_docs / 64] &= (uint64_t{1} << (num_docs % 64)) - 1;
  return others;
}

}  // namespace searchlib::collect
