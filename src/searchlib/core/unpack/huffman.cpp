#include "unpack/huffman.hpp"

#include <algorithm>
#include <bit>
#include <cstring>

#include "unpack/counts.hpp"

namespace searchlib::unpacking {
namespace {

constexpr size_t kMostWeights = 255;
constexpr unsigned kWeightsLog = 6;
constexpr unsigned kMostWeight = 12;

// Weights as a stream of two states that take turns.
size_t read_packed_weights(std::span<const uint8_t> bytes, std::span<uint8_t> weights) {
  Counts counts;
  const size_t head = read_counts(bytes, kMostWeight + 1, kWeightsLog, counts);
  std::array<Step, 1 << kWeightsLog> steps{};
  spread(counts, steps);
  BackwardBits stream(bytes.data() + head, bytes.data() + bytes.size());
  size_t count = 0;
  uint64_t states[2] = {stream.read(counts.log), stream.read(counts.log)};
  for (unsigned turn = 0;; turn ^= 1) {
    if (stream.has_overrun() || count + 2 > weights.size()) broken("the weights of a tree have no end");
    const Step& step = steps[states[turn]];
    weights[count++] = step.symbol;
    stream.refill();
    states[turn] = step.base + stream.read(step.bits);
    if (!stream.has_overrun()) continue;
    weights[count++] = steps[states[turn ^ 1]].symbol;
    return count;
  }
}

}  // namespace

size_t HuffmanTable::read(std::span<const uint8_t> bytes) {
  if (bytes.empty()) broken("a tree is missing");
  std::array<uint8_t, kMostWeights + 1> weights;
  size_t count;
  size_t size = bytes[0];
  if (size < 128) {
    if (size + 1 > bytes.size()) broken("a tree ends too early");
    count = read_packed_weights(bytes.subspan(1, size), std::span(weights).first(kMostWeights));
  } else {
    count = size - 127;
    size = (count + 1) / 2;
    if (size + 1 > bytes.size()) broken("a tree ends too early");
    for (size_t i = 0; i < count; ++i)
      weights[i] = i % 2 == 0 ? bytes[1 + i / 2] >> 4 : bytes[1 + i / 2] & 15;
  }
  uint32_t sum = 0;
  for (size_t i = 0; i < count; ++i) {
    if (weights[i] > kMostWeight) broken("a tree has a weight beyond the greatest");
    sum += 1u << weights[i] >> 1;
  }
  if (sum == 0) broken("a tree has no weights");
  const auto most = static_cast<unsigned>(std::bit_width(sum));
  const uint32_t rest = (1u << most) - sum;  // the last symbol's, which is not written
  if (most > kMaxBits || !std::has_single_bit(rest)) broken("the weights of a tree make no tree");
  weights[count++] = static_cast<uint8_t>(std::bit_width(rest));
  bits_ = most;
  pairs_.clear();
  fill(std::span(weights).first(count));
  return size + 1;
}

void HuffmanTable::fill(std::span<const uint8_t> weights) {
  std::array<uint32_t, kMostWeight + 2> begins{};
  for (const uint8_t weight : weights) begins[weight + 1u] += weight == 0 ? 0 : 1u << (weight - 1);
  for (size_t i = 1; i < begins.size(); ++i) begins[i] += begins[i - 1];
  for (size_t symbol = 0; symbol < weights.size(); ++symbol) {
    const unsigned weight = weights[symbol];
    if (weight == 0) continue;
    const uint32_t count = 1u << (weight - 1);
    const Cell cell{static_cast<uint8_t>(symbol), static_cast<uint8_t>(bits_ + 1 - weight)};
    std::fill_n(cells_.begin() + begins[weight], count, cell);
    begins[weight] += count;
  }
}

void HuffmanTable::pair() {
  const size_t size = size_t{1} << bits_;
  pairs_.resize(size);
  for (size_t i = 0; i < size; ++i) {
    const Cell first = cells_[i], second = cells_[i << first.bits & (size - 1)];
    const bool both = first.bits + second.bits <= static_cast<int>(bits_);
    pairs_[i] = {static_cast<uint16_t>(first.symbol | (both ? second.symbol << 8 : 0)),
                 static_cast<uint8_t>(first.bits + (both ? second.bits : 0)), static_cast<uint8_t>(1 + both)};
  }
}

// As long as two may follow; the rest is for decode().
uint8_t* HuffmanTable::decode_pairs(BackwardBits& stream, uint8_t* out, const uint8_t* end) const {
  const Pair* const pairs = pairs_.data();
  const auto next = [&] {
    const Pair pair = pairs[stream.peek(bits_)];
    std::memcpy(out, &pair.symbols, 2);
    out += pair.count;
    stream.skip(pair.bits);
  };
  while (end - out >= 10) {
    if (stream.has_overrun()) broken("a stream of literals ends too early");
    stream.refill();
    next();
    next();
    next();
    next();
    next();
  }
  return out;
}

void HuffmanTable::decode(BackwardBits& into, uint8_t* out, size_t count) const {
  BackwardBits stream = into;  // at hand
  uint8_t* const end = out + count;
  if (!pairs_.empty()) out = decode_pairs(stream, out, end);
  const auto next = [&] {
    const Cell cell = cells_[stream.peek(bits_)];
    *out++ = cell.symbol;
    stream.skip(cell.bits);
  };
  while (end - out >= 5) {  // 5 times 11 bits
    if (stream.has_overrun()) broken("a stream of literals ends too early");
    stream.refill();
    next();
    next();
    next();
    next();
    next();
  }
  if (stream.has_overrun()) broken("a stream of literals ends too early");
  stream.refill();
  while (out != end) next();  // at most 4
  if (stream.has_overrun()) broken("a stream of literals ends too early");
  into = stream;
}

}  // namespace searchlib::unpacking
