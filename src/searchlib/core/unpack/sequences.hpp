// The tables of zstandard's sequences: what lengths and offsets their codes stand for (RFC 8878, 3.1.1.3.2).

#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

#include "unpack/counts.hpp"

namespace searchlib::unpacking {

enum class Code : uint8_t { kLiterals, kOffset, kMatch };

class CodeTable {
 public:
  struct Cell {
    uint32_t base;       // of the value, to which `more` bits are added
    uint8_t more, bits;  // bits: of the next state
    uint16_t next;
  };

  const Cell& operator[](size_t state) const { return cells_[state]; }
  unsigned log() const { return log_; }

  void set_to_predefined(Code code);
  // One code for all. Throws FrameError if it is none.
  void set_to_one(Code code, uint8_t symbol);
  // As it is written at the beginning of the bytes: how many they are. Throws FrameError.
  size_t read(Code code, std::span<const uint8_t> bytes);

 private:
  void set(Code code, const Counts& counts);

  std::array<Cell, 1 << kMaxLog> cells_;
  unsigned log_ = 0;
};

struct CodeTables {
  CodeTable literals, offsets, matches;
};

}  // namespace searchlib::unpacking
