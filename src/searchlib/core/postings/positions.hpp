// Where a term stands inside its documents, and in which surface form, laid out so that one document's
// positions are read without decoding its neighbours'.
//
//   positions := [u32 offset{⌈df / 128⌉}], block…    offsets only if df ≥ 128; from the start of positions
//   block     := u8 position_bits | has_ranks << 5 | has_exceptions << 6, [u8 rank_bits],
//                [u8 num_exceptions, exception…, loose…], plain
//   exception := u8 document's index in the block, varint length in bytes of its loose places
//   loose     := for each of a document's places: varint gap from the position before, [varint rank]
//   plain     := bit string, low bits first: position | rank << position_bits, without the exceptions
//
// Ranks are there where has_ranks is set; else all of a block's are 0. A term whose places stand in the
// dictionary (term.hpp) has them loose.
//
// A document with far positions is an exception, so that one giant document does not widen its 127
// neighbours. Where a document starts in `plain` follows from the term frequencies before it.

#pragma once

#include "bytes/checked_buffer.hpp"
#include "bytes/varint.hpp"
#include "postings/bitpack.hpp"
#include "postings/term.hpp"

namespace searchlib {

struct Occurrence {
  uint32_t doc;
  uint32_t position;
  uint32_t form_rank;  // the surface form at this position, by its rank among the term's forms
};

struct DocPlaces {
  std::span<const Occurrence> places;
  unsigned position_bits;
};

void put_loose_places(std::span<const Occurrence> places, bool has_ranks, Bytes& out);

// One for many terms: its buffers are used again.
class PositionsWriter {
 public:
  void start(Bytes& out, uint32_t df);
  void add_block(std::span<const Occurrence> places);  // the places of up to 128 documents

 private:
  struct Exception {
    uint8_t doc;
    size_t length;  // in loose_
  };

  uint32_t split_by_document(std::span<const Occurrence> places);  // returns the union of all ranks' bits
  void encode_docs(unsigned position_bits, unsigned rank_bits);

  Bytes* out_ = nullptr;
  size_t start_ = 0;
  size_t next_offset_ = 0;  // where the next block's offset is to be written
  bool has_offsets_ = false;
  std::vector<DocPlaces> docs_;
  std::vector<Exception> exceptions_;
  Bytes plain_;
  Bytes loose_;
};

struct Place {
  uint32_t position;
  uint32_t form_rank;
};

// The places of one document, read one by one: for who stops at the first that will do.
class PlacesWalk {
 public:
  bool next() {
    if (left_ == 0) return false;
    --left_;
    position_ = static_cast<uint32_t>(load_fixed<uint64_t>(plain_ + bit_ / 8) >> (bit_ % 8) & mask_);
    bit_ += bits_;
    return true;
  }
  uint32_t position() const { return position_; }
  uint32_t left() const { return left_; }

 private:
  friend class PositionsReader;
  const uint8_t* plain_ = nullptr;
  uint64_t bit_ = 0;
  uint64_t mask_ = 0;
  unsigned bits_ = 0;
  uint32_t left_ = 0;
  uint32_t position_ = 0;
};

// Reads the places of the documents of one block; `enter` it first.
class PositionsReader {
 public:
  PositionsReader(const CheckedBuffer& buffer, const TermInfo& term);

  // tfs: the block's term frequencies.
  void enter(uint32_t block, std::span<const uint32_t> tfs);
  // The places of the block's i-th document, ascending by position.
  void read(uint32_t i, std::vector<Place>& out);
  // The same, one by one; false for the few documents whose places `read` alone reads.
  bool walk(uint32_t i, PlacesWalk& walk);
  // Whether the i-th document has a place whose form's rank is wanted, by rank.
  bool has_rank(uint32_t i, const std::vector<bool>& wanted);

 private:
  struct Exception {
    uint32_t doc;
    const uint8_t* places;
  };

  const uint8_t* find_block(uint32_t block) const;
  void read_head(ByteReader& reader);
  void read_exceptions(ByteReader& reader);
  void add_exception(uint32_t doc, const uint8_t* places);
  void restart();
  // Where the i-th document's loose places are; null if they are plain ones, from next_first_ on.
  const uint8_t* find_doc(uint32_t i);
  void read_plain(uint64_t first, uint32_t count, std::vector<Place>& out) const;
  void read_loose(const uint8_t* from, uint32_t count, std::vector<Place>& out) const;
  void check_plain(uint64_t first, uint32_t count) const;

  const uint8_t* begin_;
  const uint8_t* end_;
  bool inlined_;
  bool has_offsets_;
  bool has_ranks_;  // of the block
  uint32_t num_blocks_;
  std::span<const uint32_t> tfs_;
  const uint8_t* plain_ = nullptr;
  unsigned position_bits_ = 0;
  unsigned rank_bits_ = 0;
  uint32_t next_doc_ = 0;  // documents are mostly asked for in order: the count before this one is known
  uint64_t next_first_ = 0;
  size_t next_exception_ = 0;
  std::vector<Exception> exceptions_;
};

}  // namespace searchlib
