#include "columns/numbers.hpp"

#include <algorithm>
#include <bit>
#include <numeric>

#include "postings/bit_writer.hpp"

namespace searchlib::columns {
namespace {

constexpr size_t kHeader = 32;
constexpr unsigned kHalf = 32;

uint64_t bit_string_bytes(uint64_t count, unsigned width) { return (count * width + 7) / 8; }

void put_wide(BitWriter& bits, uint64_t value, unsigned width) {  // a BitWriter takes 56 at a time
  const unsigned low = std::min(width, kHalf);
  bits.put(width >= kHalf ? value & 0xFFFFFFFF : value, low);
  if (width > low) bits.put(value >> low, width - low);
}

void put_bit_string(const std::vector<uint64_t>& values, unsigned width, Bytes& out) {
  BitWriter bits(out, uint64_t{values.size()} * width);
  for (const uint64_t value : values) put_wide(bits, value, width);
  bits.finish();
}

unsigned width_of(uint64_t value) { return static_cast<unsigned>(std::bit_width(value)); }

void put_block(std::span<const uint64_t> units, uint64_t minimum, unsigned bits, Bytes& out) {
  uint32_t low[kBlockSize] = {};
  uint32_t high[kBlockSize] = {};
  for (size_t i = 0; i < units.size(); ++i) {
    low[i] = static_cast<uint32_t>(units[i] - minimum);
    high[i] = static_cast<uint32_t>((units[i] - minimum) >> kHalf);
  }
  const size_t at = out.size();
  out.resize(at + packed_bytes(bits));
  pack_block(low, std::min(bits, kHalf), out.data() + at);
  if (bits > kHalf) pack_block(high, bits - kHalf, out.data() + at + packed_bytes(kHalf));
}

}  // namespace

void encode_numbers(std::span<const int64_t> numbers, Bytes& out) {
  int64_t least = 0;
  uint64_t step = 0;
  if (!numbers.empty()) least = *std::min_element(numbers.begin(), numbers.end());
  std::vector<uint64_t> units;
  units.reserve(numbers.size());
  for (const int64_t number : numbers) {
    units.push_back(static_cast<uint64_t>(number) - static_cast<uint64_t>(least));
    if (step != 1) step = std::gcd(step, units.back());
  }
  step = std::max<uint64_t>(step, 1);
  if (step > 1) {
    for (uint64_t& unit : units) unit /= step;
  }
  std::vector<uint64_t> minima;
  std::vector<uint64_t> ranges;
  std::vector<uint64_t> offsets;
  Bytes blocks;
  uint64_t most = 0;
  for (size_t first = 0; first < units.size(); first += kBlockSize) {
    const std::span block(units.data() + first, std::min(kBlockSize, units.size() - first));
    const auto [low, high] = std::minmax_element(block.begin(), block.end());
    most = std::max(most, *high);
    minima.push_back(*low);
    ranges.push_back(*high - *low);
    offsets.push_back(blocks.size() / 16);
    put_block(block, *low, width_of(*high - *low), blocks);
  }
  const unsigned width = width_of(most);
  const unsigned offset_width = width_of(offsets.empty() ? 0 : offsets.back());
  put_fixed(out, least);
  put_fixed(out, step);
  out.push_back(static_cast<uint8_t>(width));
  out.push_back(static_cast<uint8_t>(offset_width));
  put_fixed(out, uint16_t{0});
  put_fixed(out, uint32_t{0});
  put_fixed(out, uint64_t{blocks.size()});
  put_bit_string(minima, width, out);
  put_bit_string(ranges, width, out);
  put_bit_string(offsets, offset_width, out);
  out.insert(out.end(), blocks.begin(), blocks.end());
}

Numbers::Numbers(const CheckedBuffer& buffer, const PartRange& part, uint32_t count)
    : buffer_(&buffer), count_(count), num_blocks_(count / kBlock + (count % kBlock != 0)) {
  if (part.length < kHeader) throw CorruptIndexError("a column's numbers are cut off");
  const uint8_t* at = buffer.touch(part.offset, kHeader);
  least_ = load_fixed<int64_t>(at);
  step_ = load_fixed<uint64_t>(at + 8);
  width_ = at[16];
  offset_width_ = at[17];
  blocks_length_ = load_fixed<uint64_t>(at + 24);
  if (width_ > 64 || offset_width_ > 56 || step_ == 0)
    throw CorruptIndexError("a column's numbers have a width that there is not");
  const uint64_t of_minima = bit_string_bytes(num_blocks_, width_);
  const uint64_t tables = 2 * of_minima + bit_string_bytes(num_blocks_, offset_width_);
  if (tables > part.length - kHeader || blocks_length_ > part.length - kHeader - tables)
    throw CorruptIndexError("a column's numbers are cut off");
  minima_ = buffer.touch(part.offset + kHeader, tables);
  ranges_ = minima_ + of_minima;
  offsets_ = ranges_ + of_minima;
  blocks_at_ = part.offset + kHeader + tables;
  num_bytes_ = kHeader + tables + blocks_length_;
}

uint64_t Numbers::bits_at(const uint8_t* base, uint64_t index, unsigned width) {
  if (width == 0) return 0;
  const uint64_t bit = index * width;
  const uint8_t* at = base + bit / 8;
  const unsigned shift = bit % 8;
  uint64_t value = load_fixed<uint64_t>(at) >> shift;  // eight zero bytes follow every part
  if (shift + width > 64) value |= uint64_t{at[8]} << (64 - shift);
  return width == 64 ? value : value & ((uint64_t{1} << width) - 1);
}

Numbers::Packed Numbers::packed(uint32_t block, uint64_t range) const {
  const unsigned bits = width_of(range);
  const uint64_t offset = bits_at(offsets_, block, offset_width_) * 16;
  if (offset > blocks_length_ || packed_bytes(bits) > blocks_length_ - offset)
    throw CorruptIndexError("a block of a column lies outside of it");
  return {buffer_->touch(blocks_at_ + offset, packed_bytes(bits)), bits};
}

int64_t Numbers::operator[](uint32_t number) const { return Block(*this, number / kBlock)[number % kBlock]; }

uint64_t Numbers::Block::units(uint32_t i) const {
  const uint64_t low = unpack_one(packed_.data, std::min(packed_.bits, kHalf), i);
  if (packed_.bits <= kHalf) return low;
  return low | uint64_t{unpack_one(packed_.data + packed_bytes(kHalf), packed_.bits - kHalf, i)} << kHalf;
}

void Numbers::unpack(uint32_t block, uint64_t out[kBlock]) const {
  const Packed from = packed(block, range(block));
  const uint64_t base = minimum(block);
  uint32_t low[kBlock];
  kernels().unpack(from.data, std::min(from.bits, kHalf), low);
  for (uint32_t i = 0; i < kBlock; ++i) out[i] = base + low[i];
  if (from.bits <= kHalf) return;
  kernels().unpack(from.data + packed_bytes(kHalf), from.bits - kHalf, low);
  for (uint32_t i = 0; i < kBlock; ++i) out[i] += uint64_t{low[i]} << kHalf;
}

bool Numbers::unpack_low(uint32_t block, uint32_t out[kBlock], uint64_t& base) const {
  const Packed from = packed(block, range(block));
  if (from.bits > kHalf) return false;
  base = minimum(block);
  kernels().unpack(from.data, from.bits, out);
  return true;
}

void Numbers::decode(uint32_t first, uint32_t n, int64_t* out) const {
  uint64_t units[kBlock];
  for (const uint32_t end = first + n; first < end;) {
    const uint32_t block = first / kBlock;
    const uint32_t stop = std::min(end - block * kBlock, kBlock);
    unpack(block, units);
    for (uint32_t i = first % kBlock; i < stop; ++i) *out++ = number_of(units[i]);
    first = block * kBlock + stop;
  }
}

bool Numbers::units_between(int64_t low, int64_t high, Units& units) const {
  if (low > high || high < least_) return false;
  const uint64_t base = static_cast<uint64_t>(least_);
  const uint64_t from = low <= least_ ? 0 : static_cast<uint64_t>(low) - base;
  units.low = from / step_ + (from % step_ != 0);
  units.high = (static_cast<uint64_t>(high) - base) / step_;
  return units.low <= units.high;
}

void Numbers::match(uint32_t block, const Units& units, uint64_t bits[2]) const {
  bits[0] = bits[1] = 0;
  const uint64_t least = minimum(block);
  const uint64_t span = range(block);
  if (units.high < least || units.low > least + span) return;
  const uint32_t count = count_in(block);
  if (units.low <= least && units.high >= least + span) {
    bits[0] = count >= 64 ? ~uint64_t{0} : (uint64_t{1} << count) - 1;
    if (count > 64) bits[1] = count == 128 ? ~uint64_t{0} : (uint64_t{1} << (count - 64)) - 1;
    return;
  }
  const Packed from = packed(block, span);
  if (from.bits <= kHalf) {
    const uint64_t low = units.low <= least ? 0 : units.low - least;
    const uint64_t high = std::min<uint64_t>(units.high - least, UINT32_MAX);
    const auto first = static_cast<uint32_t>(low);
    const auto width = static_cast<uint32_t>(high - low);
    kernels().match_range(from.data, from.bits, first, width, bits);
  } else {
    uint64_t values[kBlock];
    unpack(block, values);
    for (uint32_t i = 0; i < kBlock; ++i)
      bits[i / 64] |= uint64_t{values[i] >= units.low && values[i] <= units.high} << (i % 64);
  }
  if (count <= 64) bits[1] = 0;
  if (count < 64) bits[0] &= (uint64_t{1} << count) - 1;
  if (count > 64 && count < 128) bits[1] &= (uint64_t{1} << (count - 64)) - 1;
}

}  // namespace searchlib::columns
