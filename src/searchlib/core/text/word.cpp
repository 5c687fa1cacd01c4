#include "text/word.hpp"

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <string>
#include <string_view>

#include "text/chars.hpp"
#include "text/dotted_names.hpp"
#include "text/line_ends.hpp"
#include "text/normalise.hpp"
#include "text/units.hpp"

namespace searchlib::scanning {
namespace {

using unicode::Class;

constexpr uint32_t kZeroWidthJoiner = 0x200D;
constexpr uint8_t kSoftHyphen = 0xAD;  // its last byte

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

// Reads one word of letters and digits; its state is what the rules must remember.
class WordReader {
 public:
  WordReader(const uint8_t* begin, const uint8_t* at, const uint8_t* end)
      : begin_(begin), at_(at), end_(end), segment_(begin) {
    for (const uint8_t* byte = begin; byte != at; ++byte) see(byte);
    if (at != begin) remember_run();
  }

  WordEnd read() {
    const uint8_t* const text_end = end_;
    const bool may_be_number = *begin_ <= '9' || *begin_ >= 0x80;
    if (const uint8_t* const unit = may_be_number ? unit_in(begin_, end_) : nullptr) {  // 5км is 5 and км
      at_ = begin_;
      end_ = unit;
    }
    while (step()) {
    }
    take_tail();
    const uint32_t humps = (seen_ & kHump) ? most_humps(begin_, at_) : 1;
    WordEnd word{at_, false, last_ == Class::kLetter, joined_, false, static_cast<uint8_t>(humps)};
    word.joint = joint_behind(begin_, word, text_end).next != nullptr;
    const bool numbered = last_ == Class::kDigit && *begin_ > '9';  // iPhone13
    word.more = joined_ || humps > 1 || numbered || word.joint;
    return word;
  }

 private:
  // Moves over what certainly belongs to the word; false when the word is at its end, with next_ behind it.
  bool step() {
    const uint8_t* const run = at_;
    while (at_ != end_ && (kBytes[*at_] & kRun) && (at_ != run || (kBytes[*at_] & kStart))) {
      see(at_++);
    }
    if (at_ != run) remember_run();
    next_ = char_at(at_, end_);
    if (next_.alphanumeric()) {
      last_ = next_.word_class();
      if (next_.properties.upper() && at_ != begin_) seen_ |= kHump;
    } else if (!next_.attached()) {
      return join();
    }
    at_ += next_.length;
    return true;
  }

  void see(const uint8_t* byte) {
    const bool first = byte == begin_ || (byte == begin_ + 1 && utf8::is_continuation(*byte));
    if (!first) seen_ |= kBytes[*byte];
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
        // Of col·lecció it is a letter's; кВт·ч are two words.
        return char_at(behind, end_).script() != unicode::Script::kCyrillic && joins(behind, true, false) &&
               move_to(behind);
      case Class::kApostrophe:
        if (!joins(behind, true, true) && !is_decade(begin_, at_, behind, end_)) return false;
        joined_ = true;
        return move_to(behind);
      case Class::kUnderscore:
        if (!join_underscores(behind)) return false;
        joined_ = true;
        return true;
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

  bool dot_joins(const uint8_t* behind) const {
    const Class following = char_at(behind, end_).word_class();
    const bool name = following == Class::kLetter;
    if ((!name && following != last_) || capitalised(behind, end_)) return false;
    if (following == last_ && !other_script(behind)) return true;
    return name && dot_joins_name(begin_, at_, behind, end_, last_ == Class::kDigit);
  }

  bool join_dot(const uint8_t* behind) {
    initials_ = initials_ && single_letter(segment_, at_);
    if (dot_joins(behind)) {
      ++num_dots_;
      joined_ = true;
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
  // and F# one letter; so are those of one Cyrillic letter that looks like a Latin one. And the power of a length: m².
  void take_tail() {
    if (at_ == end_) return;
    if (*at_ == 0xC2) {
      if (const uint8_t* const power = power_behind(begin_, at_, end_)) {
        at_ = power;
        next_ = char_at(at_, end_);
      }
      return;
    }
    if (!(kBytes[*at_] & kTail)) return;
    const std::ptrdiff_t length = *at_ == '+' ? 2 : 1;
    if (end_ - at_ < length || at_[length - 1] != *at_) return;
    const Char behind = char_at(at_ + length, end_);
    if (behind.letter() || behind.code_point == *at_) return;  // index.html?x#top, +++
    const bool look_alike = at_ - begin_ == 2 && looks_latin(char_at(begin_, end_).code_point);
    if (length == 1 && at_ - begin_ > 1 && !look_alike) return;
    for (const uint8_t* letter = begin_; letter != at_ && !look_alike; ++letter) {
      if ((*letter | 0x20) < 'a' || (*letter | 0x20) > 'z') return;
    }
    at_ += length;
    next_ = char_at(at_, end_);
  }

  const uint8_t* const begin_;
  const uint8_t* at_;
  const uint8_t* end_;
  const uint8_t* segment_;  // behind the last dot
  Char next_;               // what stands at at_
  Class last_ = Class::kOther;
  bool initials_ = true;  // all segments so far are single letters
  int num_dots_ = 0;
  bool joined_ = false;  // dots, underscores or apostrophes stand inside
  uint8_t seen_ = 0;     // of the bytes but the first
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
        return {skip_attached(begin + first.length, end), false, false, false, false, 1};
      case Class::kEmoji:
        return {read_emoji(begin, end), false, false, false, false, 1};
      case Class::kRegional:
        return {read_flag(begin, end), false, false, false, false, 1};
      default:
        break;
    }
  }
  return WordReader(begin, at, end).read();
}

Joint joint_behind(const uint8_t* begin, const WordEnd& word, const uint8_t* end) {
  if (word.end == end) return {nullptr, Level::kHyphen};
  const uint8_t byte = *word.end;
  if (byte < 0x80 && byte != '-' && byte != '/' && byte != '@' && byte != ' ' && word.end[-1] != kSoftHyphen)
    return {nullptr, Level::kHyphen};
  const Char next = char_at(word.end, end);
  const uint8_t* const behind = word.end + next.length;
  if (next.code_point == '/' || next.code_point == '@')
    return {char_at(behind, end).alphanumeric() ? behind : nullptr, Level::kAddress};
  if (next.word_class() == Class::kHyphen && char_at(behind, end).alphanumeric())
    return {behind, Level::kHyphen};
  if (next.word_class() == Class::kGroupSpace && groups_thousands(begin, word.end, behind, end))
    return {behind, Level::kGroup};
  return {word.ends_in_letter ? behind_division(begin, word.end, end) : nullptr, Level::kHyphen};
}

bool is_net(const uint8_t* base, const uint8_t* begin) {
  if ((begin[0] | 0x20) != 'n' || (begin[1] | 0x20) != 'e' || (begin[2] | 0x20) != 't') return false;
  if (begin - base < 2) return true;
  const uint8_t before = begin[-2];
  return before < 0x80 && !(kBytes[before] & kRun) && before != '.' && before != '_';
}

}  // namespace searchlib::scanning
