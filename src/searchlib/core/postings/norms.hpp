// A field's length in one byte, as Lucene codes it (SmallFloat.intToByte4): exact below 40, then a float with
// three bits of mantissa. And BM25's K for each of the 256 codes.

#pragma once

#include <array>
#include <bit>
#include <cstdint>

namespace searchlib {

namespace norms_detail {

constexpr uint32_t compress(uint64_t value) {  // four significant bits and a shift; order is kept
  const int bits = 64 - std::countl_zero(value);
  if (bits < 4) return static_cast<uint32_t>(value);
  const int shift = bits - 4;
  return static_cast<uint32_t>((value >> shift) & 0x07) | static_cast<uint32_t>((shift + 1) << 3);
}

constexpr uint64_t expand(uint32_t code) {
  const uint64_t mantissa = code & 0x07;
  const int shift = static_cast<int>(code >> 3) - 1;
  return shift < 0 ? mantissa : (mantissa | 0x08) << shift;
}

constexpr uint32_t kExact = 255 - compress(0x7FFFFFFF);  // 24 codes for small lengths, exact

}  // namespace norms_detail

constexpr uint8_t encode_length(uint32_t length) {
  if (length > 0x7FFFFFFF) length = 0x7FFFFFFF;
  if (length < norms_detail::kExact) return static_cast<uint8_t>(length);
  return static_cast<uint8_t>(norms_detail::kExact + norms_detail::compress(length - norms_detail::kExact));
}

constexpr uint32_t decode_length(uint8_t code) {
  if (code < norms_detail::kExact) return code;
  return static_cast<uint32_t>(norms_detail::kExact + norms_detail::expand(code - norms_detail::kExact));
}

// 1 − b + b · length / average.
inline double norm_of(double b, double average_length, double length) {
  return average_length > 0 ? 1 - b + b * length / average_length : 1;
}

// The same of a length code.
inline double norm_of_length(double b, double average_length, uint8_t code) {
  return norm_of(b, average_length, decode_length(code));
}

// K = k1 times that.
inline double k_of_length(double k1, double b, double average_length, uint8_t code) {
  return k1 * norm_of_length(b, average_length, code);
}

// By a document's length code; in float, for bounds and approximate scores.
using LengthTable = std::array<double, 256>;
using FloatLengthTable = std::array<float, 256>;

inline LengthTable make_k_table(double k1, double b, double average_length) {
  LengthTable table;
  for (size_t code = 0; code < table.size(); ++code)
    table[code] = k_of_length(k1, b, average_length, static_cast<uint8_t>(code));
  return table;
}

inline double saturation(double frequency, double k) { return frequency / (frequency + k); }

}  // namespace searchlib
