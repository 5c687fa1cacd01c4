// Loops over whole blocks that gain from wider registers, compiled for the machine's baseline and for AVX2,
// and chosen once a process by what the processor has. SEARCHLIB_PORTABLE=1 forces the baseline. Both give
// the same bits: neither fuses nor reorders a float operation.

#pragma once

#include <cstddef>
#include <cstdint>

namespace searchlib {

constexpr size_t kBlockSize = 128;

struct Kernels {
  const char* name;

  // 128 values of `bits` ≤ 32 each, in the layout of postings/bitpack.hpp.
  void (*unpack)(const uint8_t* packed, unsigned bits, uint32_t* values);

  // The same as gaps − 1 from one document to the next, after `previous` (−1: before the first); writes the
  // documents, modulo 2³².
  void (*unpack_ascending)(const uint8_t* packed, unsigned bits, uint32_t previous, uint32_t* docs);

  // scores[i] = weight · tf / (tf + k_table[norms[doc]]) for `count` ≤ 128 documents; tfs null: all 1.
  void (*score)(const uint32_t* docs, const uint32_t* tfs, uint32_t count, const uint8_t* norms,
                const float* k_table, float weight, float* scores);

  // xs[i] = weight · tf · inverse_k[norms[doc]], as `score` takes them.
  void (*weigh)(const uint32_t* docs, const uint32_t* tfs, uint32_t count, const uint8_t* norms,
                const float* inverse_k, float weight, float* xs);

  // xs[i] becomes weight · x / (1 + x).
  void (*saturate)(float* xs, uint32_t count, float weight);

  // Bytes that are 0 or 1, `size` of them, a multiple of 64: how many are 1; those that are 1 in both, in either, in the
  // first alone; and of bytes up to 2, which are 2.
  uint32_t (*sum_flags)(const uint8_t* flags, size_t size);
  void (*keep_flags)(uint8_t* flags, const uint8_t* others, size_t size);
  void (*add_flags)(uint8_t* flags, const uint8_t* others, size_t size);
  void (*drop_flags)(uint8_t* flags, const uint8_t* others, size_t size);
  void (*halve_flags)(uint8_t* flags, size_t size);
  // Whether one of `size` bytes, any number, is not 0.
  bool (*any_flag)(const uint8_t* flags, size_t size);

  // How many bits of so many words are 1.
  uint64_t (*count_bits)(const uint64_t* words, size_t size);
  // The bits of `word` where `mask` has one, side by side from the lowest on.
  uint64_t (*extract_bits)(uint64_t word, uint64_t mask);

  // Which of 128 numbers, packed as above, lie in [first, first + width], modulo 2³²: the i-th of 128 bits.
  void (*match_range)(const uint8_t* packed, unsigned bits, uint32_t first, uint32_t width, uint64_t* found);

  // 128 numbers of `bits` each, packed as above, are counted by twos: the pair of the i-th and the one 64 behind it, with
  // `least` added to each, at first | second << width in the first table for an even i, in the second for an odd one.
  // wanted: what has no bit there is counted as `other`; null: all are wanted. tables: 2 · 4^width counts; all numbers and
  // `other` are below 2^width. False, and nothing is counted, where a number is above `range`.
  bool (*count_pairs)(const uint8_t* packed, unsigned bits, uint32_t range, uint32_t least,
                      const uint64_t* wanted, uint32_t other, unsigned width, uint16_t* tables);
};

const Kernels& kernels();

}  // namespace searchlib
