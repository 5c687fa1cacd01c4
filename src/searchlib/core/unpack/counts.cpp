#include "unpack/counts.hpp"

#include <algorithm>
#include <bit>
#include <cstdlib>
#include <cstring>

#include "unpack/frame_error.hpp"

namespace searchlib::unpacking {
namespace {

// The bits of counts, which are read from their beginning; behind the end there are zeros.
class ForwardBits {
 public:
  explicit ForwardBits(std::span<const uint8_t> bytes) : bytes_(bytes) {}

  uint32_t peek(unsigned count) const {
    uint64_t bits = 0;
    const size_t at = std::min(place_ / 8, bytes_.size());
    std::memcpy(&bits, bytes_.data() + at, std::min(bytes_.size() - at, sizeof bits));
    return static_cast<uint32_t>(bits >> place_ % 8) & ((1u << count) - 1);
  }
  void skip(unsigned count) { place_ += count; }
  uint32_t read(unsigned count) {
    const uint32_t value = peek(count);
    skip(count);
    return value;
  }
  // The bytes that were read; FrameError if there were not so many.
  size_t size() const {
    const size_t size = (place_ + 7) / 8;
    if (size > bytes_.size()) broken("counts end too early");
    return size;
  }

 private:
  std::span<const uint8_t> bytes_;
  size_t place_ = 0;
};

}  // namespace

size_t read_counts(std::span<const uint8_t> bytes, unsigned max_symbols, unsigned max_log, Counts& counts) {
  ForwardBits bits(bytes);
  counts.log = bits.read(4) + 5;
  if (counts.log > max_log) broken("a table is too large");
  unsigned num_bits = counts.log + 1;
  int remaining = (1 << counts.log) + 1;
  int threshold = 1 << counts.log;
  unsigned symbol = 0;
  while (remaining > 1) {
    if (symbol >= max_symbols) broken("a table has too many symbols");
    const int most = 2 * threshold - 1 - remaining;
    const auto wide = static_cast<int>(bits.peek(num_bits));
    int count = wide & (threshold - 1);
    if (count < most) {
      bits.skip(num_bits - 1);
    } else {
      count = wide >= threshold ? wide - most : wide;
      bits.skip(num_bits);
    }
    --count;
    remaining -= std::abs(count);
    counts.of[symbol++] = static_cast<int16_t>(count);
    while (remaining < threshold && threshold > 1) {
      --num_bits;
      threshold >>= 1;
    }
    if (count != 0) continue;
    for (uint32_t more = 3; more == 3;) {  // zeros in a row
      more = bits.read(2);
      if (symbol + more > max_symbols) broken("a table has too many symbols");
      for (uint32_t i = 0; i < more; ++i) counts.of[symbol++] = 0;
    }
  }
  if (remaining != 1) broken("counts give more than a table holds");
  counts.num_symbols = symbol;
  return bits.size();
}

void spread(const Counts& counts, std::span<Step> steps) {
  const unsigned size = 1u << counts.log;
  std::array<uint16_t, kMaxSymbols> next;
  unsigned high = size;
  for (unsigned symbol = 0; symbol < counts.num_symbols; ++symbol) {
    if (counts.of[symbol] == -1) {
      steps[--high].symbol = static_cast<uint8_t>(symbol);
      next[symbol] = 1;
    } else {
      next[symbol] = static_cast<uint16_t>(counts.of[symbol]);
    }
  }
  const unsigned step = (size >> 1) + (size >> 3) + 3;
  unsigned at = 0;
  for (unsigned symbol = 0; symbol < counts.num_symbols; ++symbol) {
    for (int i = 0; i < counts.of[symbol]; ++i) {
      steps[at].symbol = static_cast<uint8_t>(symbol);
      do {
        at = (at + step) & (size - 1);
      } while (at >= high);
    }
  }
  for (unsigned state = 0; state < size; ++state) {
    const unsigned number = next[steps[state].symbol]++;
    const unsigned bits = counts.log + 1 - static_cast<unsigned>(std::bit_width(number));
    steps[state].bits = static_cast<uint8_t>(bits);
    steps[state].base = static_cast<uint16_t>((number << bits) - size);
  }
}

}  // namespace searchlib::unpacking
