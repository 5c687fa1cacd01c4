#include "analysis/dawg.hpp"

#include <algorithm>

#include "analysis/little_endian.hpp"
#include "errors.hpp"

namespace searchlib {

Dawg::Dawg(std::span<const uint8_t> file, std::string name) : name_(std::move(name)) {
  if (file.size() < 14) throw_corrupt("the file is too short");
  const uint64_t num_units = load_u32(file.data());
  if (num_units == 0 || file.size() != 8 + 6 * num_units) {
    throw_corrupt("the file's size does not fit its number of units");
  }
  const uint8_t* guide = file.data() + 4 + 4 * num_units;
  if (load_u32(guide) != num_units) throw_corrupt("the guide and the units differ in number");
  units_ = file.data() + 4;
  guide_ = guide + 4;
  num_units_ = static_cast<uint32_t>(num_units);
}

void Dawg::fetch(std::span<const std::string_view> keys, uint8_t behind) const {
  constexpr size_t kMost = 16;
  struct Walk {
    std::string_view rest;
    Node node;  // that has been announced; it may not be there
    uint8_t label;
  };
  std::array<Walk, kMost> walks;
  for (; !keys.empty(); keys = keys.subspan(std::min(kMost, keys.size()))) {
    size_t count = 0;
    for (const std::string_view key : keys.first(std::min(kMost, keys.size())))
      walks[count++] = {key, kRoot, static_cast<uint8_t>(unit(kRoot) & kLabelBits)};
    while (count > 0) {
      for (size_t i = 0; i < count;) {
        Walk& walk = walks[i];
        const uint32_t here = unit(walk.node);
        const bool ended = walk.rest.data() == nullptr;
        if ((here & kLabelBits) != walk.label || ended) {
          if (ended) __builtin_prefetch(guide_ + size_t{2} * walk.node);
          walk = walks[--count];
          continue;
        }
        walk.label = walk.rest.empty() ? behind : static_cast<uint8_t>(walk.rest.front());
        walk.rest = walk.rest.empty() ? std::string_view() : walk.rest.substr(1);
        const Node next = walk.node ^ offset(here) ^ walk.label;
        if (next >= num_units_) {
          walk = walks[--count];
          continue;
        }
        walk.node = next;
        __builtin_prefetch(units_ + size_t{4} * next);
        ++i;
      }
    }
  }
}

void Dawg::throw_corrupt(const char* what) const {
  throw CorruptIndexError(name_ + " is no sound DAWG: " + what + "; reinstall the package that it came with",
                          name_);
}

}  // namespace searchlib
