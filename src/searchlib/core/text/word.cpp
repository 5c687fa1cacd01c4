#include "text/word.hpp"

#include <cstddef>

#include "text/unicode.hpp"
#include "text/utf8.hpp"

namespace searchlib::scanning {
namespace {

using unicode::Class;
using unicode::Properties;

constexpr uint32_t kZeroWidthJoiner = 0x200D;

struct Char {
  uint32_t code_point = utf8::kInvalid;
  uint32_t length = 0;
  Properties properties{0};

  Class word_class() const { return properties.word_class(); }
  bool letter() const { return word_class() == Class::kLetter; }
  bool alphanumeric() const { return letter() || word_class() == Class::kDigit; }
  bool attached() const { return word_class() == Class::kExtend || word_class() == Class::kFormat; }
};

// The character at `at`; at the end, one of no length that is a border.
Char char_at(const uint8_t* at, const uint8_t* end) {
  if (at == end) return {};
  const utf8::Decoded decoded = utf8::decode(at, end);
  return {decoded.code_point, decoded.length, unicode::properties(decoded.code_point)};
}

const uint8_t* skip_attached(const uint8_t* at, const uint8_t* end) {
  for (Char next = char_at(at, end); next.attached(); next = char_at(at, end)) at += next.length;
  return at;
}

const uint8_t* read_emoji(const uint8_t* at, const uint8_t* end) {
  for (;;) {
    at += char_at(at, end).length;
    bool joined = false;
    for (Char next = char_at(at, end); next.attached(); next = char_at(at, end)) {
      at += next.length;
      joined = next.code_point == kZeroWidthJoiner;
    }
    if (!joined || char_at(at, end).word_class() != Class::kEmoji) return at;
  }
}

const uint8_t* read_flag(const uint8_t* at, const uint8_t* end) {
  at += char_at(at, end).length;
  const Char second = char_at(at, end);
  if (second.word_class() == Class::kRegional) at += second.length;
  return skip_attached(at, end);
}

// Whether a word like «Ташкент» begins here, a capital and then a small letter: after a dot it is a
// word of its own.
bool capitalised(const uint8_t* at, const uint8_t* end) {
  const Char first = char_at(at, end);
  if (!first.properties.upper()) return false;
  const Char second = char_at(skip_attached(at + first.length, end), end);
  return second.letter() && !second.properties.upper();
}

bool single_letter(const uint8_t* begin, const uint8_t* end) {
  const Char first = char_at(begin, end);
  return first.letter() && skip_attached(begin + first.length, end) == end;
}

struct Digits {
  const uint8_t* end;
  int count;
};

// The digits at `at`, of which no more than four are counted.
Digits digits_at(const uint8_t* at, const uint8_t* end) {
  Digits digits{at, 0};
  for (Char next = char_at(at, end); next.word_class() == Class::kDigit && digits.count < 4;
       next = char_at(digits.end, end)) {
    digits.end += next.length;
    ++digits.count;
  }
  return digits;
}

// Reads one word of letters and digits; its state is what the rules must remember.
class WordReader {
 public:
  WordReader(const uint8_t* begin, const uint8_t* at, const uint8_t* end)
      : begin_(begin), at_(at), end_(end), segment_(begin) {
    if (at != begin) remember_run();
  }

  WordEnd read() {
    while (step()) {
    }
    take_tail();
    const uint8_t* const behind = at_ + next_.length;
    const bool hyphen = next_.word_class() == Class::kHyphen && char_at(behind, end_).alphanumeric();
    const bool group = next_.word_class() == Class::kGroupSpace && groups_thousands(behind);
    return {at_, hyphen || group};
  }

 private:
  // Moves over what certainly belongs to the word; false when the word is at its end, with next_ behind it.
  bool step() {
    const uint8_t* const run = at_;
    while (at_ != end_ && (kBytes[*at_] & kRun) && (at_ != run || (kBytes[*at_] & kStart))) ++at_;
    if (at_ != run) remember_run();
    next_ = char_at(at_, end_);
    if (next_.alphanumeric()) {
      last_ = next_.word_class();
    } else if (!next_.attached()) {
      return join();
    }
    at_ += next_.length;
    return true;
  }

  void remember_run() {
    const uint8_t last = at_[-1];
    last_ = last >= '0' && last <= '9' ? Class::kDigit : Class::kLetter;
  }

  // Whether next_, which is neither letter nor mark, joins what stands on both its sides.
  bool join() {
    const uint8_t* const behind = at_ + next_.length;
    switch (next_.word_class()) {
      case Class::kDot:
        return join_dot(behind);
      case Class::kMidNum:
        return joins(behind, false, true) && move_to(behind);
      case Class::kMidLetter:
        return joins(behind, true, false) && move_to(behind);
      case Class::kApostrophe:
        return joins(behind, true, true) && move_to(behind);
      case Class::kUnderscore:
        return join_underscores(behind);
      default:
        return false;
    }
  }

  bool joins(const uint8_t* behind, bool letters, bool digits) const {
    const Class following = char_at(behind, end_).word_class();
    return following == last_ && ((letters && last_ == Class::kLetter) || (digits && last_ == Class::kDigit));
  }

  // «платформы.NET» lacks a space; no abbreviation and no host name mixes scripts.
  bool other_script(const uint8_t* behind) const {
    const unicode::Script before = char_at(segment_, end_).properties.script();
    const unicode::Script after = char_at(behind, end_).properties.script();
    return before != after && before != unicode::Script::kOther && after != unicode::Script::kOther;
  }

  bool move_to(const uint8_t* there) {
    at_ = there;
    return true;
  }

  bool join_dot(const uint8_t* behind) {
    initials_ = initials_ && single_letter(segment_, at_);
    if (joins(behind, true, true) && !capitalised(behind, end_) && !other_script(behind)) {
      ++num_dots_;
      segment_ = behind;
      return move_to(behind);
    }
    if (initials_ && num_dots_ > 0) {
      at_ = behind;
      next_ = char_at(at_, end_);
    }
    return false;
  }

  bool join_underscores(const uint8_t* behind) {
    Char following = char_at(behind, end_);
    for (; following.word_class() == Class::kUnderscore; following = char_at(behind, end_))
      behind += following.length;
    return following.alphanumeric() && move_to(behind);
  }

  // The signs that belong to a name: C++ and Notepad++ are Latin letters and two pluses, C#
  // and F# one letter.
  void take_tail() {
    if (at_ == end_ || !(kBytes[*at_] & kTail)) return;
    const std::ptrdiff_t length = *at_ == '+' ? 2 : 1;
    if (end_ - at_ < length || at_[length - 1] != *at_) return;
    const Char behind = char_at(at_ + length, end_);
    if (behind.letter() || behind.code_point == *at_) return;  // index.html?x#top, +++
    if (length == 1 && at_ - begin_ > 1) return;
    for (const uint8_t* letter = begin_; letter != at_; ++letter) {
      if ((*letter | 0x20) < 'a' || (*letter | 0x20) > 'z') return;
    }
    at_ += length;
    next_ = char_at(at_, end_);
  }

  // 1 000: up to three digits before the space, and exactly three behind it.
  bool groups_thousands(const uint8_t* behind) const {
    const Digits before = digits_at(begin_, at_), after = digits_at(behind, end_);
    return before.end == at_ && before.count <= 3 && after.count == 3 &&
           !char_at(after.end, end_).alphanumeric();
  }

  const uint8_t* const begin_;
  const uint8_t* at_;
  const uint8_t* end_;
  const uint8_t* segment_;  // behind the last dot
  Char next_;               // what stands at at_
  Class last_ = Class::kOther;
  bool initials_ = true;  // all segments so far are single letters
  int num_dots_ = 0;
};

}  // namespace

bool begins_token(const uint8_t* at, const uint8_t* end, uint32_t& length) {
  const Char next = char_at(at, end);
  length = next.length;
  const Class kind = next.word_class();
  return next.alphanumeric() || kind == Class::kIdeograph || kind == Class::kEmoji ||
         kind == Class::kRegional;
}

WordEnd read_on(const uint8_t* begin, const uint8_t* at, const uint8_t* end) {
  if (at == begin) {
    const Char first = char_at(begin, end);
    switch (first.word_class()) {
      case Class::kIdeograph:
        return {skip_attached(begin + first.length, end), false};
      case Class::kEmoji:
        return {read_emoji(begin, end), false};
      case Class::kRegional:
        return {read_flag(begin, end), false};
      default:
        break;
    }
  }
  return WordReader(begin, at, end).read();
}

uint32_t compound_parts(const uint8_t* hyphen, const uint8_t* end, Range* parts) {
  uint32_t count = 1;
  bool more = true;
  while (more && count < kMaxCompoundParts) {
    const uint8_t* const begin = hyphen + char_at(hyphen, end).length;
    const WordEnd word = read_word(begin, end);
    parts[count++] = {begin, word.end};
    hyphen = word.end;
    more = word.before_hyphen;
  }
  return count;
}

}  // namespace searchlib::scanning
