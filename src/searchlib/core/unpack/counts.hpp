// How often each symbol stands in a table of zstandard (RFC 8878, 4.1.1), and in which order the table has them.

#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

namespace searchlib::unpacking {

constexpr unsigned kMaxSymbols = 64;
constexpr unsigned kMaxLog = 9;

struct Counts {
  std::array<int16_t, kMaxSymbols> of;  // -1: less than once
  unsigned num_symbols;
  unsigned log;  // the table has 1 << log cells
};

// Reads counts from the beginning of the bytes and gives how many bytes they are. Throws FrameError, also if there are
// more symbols or cells than these.
size_t read_counts(std::span<const uint8_t> bytes, unsigned max_symbols, unsigned max_log, Counts& counts);

// The step from a state to the next one: the symbol, the bits to read, and what to add to them.
struct Step {
  uint8_t symbol, bits;
  uint16_t base;
};

// steps: room for 1 << counts.log.
void spread(const Counts& counts, std::span<Step> steps);

}  // namespace searchlib::unpacking
