#include "english_table.hpp"

#include <algorithm>
#include <array>
#include <cstring>
#include <string>

#include "../errors.hpp"

namespace searchlib::english {
namespace {

constexpr char kMagic[] = "SLENGLSH";
constexpr uint32_t kVersion = 1;
constexpr size_t kHeaderSize = 48;
constexpr uint32_t kWordBucketBits = 14;
constexpr uint32_t kExceptionBucketBits = 10;

[[noreturn]] void fail(const std::string& what) {
  throw CorruptIndexError("the table of English words " + what + "; reinstall searchlib", "wordnet.bin");
}

uint32_t load_u16(const uint8_t* at) { return at[0] | at[1] << 8; }

uint32_t load_u32(const uint8_t* at) {
  return at[0] | uint32_t{at[1]} << 8 | uint32_t{at[2]} << 16 | uint32_t{at[3]} << 24;
}

uint64_t load_u64(const uint8_t* at) { return load_u32(at) | uint64_t{load_u32(at + 4)} << 32; }

uint64_t checksum_of(std::span<const uint8_t> body) {
  uint64_t value = body.size();
  for (size_t at = 0; at + 8 <= body.size(); at += 8) {
    value = (value ^ load_u64(body.data() + at)) * 0x9E3779B97F4A7C15u;
    value ^= value >> 29;
  }
  return value;
}

}  // namespace

uint32_t Profile::total() const { return count(kNoun) + count(kVerb) + count(kAdjective) + count(kAdverb); }

Table::Table(std::span<const uint8_t> bytes) {
  if (bytes.size() < kHeaderSize || std::memcmp(bytes.data(), kMagic, 8) != 0) fail("has no header");
  const uint8_t* header = bytes.data();
  if (const uint32_t version = load_u32(header + 8); version != kVersion) {
    fail("has version " + std::to_string(version) + ", expected " + std::to_string(kVersion));
  }
  body_ = bytes.subspan(kHeaderSize);
  if (load_u64(header + 40) != body_.size() || body_.size() % 8 != 0) {
    fail("has " + std::to_string(body_.size()) + " bytes, expected " + std::to_string(load_u64(header + 40)));
  }
  checksum_ = checksum_of(body_);
  if (checksum_ != load_u64(header + 32)) fail("does not match its checksum");

  size_t at = 0;
  words_ = take_hash_table(at, kWordBucketBits, load_u32(header + 12));
  exceptions_ = take_hash_table(at, kExceptionBucketBits, load_u32(header + 16));
  num_profiles_ = load_u32(header + 20);
  profiles_ = take_section(at, uint64_t{num_profiles_} * 2 * kNumPartsOfSpeech);
  const uint32_t pool_size = load_u32(header + 24);
  pool_ = {take_section(at, pool_size), pool_size};
  if (at != body_.size()) fail("has bytes that no section claims");
}

Table::HashTable Table::take_hash_table(size_t& at, uint32_t bucket_bits, uint32_t num_entries) const {
  HashTable table;
  const uint64_t num_buckets = uint64_t{1} << bucket_bits;
  table.starts = take_section(at, (num_buckets + 1) * 4);
  table.keys = take_section(at, uint64_t{num_entries} * 4);
  table.values = take_section(at, uint64_t{num_entries} * 2);
  table.bucket_bits = bucket_bits;
  table.num_entries = num_entries;
  return table;
}

const uint8_t* Table::take_section(size_t& at, uint64_t size) const {
  const uint64_t padded = (size + 7) / 8 * 8;
  if (padded > body_.size() - at) fail("ends within a section");
  const uint8_t* section = body_.data() + at;
  at += static_cast<size_t>(padded);
  return section;
}

const uint8_t* Table::take(size_t& at, size_t size) const {
  if (at > pool_.size() || size > pool_.size() - at) throw_bad_record();
  const uint8_t* bytes = pool_.data() + at;
  at += size;
  return bytes;
}

bool Table::is_ascii(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char byte) { return static_cast<uint8_t>(byte) < 0x80; });
}

void Table::throw_bad_record() { fail("has an exception that is none"); }

// The checksum tells of damage, not of malice: bucket borders and values are still checked
// where they are used.
int64_t Table::HashTable::find(uint64_t finished_hash) const {
  const uint8_t* bucket = starts + 4 * (finished_hash >> (64 - bucket_bits));
  const uint32_t begin = load_u32(bucket), end = load_u32(bucket + 4);
  if (begin > end || end > num_entries) fail("has a bucket outside of it");
  const uint32_t key = static_cast<uint32_t>(finished_hash);
  for (uint32_t i = begin; i < end; ++i) {
    if (load_u32(keys + 4 * size_t{i}) == key) return load_u16(values + 2 * size_t{i});
  }
  return -1;
}

void Table::HashTable::fetch_bucket(uint64_t finished_hash) const {
  __builtin_prefetch(starts + 4 * (finished_hash >> (64 - bucket_bits)));
}

void Table::HashTable::fetch_keys(uint64_t finished_hash) const {
  const size_t begin = load_u32(starts + 4 * (finished_hash >> (64 - bucket_bits)));
  if (begin >= num_entries) return;
  __builtin_prefetch(keys + 4 * begin);
  __builtin_prefetch(values + 2 * begin);
}

void Table::fetch(std::span<const std::string_view> words) const {
  constexpr size_t kMost = 64;
  std::array<uint64_t, kMost> hashes;
  for (; !words.empty(); words = words.subspan(std::min(kMost, words.size()))) {
    const auto some = words.first(std::min(kMost, words.size()));
    for (size_t i = 0; i < some.size(); ++i) {
      hashes[i] = hash_finish(hash_extend(kHashStart, some[i]));
      words_.fetch_bucket(hashes[i]);
      exceptions_.fetch_bucket(hashes[i]);
    }
    for (size_t i = 0; i < some.size(); ++i) {
      words_.fetch_keys(hashes[i]);
      exceptions_.fetch_keys(hashes[i]);
    }
  }
}

Profile Table::find(uint64_t finished_hash) const {
  const int64_t id = words_.find(finished_hash);
  if (id < 0) return Profile();
  if (id >= num_profiles_) fail("has a word without a profile");
  return Profile(profiles_ + 2 * kNumPartsOfSpeech * static_cast<size_t>(id));
}

}  // namespace searchlib::english
