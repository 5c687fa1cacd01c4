// Distinct byte strings, numbered in the order they came. The hot loop of indexing: one look-up a token, by
// raw bytes. Open addressing; the hash is seeded by chance, so that nobody can prepare colliding words.
// Numbers never depend on it. Where they can, words are looked up in batches: then the cache misses of one
// word overlap with those of the next.

#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "bytes/hash_bytes.hpp"

namespace searchlib {

class StringTable {
 public:
  StringTable();

  static constexpr uint32_t kNone = UINT32_MAX;

  uint32_t find_or_add(std::string_view key) { return find_or_add(key, hash(key)); }
  // kNone if it is not there.
  uint32_t find(std::string_view key) const { return find(key, hash(key)); }
  uint32_t find(std::string_view key, uint32_t hash) const {
    const WordHead head = head_of(key);
    for (size_t at = hash & mask();; at = (at + 1) & mask()) {
      const Slot slot = slots_[at];
      if (!slot.used()) return kNone;
      if (slot.hash == hash && is_key(slot.id, key, head)) return slot.id;
    }
  }
  // Both in two steps. Between them the three calls may be made, one after the other, for all
  // keys of a batch.
  uint32_t hash(std::string_view key) const { return hash(key, head_of(key)); }
  uint32_t hash(std::string_view key, const WordHead& head) const {
    return static_cast<uint32_t>(hash_bytes(key, head, seed_)) | 1U << 31;  // 0 is an empty slot
  }
  uint32_t find_or_add(std::string_view key, uint32_t hash) { return find_or_add(key, head_of(key), hash); }
  uint32_t find_or_add(std::string_view key, const WordHead& head, uint32_t hash) {
    for (size_t at = hash & mask();; at = (at + 1) & mask()) {
      const Slot slot = slots_[at];
      if (!slot.used()) return add(key, {hash, size()}, at);
      if (slot.hash == hash && is_key(slot.id, key, head)) return slot.id;
    }
  }
  void prefetch_slot(uint32_t hash) const { __builtin_prefetch(&slots_[hash & mask()]); }
  void prefetch_offset(uint32_t hash) const { __builtin_prefetch(&offsets_[slots_[hash & mask()].id]); }
  void prefetch_key(uint32_t hash) const {
    __builtin_prefetch(bytes_.data() + offsets_[slots_[hash & mask()].id]);
  }

  std::string_view operator[](uint32_t id) const {
    return {bytes_.data() + offsets_[id], offsets_[id + 1] - offsets_[id]};
  }
  uint32_t size() const { return static_cast<uint32_t>(offsets_.size() - 1); }
  size_t memory_bytes() const {
    return slots_.capacity() * sizeof(Slot) + offsets_.capacity() * sizeof(uint32_t) + bytes_.capacity();
  }

 private:
  struct Slot {
    uint32_t hash = 0;
    uint32_t id = 0;
    bool used() const { return hash != 0; }
  };

  bool is_key(uint32_t id, std::string_view key, const WordHead& head) const {
    const uint32_t begin = offsets_[id];
    if (offsets_[id + 1] - begin != key.size()) return false;
    const char* const own = bytes_.data() + begin;
    if (readable_head(own, key.size()) != head) return false;
    return key.size() <= kWordHeadBytes ||
           std::memcmp(own + kWordHeadBytes, key.data() + kWordHeadBytes, key.size() - kWordHeadBytes) == 0;
  }
  size_t mask() const { return slots_.size() - 1; }
  uint32_t add(std::string_view key, Slot slot, size_t at);
  void grow();

  uint64_t seed_;
  std::vector<Slot> slots_;        // a power of two, at most half full
  std::vector<uint32_t> offsets_;  // of each key in bytes_, and the end
  std::vector<char> bytes_;        // and kWordHeadBytes behind them that may be read
};

}  // namespace searchlib
