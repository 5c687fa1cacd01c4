// The tags of the Russian dictionary («NOUN,anim,masc sing,nomn»), reduced to the few questions that its
// rules ask: small numbers and bits. It knows no word.

#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <string_view>

#include "analysis/json_strings.hpp"

namespace searchlib::russian {

using TagId = uint32_t;

// Immutable to whoever uses it. What a tag's text says is read when it is first asked for and kept: a query
// asks of ten tags, the dictionary has 5,500.
class TagTable {
 public:
  explicit TagTable(JsonStrings tags);

  size_t size() const { return tags_.size() + 2; }
  std::string_view text(TagId tag) const {
    return tag < tags_.size() ? tags_[tag] : tag == adverb() ? "ADVB" : "UNKN";
  }
  // Whether two tags differ at most in where the lexeme's grammemes end («ADVB,Infr», «ADVB Infr»): in
  // pymorphy3, those are equal.
  bool are_equal(TagId a, TagId b) const;
  // New words are made in this part of speech: nouns are, prepositions are not.
  bool is_productive(TagId tag) const { return (grammemes(tag) & kClosedClasses) == 0; }
  // Not a part of speech: numbers, Latin words, unknown words.
  bool is_unknown(TagId tag) const { return (grammemes(tag) & kUnknown) != 0; }
  // Part of speech, number, case, person and tense: what both halves of «человеком-горой» share.
  uint64_t agreement(TagId tag) const { return grammemes(tag) & ~(kPronominal | kUnknown); }
  // First names, surnames, patronymics, places, organisations, brands.
  bool is_name(TagId tag) const;
  bool is_place(TagId tag) const { return text(tag).find("Geox") != std::string_view::npos; }
  bool is_person(TagId tag) const;  // first names, surnames, patronymics
  bool is_dative_adjective(TagId tag) const {
    return (grammemes(tag) & kDativeAdjective) == kDativeAdjective;
  }

  // Two tags that the dictionary may lack, for words that rules alone explain.
  TagId adverb() const { return static_cast<TagId>(tags_.size()); }
  TagId unknown() const { return adverb() + 1; }

 private:
  static constexpr uint64_t kRead = uint64_t{1} << 63, kUnknown = uint64_t{1} << 62;
  static const uint64_t kClosedClasses, kPronominal, kDativeAdjective;

  // One bit for each name in kGrammemes that the tag has, kUnknown if its first is no part
  // of speech, and kRead.
  uint64_t grammemes(TagId tag) const {
    const uint64_t known = grammemes_[tag].load(std::memory_order_relaxed);
    return known != 0 ? known : read_grammemes(tag);
  }
  uint64_t read_grammemes(TagId tag) const;

  JsonStrings tags_;
  std::unique_ptr<std::atomic<uint64_t>[]> grammemes_;
};

}  // namespace searchlib::russian
