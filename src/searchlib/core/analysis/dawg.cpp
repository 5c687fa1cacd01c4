#include "analysis/dawg.hpp"

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

void Dawg::throw_corrupt(const char* what) const {
  throw CorruptIndexError(name_ + " is no sound DAWG: " + what + "; reinstall the package that it came with",
                          name_);
}

}  // namespace searchlib
