// The slow half of CheckedBuffer: what happens the first time a chunk is read, and when something is wrong.

#include "bytes/checked_buffer.hpp"

#include <algorithm>
#include <stdexcept>

#include "bytes/crc32c.hpp"
#include "errors.hpp"

namespace searchlib {

CheckedBuffer::CheckedBuffer(std::span<const uint8_t> bytes, std::vector<uint32_t> chunk_checksums,
                             std::string file_name, std::shared_ptr<const void> owner)
    : bytes_(bytes),
      checksums_(std::move(chunk_checksums)),
      verified_(std::make_unique<std::atomic<uint8_t>[]>(checksums_.size())),
      file_name_(std::move(file_name)),
      owner_(std::move(owner)) {
  const size_t num_chunks = bytes_.size() / kChunk + (bytes_.size() % kChunk != 0);
  if (checksums_.size() != num_chunks) {
    throw std::invalid_argument("a buffer of " + std::to_string(bytes_.size()) + " bytes has " +
                                std::to_string(num_chunks) + " chunks, got " +
                                std::to_string(checksums_.size()) + " checksums");
  }
}

void CheckedBuffer::verify(size_t chunk) const {
  const size_t begin = chunk * kChunk;
  const size_t length = std::min(kChunk, bytes_.size() - begin);
  if (crc32c(bytes_.subspan(begin, length)) != checksums_[chunk]) {
    throw CorruptIndexError(file_name_ + ": the bytes from " + std::to_string(begin) + " to " +
                                std::to_string(begin + length) +
                                " are not what was written (checksum of chunk " + std::to_string(chunk) + ")",
                            "chunk " + std::to_string(chunk), file_name_);
  }
  verified_[chunk].store(1, std::memory_order_relaxed);
}

void CheckedBuffer::throw_outside(uint64_t offset, uint64_t length) const {
  throw CorruptIndexError(file_name_ + ": a reference to " + std::to_string(length) + " bytes at " +
                              std::to_string(offset) + " leaves the " + std::to_string(bytes_.size()) +
                              " bytes that there are",
                          "", file_name_);
}

}  // namespace searchlib
