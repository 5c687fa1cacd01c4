// In how many places do words stand in step, each where the phrase has it? A place of the first word is marked where
// the phrase would begin, each further word raises the marks that it stands at, and no branch is taken on where it
// stands: that is what a walk through sorted places spends its time on.

#pragma once

#include <algorithm>
#include <optional>
#include <vector>

#include "postings/positions.hpp"
#include "search/deadline.hpp"

namespace searchlib {

class PlaceMarks {
 public:
  // In how many places num_words words stand in step; or `enough`, where there are more. each(i, visit): calls
  // visit(places, offset) for the places that the i-th word's lemmas have in the document, and where the phrase has it;
  // any order of the words will do, the rarest first is best. A word is asked for only if those before it stand in step
  // somewhere. Nothing for a phrase or a text that is too long for marks.
  template <class Each>
  std::optional<uint32_t> count(size_t num_words, uint32_t enough, Each&& each) {
    if (!start(num_words)) return std::nullopt;
    bool fits = true;
    each(0, [&](const PlacesView& places, uint32_t offset) { fits = fits && mark(places, offset); });
    if (!fits) return std::nullopt;
    uint32_t raised = 0;
    for (size_t word = 1; word < num_words; ++word) {
      const uint32_t most = word + 1 == num_words ? enough : UINT32_MAX;
      raised = 0;
      each(word, [&](const PlacesView& places, uint32_t offset) {
        if (raised < most) raised += raise(places, offset, most - raised);
      });
      if (raised == 0) break;
      ++level_;
    }
    return raised;
  }

 private:
  static constexpr uint32_t kPlacesOfTick = 128;

  bool start(size_t num_words) {
    if (num_words > size_t{UINT8_MAX} - level_ && !start_over(num_words)) return false;
    ++level_;
    last_ = 0;
    return true;
  }
  bool start_over(size_t num_words);
  bool make_room(uint32_t start);

  bool mark(const PlacesView& places, uint32_t offset) {
    uint8_t* marks = marks_.data();
    size_t size = marks_.size();
    uint32_t last = last_;
    const uint8_t level = level_;
    bool fits = true;
    deadline_.tick(places.size() / kPlacesOfTick);
    places.for_each([&](uint32_t position) {
      if (position < offset) return true;  // the phrase would begin before the text
      last = position - offset;
      if (size_t{last} + 2 > size) {
        fits = make_room(last);
        marks = marks_.data();
        size = marks_.size();
      }
      if (fits) marks[last] = level;
      return fits;
    });
    last_ = std::max(last_, last);
    return fits;
  }

  uint32_t raise(const PlacesView& places, uint32_t offset, uint32_t enough) {
    uint8_t* const marks = marks_.data();
    const uint8_t level = level_;
    const uint32_t nowhere = last_ + 1;
    uint32_t raised = 0;
    deadline_.tick(std::min(places.size(), nowhere) / kPlacesOfTick);
    places.for_each_in_rows(
        [&](uint32_t position) {
          const uint32_t start = std::min(position - offset, nowhere);  // before the text it wraps around
          const auto is_raised = static_cast<uint8_t>(marks[start] == level);
          marks[start] = static_cast<uint8_t>(marks[start] + is_raised);
          raised += is_raised;
        },
        [&](uint32_t position) {
          return raised < enough && (position < offset || position - offset < nowhere);
        });
    return raised;
  }

  Deadline& deadline_ = Deadline::current();
  // By where the phrase would begin. What another document left is below the level.
  std::vector<uint8_t> marks_ = std::vector<uint8_t>(1024);
  uint8_t level_ = 0;
  uint32_t last_ = 0;  // no mark of the document stands behind it
};

}  // namespace searchlib
