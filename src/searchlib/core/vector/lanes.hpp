// Four 32-bit numbers at a time, in a register where the compiler has vector extensions (GCC and Clang, on
// any processor), in an array elsewhere.

#pragma once

#include <cstdint>
#include <cstring>

namespace searchlib {

#if defined(__GNUC__) || defined(__clang__)

typedef uint32_t Lanes __attribute__((vector_size(16)));

#if defined(__clang__) || __GNUC__ >= 12
#define SEARCHLIB_SHUFFLE(a, b, i, j, k, l) __builtin_shufflevector(a, b, i, j, k, l)
#else
#define SEARCHLIB_SHUFFLE(a, b, i, j, k, l) __builtin_shuffle(a, b, Lanes{i, j, k, l})
#endif

#define SEARCHLIB_INLINE static inline __attribute__((always_inline))

SEARCHLIB_INLINE Lanes broadcast(uint32_t value) { return Lanes{value, value, value, value}; }

// Each lane the sum of itself and those before it.
SEARCHLIB_INLINE Lanes running_sums(Lanes lanes) {
  lanes += SEARCHLIB_SHUFFLE(Lanes{}, lanes, 0, 4, 5, 6);
  return lanes + SEARCHLIB_SHUFFLE(Lanes{}, lanes, 0, 1, 4, 5);
}

SEARCHLIB_INLINE Lanes broadcast_last(Lanes lanes) { return SEARCHLIB_SHUFFLE(lanes, lanes, 3, 3, 3, 3); }

#else

#define SEARCHLIB_INLINE static inline

struct Lanes {
  uint32_t lane[4];
};

#define SEARCHLIB_LANEWISE(op)                                     \
  SEARCHLIB_INLINE Lanes operator op(Lanes left, Lanes right) {    \
    for (int i = 0; i < 4; ++i) left.lane[i] op## = right.lane[i]; \
    return left;                                                   \
  }
SEARCHLIB_LANEWISE(+)
SEARCHLIB_LANEWISE(|)
SEARCHLIB_LANEWISE(&)
#undef SEARCHLIB_LANEWISE

SEARCHLIB_INLINE Lanes operator>>(Lanes lanes, unsigned shift) {
  for (uint32_t& lane : lanes.lane) lane >>= shift;
  return lanes;
}

SEARCHLIB_INLINE Lanes operator<<(Lanes lanes, unsigned shift) {
  for (uint32_t& lane : lanes.lane) lane <<= shift;
  return lanes;
}

SEARCHLIB_INLINE Lanes broadcast(uint32_t value) { return {{value, value, value, value}}; }

SEARCHLIB_INLINE Lanes running_sums(Lanes lanes) {
  for (int i = 1; i < 4; ++i) lanes.lane[i] += lanes.lane[i - 1];
  return lanes;
}

SEARCHLIB_INLINE Lanes broadcast_last(Lanes lanes) { return broadcast(lanes.lane[3]); }

#endif

SEARCHLIB_INLINE Lanes load_lanes(const uint8_t* from) {
  Lanes lanes;
  std::memcpy(&lanes, from, sizeof(lanes));
  return lanes;
}

SEARCHLIB_INLINE void store_lanes(Lanes lanes, uint32_t* to) { std::memcpy(to, &lanes, sizeof(lanes)); }

}  // namespace searchlib
