#include "analysis/russian_dictionary.hpp"

#include <algorithm>

#include "analysis/little_endian.hpp"
#include "analysis/russian_alphabet.hpp"
#include "errors.hpp"

namespace searchlib::russian {
namespace {

[[noreturn]] void throw_corrupt(const char* part, const std::string& what) {
  throw CorruptIndexError("the Russian dictionary is damaged: " + what + "; reinstall pymorphy3-dicts-ru",
                          part);
}

constexpr uint8_t kNoDigit = 255;
constexpr std::array<uint8_t, 256> base64_digits() {
  std::array<uint8_t, 256> digits{};
  digits.fill(kNoDigit);
  constexpr std::string_view alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  for (size_t i = 0; i < alphabet.size(); ++i) {
    digits[static_cast<uint8_t>(alphabet[i])] = static_cast<uint8_t>(i);
  }
  return digits;
}
constexpr auto kBase64 = base64_digits();

// A record is Size bytes, written as base64 with padding and a newline behind it.
template <size_t Size>
std::array<uint8_t, (Size + 2) / 3 * 3> decode(std::string_view completion, const char* part) {
  constexpr size_t kLetters = (Size * 8 + 5) / 6;
  std::array<uint8_t, (Size + 2) / 3 * 3> bytes{};
  if (completion.size() != (Size + 2) / 3 * 4 + 1) throw_corrupt(part, "a record has another length");
  for (size_t i = 0; i < kLetters; ++i) {
    const uint8_t digit = kBase64[static_cast<uint8_t>(completion[i])];
    if (digit == kNoDigit) throw_corrupt(part, "a record is not base64");
    const size_t bit = i * 6, shift = bit % 8;  // the digit's six bits, left-aligned at their place
    const uint32_t placed = uint32_t{digit} << 10 >> shift;
    bytes[bit / 8] |= static_cast<uint8_t>(placed >> 8);
    if (shift > 2) bytes[bit / 8 + 1] |= static_cast<uint8_t>(placed);
  }
  return bytes;
}

uint16_t big_endian_u16(const uint8_t* bytes) { return static_cast<uint16_t>(bytes[0] << 8 | bytes[1]); }

}  // namespace

uint16_t Dictionary::Paradigm::suffix(uint32_t form) const { return load_u16(ids + size_t{2} * form); }
uint16_t Dictionary::Paradigm::tag(uint32_t form) const { return suffix(num_forms + form); }
uint16_t Dictionary::Paradigm::prefix(uint32_t form) const { return suffix(2 * num_forms + form); }

Dictionary::Dictionary(DictionaryFiles files)
    : files_(std::move(files)), words_(files_.words, "words.dawg"), tags_(std::move(files_.tags)) {
  if (!files_.probabilities.empty()) probabilities_ = Dawg(files_.probabilities, "p_t_given_w.intdawg");
  if (files_.prediction_suffixes.size() != files_.paradigm_prefixes.size()) {
    throw_corrupt("prediction-suffixes", "there must be one file for each paradigm prefix");
  }
  for (size_t prefix = 0; prefix < files_.prediction_suffixes.size(); ++prefix) {
    endings_.emplace_back(files_.prediction_suffixes[prefix],
                          "prediction-suffixes-" + std::to_string(prefix) + ".dawg");
  }
  read_paradigms();
}

void Dictionary::read_paradigms() {
  const char* part = "paradigms.array";
  const std::span<const uint8_t> file = files_.paradigms;
  if (file.size() < 2) throw_corrupt(part, "the file is too short");
  const size_t count = load_u16(file.data());
  size_t at = 2;
  paradigms_.reserve(count);
  for (size_t i = 0; i < count; ++i) {
    if (file.size() - at < 2) throw_corrupt(part, "the file ends too early");
    const size_t num_ids = load_u16(file.data() + at);
    at += 2;
    if (num_ids == 0 || num_ids % 3 != 0 || file.size() - at < 2 * num_ids) {
      throw_corrupt(part, "a paradigm's length cannot be");
    }
    paradigms_.push_back({file.data() + at, static_cast<uint32_t>(num_ids / 3)});
    at += 2 * num_ids;
  }
}

const Dictionary::Paradigm& Dictionary::paradigm_with_form(const Record& record) const {
  if (record.paradigm >= paradigms_.size() || record.form >= paradigms_[record.paradigm].num_forms) {
    throw_corrupt("words.dawg", "a record names a paradigm that is not there");
  }
  return paradigms_[record.paradigm];
}

TagId Dictionary::tag_of(const Record& record) const {
  const TagId tag = paradigm_with_form(record).tag(record.form);
  if (tag + 2 >= tags_.size()) throw_corrupt("paradigms.array", "a paradigm names a tag that is not there");
  return tag;
}

std::array<std::string_view, 3> Dictionary::normal_form(const Record& record,
                                                        std::string_view spelling) const {
  const Paradigm& paradigm = paradigm_with_form(record);
  if (record.form == 0) return {std::string_view(), spelling, std::string_view()};
  const uint16_t suffix = paradigm.suffix(record.form), prefix = paradigm.prefix(record.form);
  const uint16_t normal_suffix = paradigm.suffix(0), normal_prefix = paradigm.prefix(0);
  const size_t num_suffixes = files_.suffixes.size(), num_prefixes = files_.paradigm_prefixes.size();
  if (std::max(suffix, normal_suffix) >= num_suffixes || std::max(prefix, normal_prefix) >= num_prefixes) {
    throw_corrupt("paradigms.array", "a paradigm names an affix that is not there");
  }
  const size_t begin = end_of_first(spelling, num_letters(files_.paradigm_prefixes[prefix]));
  const size_t end = begin_of_last(spelling, num_letters(files_.suffixes[suffix]));
  const std::string_view stem = begin < end ? spelling.substr(begin, end - begin) : std::string_view();
  return {files_.paradigm_prefixes[normal_prefix], stem, files_.suffixes[normal_suffix]};
}

bool Dictionary::word_node(std::string_view word, Dawg::Node& node) const {
  node = Dawg::kRoot;
  return probabilities_.follow(word, node) && probabilities_.follow(':', node);
}

uint32_t Dictionary::probability(Dawg::Node word_node, TagId tag) const {
  return probabilities_.follow(tags_.text(tag), word_node) ? probabilities_.value_or_zero(word_node) : 0;
}

Record Dictionary::word_record(std::string_view completion) {
  const auto bytes = decode<4>(completion, "words.dawg");
  return {0, big_endian_u16(bytes.data()), big_endian_u16(bytes.data() + 2)};
}

Record Dictionary::ending_record(std::string_view completion) {
  const auto bytes = decode<8>(completion, "prediction-suffixes");
  const uint32_t count = uint32_t{big_endian_u16(bytes.data())} << 16 | big_endian_u16(bytes.data() + 2);
  return {count, big_endian_u16(bytes.data() + 4), big_endian_u16(bytes.data() + 6)};
}

}  // namespace searchlib::russian
