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
#include "postings/block_reader.hpp"
#include "postings/term.hpp"

namespace searchlib {

struct Occurrence {
  uint32_t doc;
  uint32_t position;
  uint32_t form_rank;  // the surface form at this position, by its rank among the term's forms
};

// Of one document, ascending by position.
struct DocPlaces {
  std::span<const Occurrence> places;
  unsigned position_bits;  // of the last one
};

void put_loose_places(std::span<const Occurrence> places, bool has_ranks, Bytes& out);

// One for many terms: its buffers are used again.
class PositionsWriter {
 public:
  void start(Bytes& out, uint32_t df);
  // Up to 128 documents, and the union of the bits of all ranks.
  void add_block(std::span<const DocPlaces> docs, uint32_t rank_union);

 private:
  struct Exception {
    uint8_t doc;
    size_t length;  // in loose_
  };

  void encode_docs(std::span<const DocPlaces> docs, unsigned position_bits, unsigned rank_bits);

  Bytes* out_ = nullptr;
  size_t start_ = 0;
  size_t next_offset_ = 0;  // where the next block's offset is to be written
  bool has_offsets_ = false;
  std::vector<Exception> exceptions_;
  Bytes plain_;
  Bytes loose_;
};

struct Place {
  uint32_t position;
  uint32_t form_rank;
};

// The places of one document where they stand: for who looks at positions once, or at some of them.
class PlacesView {
 public:
  uint32_t size() const { return size_; }
  // Whether any position can be looked at by its number; else they are visited, one after the other.
  bool is_plain() const { return end_ == nullptr; }
  uint32_t position(uint32_t i) const {
    const uint64_t bit = bit_ + uint64_t{i} * bits_;
    return static_cast<uint32_t>(load_fixed<uint64_t>(from_ + bit / 8) >> (bit % 8) & mask_);
  }
  // visit(position) for each, ascending, while it is true.
  template <class Visit>
  void for_each(Visit&& visit) const {
    if (is_plain()) {
      const PlacesView own = *this;  // what visit writes to is no part of it
      for (uint32_t i = 0; i < own.size_ && visit(own.position(i)); ++i) {
      }
      return;
    }
    ByteReader reader(from_, end_);
    uint32_t position = 0;
    for (uint32_t i = 0; i < size_; ++i) {
      position += reader.varint32();
      if (has_ranks_) reader.varint32();
      if (!visit(position)) return;
    }
  }
  // The same, but that only after some of them it is asked with the last one whether to go on.
  template <class Visit, class GoesOn>
  void for_each_in_rows(Visit&& visit, GoesOn&& goes_on) const {
    constexpr uint32_t kRow = 8;
    if (!is_plain()) {
      for_each([&](uint32_t position) {
        visit(position);
        return goes_on(position);
      });
      return;
    }
    const PlacesView own = *this;
    uint32_t i = 0;
    for (; own.size_ - i > kRow; i += kRow) {
      for (uint32_t of_row = 0; of_row < kRow; ++of_row) visit(own.position(i + of_row));
      if (!goes_on(own.position(i + kRow - 1))) return;
    }
    for (; i < own.size_; ++i) visit(own.position(i));
  }

 private:
  friend class PositionsReader;
  const uint8_t* from_ = nullptr;
  const uint8_t* end_ = nullptr;  // of loose places
  uint64_t bit_ = 0;
  uint64_t mask_ = 0;
  unsigned bits_ = 0;
  bool has_ranks_ = false;
  uint32_t size_ = 0;
};

// Reads the places of the documents of one block; `enter` it first.
class PositionsReader {
 public:
  PositionsReader(const CheckedBuffer& buffer, const TermInfo& term);

  // blocks: of the same term; it may load the block.
  void enter(uint32_t block, BlockReader& blocks);
  // The places of the block's i-th document, ascending by position.
  void read(uint32_t i, std::vector<Place>& out);
  PlacesView view(uint32_t i) {
    PlacesView view;
    view.size_ = tf(i);
    if (const uint8_t* const loose = find_doc(i)) {
      view.from_ = loose;
      view.end_ = end_;
      view.has_ranks_ = has_ranks_;
      return view;
    }
    check_plain(plain_first(i), view.size_);
    view.from_ = plain_;
    view.bits_ = position_bits_ + rank_bits_;
    view.bit_ = uint64_t{plain_first(i)} * view.bits_;
    view.mask_ = (uint64_t{1} << position_bits_) - 1;
    return view;
  }
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
  uint32_t tf(uint32_t i) const { return ends_[kBeforeFirst + i + 1] - ends_[kBeforeFirst + i]; }
  // Where the i-th document's loose places are; null if they are plain ones, from plain_first(i) on.
  const uint8_t* find_doc(uint32_t i) { return exceptions_.empty() ? nullptr : find_exception(i); }
  const uint8_t* find_exception(uint32_t i);
  // In 32 bits, whatever a damaged file says: check_plain rests on it.
  uint32_t plain_first(uint32_t i) const { return ends_[kBeforeFirst + i] - num_loose_; }
  void read_plain(uint32_t first, uint32_t count, std::vector<Place>& out) const;
  void read_loose(const uint8_t* from, uint32_t count, std::vector<Place>& out) const;
  void check_plain(uint32_t first, uint32_t count) const {
    const unsigned bits = position_bits_ + rank_bits_;
    if (bits == 0 && count != 1) throw CorruptIndexError("a document claims several places at position 0");
    const uint64_t last_bit = (uint64_t{first} + count) * bits;
    if ((last_bit + 7) / 8 > static_cast<size_t>(end_ - plain_))
      throw CorruptIndexError("a document's positions lie outside their block");
  }

  const uint8_t* begin_;
  const uint8_t* end_;
  bool inlined_;
  bool has_offsets_;
  bool has_ranks_;  // of the block
  uint32_t num_blocks_;
  const uint8_t* plain_ = nullptr;
  unsigned position_bits_ = 0;
  unsigned rank_bits_ = 0;
  // Of the exceptions before the document that was asked for last: documents are mostly asked for in order.
  size_t next_exception_ = 0;
  uint32_t num_loose_ = 0;  // places
  std::vector<Exception> exceptions_;
  // How many places the block's documents have up to each; the 0 before the first of them stands before an aligned
  // address.
  static constexpr size_t kBeforeFirst = 3;
  alignas(16) uint32_t ends_[kBeforeFirst + 1 + kBlockSize] = {};
};

}  // namespace searchlib
