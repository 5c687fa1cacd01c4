// Memory for many small records of one kind, and afterwards for those of another: fresh pages cost the system more
// time than what is written into them.

#pragma once

#include <cstddef>
#include <memory>
#include <type_traits>

namespace searchlib {

class Room {
 public:
  Room() = default;
  explicit Room(size_t num_bytes)
      : bytes_(std::make_unique_for_overwrite<std::byte[]>(num_bytes)), num_bytes_(num_bytes) {}

  size_t num_bytes() const { return num_bytes_; }

  // As an array of such records, whose values are unspecified until they are written.
  template <class Record>
  Record* as() const {
    static_assert(std::is_trivially_copyable_v<Record> && std::is_trivially_destructible_v<Record>);
    static_assert(alignof(Record) <= __STDCPP_DEFAULT_NEW_ALIGNMENT__);
    return reinterpret_cast<Record*>(bytes_.get());
  }

 private:
  std::unique_ptr<std::byte[]> bytes_;
  size_t num_bytes_ = 0;
};

}  // namespace searchlib
