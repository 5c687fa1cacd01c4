#include "search/place_marks.hpp"

namespace searchlib {
namespace {

constexpr size_t kMostStarts = size_t{1} << 24;

}  // namespace

bool PlaceMarks::start_over(size_t num_words) {
  std::fill(marks_.begin(), marks_.end(), uint8_t{0});
  level_ = 0;
  return num_words <= UINT8_MAX;
}

bool PlaceMarks::make_room(uint32_t start) {
  if (start >= kMostStarts) return false;
  marks_.resize(std::max(marks_.size() * 2, size_t{start} + 2));
  return true;
}

}  // namespace searchlib
