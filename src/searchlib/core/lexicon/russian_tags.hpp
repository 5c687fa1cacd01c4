// The tags of the Russian dictionary («NOUN,anim,masc sing,nomn»), reduced to the few questions that its
// rules ask. In: the list of tags. Out: small numbers and bits. It knows no word.

#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace searchlib::russian {

using TagId = uint32_t;

class TagTable {
 public:
  TagTable() = default;
  explicit TagTable(std::vector<std::string> tags);

  size_t size() const { return tags_.size(); }
  std::string_view text(TagId tag) const { return tags_[tag]; }
  // Tags that differ only in where the lexeme's grammemes end («ADVB,Infr», «ADVB Infr») are equal, as in
  // pymorphy3.
  TagId equal_tag(TagId tag) const { return traits_[tag].equal_tag; }
  // New words are made in this part of speech: nouns are, prepositions are not.
  bool is_productive(TagId tag) const { return (traits_[tag].grammemes & kClosedClasses) == 0; }
  // Not a part of speech: numbers, Latin words, unknown words.
  bool is_unknown(TagId tag) const { return traits_[tag].unknown; }
  // Part of speech, number, case, person and tense: what both halves of «человеком-горой» share.
  uint64_t agreement(TagId tag) const { return traits_[tag].grammemes & ~kPronominal; }
  bool is_dative_adjective(TagId tag) const {
    return (traits_[tag].grammemes & kDativeAdjective) == kDativeAdjective;
  }

  // Two tags that the dictionary may lack, for words that rules alone explain.
  TagId adverb() const { return adverb_; }
  TagId unknown() const { return unknown_; }

 private:
  struct Traits {
    uint64_t grammemes;  // one bit for each name in kGrammemes
    TagId equal_tag;
    bool unknown;
  };
  static const uint64_t kClosedClasses, kPronominal, kDativeAdjective;

  std::vector<std::string> tags_;
  std::vector<Traits> traits_;
  TagId adverb_ = 0, unknown_ = 0;
};

}  // namespace searchlib::russian
