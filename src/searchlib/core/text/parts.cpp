#include "text/parts.hpp"

#include <algorithm>
#include <iterator>
#include <string_view>

#include "text/chars.hpp"
#include "text/humps.hpp"
#include "text/units.hpp"

namespace searchlib::scanning {
namespace {

using unicode::Class;

// What a stretch of a word without underscores consists of.
struct Facts {
  bool numeric = true;     // no letters
  bool separated = false;  // something else than letters, digits and dots: 1,234.56
  bool initials = false;   // U.S, т.е, ph.d: one or two letters between dots, once one
  uint32_t num_dots = 0;
};

Facts facts_of(const uint8_t* begin, const uint8_t* end) {
  Facts facts;
  bool short_letters = true, single = false;
  uint32_t run = 0;
  for (const uint8_t* at = begin + (*begin == '.'); at != end;) {  // .NET
    const Char next = char_at(at, end);
    at += next.length;
    if (next.attached()) continue;
    if (next.word_class() == Class::kDot) {
      if (at == end) break;  // of initials
      ++facts.num_dots;
      single = single || run == 1;
      run = 0;
      continue;
    }
    ++run;
    facts.numeric = facts.numeric && !next.letter();
    facts.separated = facts.separated || (!next.letter() && next.word_class() != Class::kDigit);
    short_letters = short_letters && next.letter() && run <= 2;
  }
  facts.initials = facts.num_dots > 0 && short_letters && (single || run == 1);
  return facts;
}

// Whether dots divide it. A number with one dot is one value: 14 does not find 3.14.
bool divides_at_dots(const Facts& facts) {
  if (facts.num_dots == 0 || facts.initials) return false;
  return !facts.numeric || (facts.num_dots > 1 && !facts.separated);
}

// Where the number begins that a name of letters ends in, iPhone13, covid19; null if it is none. Three letters are
// a name, and more than four digits are a number of their own.
const uint8_t* number_of_name(const uint8_t* begin, const uint8_t* end) {
  constexpr uint32_t kFewestLetters = 3, kMostDigits = 4;
  if (is_no_digit(end[-1])) return nullptr;  // most have none at their end
  uint32_t letters = 0, digits = 0;
  const uint8_t* number = nullptr;
  for (const uint8_t* at = begin; at != end;) {
    const Char next = char_at(at, end);
    if (next.digit()) {
      if (digits++ == 0) number = at;
    } else if (next.letter() && digits == 0) {
      ++letters;
    } else if (!next.attached()) {
      return nullptr;
    }
    at += next.length;
  }
  return letters >= kFewestLetters && digits <= kMostDigits ? number : nullptr;
}

bool begins_with_capital(uint8_t byte) { return byte >= 'A' && byte <= 'Z'; }

// O'Reilly, d'Artagnan, L'Oréal, О'Генри: where the name begins behind the apostrophe; null for don't,
// Oʻzbekiston, об'єкт.
const uint8_t* behind_apostrophe(const uint8_t* begin, const uint8_t* end) {
  constexpr std::u32string_view kBefore = U"odlODLодлОДЛ";
  const Char particle = char_at(begin, end);
  if (kBefore.find(static_cast<char32_t>(particle.code_point)) == kBefore.npos) return nullptr;
  const uint8_t* at = begin + particle.length;
  Char apostrophe = char_at(at, end);
  for (; apostrophe.word_class() == Class::kFormat; apostrophe = char_at(at, end)) at += apostrophe.length;
  if (apostrophe.word_class() != Class::kApostrophe) return nullptr;
  at += apostrophe.length;
  const uint8_t* const name = at;
  const Char first = char_at(at, end);
  if (!first.letter() || !first.upper()) return nullptr;
  at += first.length;
  return next_char(at, end).small() ? name : nullptr;
}

// Whether a letter at `at` is that of a model and no unit, for it stands behind letters, a hyphen and a number:
// Ту-154М. Of four digits it may be one: ЧМ-2018г.
bool is_model_letter(const uint8_t* number, const uint8_t* at, const uint8_t* end) {
  const Char letter = char_at(at, end);
  if (!letter.letter() || at - number >= 4 || !is_ascii_digit(*number)) return false;
  return read_word(at, end).end == at + letter.length;
}

// Whether a unit [at, end) is the letter of a grade, as the hyphen and the number behind it say: 5W-30.
bool is_grade(const uint8_t* at, const uint8_t* end, const uint8_t* text_end) {
  if (end - at != 1 || (*at != 'W' && *at != 'V') || text_end - end < 2) return false;
  return *end == '-' && is_ascii_digit(end[1]);
}

// Whether the character may be there, or one of those beyond U+1FFF that mean the same.
bool may_contain(uint8_t ascii, const uint8_t* begin, const uint8_t* end) {
  return std::any_of(begin, end, [&](uint8_t byte) { return byte == ascii || byte >= 0xE2; });
}

}  // namespace

void Parts::add(const uint8_t* begin, const uint8_t* end, Level level) {
  if (count_ == kMaxParts) {
    parts_[count_ - 1].end = parts_[count_ - 1].reach = end;
    return;
  }
  nested_ = nested_ || (count_ > 1 && level != parts_[1].level);
  parts_[count_++] = {begin, end, end, level, 0, 0};
  num_words_ += level < Level::kDot && level != Level::kEnding;
  has_ending_ = has_ending_ || level == Level::kEnding;
}

// A dot or an underscore before an identifier, which some word ends at.
uint8_t Parts::mark_before(const uint8_t* begin) const {
  if (begin == base_ && marked_before_) return 1;
  if (begin - base_ < 2 || (begin[-1] != '.' && begin[-1] != '_')) return 0;
  const uint8_t before = begin[-2];
  return before >= 0x80 || (kBytes[before] & kRun) || before == '_' ? 1 : 0;
}

uint8_t Parts::mark_behind(const uint8_t* end) const {
  if (end == end_) return marked_behind_ ? 1 : 0;
  if (*end == '(') return 1;
  if (*end != '.' && *end != '_') return 0;
  const Char next = char_at(end + 1, end_);
  return next.alphanumeric() || (*end == '_' && next.code_point == '_') ? 1 : 0;
}

// A stretch that nothing divides but, maybe, the number at its end.
void Parts::add_name(const uint8_t* begin, const uint8_t* end, Level level) {
  const uint8_t* const number = number_of_name(begin, end);
  if (number == nullptr) return add(begin, end, level);
  add(begin, number, level);
  add(number, end, Level::kHump);
}

// Digits and dots, of which two or more. One digit behind a dot is no part: 7 does not find 3.11.7.
void Parts::add_number(const uint8_t* begin, const uint8_t* end, Level level) {
  std::array<Range, kMaxParts> pieces;
  size_t count = 0;
  const uint8_t* piece = begin;
  uint32_t digits = 0;
  const auto end_piece = [&](const uint8_t* at) {
    if ((count == 0 || digits > 1) && count < pieces.size()) pieces[count++] = {piece, at};
    digits = 0;
  };
  for (const uint8_t* at = begin; at != end;) {
    const Char next = char_at(at, end);
    at += next.length;
    digits += next.digit();
    if (next.word_class() != Class::kDot) continue;
    end_piece(at - next.length);
    piece = at;
  }
  end_piece(end);
  if (count < 2) return add(begin, end, level);
  for (size_t i = 0; i < count; ++i) {
    add(pieces[i].begin, pieces[i].end, i == 0 ? level : Level::kDot);
    parts_[count_ - 1].reach = std::max(parts_[count_ - 1].reach, i + 1 == count ? end : pieces[i].end);
  }
}

// A stretch without dots and underscores.
void Parts::add_piece(const uint8_t* begin, const uint8_t* end, Level level) {
  const uint8_t* const name = joined_ ? behind_apostrophe(begin, end) : nullptr;
  if (name != nullptr && humps_of(name, end).count == 1) {
    const uint8_t* apostrophe = begin + char_at(begin, end).length;
    next_char(apostrophe, end);
    add(begin, apostrophe, level);
    add(name, end, Level::kHump);
    return;
  }
  const bool may_be_number = *begin <= '9' || *begin >= 0x80;
  const uint8_t* const unit = may_be_number ? unit_in(begin, end) : nullptr;
  if (unit != nullptr && !is_grade(unit, end, end_)) {
    add(begin, unit, level);
    return add(unit, end, Level::kDot);
  }
  const uint32_t most = humps_ == 1 || !joined_ ? humps_ : most_humps(begin, end);
  if (most == 1) return add_name(begin, end, level);
  // Two humps behind a capital want a mark beside them, and most have none.
  if (most < kMinHumps && begins_with_capital(*begin) && mark_before(begin) == 0 && mark_behind(end) == 0)
    return add_name(begin, end, level);
  const Humps humps = humps_of(begin, end);
  if (humps.count == 1 || humps.foreign) return add_name(begin, end, level);
  const bool by_itself = is_identifier(humps, begin, end);
  uint8_t before = 0, behind = 0;
  if (!by_itself && humps.first_letters >= 2) {
    before = mark_before(begin);
    if (before == 0) behind = mark_behind(end);
  }
  if (!by_itself && before == 0 && behind == 0) return add_name(begin, end, level);
  const uint32_t first = count_;
  const uint8_t* at = begin;
  for (uint32_t hump = 1; hump < std::min(humps.count, kMaxParts); ++hump) {
    add(at, humps.begins[hump - 1], hump == 1 ? level : Level::kHump);
    at = humps.begins[hump - 1];
  }
  add(at, end, Level::kHump);
  if (first == kMaxParts) return;
  parts_[first].mark_before = before;
  parts_[count_ - 1].mark_behind = behind;
}

// A stretch without underscores. A dot between a digit and a letter divides it first: v2.0 is a part of v2.0.zip.
void Parts::add_segment(const uint8_t* begin, const uint8_t* end, Level level) {
  if (!may_contain('.', begin, end)) return add_piece(begin, end, level);
  const uint8_t* section = begin;
  bool digit = false;
  for (const uint8_t* at = begin; at != end;) {
    const Char next = char_at(at, end);
    at += next.length;
    if (next.attached()) continue;
    if (digit && next.word_class() == Class::kDot && char_at(at, end).letter()) {
      add_section(section, at - next.length, level);
      section = at;
      level = Level::kEnding;
    }
    digit = next.digit();
  }
  add_section(section, end, level);
}

// One without dots before endings.
void Parts::add_section(const uint8_t* begin, const uint8_t* end, Level level) {
  if (!may_contain('.', begin, end)) return add_piece(begin, end, level);
  const Facts facts = facts_of(begin, end);
  if (facts.initials) return add(begin, end, level);
  if (!divides_at_dots(facts)) return facts.numeric ? add(begin, end, level) : add_piece(begin, end, level);
  if (facts.numeric) return add_number(begin, end, level);
  const uint8_t* piece = begin;
  for (const uint8_t* at = begin; at != end;) {
    const Char next = char_at(at, end);
    if (next.word_class() == Class::kDot && at != begin && at + next.length != end) {
      add_piece(piece, at, level);
      level = Level::kDot;
      piece = at + next.length;
    }
    at += next.length;
  }
  add_piece(piece, end, level);
}

void Parts::add_word(const uint8_t* begin, const WordEnd& word, Level level) {
  const uint8_t* const end = word.end;
  if (!divides_) return add(begin, end, level);
  humps_ = word.humps;
  joined_ = word.joined;
  if (!word.joined) return add_piece(begin, end, level);
  if (!may_contain('_', begin, end)) return add_segment(begin, end, level);
  const uint8_t* segment = begin;
  for (const uint8_t* at = begin; at != end;) {
    const Char next = char_at(at, end);
    if (next.word_class() != Class::kUnderscore) {
      at += next.length;
      continue;
    }
    add_segment(segment, at, level);
    level = Level::kDot;
    while (char_at(at, end).word_class() == Class::kUnderscore) at += char_at(at, end).length;
    segment = at;
  }
  add_segment(segment, end, level);
}

const uint8_t* Parts::read(const uint8_t* begin, const WordEnd& first) {
  const uint8_t* const end = read_all(begin, first);
  if (has_ending_) settle_endings();
  return end;
}

// Behind a hyphen, or with none, the dot of an ending is the loosest joint: (budget-2024).xlsx. Before one it is
// not: (win32.dll)-file.
void Parts::settle_endings() {
  bool hyphen = false;
  for (uint32_t part = count_; part-- > 1;) {
    Level& level = parts_[part].level;
    if (level == Level::kAddress) hyphen = false;
    if (level == Level::kHyphen) hyphen = true;
    if (level == Level::kEnding && hyphen) level = Level::kDot;
  }
}

const uint8_t* Parts::read_all(const uint8_t* begin, const WordEnd& first) {
  WordEnd word = first;
  bool before = false;  // the word before this one ends in a letter
  for (Level level = Level::kAddress;;) {
    const bool letters = word.ends_in_letter, behind_letters = before;
    before = letters;
    add_word(begin, word, level);
    if (!word.more || !word.joint || count_ == kMaxParts) return word.end;
    const Joint joint = joint_behind(begin, word, end_);
    if (joint.next == nullptr || (joint.level == Level::kAddress && !divides_)) return word.end;
    // The number of COVID-19 begins no thousands.
    if (joint.level == Level::kGroup && level == Level::kHyphen && behind_letters) return word.end;
    begin = joint.next;
    level = joint.level;
    word = read_word(begin, end_);
    if (letters && level == Level::kHyphen && is_model_letter(begin, word.end, end_)) {
      add_word(begin, word, level);
      begin = word.end;
      word = read_word(begin, end_);
    }
  }
}

}  // namespace searchlib::scanning
