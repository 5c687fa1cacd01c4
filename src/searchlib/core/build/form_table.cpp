#include "build/form_table.hpp"

#include <cstring>
#include <random>

#include "errors.hpp"

namespace searchlib {
namespace {

uint64_t load(const char* from, size_t count) {
  uint64_t value = 0;
  std::memcpy(&value, from, count);
  return value;
}

uint64_t mix(uint64_t left, uint64_t right) {  // the two halves of a 128-bit product
#ifdef __SIZEOF_INT128__
  __extension__ typedef unsigned __int128 Wide;
  const Wide product = static_cast<Wide>(left) * right;
  return static_cast<uint64_t>(product) ^ static_cast<uint64_t>(product >> 64);
#else
  const uint64_t folded = (left ^ (right >> 29)) * 0x9E3779B97F4A7C15ULL;
  return (folded ^ (folded >> 32)) * (right | 1);
#endif
}

uint64_t hash_bytes(std::string_view key, uint64_t seed) {
  const char* at = key.data();
  size_t left = key.size();
  uint64_t state = seed ^ (key.size() * 0xD6E8FEB86659FD93ULL);
  while (left >= 8) {
    state = mix(state ^ load(at, 8), 0x9E3779B97F4A7C15ULL);
    at += 8;
    left -= 8;
  }
  return mix(state ^ load(at, left), 0xA0761D6478BD642FULL ^ seed);
}

uint64_t random_seed() {
  std::random_device device;
  return static_cast<uint64_t>(device()) << 32 | device();
}

}  // namespace

FormTable::FormTable() : seed_(random_seed()), slots_(1024), offsets_{0} {}

uint32_t FormTable::hash(std::string_view key) const {
  return static_cast<uint32_t>(hash_bytes(key, seed_)) | 1U << 31;  // 0 is an empty slot
}

uint32_t FormTable::find_or_add(std::string_view key, uint32_t hash) {
  for (size_t at = hash & mask();; at = (at + 1) & mask()) {
    const Slot slot = slots_[at];
    if (!slot.used()) return add(key, {hash, size()}, at);
    if (slot.hash == hash && (*this)[slot.id] == key) return slot.id;
  }
}

uint32_t FormTable::add(std::string_view key, Slot slot, size_t at) {
  if (bytes_.size() + key.size() > UINT32_MAX) throw DocumentError("a field's words exceed 4 GiB in memory");
  slots_[at] = slot;
  bytes_.insert(bytes_.end(), key.begin(), key.end());
  offsets_.push_back(static_cast<uint32_t>(bytes_.size()));
  if (size_t{size()} * 2 > slots_.size()) grow();
  return slot.id;
}

void FormTable::grow() {
  std::vector<Slot> old(slots_.size() * 2);
  old.swap(slots_);
  for (const Slot& slot : old) {
    if (!slot.used()) continue;
    size_t at = slot.hash & mask();
    while (slots_[at].used()) at = (at + 1) & mask();
    slots_[at] = slot;
  }
}

}  // namespace searchlib
