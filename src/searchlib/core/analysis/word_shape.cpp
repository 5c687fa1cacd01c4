#include "analysis/word_shape.hpp"

#include <cstdint>

#include "text/unicode.hpp"
#include "text/utf8.hpp"

namespace searchlib {
namespace {

using unicode::Class;
using unicode::Script;

bool is_russian(char32_t letter) {
  return (letter >= U'А' && letter <= U'я') || letter == U'ё' || letter == U'Ё';
}

// Follows a word character by character: letters and digits in one part are no plain word (mp3).
class ShapeReader {
 public:
  const WordShape& shape() const { return shape_; }

  void latin() { ++shape_.latin; }
  void russian() { ++shape_.russian; }
  void arabic() { ++shape_.arabic; }
  void letter(bool upper) {
    ++shape_.letters;
    shape_.capitals += upper;
    letter_in_part_ = true;
    end_character();
  }
  void digit() {
    digit_in_part_ = true;
    end_character();
  }
  void hyphen() {
    letter_in_part_ = digit_in_part_ = false;
    end_character();
  }
  void apostrophe() {
    shape_.apostrophe = true;
    end_character();
  }
  void mark() { end_character(); }
  void other() {
    shape_.plain = false;
    end_character();
  }

 private:
  void end_character() {
    ++shape_.characters;
    if (letter_in_part_ && digit_in_part_) shape_.plain = false;
  }

  WordShape shape_;
  bool letter_in_part_ = false, digit_in_part_ = false;
};

// A two-byte character of U+0400–045F in small letters, its last byte and whether its lead byte is D1.
struct SmallCyrillic {
  uint8_t lead, last;
  bool upper;
};

SmallCyrillic small_cyrillic(uint8_t lead, uint8_t last) {
  if (lead == 0xD1) return {lead, last, false};                              // U+0440–045F
  if (last >= 0xB0) return {lead, last, false};                              // а–п
  if (last >= 0xA0) return {0xD1, static_cast<uint8_t>(last - 0x20), true};  // Р–Я → р–я
  if (last >= 0x90) return {0xD0, static_cast<uint8_t>(last + 0x20), true};  // А–П → а–п
  return {0xD1, static_cast<uint8_t>(last + 0x10), true};                    // Ѐ–Џ → ѐ–џ
}

bool is_russian_pair(SmallCyrillic small) {
  if (small.lead == 0xD0) return true;             // а–п
  return small.last < 0x90 || small.last == 0x91;  // р–я, ё
}

}  // namespace

WordShape shape_of(std::u32string_view word) {
  ShapeReader reader;
  for (const char32_t next : word) {
    const unicode::Properties properties = unicode::properties(next);
    const Class kind = properties.word_class();
    if (kind == Class::kLetter) {
      if (properties.script() == Script::kLatin) reader.latin();
      if (properties.script() == Script::kArabic) reader.arabic();
      if (is_russian(next)) reader.russian();
      reader.letter(properties.upper());
    } else if (kind == Class::kDigit) {
      reader.digit();
    } else if (next == U'-') {
      reader.hyphen();
    } else if (next == U'\'') {
      reader.apostrophe();
    } else if (kind == Class::kExtend) {
      reader.mark();
    } else {
      reader.other();
    }
  }
  return reader.shape();
}

bool fold_plain_word(std::string_view raw_token, std::string& form, WordShape& shape) {
  ShapeReader reader;
  form.resize(raw_token.size());  // no folding here makes a character longer
  char* out = form.data();
  bool cyrillic = false;
  for (size_t at = 0; at < raw_token.size(); ++at) {
    const auto byte = static_cast<uint8_t>(raw_token[at]);
    const uint8_t lower = byte | 0x20;
    if (byte < 0x80 && lower >= 'a' && lower <= 'z') {
      reader.latin();
      reader.letter(byte != lower);
      *out++ = static_cast<char>(lower);
    } else if (byte == 0xD0 || byte == 0xD1) {
      const auto last = static_cast<uint8_t>(++at < raw_token.size() ? raw_token[at] : 0);
      if (!utf8::is_continuation(last) || (byte == 0xD1 && last >= 0xA0)) return false;
      const SmallCyrillic small = small_cyrillic(byte, last);
      cyrillic = true;
      if (is_russian_pair(small)) reader.russian();
      reader.letter(small.upper);
      *out++ = static_cast<char>(small.lead);
      *out++ = static_cast<char>(small.last);
    } else if (byte >= '0' && byte <= '9') {
      reader.digit();
      *out++ = raw_token[at];
    } else if (byte == '-') {
      reader.hyphen();
      *out++ = '-';
    } else if (byte == '\'') {
      reader.apostrophe();
      *out++ = '\'';
    } else if (byte == '.' || byte == ',' || byte == '_' || byte == '/' || byte == '@') {
      // The last dot of U.S. is no part of its form, nor of its shape.
      if (byte == '.' && at + 1 == raw_token.size() && at > 0) break;
      reader.other();
      *out++ = raw_token[at];
    } else {
      return false;
    }
  }
  form.resize(static_cast<size_t>(out - form.data()));
  shape = reader.shape();
  return !(cyrillic && shape.latin > 0);
}

}  // namespace searchlib
