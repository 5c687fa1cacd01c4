// Memory for short-lived strings that go all at once: a first block inside the object, further ones from the
// heap. Views into it stay good until the arena is destroyed.

#pragma once

#include <algorithm>
#include <array>
#include <cstring>
#include <initializer_list>
#include <memory>
#include <string_view>
#include <vector>

namespace searchlib {

class StringArena {
 public:
  StringArena() = default;
  StringArena(const StringArena&) = delete;
  StringArena& operator=(const StringArena&) = delete;

  std::string_view join(std::initializer_list<std::string_view> parts) {
    size_t size = 0;
    for (const std::string_view part : parts) size += part.size();
    char* const begin = take(size);
    char* end = begin;
    for (const std::string_view part : parts) end = std::copy(part.begin(), part.end(), end);
    return {begin, size};
  }

 private:
  static constexpr size_t kBlock = 4096;

  char* take(size_t size) {
    if (static_cast<size_t>(end_ - next_) < size) {
      const size_t block = std::max(size, kBlock);
      blocks_.push_back(std::make_unique<char[]>(block));
      next_ = blocks_.back().get();
      end_ = next_ + block;
    }
    char* const taken = next_;
    next_ += size;
    return taken;
  }

  std::array<char, kBlock> first_;
  std::vector<std::unique_ptr<char[]>> blocks_;
  char* next_ = first_.data();
  char* end_ = first_.data() + first_.size();
};

}  // namespace searchlib
