// Distinct byte strings, numbered in the order they came. The hot loop of indexing: one look-up a token, by
// raw bytes. Open addressing; the hash is seeded by chance, so that nobody can prepare colliding words.
// Numbers never depend on it. Look-ups come in batches where they can: then the cache misses of one word
// overlap with those of the next.

#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

namespace searchlib {

class FormTable {
 public:
  FormTable();

  uint32_t find_or_add(std::string_view key) { return find_or_add(key, hash(key)); }

  // The same in two steps. Between them, prefetch() and then prefetch_key() may be called for each key of a
  // batch.
  uint32_t hash(std::string_view key) const;
  uint32_t find_or_add(std::string_view key, uint32_t hash);
  void prefetch(uint32_t hash) const { __builtin_prefetch(&slots_[hash & mask()]); }
  void prefetch_key(uint32_t hash) const { __builtin_prefetch(bytes_.data() + slots_[hash & mask()].offset); }

  std::string_view operator[](uint32_t id) const {
    return {bytes_.data() + ends_[id], static_cast<size_t>(ends_[id + 1] - ends_[id])};
  }
  uint32_t size() const { return static_cast<uint32_t>(ends_.size() - 1); }
  size_t memory_bytes() const {
    return slots_.capacity() * sizeof(Slot) + ends_.capacity() * sizeof(uint64_t) + bytes_.capacity();
  }

 private:
  struct Slot {
    uint64_t offset = 0;  // of the key in bytes_
    uint32_t hash = 0;
    uint32_t length = 0;
    uint32_t id_plus_one = 0;  // 0: empty
  };

  size_t mask() const { return slots_.size() - 1; }
  void grow();

  uint64_t seed_;
  std::vector<Slot> slots_;  // a power of two, at most half full
  std::vector<uint64_t> ends_;
  std::vector<char> bytes_;
};

}  // namespace searchlib
