// A pattern as a machine that reads a form letter by letter, and knows after each whether the form can still
// match. States are sets of places in the pattern, as bits, and are made when they are first met: prefix,
// wildcard and edits are one machine, which takes a few nanoseconds a letter.

#pragma once

#include <array>
#include <cstdint>
#include <string_view>
#include <utility>
#include <vector>

#include "search/form_pattern.hpp"
#include "text/key_letters.hpp"

namespace searchlib {

class FormAutomaton {
 public:
  using State = uint32_t;
  // No form that goes on from here matches.
  static constexpr State kDead = 0;
  // Nor here, unless what comes next joins the last letter: where ǰ would match, so may J and
  // a mark above it.
  static constexpr State kDoubtful = 1;
  // There was a letter that joins others: the form is to be compared as a whole, by edits_of.
  static constexpr State kUnsure = 2;

  static constexpr unsigned kNoMatch = UINT8_MAX;

  // passes: whether it passes over what joins the parts of a word (kJoiners), which the pattern has none of.
  explicit FormAutomaton(const FormPattern& pattern, bool passes = false);

  static constexpr std::u32string_view kJoiners = U"-'.,_/@\u00AC";

  State start() const { return start_; }

  // After one more code point of a form.
  State step(State state, uint32_t code_point) {
    if (code_point >= kNearLetters) return step_far(state, code_point);
    const uint16_t letter = (*near_letters_)[code_point];
    if (letter == kFar) return step_far(state, code_point);
    return step_class(state, near_classes_[letter]);
  }

  // Of the code points above one that led to kDead from a state: the first that may not. Or one below it.
  uint32_t next_possible(State state, uint32_t refused);

  // How many edits a form that ends here takes; kNoMatch if it does not match.
  unsigned edits(State state) const { return edits_[state]; }
  // The same of a whole match key.
  unsigned edits_of(std::string_view match_key);

  // Whether so many states are known that it is time to forget them. All but the first three then
  // are no longer valid.
  bool is_full() const { return edits_.size() >= kMaxStates; }
  void forget();

 private:
  static constexpr size_t kMaxStates = 4096;
  static constexpr State kUnknown = UINT32_MAX;
  static constexpr uint16_t kOther = 0;  // classes of letters: those that the pattern lacks
  static constexpr uint16_t kJoining = 1;
  static constexpr uint16_t kBase = 2;  // … but that may become one of its letters, by a mark
  static constexpr uint16_t kPassed = 3;

  using Bits = std::vector<uint64_t>;

  State step_class(State state, uint16_t letter_class) {
    const State next = steps_[size_t{state} * num_classes_ + letter_class];
    return next != kUnknown ? next : learn(state, letter_class);
  }
  State step_far(State state, uint32_t code_point);
  uint16_t class_of(uint32_t letter) const;
  void add_classes(bool passes);
  void add_bases(const std::vector<uint32_t>& letters);
  bool is_base(uint32_t letter) const;
  State learn(State state, uint16_t letter_class);
  // Replaces next_ by what follows from a state's bits; false if that is nothing.
  bool advance(const uint64_t* from, uint16_t letter_class);
  unsigned edits_in(const uint64_t* bits) const;
  State intern(const uint64_t* bits);
  void add_state(unsigned edits);
  void grow();

  FormPattern pattern_;
  const std::array<uint16_t, kNearLetters>*
      near_letters_;  // what code points are in a match key, or themselves
  size_t width_;      // words of a set of places
  size_t stride_;  // words of a state: the places reached with 0, 1 … edits; and then those where, with the
                   // last letter, the first half of a swap was seen
  uint32_t num_classes_ = 4;
  std::array<uint16_t, kNearLetters + 1> near_classes_{};   // by letter
  std::vector<std::pair<uint32_t, uint16_t>> far_classes_;  // ascending
  std::vector<uint16_t> near_points_;                       // ascending: all that are not kOther
  std::vector<uint32_t> bases_;                             // of the pattern's letters with marks
  std::vector<bool> may_become_another_;                    // by class: its letters may, by a mark
  Bits masks_;                                              // by class: the places that it goes on from
  Bits swaps_;                                              // … the places whose second letter it is
  Bits runs_;                                               // the places where any letter may stand
  Bits all_;                                                // … all there are
  Bits edited_;  // … those that a replaced or missing letter leads to
  Bits first_, next_, read_;

  State start_ = 0;
  std::vector<State> steps_;    // by state and class
  std::vector<uint8_t> edits_;  // by state
  Bits bits_;                   // by state
  std::vector<State> slots_;    // a hash table of states, by bits
};

}  // namespace searchlib
