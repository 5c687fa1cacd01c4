// The first sieve for names: which of a million words, in order, may be a name, told from bytes by a look at
// tables. It reads words front-coded, as a dictionary has them, and knows no dictionary.

#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace searchlib {

// One of the consonants l r m n t d b p, as 1 to 8, and how often it is heard before another of them is. Of
// dhd, once or twice: the h may be silent, and then both are one; or it may be a sound, as in дхд.
struct ConsonantRun {
  uint8_t consonant;
  uint8_t least;
  uint8_t most;
};

// The consonants that are read as themselves wherever they stand, in order. Nothing for words with digits and
// the like, which are no names.
std::optional<std::vector<ConsonantRun>> clear_consonants(std::string_view word);

// Whether two words may have a reading in common; never false if they have.
bool may_agree(const std::vector<ConsonantRun>& left, const std::vector<ConsonantRun>& right);

// Passes the words whose clear consonants may agree with those of a name. Of a word that is shared with
// the one before, nothing is read again; and as soon as a beginning has another consonant, all words with
// it are passed over.
class NameSieve {
 public:
  explicit NameSieve(std::vector<ConsonantRun> clear_consonants);

  // Whether the next word passes, which is `shared` bytes of the one before and a suffix. 0
  // may always be shared.
  bool next(size_t shared, std::string_view suffix) {
    if (shared > 0 && failed_ && shared >= failed_at_) return false;
    return read(shared, suffix);
  }

  // Whether nothing that begins as this key does, and comes after the words so far, can pass; and if so, what
  // comes right behind all that.
  bool rules_out(std::string_view key) const {
    return failed_ && key.starts_with(std::string_view(word_).substr(0, failed_at_));
  }
  std::string_view first_possible();

  // The word that passed last.
  std::string_view word() const { return word_; }

 private:
  struct State {
    uint8_t matched = 0;  // how many of the name's runs, of the last of which was heard so far:
    uint8_t least = 0;
    uint8_t most = 0;
    uint8_t last = 0;       // letter
    uint8_t pending = 0;    // a consonant that the next letter may silence
    bool is_apart = false;  // a sound stands between the last consonant and what comes
    bool is_plain = true;   // nothing but a–z, а–я, apostrophes and hyphens
    bool failed = false;
  };
  bool read(size_t shared, std::string_view suffix);
  void take(State& state, size_t at) const;
  void hear(State& state, uint8_t letter) const;
  void match(State& state, uint8_t clear) const;

  std::vector<ConsonantRun> consonants_;
  // The bytes of the last word that was read. Of those passed over since, all agree with it in
  // its first failed_at_ bytes.
  std::string word_;
  std::vector<State> states_;  // after so many bytes of word_
  size_t failed_at_ = 0;
  bool failed_ = false;
  std::string possible_;
};

}  // namespace searchlib
