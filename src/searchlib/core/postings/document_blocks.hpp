// Stored documents, one a line, in blocks that are frames of zstandard, and the dictionaries that these were packed
// with. What a document is is not known here.
//
//   "documents.index" := u64 num_docs, u64 num_blocks, u64 offset[num_blocks + 1], u32 first_doc[num_blocks + 1],
//                        u32 raw_length[num_blocks]

#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "bytes/checked_buffer.hpp"
#include "unpack/frame.hpp"

namespace searchlib {

class DocumentBlocks {
 public:
  struct Part {
    uint64_t offset, length;  // in the buffer
  };

  // How long a block may be before compression.
  struct Limits {
    uint32_t of_several, of_one;  // documents
  };

  // Blocks from `first_block` on have this dictionary; a frame of no bytes is none.
  struct Run {
    uint32_t first_block;
    Part frame;
    uint32_t raw_length;
  };

  // runs: as their first blocks ascend, from 0 on. Throws CorruptIndexError if the index's length does not fit its
  // counts.
  DocumentBlocks(std::shared_ptr<const CheckedBuffer> buffer, Part documents, Part index, Limits limits,
                 std::vector<Run> runs);
  ~DocumentBlocks();
  DocumentBlocks(const DocumentBlocks&) = delete;
  DocumentBlocks& operator=(const DocumentBlocks&) = delete;

  uint64_t num_docs() const { return num_docs_; }
  uint64_t num_blocks() const { return num_blocks_; }
  size_t num_runs() const { return runs_.size(); }

  // Those of many documents, after another: what was unpacked for one serves the next one of the same block. For one
  // thread at a time; no other reader may be used in between.
  class Reader {
   public:
    explicit Reader(const DocumentBlocks& blocks);
    // doc < num_docs(). It stays until the next call. Throws CorruptIndexError.
    std::string_view line(uint32_t doc);

   private:
    const DocumentBlocks& blocks_;
    unpacking::Unpacker& unpacker_;
    uint64_t block_;
    std::string_view lines_;  // of the block, as far as they are unpacked
  };

  // What the blocks of some documents, which ascend, are unpacked to. Throws CorruptIndexError.
  uint64_t num_bytes(std::span<const uint32_t> docs) const;
  // Of one; block < num_blocks().
  uint32_t raw_length(uint64_t block) const;
  // All documents of a block; block < num_blocks(). Throws CorruptIndexError.
  std::string block(uint64_t block) const;
  // Of a run; "" for none. Throws CorruptIndexError.
  std::string dictionary(size_t run) const;

 private:
  struct Place {
    uint64_t block;
    uint32_t first_doc, end_doc;
    uint32_t raw_length;
    std::span<const uint8_t> frame;
  };

  uint32_t first_doc(uint64_t block) const;
  uint64_t offset(uint64_t block) const;
  Place place_of_doc(uint32_t doc) const;
  Place place_of_block(uint64_t block) const;
  uint64_t block_of_doc(uint32_t doc) const;
  const unpacking::Dictionary* dictionary_of(uint64_t block) const;
  std::string_view unpack(const Place& place, unpacking::Unpacker& unpacker, uint32_t line) const;
  [[noreturn]] void corrupt(const std::string& message, const char* part = "documents") const;

  std::shared_ptr<const CheckedBuffer> buffer_;
  Part documents_;
  Limits limits_;
  std::vector<Run> runs_;
  const uint8_t* index_;  // verified
  uint64_t num_docs_, num_blocks_;
  // Blocks that were seen to have as many lines as the index says: they need not be unpacked whole again.
  std::unique_ptr<std::atomic<uint8_t>[]> is_counted_;
  // Of each run, set once: without a lock, which a forked child might find held.
  std::unique_ptr<std::atomic<const unpacking::Dictionary*>[]> dictionaries_;
};

}  // namespace searchlib
