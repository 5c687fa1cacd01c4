// The few words that make up half of any text, with their numbers, in a core's nearest cache: one compare instead
// of a look-up in a large table. A place is held by one word, until others have asked for it more often.

#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

#include "build/hash_bytes.hpp"

namespace searchlib {

class FrequentWords {
 public:
  // A word of up to 16 bytes as two numbers, which with its length are all of it.
  struct Key {
    uint64_t first = 0, last = 0;
    uint32_t size = 0;  // 0: a longer word, or none
    bool operator==(const Key&) const = default;
  };

  static Key key_of(std::string_view word) {
    const auto size = static_cast<uint32_t>(word.size());
    if (size <= 8) return {load_up_to_8(word.data(), size), 0, size};
    if (size > 16) return {};
    return {load_8(word.data()), load_8(word.data() + size - 8), size};
  }

  // The word's number, if it is here.
  std::optional<uint32_t> find(const Key& key) const {
    const Place& place = places_[place_of(key)];
    return place.key == key && key.size > 0 ? std::optional(place.number) : std::nullopt;
  }

  // A word that was not here has this number.
  void remember(const Key& key, uint32_t number) {
    if (key.size == 0) return;
    Place& place = places_[place_of(key)];
    if (place.key == key) {
      place.credit += kCredit;  // it came twice before the first was looked up
    } else if (place.credit > 0) {
      --place.credit;
    } else {
      place = {key, number, kCredit};
    }
  }

 private:
  static constexpr uint32_t kBits = 9;
  static constexpr uint32_t kCredit = 2;

  struct Place {
    Key key;
    uint32_t number = 0;
    uint32_t credit = 0;
  };

  static size_t place_of(const Key& key) {
    return (key.first ^ key.last * 0xD6E8FEB86659FD93ULL) * 0x9E3779B97F4A7C15ULL >> (64 - kBits);
  }

  std::array<Place, size_t{1} << kBits> places_{};
};

}  // namespace searchlib
