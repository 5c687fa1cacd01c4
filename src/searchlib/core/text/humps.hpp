// The humps of an identifier: get|User|Name. Where they begin, and whether capitals alone say that it is one.

#pragma once

#include <array>
#include <cstdint>

#include "text/chars.hpp"

namespace searchlib::scanning {

inline constexpr uint32_t kMinHumps = 3;   // of an identifier that begins with a capital
inline constexpr uint32_t kMaxHumps = 64;  // more are counted, but not kept

// Where the humps of a stretch of letters and digits begin: get|User|Name, parse|XML|Doc, but not AP|Is.
struct Humps {
  std::array<const uint8_t*, kMaxHumps> begins;  // of all but the first
  uint32_t count = 1;
  uint32_t letters = 0, first_letters = 0;
  bool first_small = true;  // no capital in the first hump
  bool foreign = false;     // no identifier has such characters, or begins so
};

// How many humps there are at the most, by a quick look: a capital behind anything else may begin one, so may
// the last of several. Of letters beyond ASCII and Russian it says kManyHumps.
inline constexpr uint32_t kManyHumps = 64;
uint32_t most_humps(const uint8_t* begin, const uint8_t* end);

Humps humps_of(const uint8_t* begin, const uint8_t* end);

// Whether a stretch of several humps is an identifier by itself. It begins with two small letters or more
// (getUserName) or has three humps. Two humps whose second is capitals alone are mostly a name (macOS, siRNA,
// openSUSE), unless one of the two is a word of programs: getOS, userID, baseURL.
bool is_identifier(const Humps& humps, const uint8_t* begin, const uint8_t* end);

// Like char_at, but over the marks that belong to what stands before them.
inline Char next_char(const uint8_t*& at, const uint8_t* end) {
  Char next = char_at(at, end);
  for (; next.attached(); next = char_at(at, end)) at += next.length;
  return next;
}

}  // namespace searchlib::scanning
