#include "postings/positions.hpp"

#include <algorithm>
#include <array>
#include <bit>

#include "postings/bit_writer.hpp"

namespace searchlib {
namespace {

// So that position and rank are read by one 64-bit load at any bit offset.
constexpr unsigned kMaxPlainBits = 28;

constexpr uint8_t kWidthMask = 0x1F;
constexpr uint8_t kHasRanks = 0x20;
constexpr uint8_t kHasExceptions = 0x40;

// The width that costs the fewest bits: every plain place pays it, every exception about 16 bits a place and
// 16 a document.
unsigned choose_width(std::span<const DocPlaces> docs) {
  if (docs.size() == 1) return std::min(docs[0].position_bits, kMaxPlainBits);
  std::array<uint64_t, 33> places_of_width{};
  std::array<uint64_t, 33> docs_of_width{};
  uint64_t places = 0;
  unsigned widest = 0;
  for (const DocPlaces& doc : docs) {
    places_of_width[doc.position_bits] += doc.places.size();
    ++docs_of_width[doc.position_bits];
    places += doc.places.size();
    widest = std::max(widest, doc.position_bits);
  }
  unsigned best = 0;
  uint64_t best_cost = UINT64_MAX;
  uint64_t plain_places = 0;
  uint64_t plain_docs = 0;
  for (unsigned width = 0; width <= std::min(widest, kMaxPlainBits); ++width) {
    plain_places += places_of_width[width];
    plain_docs += docs_of_width[width];
    const uint64_t cost =
        plain_places * width + (places - plain_places) * 16 + (docs.size() - plain_docs) * 16;
    if (cost < best_cost) {
      best = width;
      best_cost = cost;
    }
  }
  return best;
}

}  // namespace

void put_loose_places(std::span<const Occurrence> places, bool has_ranks, Bytes& out) {
  uint32_t previous = 0;
  for (const Occurrence& place : places) {
    put_varint(out, place.position - previous);
    if (has_ranks) put_varint(out, place.form_rank);
    previous = place.position;
  }
}

void PositionsWriter::start(Bytes& out, uint32_t df) {
  out_ = &out;
  start_ = next_offset_ = out.size();
  has_offsets_ = df >= kBlockSize;
  if (has_offsets_) out.resize(start_ + (df + kBlockSize - 1) / kBlockSize * sizeof(uint32_t));
}

void PositionsWriter::add_block(std::span<const DocPlaces> docs, uint32_t rank_union) {
  if (has_offsets_) {
    if (out_->size() - start_ > UINT32_MAX)
      throw DocumentError("a term's positions exceed 4 GiB in one segment");
    const uint32_t offset = static_cast<uint32_t>(out_->size() - start_);
    std::memcpy(out_->data() + next_offset_, &offset, sizeof(offset));
    next_offset_ += sizeof(offset);
  }
  const unsigned position_bits = choose_width(docs);
  const unsigned rank_bits = static_cast<unsigned>(std::bit_width(rank_union));
  if (rank_bits > kMaxPlainBits)
    throw DocumentError("a term has more surface forms than the format can number");
  encode_docs(docs, position_bits, rank_bits);

  out_->push_back(static_cast<uint8_t>(position_bits | (rank_bits > 0 ? kHasRanks : 0) |
                                       (exceptions_.empty() ? 0 : kHasExceptions)));
  if (rank_bits > 0) out_->push_back(static_cast<uint8_t>(rank_bits));
  if (!exceptions_.empty()) out_->push_back(static_cast<uint8_t>(exceptions_.size()));
  for (const Exception& exception : exceptions_) {
    out_->push_back(exception.doc);
    put_varint(*out_, exception.length);
  }
  out_->insert(out_->end(), loose_.begin(), loose_.end());
  out_->insert(out_->end(), plain_.begin(), plain_.end());
}

void PositionsWriter::encode_docs(std::span<const DocPlaces> docs, unsigned position_bits,
                                  unsigned rank_bits) {
  plain_.clear();
  loose_.clear();
  exceptions_.clear();
  uint64_t num_plain = 0;
  for (size_t i = 0; i < docs.size(); ++i) {
    if (docs[i].position_bits <= position_bits) {
      num_plain += docs[i].places.size();
      continue;
    }
    const size_t before = loose_.size();
    put_loose_places(docs[i].places, rank_bits > 0, loose_);
    exceptions_.push_back({static_cast<uint8_t>(i), loose_.size() - before});
  }
  BitWriter bits(plain_, num_plain * (position_bits + rank_bits));
  for (const DocPlaces& doc : docs) {
    if (doc.position_bits > position_bits) continue;
    for (const Occurrence& place : doc.places) {
      bits.put(place.position | static_cast<uint64_t>(place.form_rank) << position_bits,
               position_bits + rank_bits);
    }
  }
  bits.finish();
}

PositionsReader::PositionsReader(const CheckedBuffer& buffer, const TermInfo& term)
    : begin_(buffer.touch(term.positions.offset, term.positions.length)),
      end_(begin_ + term.positions.length),
      inlined_(term.inlined),
      has_offsets_(term.df >= kBlockSize),
      has_ranks_(term.has_ranks),
      num_blocks_(static_cast<uint32_t>((uint64_t{term.df} + kBlockSize - 1) / kBlockSize)) {}

void PositionsReader::enter(uint32_t block, BlockReader& blocks) {
  blocks.add_up_tfs(block, ends_ + kBeforeFirst + 1);
  exceptions_.clear();
  next_exception_ = 0;
  num_loose_ = 0;
  if (inlined_) {
    exceptions_.push_back({0, begin_});
  } else {
    ByteReader reader(find_block(block), end_);
    read_head(reader);
    plain_ = reader.at();
  }
  if (position_bits_ > kMaxPlainBits || rank_bits_ > kMaxPlainBits) {
    throw CorruptIndexError("a block of positions claims impossible widths");
  }
}

const uint8_t* PositionsReader::find_block(uint32_t block) const {
  uint32_t offset = 0;
  if (has_offsets_) {
    ByteReader offsets(begin_, end_);
    offsets.take(uint64_t{block} * sizeof(uint32_t));
    offset = offsets.fixed<uint32_t>();
  }
  if (block >= num_blocks_ || offset > static_cast<size_t>(end_ - begin_)) {
    throw CorruptIndexError("a block of positions lies outside its term");
  }
  return begin_ + offset;
}

void PositionsReader::read_head(ByteReader& reader) {
  const uint8_t head = reader.fixed<uint8_t>();
  position_bits_ = head & kWidthMask;
  has_ranks_ = (head & kHasRanks) != 0;
  rank_bits_ = has_ranks_ ? reader.fixed<uint8_t>() : 0;
  if ((head & kHasExceptions) != 0) read_exceptions(reader);
}

void PositionsReader::read_exceptions(ByteReader& reader) {
  const uint8_t count = reader.fixed<uint8_t>();
  uint64_t lengths[UINT8_MAX];
  for (uint8_t i = 0; i < count; ++i) {
    add_exception(reader.fixed<uint8_t>(), nullptr);
    lengths[i] = reader.varint();
  }
  for (uint8_t i = 0; i < count; ++i) exceptions_[i].places = reader.take(lengths[i]);
}

void PositionsReader::add_exception(uint32_t doc, const uint8_t* places) {
  if (!exceptions_.empty() && exceptions_.back().doc >= doc) {
    throw CorruptIndexError("a block's exceptions do not ascend");
  }
  exceptions_.push_back({doc, places});
}

const uint8_t* PositionsReader::find_exception(uint32_t i) {
  if (next_exception_ > 0 && exceptions_[next_exception_ - 1].doc >= i) next_exception_ = num_loose_ = 0;
  for (; next_exception_ < exceptions_.size() && exceptions_[next_exception_].doc < i; ++next_exception_) {
    num_loose_ += tf(exceptions_[next_exception_].doc);
  }
  const bool is_exception = next_exception_ < exceptions_.size() && exceptions_[next_exception_].doc == i;
  return is_exception ? exceptions_[next_exception_].places : nullptr;
}

void PositionsReader::read(uint32_t i, std::vector<Place>& out) {
  if (const uint8_t* const loose = find_doc(i)) {
    read_loose(loose, tf(i), out);
  } else {
    read_plain(plain_first(i), tf(i), out);
  }
}

bool PositionsReader::has_rank(uint32_t i, const std::vector<bool>& wanted) {
  if (!has_ranks_) return wanted[0];
  const auto is_wanted = [&](uint64_t rank) { return rank < wanted.size() && wanted[rank]; };
  if (const uint8_t* const loose = find_doc(i)) {
    ByteReader reader(loose, end_);
    for (uint32_t left = tf(i); left > 0; --left) {
      reader.varint();
      if (is_wanted(reader.varint32())) return true;
    }
    return false;
  }
  check_plain(plain_first(i), tf(i));
  const unsigned bits = position_bits_ + rank_bits_;
  const uint64_t rank_mask = (uint64_t{1} << rank_bits_) - 1;
  uint64_t bit = uint64_t{plain_first(i)} * bits + position_bits_;
  for (uint32_t left = tf(i); left > 0; --left, bit += bits) {
    if (is_wanted(load_fixed<uint64_t>(plain_ + bit / 8) >> (bit % 8) & rank_mask)) return true;
  }
  return false;
}

void PositionsReader::read_plain(uint32_t first, uint32_t count, std::vector<Place>& out) const {
  check_plain(first, count);
  const unsigned bits = position_bits_ + rank_bits_;
  const uint64_t position_mask = (uint64_t{1} << position_bits_) - 1;
  const uint64_t rank_mask = (uint64_t{1} << rank_bits_) - 1;
  out.resize(count);
  uint64_t bit = uint64_t{first} * bits;
  for (Place& place : out) {
    // At most 56 bits from at most bit 7 on; every part ends with eight spare bytes.
    const uint64_t word = load_fixed<uint64_t>(plain_ + bit / 8) >> (bit % 8);
    place.position = static_cast<uint32_t>(word & position_mask);
    place.form_rank = static_cast<uint32_t>((word >> position_bits_) & rank_mask);
    bit += bits;
  }
}

void PositionsReader::read_loose(const uint8_t* from, uint32_t count, std::vector<Place>& out) const {
  ByteReader reader(from, end_);
  out.clear();
  uint32_t position = 0;
  for (uint32_t i = 0; i < count; ++i) {
    position += reader.varint32();
    const uint32_t rank = has_ranks_ ? reader.varint32() : 0;
    out.push_back({position, rank});
  }
}

}  // namespace searchlib
