// Where a segment's parts go, one after the other.

#pragma once

#include <cstdint>
#include <span>
#include <string>

namespace searchlib {

class PartSink {
 public:
  virtual ~PartSink() = default;
  virtual void begin(const std::string& part) = 0;
  virtual void write(std::span<const uint8_t> bytes) = 0;

  void whole(const std::string& part, std::span<const uint8_t> bytes) {
    begin(part);
    write(bytes);
  }
};

}  // namespace searchlib
