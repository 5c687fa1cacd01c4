// Variable-length integers: seven bits a byte, the low ones first, the high bit set on all
// bytes but the last. The writer appends to a byte vector; the reader checks every bound and
// throws CorruptIndexError beyond it.

#pragma once

#include <cstdint>
#include <cstring>
#include <span>
#include <string_view>
#include <vector>

#include "errors.hpp"

namespace searchlib {

using Bytes = std::vector<uint8_t>;

inline void put_varint(Bytes& out, uint64_t value) {
  while (value >= 0x80) {
    out.push_back(static_cast<uint8_t>(value | 0x80));
    value >>= 7;
  }
  out.push_back(static_cast<uint8_t>(value));
}

inline uint64_t zigzag(int64_t value) {
  return (static_cast<uint64_t>(value) << 1) ^ static_cast<uint64_t>(value >> 63);
}

inline int64_t unzigzag(uint64_t value) {
  return static_cast<int64_t>(value >> 1) ^ -static_cast<int64_t>(value & 1);
}

// Fixed-width little-endian values. The formats are defined as little-endian, as are all supported machines.
template <class T>
void put_fixed(Bytes& out, T value) {
  const size_t at = out.size();
  out.resize(at + sizeof(T));
  std::memcpy(out.data() + at, &value, sizeof(T));
}

template <class T>
T load_fixed(const uint8_t* from) {
  T value;
  std::memcpy(&value, from, sizeof(T));
  return value;
}

// Reads forward over [at, end); never past it.
class ByteReader {
 public:
  ByteReader(const uint8_t* begin, const uint8_t* end) : at_(begin), end_(end) {}
  explicit ByteReader(std::span<const uint8_t> bytes)
      : ByteReader(bytes.data(), bytes.data() + bytes.size()) {}

  const uint8_t* at() const { return at_; }
  size_t left() const { return static_cast<size_t>(end_ - at_); }
  bool done() const { return at_ == end_; }

  uint64_t varint() {
    if (at_ < end_ && *at_ < 0x80) return *at_++;
    uint64_t value = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      if (at_ == end_) break;
      const uint8_t byte = *at_++;
      value |= static_cast<uint64_t>(byte & 0x7F) << shift;
      if (byte < 0x80) return value;
    }
    throw CorruptIndexError("a number runs past the end of its part");
  }

  uint32_t varint32() {
    const uint64_t value = varint();
    if (value > UINT32_MAX) throw CorruptIndexError("a number is larger than 32 bits allow");
    return static_cast<uint32_t>(value);
  }

  template <class T>
  T fixed() {
    return load_fixed<T>(take(sizeof(T)));
  }

  const uint8_t* take(uint64_t length) {
    if (length > left()) throw CorruptIndexError("a length points past the end of its part");
    const uint8_t* from = at_;
    at_ += length;
    return from;
  }

  std::string_view text(uint64_t length) {
    return {reinterpret_cast<const char*>(take(length)), static_cast<size_t>(length)};
  }

 private:
  const uint8_t* at_;
  const uint8_t* end_;
};

}  // namespace searchlib
