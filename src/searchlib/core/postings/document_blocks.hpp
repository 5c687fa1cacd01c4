// Where stored documents are: which block has one, which line of it, and the block's frame. The frames are those of
// zstandard, which the core does not unpack; it reads no more of them than what they claim to be.
//
//   "documents.index" := u64 num_docs, u64 num_blocks, u64 offset[num_blocks + 1], u32 first_doc[num_blocks + 1],
//                        u32 raw_length[num_blocks]

#pragma once

#include <cstdint>
#include <memory>
#include <span>

#include "bytes/checked_buffer.hpp"

namespace searchlib {

class DocumentBlocks {
 public:
  struct Part {
    uint64_t offset, length;  // in the buffer
  };
  struct Place {
    uint32_t block, line;
    uint32_t num_docs;  // of the block
    uint32_t raw_length;
    uint64_t offset, length;  // of the frame, in the buffer
  };

  // How long a block may be before compression.
  struct Limits {
    uint32_t of_several, of_one;  // documents
  };

  // Throws CorruptIndexError if the index's length does not fit its counts.
  DocumentBlocks(std::shared_ptr<const CheckedBuffer> buffer, Part documents, Part index, Limits limits);

  uint64_t num_docs() const { return num_docs_; }

  // doc < num_docs(). The frame is verified; it states the length that the index states, and can hold it. Throws
  // CorruptIndexError.
  Place place_of(uint32_t doc) const;
  std::span<const uint8_t> frame(const Place& place) const;

 private:
  uint32_t first_doc(uint64_t block) const;
  uint64_t offset(uint64_t block) const;

  std::shared_ptr<const CheckedBuffer> buffer_;
  Part documents_;
  Limits limits_;
  const uint8_t* index_;  // verified
  uint64_t num_docs_, num_blocks_;
};

}  // namespace searchlib
