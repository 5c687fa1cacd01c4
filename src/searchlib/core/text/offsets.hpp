// Turns byte offsets in UTF-8 into offsets in code points, which Python counts in. Ask for rising ones.

#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace searchlib {

// The number of code points that start in the bytes.
inline size_t count_code_points(std::string_view utf8) {
  size_t count = 0;
  for (const char byte : utf8) count += (static_cast<uint8_t>(byte) & 0xC0) != 0x80;
  return count;
}

class CodePointOffsets {
 public:
  explicit CodePointOffsets(std::string_view utf8) : utf8_(utf8) {}

  // The code points before the byte; never less than the byte of the call before.
  size_t at(size_t byte) {
    code_points_ += count_code_points(utf8_.substr(byte_, byte - byte_));
    byte_ = byte;
    return code_points_;
  }

 private:
  std::string_view utf8_;
  size_t byte_ = 0;
  size_t code_points_ = 0;
};

}  // namespace searchlib
