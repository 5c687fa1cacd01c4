#include "columns/column_writer.hpp"

#include <algorithm>
#include <cmath>
#include <random>

#include "columns/scales.hpp"

namespace searchlib::columns {
namespace {

constexpr uint32_t kRankDocs = 512;

uint64_t process_seed() {
  static const uint64_t seed = [] {
    std::random_device random;
    return uint64_t{random()} << 32 | random();
  }();
  return seed;
}

// The doubles of keys as integers over a power of ten; false if one is none.
bool scaled(const std::vector<int64_t>& keys, double factor, std::vector<int64_t>& integers) {
  integers.clear();
  for (const int64_t key : keys) {
    const double value = double_of_key(key);
    const double whole = std::nearbyint(value * factor);
    if (!(std::abs(whole) <= static_cast<double>(kMaxScaled)) || key_of_double(whole / factor) != key)
      return false;
    integers.push_back(static_cast<int64_t>(whole));
  }
  return true;
}

}  // namespace

size_t ColumnWriter::Hash::operator()(std::string_view string) const {
  return static_cast<size_t>(hash_bytes(string, process_seed()));
}

int64_t ColumnWriter::number_of(std::string_view string) {
  const auto found = numbers_.find(string);
  if (found != numbers_.end()) return found->second;
  const std::string& kept = strings_.emplace_back(string);
  string_bytes_ += kept.size();
  return numbers_.emplace(kept, static_cast<int64_t>(strings_.size() - 1)).first->second;
}

void ColumnWriter::end_document() {
  const auto first = keys_.begin() + static_cast<std::ptrdiff_t>(of_document_);
  if (keys_.end() - first > 1) {
    std::sort(first, keys_.end());
    keys_.erase(std::unique(first, keys_.end()), keys_.end());
  }
  counts_.push_back(static_cast<uint32_t>(keys_.size() - of_document_));
  of_document_ = keys_.size();
}

size_t ColumnWriter::memory_bytes() const {
  constexpr size_t kOfString = 96;  // a string and its entry
  return keys_.size() * sizeof(int64_t) + counts_.size() * sizeof(uint32_t) + string_bytes_ +
         strings_.size() * kOfString;
}

std::vector<const std::string*> ColumnWriter::sorted_strings(std::vector<int64_t>& ordinals) const {
  std::vector<const std::string*> sorted;
  std::vector<uint32_t> order(strings_.size());
  for (uint32_t i = 0; i < order.size(); ++i) order[i] = i;
  std::vector<const std::string*> of_number;
  for (const std::string& string : strings_) of_number.push_back(&string);
  std::sort(order.begin(), order.end(),
            [&](uint32_t left, uint32_t right) { return *of_number[left] < *of_number[right]; });
  ordinals.resize(order.size());
  for (size_t i = 0; i < order.size(); ++i) {
    ordinals[order[i]] = static_cast<int64_t>(i);
    sorted.push_back(of_number[order[i]]);
  }
  return sorted;
}

void ColumnWriter::put_places(Shape shape, Bytes& out) const {
  if (shape == Shape::kSome) {
    std::vector<uint64_t> bits((counts_.size() + 63) / 64, 0);
    std::vector<uint32_t> ranks;
    uint32_t rank = 0;
    for (size_t doc = 0; doc < counts_.size(); ++doc) {
      if (doc % kRankDocs == 0) ranks.push_back(rank);
      bits[doc / 64] |= uint64_t{counts_[doc]} << (doc % 64);
      rank += counts_[doc];
    }
    for (const uint64_t word : bits) put_fixed(out, word);
    for (const uint32_t each : ranks) put_fixed(out, each);
  }
  if (shape != Shape::kLists) return;
  const uint64_t slope = slope_of(static_cast<uint32_t>(keys_.size()), static_cast<uint32_t>(counts_.size()));
  std::vector<int64_t> starts;
  starts.reserve(counts_.size() + 1);
  int64_t start = 0;
  for (uint32_t doc = 0; doc <= counts_.size(); ++doc) {
    starts.push_back(start - static_cast<int64_t>(expected_start(doc, slope)));
    if (doc < counts_.size()) start += counts_[doc];
  }
  encode_numbers(starts, out);
}

void ColumnWriter::put_doubles(const std::vector<int64_t>& keys, Bytes& out, uint8_t& scale) const {
  encode_numbers(keys, out);
  scale = 0;
  std::vector<int64_t> integers;
  for (unsigned n = 0; n <= kMaxScale; ++n) {
    if (!scaled(keys, kPowers[n], integers)) continue;
    Bytes smaller;
    encode_numbers(integers, smaller);
    if (smaller.size() < out.size()) {
      out = std::move(smaller);
      scale = static_cast<uint8_t>(n + 1);
    }
    return;
  }
}

void ColumnWriter::write(PartSink& sink) const {
  const uint32_t most = counts_.empty() ? 0 : *std::max_element(counts_.begin(), counts_.end());
  Shape shape = Shape::kLists;
  if (keys_.empty()) {
    shape = Shape::kNone;
  } else if (most == 1) {
    shape = keys_.size() == counts_.size() ? Shape::kEach : Shape::kSome;
  }
  Bytes numbers;
  Bytes places;
  Bytes dictionary;
  uint8_t scale = 0;
  if (type_ == 'k') {
    std::vector<int64_t> ordinals;
    DictionaryWriter strings;
    for (const std::string* string : sorted_strings(ordinals)) {
      strings.add(*string);
      if (strings.block_is_full()) strings.end_block({});
    }
    strings.finish(dictionary);
    std::vector<int64_t> keys;
    keys.reserve(keys_.size());
    size_t at = 0;
    for (const uint32_t count : counts_) {
      for (uint32_t i = 0; i < count; ++i) keys.push_back(ordinals[static_cast<size_t>(keys_[at++])]);
      if (count > 1) std::sort(keys.end() - count, keys.end());
    }
    if (shape != Shape::kNone) encode_numbers(keys, numbers);
  } else if (shape != Shape::kNone) {
    if (type_ == 'd') {
      put_doubles(keys_, numbers, scale);
    } else {
      encode_numbers(keys_, numbers);
    }
  }
  put_places(shape, places);
  Bytes header;
  header.reserve(32);
  header.push_back(static_cast<uint8_t>(type_));
  header.push_back(static_cast<uint8_t>(shape));
  header.push_back(scale);
  header.push_back(0);
  put_fixed(header, static_cast<uint32_t>(counts_.size()));
  put_fixed(header, static_cast<uint32_t>(keys_.size()));
  put_fixed(header, uint32_t{0});
  put_fixed(header, uint64_t{numbers.size()});
  put_fixed(header, uint64_t{places.size()});
  sink.begin("column:" + name_);
  for (const Bytes* bytes : {&header, &numbers, &places, &dictionary}) sink.write(*bytes);
}

}  // namespace searchlib::columns
