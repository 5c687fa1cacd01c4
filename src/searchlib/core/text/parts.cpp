#include "text/parts.hpp"

#include <algorithm>
#include <iterator>
#include <string_view>

#include "text/chars.hpp"
#include "text/units.hpp"

namespace searchlib::scanning {
namespace {

using unicode::Class;
using unicode::Script;

constexpr uint32_t kMinLetters = 8;  // of an identifier by its humps alone: LaTeX and BibTeX are none
constexpr uint32_t kMinHumps = 3;

// Like char_at, but over the marks that belong to what stands before them.
Char next_char(const uint8_t*& at, const uint8_t* end) {
  Char next = char_at(at, end);
  for (; next.attached(); next = char_at(at, end)) at += next.length;
  return next;
}

bool is_zero(uint32_t digit) {
  const auto plain = unicode::decomposition(digit);
  return digit == '0' || (plain.size() == 1 && plain[0] == '0');
}

// What a stretch of a word without underscores consists of.
struct Facts {
  bool numeric = true;     // no letters
  bool separated = false;  // something else than letters, digits and dots: 1,234.56
  bool initials = false;   // U.S, т.е, ph.d: one or two letters between dots, once one
  uint32_t num_dots = 0;
  uint32_t whole_digits = 0, last_digits = 0;  // before the first dot, behind the last
  bool zero = true;                            // behind the last dot
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
      run = facts.last_digits = 0;
      facts.zero = true;
      continue;
    }
    ++run;
    facts.numeric = facts.numeric && !next.letter();
    facts.separated = facts.separated || (!next.letter() && next.word_class() != Class::kDigit);
    short_letters = short_letters && next.letter() && run <= 2;
    if (next.word_class() == Class::kDigit) {
      ++(facts.num_dots == 0 ? facts.whole_digits : facts.last_digits);
      facts.zero = facts.zero && is_zero(next.code_point);
    }
  }
  facts.initials = facts.num_dots > 0 && short_letters && (single || run == 1);
  return facts;
}

// Whether dots divide it. A number with one dot is one value (3.14), unless three digits or more stand before
// it and one behind, that is no zero: so numbers of articles look (228.1), and hardly a measure.
bool divides_at_dots(const Facts& facts) {
  if (facts.num_dots == 0 || facts.initials) return false;
  if (facts.numeric && facts.separated) return false;
  if (!facts.numeric || facts.num_dots > 1) return true;
  return facts.whole_digits >= 3 && facts.whole_digits <= 4 && facts.last_digits == 1 && !facts.zero;
}

// Where the humps of a stretch of letters and digits begin: get|User|Name, parse|XML|Doc, but not AP|Is.
struct Humps {
  std::array<const uint8_t*, kMaxParts> begins;  // of all but the first
  uint32_t count = 1;
  uint32_t letters = 0, first_letters = 0;
  bool first_small = true;  // no capital in the first hump
  bool foreign = false;     // no identifier has such characters, or begins so
};

// Whether a capital and a mark behind it are one of Ё and its like, U+0400 to U+040F, written as two.
bool is_composed_like_yo(uint32_t capital, const uint8_t* behind, const uint8_t* end) {
  constexpr uint8_t kAbove = 230;  // the combining class of these marks: the first of it composes
  struct Composed {
    char32_t capital, mark;
  };
  constexpr Composed kLikeYo[] = {{U'Е', 0x300}, {U'Е', 0x308}, {U'Г', 0x301},
                                  {U'И', 0x300}, {U'К', 0x301}, {U'У', 0x306}};
  const auto is_first = [&](const Composed& one) { return one.capital == capital; };
  if (std::none_of(std::begin(kLikeYo), std::end(kLikeYo), is_first)) return false;
  for (Char next = char_at(behind, end); next.attached(); next = char_at(behind, end)) {
    const uint32_t mark = next.code_point;
    if (unicode::combining_class(mark) == kAbove) {
      return std::any_of(std::begin(kLikeYo), std::end(kLikeYo),
                         [&](const Composed& one) { return one.capital == capital && one.mark == mark; });
    }
    behind += next.length;
  }
  return false;
}

// A capital at which a hump may begin. Ё and its like are none: their bytes inside a word are not told from
// those of small letters at the scanner's speed.
bool begins_hump(const Char& next, const uint8_t* behind, const uint8_t* end) {
  return next.upper() && next.code_point - 0x400 >= 0x10 && next.code_point - 0x470 >= 0x10 &&
         !is_composed_like_yo(next.code_point, behind, end);
}

bool extended(const uint8_t* at, const uint8_t* end) {
  for (Char next = char_at(at, end); next.attached(); next = char_at(at, end)) {
    if (next.word_class() == Class::kExtend) return true;
    at += next.length;
  }
  return false;
}

bool goes_on_small(const uint8_t* at, const uint8_t* end) {
  const Char next = next_char(at, end);
  return next.letter() && !begins_hump(next, at + next.length, end);
}

Humps humps_of(const uint8_t* begin, const uint8_t* end) {
  Humps humps;
  uint32_t capitals = 0;  // that stand together, the last of them at `capital`
  const uint8_t* capital = begin;
  bool has_small = false, apostrophe = false;
  uint32_t letters = 0, letters_before_capital = 0;  // of this hump
  humps.foreign = char_at(begin, end).word_class() == Class::kDigit;
  const auto begin_hump = [&](const uint8_t* at, uint32_t letters_before, uint32_t letters_now) {
    if (humps.count == 1) humps.first_letters = letters_before;
    if (humps.count < kMaxParts) humps.begins[humps.count - 1] = at;
    ++humps.count;
    humps.foreign = humps.foreign || apostrophe;
    letters = letters_now;
  };
  for (const uint8_t* at = begin; at != end;) {
    const uint8_t* const here = at;
    const Char next = char_at(at, end);
    at += next.length;
    if (next.word_class() == Class::kDigit) capitals = 0;
    apostrophe = apostrophe || (!next.letter() && next.word_class() != Class::kDigit && !next.attached());
    if (next.code_point == 0x345) humps.foreign = true;  // an iota below, which folds to a letter
    if (!next.letter()) continue;
    humps.foreign = humps.foreign || (next.script() != Script::kLatin && next.script() != Script::kCyrillic);
    ++humps.letters;
    const bool hump = begins_hump(next, at, end);
    if (next.upper() && humps.count == 1 && !(hump && has_small)) humps.first_small = false;
    if (hump) {
      if (has_small) {
        begin_hump(here, letters, 0);
        has_small = false;
        capitals = 0;
      }
      letters_before_capital = letters;
      ++letters;
      ++capitals;
      capital = here;
      continue;
    }
    if (capitals >= 2) {
      const bool plural = next.code_point == 's' && !extended(at, end) && !goes_on_small(at, end);
      if (!plural) begin_hump(capital, letters_before_capital, 1);
    }
    ++letters;
    has_small = true;
    capitals = 0;
  }
  if (humps.count == 1) humps.first_letters = letters;
  return humps;
}

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

// Whether the character may be there, or one of those beyond U+1FFF that mean the same.
bool may_contain(uint8_t ascii, const uint8_t* begin, const uint8_t* end) {
  return std::any_of(begin, end, [&](uint8_t byte) { return byte == ascii || byte >= 0xE2; });
}

}  // namespace

void Parts::add(const uint8_t* begin, const uint8_t* end, Level level) {
  if (count_ == kMaxParts) {
    parts_[count_ - 1].end = end;
    return;
  }
  parts_[count_++] = {begin, end, level, 0, 0};
  num_words_ += level < Level::kDot;
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

// A stretch without dots and underscores.
void Parts::add_piece(const uint8_t* begin, const uint8_t* end, Level level) {
  const uint8_t* const name = behind_apostrophe(begin, end);
  if (name != nullptr && humps_of(name, end).count == 1) {
    const uint8_t* apostrophe = begin + char_at(begin, end).length;
    next_char(apostrophe, end);
    add(begin, apostrophe, level);
    add(name, end, Level::kHump);
    return;
  }
  const bool may_be_number = *begin <= '9' || *begin >= 0x80;
  if (const uint8_t* const unit = may_be_number ? unit_in(begin, end) : nullptr) {
    add(begin, unit, level);
    return add(unit, end, Level::kDot);
  }
  if (!may_have_humps(begin, end)) return add(begin, end, level);
  const Humps humps = humps_of(begin, end);
  if (humps.count == 1 || humps.foreign) return add(begin, end, level);
  const bool by_itself = (humps.first_small && humps.first_letters >= 2) ||
                         (humps.count >= kMinHumps && humps.letters >= kMinLetters);
  uint8_t before = 0, behind = 0;
  if (!by_itself && humps.first_letters >= 2) {
    before = mark_before(begin);
    if (before == 0) behind = mark_behind(end);
  }
  if (!by_itself && before == 0 && behind == 0) return add(begin, end, level);
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

// A stretch without underscores.
void Parts::add_segment(const uint8_t* begin, const uint8_t* end, Level level) {
  if (!may_contain('.', begin, end)) return add_piece(begin, end, level);
  const Facts facts = facts_of(begin, end);
  if (facts.initials) return add(begin, end, level);
  if (!divides_at_dots(facts)) return facts.numeric ? add(begin, end, level) : add_piece(begin, end, level);
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

void Parts::add_word(const uint8_t* begin, const uint8_t* end, Level level) {
  if (!divides_) return add(begin, end, level);
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
  WordEnd word = first;
  for (Level level = Level::kAddress;;) {
    add_word(begin, word.end, level);
    if (!word.more || count_ == kMaxParts) return word.end;
    const Joint joint = joint_behind(begin, word, end_);
    if (joint.next == nullptr || (joint.level == Level::kAddress && !divides_)) return word.end;
    begin = joint.next;
    level = joint.level;
    word = read_word(begin, end_);
  }
}

}  // namespace searchlib::scanning
