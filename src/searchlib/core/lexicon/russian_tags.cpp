#include "lexicon/russian_tags.hpp"

#include <algorithm>
#include <array>
#include <unordered_map>

namespace searchlib::russian {
namespace {

struct Grammeme {
  std::string_view name;
  unsigned bit;
};

// Parts of speech first, then numbers, cases, persons, tenses; gen1 and loc1 count as gent and loct. Apro
// comes last.
constexpr unsigned kNumPartsOfSpeech = 17;
constexpr Grammeme kGrammemes[] = {
    {"NOUN", 0},  {"ADJF", 1},  {"ADJS", 2},  {"COMP", 3},  {"VERB", 4},  {"INFN", 5},  {"PRTF", 6},
    {"PRTS", 7},  {"GRND", 8},  {"NUMR", 9},  {"ADVB", 10}, {"NPRO", 11}, {"PRED", 12}, {"PREP", 13},
    {"CONJ", 14}, {"PRCL", 15}, {"INTJ", 16}, {"sing", 17}, {"plur", 18}, {"nomn", 19}, {"gent", 20},
    {"gen1", 20}, {"datv", 21}, {"accs", 22}, {"ablt", 23}, {"loct", 24}, {"loc1", 24}, {"voct", 25},
    {"gen2", 26}, {"acc2", 27}, {"loc2", 28}, {"1per", 29}, {"2per", 30}, {"3per", 31}, {"pres", 32},
    {"past", 33}, {"futr", 34}, {"Apro", 35},
};

constexpr uint64_t bit_of(std::string_view name) {
  for (const Grammeme& grammeme : kGrammemes) {
    if (grammeme.name == name) return uint64_t{1} << grammeme.bit;
  }
  return 0;
}

// All the names have four letters, so that one number is enough to find them among some 40,000 at opening.
constexpr uint32_t four_letters(std::string_view name) {
  uint32_t code = 0;
  for (const char letter : name) code = code << 8 | static_cast<uint8_t>(letter);
  return code;
}

struct Code {
  uint32_t letters;
  uint32_t bit;
};

constexpr auto kCodes = [] {
  std::array<Code, std::size(kGrammemes)> codes{};
  for (size_t i = 0; i < codes.size(); ++i) {
    codes[i] = {four_letters(kGrammemes[i].name), kGrammemes[i].bit};
  }
  std::sort(codes.begin(), codes.end(), [](Code a, Code b) { return a.letters < b.letters; });
  return codes;
}();

uint64_t grammeme_bit(std::string_view name) {
  if (name.size() != 4) return 0;
  const uint32_t letters = four_letters(name);
  const auto found = std::lower_bound(kCodes.begin(), kCodes.end(), letters,
                                      [](Code code, uint32_t wanted) { return code.letters < wanted; });
  return found != kCodes.end() && found->letters == letters ? uint64_t{1} << found->bit : 0;
}

}  // namespace

const uint64_t TagTable::kPronominal = bit_of("Apro");
const uint64_t TagTable::kClosedClasses = bit_of("NUMR") | bit_of("NPRO") | bit_of("PRED") | bit_of("PREP") |
                                          bit_of("CONJ") | bit_of("PRCL") | bit_of("INTJ") | bit_of("Apro");
const uint64_t TagTable::kDativeAdjective = bit_of("ADJF") | bit_of("sing") | bit_of("datv");

TagTable::TagTable(std::vector<std::string> tags) : tags_(std::move(tags)) {
  adverb_ = static_cast<TagId>(tags_.size());
  unknown_ = adverb_ + 1;
  tags_.push_back("ADVB");
  tags_.push_back("UNKN");
  traits_.reserve(tags_.size());
  std::unordered_map<std::string, TagId> first_of;
  first_of.reserve(tags_.size());
  for (TagId tag = 0; tag < tags_.size(); ++tag) {
    std::string list = tags_[tag];
    if (const size_t space = list.find(' '); space != std::string::npos) list[space] = ',';
    Traits traits{0, 0, true};
    for (size_t begin = 0; begin <= list.size();) {
      const size_t end = std::min(list.find(',', begin), list.size());
      const uint64_t bit = grammeme_bit(std::string_view(list).substr(begin, end - begin));
      if (begin == 0) traits.unknown = bit == 0 || bit >= uint64_t{1} << kNumPartsOfSpeech;
      traits.grammemes |= bit;
      begin = end + 1;
    }
    traits.equal_tag = first_of.try_emplace(std::move(list), tag).first->second;
    traits_.push_back(traits);
  }
}

}  // namespace searchlib::russian
