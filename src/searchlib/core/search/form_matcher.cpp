#include "search/form_matcher.hpp"

#include "analysis/analyzer.hpp"
#include "bytes/prefix.hpp"
#include "text/utf8.hpp"

namespace searchlib {
namespace {

constexpr uint32_t kLastCodePoint = 0x10FFFF;

const uint8_t* bytes_of(std::string_view text) { return reinterpret_cast<const uint8_t*>(text.data()); }

// What comes right after all keys that begin so; empty: nothing does.
void to_successor(std::string& key) {
  while (!key.empty() && key.back() == '\xFF') key.pop_back();
  if (!key.empty()) key.back() = static_cast<char>(key.back() + 1);
}

}  // namespace

bool FormMatcher::read(size_t shared, std::string_view suffix) {
  if (shared == 0) {  // a block's first key is whole: find again what it shares
    shared = shared_prefix(suffix, std::string_view(path_).substr(0, dead_ ? dead_at_ : path_.size()));
    if (dead_ && shared == dead_at_) return false;
    suffix.remove_prefix(shared);
  }
  dead_ = false;
  path_.resize(shared);  // as long at least: what was passed over agrees with it as far as it was dead
  path_ += suffix;
  if (states_.size() <= path_.size()) states_.resize(path_.size() + 1);
  const uint8_t* const begin = bytes_of(path_);
  const size_t end = path_.size();
  size_t at = shared;
  if (at == end && at > 0) --at;
  while (at > 0 && utf8::is_continuation(begin[at])) --at;  // its letter may be another one
  FormAutomaton::State state = states_[at];
  while (at < end) {
    if (automaton_.is_full()) {
      begin_anew(at);
      state = states_[at];
    }
    const utf8::Decoded decoded = utf8::decode(begin + at, begin + end);
    const FormAutomaton::State next = automaton_.step(state, decoded.code_point);
    if (next == FormAutomaton::kDead) {
      dead_ = true;
      dead_at_ = at + decoded.length;
      refused_at_ = at;
      refused_letter_ = decoded.code_point;
      refused_in_ = state;
      return false;
    }
    at += decoded.length;
    states_[at] = state = next;
  }
  edits_ = state == FormAutomaton::kUnsure ? automaton_.edits_of(Analyzer::match_key(path_))
                                           : automaton_.edits(state);
  return edits_ != FormAutomaton::kNoMatch;
}

// Finds the states of the path's beginning again, when all are forgotten.
void FormMatcher::begin_anew(size_t end) {
  automaton_.forget();
  FormAutomaton::State state = states_[0] = automaton_.start();
  for (size_t at = 0; at < end;) {
    const utf8::Decoded decoded = utf8::decode(bytes_of(path_) + at, bytes_of(path_) + path_.size());
    state = automaton_.step(state, decoded.code_point);
    at += decoded.length;
    states_[at] = state;
  }
}

bool FormMatcher::rules_out(std::string_view key) {
  if (!dead_ || !key.starts_with(std::string_view(path_).substr(0, refused_at_))) return false;
  find_possible();
  return possible_.empty() || key < possible_;
}

// The first letter in place of the refused one that may be another case; or behind all that begins as what
// stands before it.
void FormMatcher::find_possible() {
  possible_.assign(path_, 0, refused_at_);
  const uint32_t letter = automaton_.next_possible(refused_in_, refused_letter_);
  if (letter <= kLastCodePoint) {
    utf8::append(possible_, letter);
  } else {
    to_successor(possible_);
  }
}

}  // namespace searchlib
