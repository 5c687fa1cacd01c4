// Where a fragment may be cut: borders of sentences, words and characters in English and Russian text. Offsets
// count code points. Only a small window is read, however long the text is. The rules are for cutting, so in
// doubt there is no border: «в 1991 г. Ельцин» must not be cut, even if some sentence does end in «г.».

#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "bytes/string_table.hpp"

namespace searchlib::highlighting {

using Text = std::u32string_view;

// Whether no sentence ends at an abbreviation's full stop that a digit follows ("no. 5"), or anything else
// («ул. Ленина»).
struct AbbreviationPlaces {
  bool before_name, before_number;
};

// What takes a full stop and then goes on: «5 тыс. руб.», "Gen. Petrov"; case-folded.
class Abbreviations {
 public:
  void add(Text word, AbbreviationPlaces places);
  // Null: it is none.
  const AbbreviationPlaces* find(Text word) const;
  // Folding a word never makes it shorter, so longer ones are none.
  size_t longest() const { return longest_; }

 private:
  StringTable words_;
  std::vector<AbbreviationPlaces> places_;
  size_t longest_ = 0;
};

// The sentences of one text; text and abbreviations must outlive it.
class Sentences {
 public:
  Sentences(Text text, const Abbreviations& abbreviations);

  // Replaces `out` by the offsets in [low, high] where a sentence begins, or the text begins or ends.
  void borders(size_t low, size_t high, std::vector<size_t>& out) const;

 private:
  template <class Sink>
  void read(size_t begin, size_t end, Sink&& sink) const;

  Text text_;
  const Abbreviations& abbreviations_;
  std::vector<uint32_t> stops_;  // where . ! ? … and line feeds stand: no sentence ends elsewhere
};

// The first offset in [low, high] where a word begins; where none does, low or the next safe offset.
size_t word_border_after(Text text, size_t low, size_t high);
// The last offset in [low, high] where a word ends; where none does, the safe offset before high.
size_t word_border_before(Text text, size_t low, size_t high);
// The last offset in [low, high] that parts no character from its accents; low if there is none.
size_t safe_before(Text text, size_t low, size_t high);

}  // namespace searchlib::highlighting
