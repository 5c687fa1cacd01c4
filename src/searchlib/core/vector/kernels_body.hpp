// The kernels themselves, included once for each instruction set inside a namespace of its own, after that
// set has been switched on. No include guard, and no function of another header that is not inlined by force:
// what is compiled here for wide registers must never be linked into code for narrow ones.

constexpr size_t kLanesPerRow = 4;

// The row-th four of 128 numbers: all offsets and shifts are constants.
template <unsigned Bits, size_t Row>
SEARCHLIB_INLINE Lanes unpack_row(const uint8_t* packed) {
  if constexpr (Bits == 0) {
    return Lanes{};
  } else {
    constexpr unsigned bit = Row * Bits;
    constexpr unsigned shift = bit % 32;
    const uint8_t* word = packed + bit / 32 * sizeof(Lanes);
    Lanes lanes = load_lanes(word) >> shift;
    if constexpr (shift + Bits > 32) lanes = lanes | (load_lanes(word + sizeof(Lanes)) << (32 - shift));
    if constexpr (shift + Bits == 32 || Bits == 32) return lanes;
    return lanes & broadcast(static_cast<uint32_t>((uint64_t{1} << Bits) - 1));
  }
}

template <unsigned Bits, size_t... Row>
SEARCHLIB_INLINE void unpack_rows(const uint8_t* packed, uint32_t* values, std::index_sequence<Row...>) {
  (store_lanes(unpack_row<Bits, Row>(packed), values + Row * kLanesPerRow), ...);
}

// Unpacks one row of gaps and returns its last document, in every lane.
template <unsigned Bits, size_t Row>
SEARCHLIB_INLINE Lanes ascend_row(const uint8_t* packed, Lanes last, uint32_t* docs) {
  const Lanes row = running_sums(unpack_row<Bits, Row>(packed) + broadcast(1)) + last;
  store_lanes(row, docs + Row * kLanesPerRow);
  return broadcast_last(row);
}

template <unsigned Bits, size_t... Row>
SEARCHLIB_INLINE void ascend_rows(const uint8_t* packed, uint32_t previous, uint32_t* docs,
                                  std::index_sequence<Row...>) {
  Lanes last = broadcast(previous);
  ((last = ascend_row<Bits, Row>(packed, last, docs)), ...);
}

using Rows = std::make_index_sequence<kBlockSize / kLanesPerRow>;

template <unsigned Bits>
void unpack_bits(const uint8_t* packed, uint32_t* values) {
  unpack_rows<Bits>(packed, values, Rows());
}

template <unsigned Bits>
void unpack_ascending_bits(const uint8_t* packed, uint32_t previous, uint32_t* docs) {
  ascend_rows<Bits>(packed, previous, docs, Rows());
}

template <size_t... Bits>
struct Unpackers {
  static constexpr void (*plain[])(const uint8_t*, uint32_t*) = {unpack_bits<Bits>...};
  static constexpr void (*ascending[])(const uint8_t*, uint32_t,
                                       uint32_t*) = {unpack_ascending_bits<Bits>...};
};

template <size_t... Bits>
Unpackers<Bits...> unpackers_for(std::index_sequence<Bits...>);

using AllUnpackers = decltype(unpackers_for(std::make_index_sequence<33>()));

void unpack(const uint8_t* packed, unsigned bits, uint32_t* values) {
  AllUnpackers::plain[bits](packed, values);
}

void unpack_ascending(const uint8_t* packed, unsigned bits, uint32_t previous, uint32_t* docs) {
  AllUnpackers::ascending[bits](packed, previous, docs);
}

void score(const uint32_t* docs, const uint32_t* tfs, uint32_t count, const uint8_t* norms,
           const float* k_table, float weight, float* scores) {
  for (uint32_t i = 0; i < count; ++i) scores[i] = k_table[norms[docs[i]]];
  if (tfs == nullptr) {
    for (uint32_t i = 0; i < count; ++i) scores[i] = weight / (1.0F + scores[i]);
    return;
  }
  for (uint32_t i = 0; i < count; ++i) {
    // As int32: that is one instruction, and no document has 2³¹ positions.
    const float tf = static_cast<float>(static_cast<int32_t>(tfs[i]));
    scores[i] = weight * tf / (tf + scores[i]);
  }
}

void weigh(const uint32_t* docs, const uint32_t* tfs, uint32_t count, const uint8_t* norms,
           const float* inverse_k, float weight, float* xs) {
  for (uint32_t i = 0; i < count; ++i) xs[i] = weight * inverse_k[norms[docs[i]]];
  if (tfs == nullptr) return;
  for (uint32_t i = 0; i < count; ++i) xs[i] *= static_cast<float>(static_cast<int32_t>(tfs[i]));
}

void saturate(float* xs, uint32_t count, float weight) {
  for (uint32_t i = 0; i < count; ++i) xs[i] = weight * xs[i] / (1.0F + xs[i]);
}

constexpr uint64_t kEachByte = 0x0101010101010101;
constexpr size_t kWordsPerLine = 8;

SEARCHLIB_INLINE uint64_t load_word(const uint8_t* from) {
  uint64_t word;
  std::memcpy(&word, from, sizeof(word));
  return word;
}

SEARCHLIB_INLINE void store_word(uint64_t word, uint8_t* to) { std::memcpy(to, &word, sizeof(word)); }

uint32_t sum_flags(const uint8_t* flags, size_t size) {
  constexpr size_t kMostLines = 255;  // of which a byte holds the sum
  uint32_t sum = 0;
  for (size_t at = 0; at < size;) {
    const size_t end = size - at > kMostLines * 64 ? at + kMostLines * 64 : size;
    uint64_t sums[kWordsPerLine] = {};
    for (; at < end; at += 64) {
      for (size_t i = 0; i < kWordsPerLine; ++i) sums[i] += load_word(flags + at + 8 * i);
    }
    for (const uint64_t each : sums) {
      const uint64_t pairs = (each & 0x00FF00FF00FF00FF) + (each >> 8 & 0x00FF00FF00FF00FF);
      sum += static_cast<uint32_t>(pairs * 0x0001000100010001 >> 48);
    }
  }
  return sum;
}

void keep_flags(uint8_t* flags, const uint8_t* others, size_t size) {
  for (size_t at = 0; at < size; at += 8)
    store_word(load_word(flags + at) & load_word(others + at), flags + at);
}

void add_flags(uint8_t* flags, const uint8_t* others, size_t size) {
  for (size_t at = 0; at < size; at += 8)
    store_word(load_word(flags + at) | load_word(others + at), flags + at);
}

void drop_flags(uint8_t* flags, const uint8_t* others, size_t size) {
  for (size_t at = 0; at < size; at += 8)
    store_word(load_word(flags + at) & ~load_word(others + at), flags + at);
}

void halve_flags(uint8_t* flags, size_t size) {
  for (size_t at = 0; at < size; at += 8) store_word(load_word(flags + at) >> 1 & kEachByte, flags + at);
}

bool any_flag(const uint8_t* flags, size_t size) {
  size_t at = 0;
  for (; at + 32 <= size; at += 32) {
    uint64_t any = 0;
    for (size_t i = 0; i < 4; ++i) any |= load_word(flags + at + 8 * i);
    if (any != 0) return true;
  }
  for (; at < size; ++at) {
    if (flags[at] != 0) return true;
  }
  return false;
}

uint64_t count_bits(const uint64_t* words, size_t size) {
  uint64_t count = 0;
  for (size_t i = 0; i < size; ++i) count += SEARCHLIB_POPCOUNT(words[i]);
  return count;
}

uint64_t extract_bits(uint64_t word, uint64_t mask) {
#if defined(SEARCHLIB_HAS_BMI2)
  return __builtin_ia32_pext_di(word, mask);
#else
  uint64_t found = 0;
  for (unsigned at = 0; mask != 0; mask &= mask - 1) found |= uint64_t{(word & mask & -mask) != 0} << at++;
  return found;
#endif
}

void match_range(const uint8_t* packed, unsigned bits, uint32_t first, uint32_t width, uint64_t* found) {
  uint32_t values[kBlockSize];
  unpack(packed, bits, values);
  uint8_t inside[kBlockSize];
  for (size_t i = 0; i < kBlockSize; ++i) inside[i] = static_cast<uint8_t>(values[i] - first <= width);
  for (size_t half = 0; half < 2; ++half) {
    uint64_t all = 0;
    for (size_t i = 0; i < kWordsPerLine; ++i) {  // eight bytes of 0 or 1 to eight bits
      const uint64_t eight = load_word(inside + 64 * half + 8 * i);
      all |= (eight * 0x0102040810204080 >> 56) << (8 * i);
    }
    found[half] = all;
  }
}

struct WordBits {
  uint32_t of[32];
};
constexpr WordBits kWordBits = [] {
  WordBits bits{};
  for (unsigned i = 0; i < 32; ++i) bits.of[i] = uint32_t{1} << i;
  return bits;
}();

bool count_pairs(const uint8_t* packed, unsigned bits, uint32_t range, uint32_t least, const uint64_t* wanted,
                 uint32_t other, unsigned width, uint16_t* tables) {
  constexpr size_t kHalf = kBlockSize / 2;
  uint32_t values[kBlockSize];
  unpack(packed, bits, values);
  uint32_t differences = 0;
  for (size_t i = 0; i < kBlockSize; ++i) differences |= range - values[i];
  if (differences >> 31 != 0) return false;
  if (wanted == nullptr) {
    for (size_t i = 0; i < kBlockSize; ++i) values[i] += least;
  } else {
    for (size_t word = 0; word < kBlockSize / 32; ++word) {
      const auto flags = static_cast<uint32_t>(wanted[word / 2] >> (word % 2 * 32));
      uint32_t* const from = values + word * 32;
      for (size_t i = 0; i < 32; ++i) {
        const uint32_t number = from[i] + least;
        const uint32_t is_other = (flags & kWordBits.of[i]) == 0 ? ~uint32_t{0} : 0;
        from[i] = number ^ ((number ^ other) & is_other);
      }
    }
  }
  for (size_t i = 0; i < kHalf; ++i) values[i] |= values[i + kHalf] << width;
  uint16_t* const even = tables;
  uint16_t* const odd = tables + (size_t{1} << 2 * width);
  for (size_t i = 0; i < kHalf; i += 2) {
    ++even[values[i]];
    ++odd[values[i + 1]];
  }
  return true;
}

constexpr Kernels kKernels = {SEARCHLIB_KERNELS, unpack,    unpack_ascending, score,        weigh,
                              saturate,          sum_flags, keep_flags,       add_flags,    drop_flags,
                              halve_flags,       any_flag,  count_bits,       extract_bits, match_range,
                              count_pairs};
