// The bytes of one file, each chunk of them compared with its checksum before anything reads it, once per
// process. Offsets that come from a file are checked against the buffer's bounds here. Knows nothing of what
// the bytes mean.

#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

namespace searchlib {

class CheckedBuffer {
 public:
  static constexpr size_t kChunk = 65536;

  // chunk_checksums: CRC-32C of each kChunk bytes, the last chunk may be shorter; std::invalid_argument if
  // their number does not fit. owner: whatever must live as long as the bytes.
  CheckedBuffer(std::span<const uint8_t> bytes, std::vector<uint32_t> chunk_checksums, std::string file_name,
                std::shared_ptr<const void> owner = {});

  CheckedBuffer(const CheckedBuffer&) = delete;
  CheckedBuffer& operator=(const CheckedBuffer&) = delete;

  // The address of byte `offset`, after which `length` bytes are inside the buffer and verified. Thread-safe.
  // Throws CorruptIndexError, which names the file, if they are not.
  const uint8_t* touch(uint64_t offset, uint64_t length) const {
    if (length > bytes_.size() || offset > bytes_.size() - length) throw_outside(offset, length);
    if (length != 0) {
      const size_t last = static_cast<size_t>((offset + length - 1) / kChunk);
      for (size_t chunk = static_cast<size_t>(offset / kChunk); chunk <= last; ++chunk) {
        if (!is_chunk_verified(chunk)) verify(chunk);
      }
    }
    return bytes_.data() + offset;
  }

  // Whether touch() would neither compute a checksum nor throw.
  bool is_verified(uint64_t offset, uint64_t length) const {
    if (length > bytes_.size() || offset > bytes_.size() - length) return false;
    if (length == 0) return true;
    const size_t last = static_cast<size_t>((offset + length - 1) / kChunk);
    for (size_t chunk = static_cast<size_t>(offset / kChunk); chunk <= last; ++chunk) {
      if (!is_chunk_verified(chunk)) return false;
    }
    return true;
  }

  uint64_t size() const { return bytes_.size(); }
  const std::string& file_name() const { return file_name_; }
  const std::shared_ptr<const void>& owner() const { return owner_; }

 private:
  // Relaxed is enough: the bytes never change, so the flag publishes nothing; two threads may
  // both verify a chunk.
  bool is_chunk_verified(size_t chunk) const { return verified_[chunk].load(std::memory_order_relaxed) != 0; }
  void verify(size_t chunk) const;
  [[noreturn]] void throw_outside(uint64_t offset, uint64_t length) const;

  std::span<const uint8_t> bytes_;
  std::vector<uint32_t> checksums_;
  std::unique_ptr<std::atomic<uint8_t>[]> verified_;  // a byte a chunk: set once, by a plain store
  std::string file_name_;
  std::shared_ptr<const void> owner_;
};

}  // namespace searchlib
