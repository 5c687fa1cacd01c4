#include "postings/dictionary.hpp"

#include <algorithm>
#include <bit>

#include "bytes/prefix.hpp"
#include "postings/key_prefix.hpp"

namespace searchlib {
namespace {

constexpr size_t kNibble = 0x0F;
constexpr size_t kMostWays = size_t{1} << 13;  // 64 KiB of each dictionary

void put_rest(Bytes& out, size_t number) {
  if (number >= kNibble) put_varint(out, number - kNibble);
}

}  // namespace

void DictionaryWriter::add(std::string_view key) {
  if (keys_in_block_ == 0) {
    first_key_.assign(key);
  } else {
    add_difference(key);
  }
  previous_.assign(key);
  ++num_entries_;
  ++keys_in_block_;
}

void DictionaryWriter::add_difference(std::string_view key) {
  const size_t shared = shared_prefix(key, previous_);
  const size_t dropped = previous_.size() - shared;
  const size_t length = key.size() - shared;
  keys_.push_back(static_cast<uint8_t>(std::min(dropped, kNibble) | std::min(length, kNibble) << 4));
  put_rest(keys_, dropped);
  put_rest(keys_, length);
  keys_.insert(keys_.end(), key.begin() + static_cast<std::ptrdiff_t>(shared), key.end());
}

void DictionaryWriter::end_block(std::span<const uint8_t> payload) {
  if (blocks_.size() > UINT32_MAX) throw DocumentError("a field's dictionary exceeds 4 GiB in one segment");
  offsets_.push_back(static_cast<uint32_t>(blocks_.size()));
  put_varint(blocks_, first_key_.size());
  blocks_.insert(blocks_.end(), first_key_.begin(), first_key_.end());
  put_varint(blocks_, keys_.size());
  blocks_.insert(blocks_.end(), keys_.begin(), keys_.end());
  blocks_.insert(blocks_.end(), payload.begin(), payload.end());
  keys_.clear();
  keys_in_block_ = 0;
}

void DictionaryWriter::finish(Bytes& out) {
  if (keys_in_block_ > 0) end_block({});
  put_fixed(out, num_entries_);
  put_fixed(out, static_cast<uint32_t>(offsets_.size()));
  if (blocks_.size() > UINT32_MAX) throw DocumentError("a field's dictionary exceeds 4 GiB in one segment");
  offsets_.push_back(static_cast<uint32_t>(blocks_.size()));
  for (const uint32_t offset : offsets_) put_fixed(out, offset);
  out.insert(out.end(), blocks_.begin(), blocks_.end());
}

Dictionary::Dictionary(const CheckedBuffer& buffer, uint64_t offset, uint64_t length) : buffer_(&buffer) {
  if (length < 12) throw CorruptIndexError("a dictionary is shorter than its head");
  const uint8_t* head = buffer.touch(offset, 8);
  num_entries_ = load_fixed<uint32_t>(head);
  num_blocks_ = load_fixed<uint32_t>(head + 4);
  const uint64_t offsets_length = (uint64_t{num_blocks_} + 1) * 4;
  const uint64_t expected_blocks = (uint64_t{num_entries_} + kDictionaryBlock - 1) / kDictionaryBlock;
  if (num_blocks_ != expected_blocks || offsets_length > length - 8) {
    throw CorruptIndexError("a dictionary's head does not fit its part");
  }
  offsets_ = buffer.touch(offset + 8, offsets_length);
  blocks_at_ = offset + 8 + offsets_length;
  blocks_length_ = length - 8 - offsets_length;
  num_ways_ = std::min(kMostWays, std::bit_ceil(size_t{num_blocks_} + 1));
  met_.reset(new std::atomic<uint64_t>[num_ways_]());
}

std::span<const uint8_t> Dictionary::block_bytes(uint32_t index) const {
  const uint32_t begin = load_fixed<uint32_t>(offsets_ + size_t{4} * index);
  const uint32_t end = load_fixed<uint32_t>(offsets_ + size_t{4} * index + 4);
  if (begin > end || end > blocks_length_)
    throw CorruptIndexError("a dictionary's block lies outside its part");
  return {buffer_->touch(blocks_at_ + begin, end - begin), end - begin};
}

Dictionary::Block Dictionary::block(uint32_t index) const {
  const std::span<const uint8_t> bytes = block_bytes(index);
  ByteReader reader(bytes);
  const std::string_view first_key = reader.text(reader.varint());
  const uint64_t keys_length = reader.varint();
  const uint8_t* keys = reader.take(keys_length);
  const uint64_t at = blocks_at_ + load_fixed<uint32_t>(offsets_ + size_t{4} * index);
  return {KeyReader(first_key, {keys, keys_length}),
          {reader.at(), reader.left()},
          at + static_cast<uint64_t>(reader.at() - bytes.data())};
}

std::string_view Dictionary::first_key(uint32_t index) const {
  ByteReader reader(block_bytes(index));
  return reader.text(reader.varint());
}

// Relaxed is enough: whoever writes it writes the same number.
uint64_t Dictionary::prefix_met(size_t way, uint32_t block) const {
  uint64_t prefix = met_[way].load(std::memory_order_relaxed);
  if (prefix == 0) {
    prefix = key_prefix(first_key(block));
    met_[way].store(prefix, std::memory_order_relaxed);
  }
  return prefix;
}

std::optional<uint32_t> Dictionary::block_of(std::string_view key) const {
  const uint64_t prefix = key_prefix(key);
  uint32_t low = 0;
  uint32_t high = num_blocks_;
  for (size_t way = 1; low < high;) {
    const uint32_t middle = low + (high - low) / 2;
    const uint64_t its = way < num_ways_ ? prefix_met(way, middle) : prefix;
    const bool is_above = its == prefix ? first_key(middle) > key : its > prefix;
    way = 2 * way + static_cast<size_t>(!is_above);
    if (is_above) {
      high = middle;
    } else {
      low = middle + 1;
    }
  }
  if (low == 0) return std::nullopt;
  return low - 1;
}

uint32_t Dictionary::last_block_below(uint32_t from, std::string_view key) const {
  // Ever longer strides, and then the last one halved.
  uint32_t stride = 1;
  while (stride < num_blocks_ - from && first_key(from + stride) < key) {
    from += stride;
    stride *= 2;
  }
  uint32_t high = from + std::min(stride, num_blocks_ - from);
  while (high - from > 1) {
    const uint32_t middle = from + (high - from) / 2;
    if (first_key(middle) < key) {
      from = middle;
    } else {
      high = middle;
    }
  }
  return from;
}

std::optional<uint32_t> Dictionary::find(std::string_view wanted) const {
  auto block = block_of(wanted);
  if (!block) return std::nullopt;
  while (*block > 0 && first_key(*block) == wanted) --*block;  // equal keys may begin before it
  for (; *block < num_blocks_; ++*block) {
    const Search search = find_in_block(*block, wanted);
    if (search.found) return *block * kDictionaryBlock + search.position;
    if (search.position < entries_of(*block)) break;
  }
  return std::nullopt;
}

// Keys are not put together: it is enough to know how many bytes the last one, which was below, shares with
// the one that is looked for.
Dictionary::Search Dictionary::find_in_block(uint32_t index, std::string_view wanted) const {
  KeyReader reader = block(index).keys;
  uint64_t agreed = 0;
  const uint32_t count = entries_of(index);
  for (uint32_t i = 0; i < count; ++i) {
    if (i > 0 && !reader.next()) throw CorruptIndexError("a dictionary's block holds too few keys");
    if (reader.shared() > agreed) continue;  // it differs where the last one did
    if (reader.shared() < agreed) return {i, false};
    const std::string_view suffix = reader.suffix();
    size_t same = 0;
    while (same < suffix.size() && agreed < wanted.size() && suffix[same] == wanted[agreed]) ++same, ++agreed;
    if (same == suffix.size()) {
      if (agreed == wanted.size()) return {i, true};
    } else if (agreed == wanted.size() ||
               static_cast<uint8_t>(suffix[same]) > static_cast<uint8_t>(wanted[agreed])) {
      return {i, false};
    }
  }
  return {count, false};
}

std::string Dictionary::key_at(uint32_t wanted) const {
  if (wanted >= num_entries_) throw CorruptIndexError("a number points past a dictionary's end");
  std::string found;
  scan_entries(wanted / kDictionaryBlock, [&](uint32_t index, uint64_t shared, std::string_view suffix) {
    found.resize(shared);
    found += suffix;
    return index != wanted;
  });
  return found;
}

}  // namespace searchlib
