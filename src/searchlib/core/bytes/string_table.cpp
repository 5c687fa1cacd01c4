#include "bytes/string_table.hpp"

#include <algorithm>
#include <random>

#include "errors.hpp"

namespace searchlib {
namespace {

uint64_t random_seed() {
  std::random_device device;
  return static_cast<uint64_t>(device()) << 32 | device();
}

}  // namespace

StringTable::StringTable() : seed_(random_seed()), slots_(1024), offsets_{0}, bytes_(kWordHeadBytes) {}

uint32_t StringTable::add(std::string_view key, Slot slot, size_t at) {
  const size_t begin = offsets_.back();
  if (begin + key.size() > UINT32_MAX) throw DocumentError("a field's words exceed 4 GiB in memory");
  slots_[at] = slot;
  bytes_.resize(begin + key.size() + kWordHeadBytes);
  std::copy(key.begin(), key.end(), bytes_.begin() + static_cast<std::ptrdiff_t>(begin));
  offsets_.push_back(static_cast<uint32_t>(begin + key.size()));
  if (size_t{size()} * 2 > slots_.size()) grow();
  return slot.id;
}

void StringTable::grow() {
  std::vector<Slot> old(slots_.size() * 2);
  old.swap(slots_);
  for (const Slot& slot : old) {
    if (!slot.used()) continue;
    size_t at = slot.hash & mask();
    while (slots_[at].used()) at = (at + 1) & mask();
    slots_[at] = slot;
  }
}

}  // namespace searchlib
