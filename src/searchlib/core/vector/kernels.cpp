#include "vector/kernels.hpp"

#include <bit>
#include <cstdlib>
#include <cstring>
#include <utility>

#include "vector/lanes.hpp"

// An inline function of a header would be one for both instruction sets; a builtin is no function.
#if defined(__GNUC__) || defined(__clang__)
#define SEARCHLIB_POPCOUNT(word) static_cast<uint64_t>(__builtin_popcountll(word))
#else
#define SEARCHLIB_POPCOUNT(word) static_cast<uint64_t>(std::popcount(word))
#endif

namespace searchlib {
namespace portable {
namespace {
#define SEARCHLIB_KERNELS "portable"
#include "vector/kernels_body.hpp"
#undef SEARCHLIB_KERNELS
}  // namespace
}  // namespace portable
}  // namespace searchlib

// Another instruction set for the functions that follow, without a flag to the compiler: a flag would reach
// the inline functions of the headers too, and the linker keeps one copy of those.
#if defined(__x86_64__) && defined(__clang__)
#define SEARCHLIB_AVX2 1
#pragma clang attribute push(__attribute__((target("avx2,bmi2"))), apply_to = function)
#elif defined(__x86_64__) && defined(__GNUC__)
#define SEARCHLIB_AVX2 1
#pragma GCC push_options
#pragma GCC target("avx2,bmi2")
#endif

#if defined(SEARCHLIB_AVX2)
namespace searchlib {
namespace avx2 {
namespace {
#define SEARCHLIB_KERNELS "avx2"
#define SEARCHLIB_HAS_BMI2 1
#include "vector/kernels_body.hpp"
#undef SEARCHLIB_KERNELS
}  // namespace
}  // namespace avx2
}  // namespace searchlib
#endif

#if defined(SEARCHLIB_AVX2) && defined(__clang__)
#pragma clang attribute pop
#elif defined(SEARCHLIB_AVX2)
#pragma GCC pop_options
#endif

namespace searchlib {
namespace {

const Kernels& choose() {
  const char* forced = std::getenv("SEARCHLIB_PORTABLE");
  if (forced != nullptr && std::strcmp(forced, "1") == 0) return portable::kKernels;
#if defined(SEARCHLIB_AVX2)
  if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi2")) return avx2::kKernels;
#endif
  return portable::kKernels;
}

}  // namespace

const Kernels& kernels() {
  static const Kernels& chosen = choose();
  return chosen;
}

}  // namespace searchlib
