#include "analysis/russian_tags.hpp"

#include <algorithm>
#include <array>
#include <initializer_list>

namespace searchlib::russian {
namespace {

struct Grammeme {
  std::string_view name;
  unsigned bit;
};

// Parts of speech first, then numbers, cases, persons, tenses; gen1 and loc1 count as gent and
// loct. Apro comes last.
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

// All the names have four letters, so that one number is enough to find them.
constexpr uint32_t four_letters(std::string_view name) {
  uint32_t code = 0;
  for (const char letter : name) code = code << 8 | static_cast<uint8_t>(letter);
  return code;
}

struct Code {
  uint32_t letters;
  uint32_t bit;
};

constexpr std::array<Code, std::size(kGrammemes)> sorted_codes() {
  std::array<Code, std::size(kGrammemes)> codes{};
  for (size_t i = 0; i < codes.size(); ++i) {
    codes[i] = {four_letters(kGrammemes[i].name), kGrammemes[i].bit};
  }
  std::sort(codes.begin(), codes.end(), [](Code a, Code b) { return a.letters < b.letters; });
  return codes;
}
constexpr auto kCodes = sorted_codes();

uint64_t grammeme_bit(std::string_view name) {
  if (name.size() != 4) return 0;
  const uint32_t letters = four_letters(name);
  const auto found = std::lower_bound(kCodes.begin(), kCodes.end(), letters,
                                      [](Code code, uint32_t wanted) { return code.letters < wanted; });
  return found != kCodes.end() && found->letters == letters ? uint64_t{1} << found->bit : 0;
}

bool has_one_of(std::string_view tag, std::initializer_list<std::string_view> names) {
  return std::any_of(names.begin(), names.end(),
                     [&](std::string_view name) { return tag.find(name) != std::string_view::npos; });
}

}  // namespace

const uint64_t TagTable::kPronominal = bit_of("Apro");
const uint64_t TagTable::kClosedClasses = bit_of("NUMR") | bit_of("NPRO") | bit_of("PRED") | bit_of("PREP") |
                                          bit_of("CONJ") | bit_of("PRCL") | bit_of("INTJ") | bit_of("Apro");
const uint64_t TagTable::kDativeAdjective = bit_of("ADJF") | bit_of("sing") | bit_of("datv");

TagTable::TagTable(JsonStrings tags)
    : tags_(std::move(tags)), grammemes_(std::make_unique<std::atomic<uint64_t>[]>(size())) {}

uint64_t TagTable::read_grammemes(TagId tag) const {
  const std::string_view list = text(tag);
  uint64_t found = kRead;
  for (size_t begin = 0; begin <= list.size();) {
    const size_t end = std::min(list.find_first_of(", ", begin), list.size());
    const uint64_t bit = grammeme_bit(list.substr(begin, end - begin));
    if (begin == 0 && (bit == 0 || bit >= uint64_t{1} << kNumPartsOfSpeech)) found |= kUnknown;
    found |= bit;
    begin = end + 1;
  }
  grammemes_[tag].store(found, std::memory_order_relaxed);  // every thread finds the same
  return found;
}

bool TagTable::is_name(TagId tag) const {
  return is_person(tag) || has_one_of(text(tag), {"Geox", "Orgn", "Trad"});
}

bool TagTable::is_person(TagId tag) const { return has_one_of(text(tag), {"Name", "Surn", "Patr"}); }

bool TagTable::are_equal(TagId a, TagId b) const {
  if (a == b) return true;
  const auto comma = [](char letter) { return letter == ' ' ? ',' : letter; };
  const std::string_view first = text(a), second = text(b);
  return std::equal(first.begin(), first.end(), second.begin(), second.end(),
                    [&](char x, char y) { return comma(x) == comma(y); });
}

}  // namespace searchlib::russian
