// Distinct byte strings, numbered in the order they came. The hot loop of indexing: one look-up a token, by raw bytes.
// Open addressing; the hash is seeded by chance, so that nobody can prepare colliding words. Numbers never depend on it.

#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

namespace searchlib {

class FormTable {
 public:
  FormTable();

  uint32_t find_or_add(std::string_view key);
  std::string_view operator[](uint32_t id) const {
    return {bytes_.data() + ends_[id], static_cast<size_t>(ends_[id + 1] - ends_[id])};
  }
  uint32_t size() const { return static_cast<uint32_t>(ends_.size() - 1); }
  size_t memory_bytes() const {
    return slots_.capacity() * sizeof(Slot) + ends_.capacity() * sizeof(uint64_t) + bytes_.capacity();
  }

 private:
  struct Slot {
    uint32_t hash = 0;
    uint32_t id_plus_one = 0;  // 0: empty
  };

  uint32_t add(std::string_view key);
  void grow();

  uint64_t seed_;
  std::vector<Slot> slots_;  // a power of two, at most half full
  std::vector<uint64_t> ends_;
  std::vector<char> bytes_;
};

}  // namespace searchlib
