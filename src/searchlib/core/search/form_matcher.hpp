// Compares a pattern with ascending, front-coded forms: what a key shares with the one before is not read
// again, and of keys that begin as a hopeless one did the rest is never read at all. A walk over a dictionary
// drives it (key_walk.hpp).

#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "search/form_automaton.hpp"

namespace searchlib {

class FormMatcher {
 public:
  // passes: as in FormAutomaton.
  explicit FormMatcher(const FormPattern& pattern, bool passes = false)
      : automaton_(pattern, passes), states_(1, automaton_.start()) {}

  // Whether the next key matches, which is `shared` bytes of the one before and a suffix. 0
  // may always be shared.
  bool next(size_t shared, std::string_view suffix) {
    if (dead_ && shared >= dead_at_) return false;
    return read(shared, suffix);
  }

  // The key that matched last, and how many edits that took.
  std::string_view key() const { return path_; }
  unsigned edits() const { return edits_; }

  // Whether neither a key nor any between it and the ones so far can match, and if so, the first that may.
  bool rules_out(std::string_view key);
  std::string_view first_possible() const { return possible_; }

 private:
  bool read(size_t shared, std::string_view suffix);
  void begin_anew(size_t end);
  void find_possible();

  FormAutomaton automaton_;
  // The bytes of the last key that was read. Of those passed over since, all agree with it in
  // its first dead_at_ bytes.
  std::string path_;
  std::vector<FormAutomaton::State> states_;  // after so many bytes of path_, where a letter ends
  unsigned edits_ = 0;
  bool dead_ = false;
  size_t dead_at_ = 0;
  size_t refused_at_ = 0;                                   // where the letter begins that made it so
  uint32_t refused_letter_ = 0;                             // … the letter
  FormAutomaton::State refused_in_ = FormAutomaton::kDead;  // … and the state before
  std::string possible_;
};

}  // namespace searchlib
