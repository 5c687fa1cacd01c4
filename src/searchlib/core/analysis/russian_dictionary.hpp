// pymorphy3's compiled dictionary of Russian (format 2.4), read where it lies. Over the bytes of its files and
// its lists of strings, it gives records (paradigm, form) for a spelling, normal forms, tags and P(tag | word).
// It knows no rule for unknown words. Ids are checked when they are read: a torn dictionary ends in
// CorruptIndexError.
//
//   words.dawg                  key := word 0x01 base64(u16 paradigm, u16 form) '\n'              (big-endian)
//   prediction-suffixes-P.dawg  key := ending 0x01 base64(u32 count, u16 paradigm, u16 form) '\n'
//                               P: the number of a paradigm prefix
//   p_t_given_w.intdawg         key := word ':' tag, value := P × 1,000,000
//   paradigms.array             u16 count, count × (u16 3k, k × u16 suffix, k × u16 tag, k × u16 prefix)
//                               (little-endian); form 0 is the normal form

#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "analysis/dawg.hpp"
#include "analysis/json_strings.hpp"
#include "analysis/russian_tags.hpp"

namespace searchlib::russian {

struct DictionaryFiles {
  std::span<const uint8_t> words, probabilities, paradigms;   // probabilities may be empty
  std::vector<std::span<const uint8_t>> prediction_suffixes;  // one for each paradigm prefix
  JsonStrings suffixes, tags;
  std::vector<std::string> paradigm_prefixes;
  uint32_t max_suffix_letters = 0;    // of the keys of prediction_suffixes
  std::shared_ptr<const void> owner;  // keeps the bytes alive
};

struct Record {
  uint32_t count = 0;  // how many words of the dictionary this ending stands for; 0 in the word list itself
  uint16_t paradigm = 0;
  uint16_t form = 0;
};

class Dictionary {
 public:
  static constexpr size_t kMaxWordBytes = 512;

  // Throws CorruptIndexError if a file cannot be what it should be.
  explicit Dictionary(DictionaryFiles files);

  // Calls sink(std::string_view spelling, const Record&): the word as typed first, then with е read as
  // ё («елка» is also «ёлка», never the reverse). The spelling lives until the sink returns. The word
  // has ≤ kMaxWordBytes bytes.
  template <class Sink>
  void find_word(std::string_view word, Sink&& sink) const;
  // Brings what find_word() of these reads into the cache.
  void fetch_words(std::span<const std::string_view> words) const;
  // The same for an ending and the words whose paradigm prefix has this number.
  template <class Sink>
  void find_ending(size_t prefix, std::string_view ending, Sink&& sink) const;

  // Prefix, stem and suffix of the normal form. The suffix of the form is cut off by its length, not by its
  // letters: «иксами», predicted from words in «…и», may lose more than it matched.
  std::array<std::string_view, 3> normal_form(const Record& record, std::string_view spelling) const;
  TagId tag_of(const Record& record) const;
  const TagTable& tags() const { return tags_; }

  // P(tag | word) in millionths. word_node() is false if nothing is known of the word.
  bool word_node(std::string_view word, Dawg::Node& node) const;
  uint32_t probability(Dawg::Node word_node, TagId tag) const;

  size_t num_paradigm_prefixes() const { return files_.paradigm_prefixes.size(); }
  std::string_view paradigm_prefix(size_t prefix) const { return files_.paradigm_prefixes[prefix]; }
  uint32_t max_suffix_letters() const { return files_.max_suffix_letters; }

 private:
  struct Branch {
    uint32_t at;
    Dawg::Node node;
  };
  // One search: the spelling that is being tried, and where е may still be read as ё.
  struct Walk {
    std::array<char, kMaxWordBytes> spelling;
    std::array<Branch, kMaxWordBytes> branches;
    size_t size = 0, num_branches = 0;
  };
  struct Paradigm {
    const uint8_t* ids;
    uint32_t num_forms;
    uint16_t suffix(uint32_t form) const;
    uint16_t tag(uint32_t form) const;
    uint16_t prefix(uint32_t form) const;
  };

  void read_paradigms();
  const Paradigm& paradigm_with_form(const Record& record) const;

  template <class Sink>
  static void spellings(const Dawg& dawg, std::string_view key, Sink&& sink);
  template <class Sink>
  static void walk_from(const Dawg& dawg, Walk& walk, size_t at, Dawg::Node node, Sink&& sink);
  static Record word_record(std::string_view completion);
  static Record ending_record(std::string_view completion);

  DictionaryFiles files_;
  Dawg words_, probabilities_;
  std::vector<Dawg> endings_;
  std::vector<Paradigm> paradigms_;
  TagTable tags_;
};

inline constexpr char kSeparator = '\x01';

inline void Dictionary::fetch_words(std::span<const std::string_view> words) const {
  words_.fetch(words, static_cast<uint8_t>(kSeparator));
}

template <class Sink>
void Dictionary::find_word(std::string_view word, Sink&& sink) const {
  spellings(words_, word, [&](std::string_view spelling, Dawg::Node node) {
    words_.completions(node, [&](std::string_view completion) { sink(spelling, word_record(completion)); });
  });
}

template <class Sink>
void Dictionary::find_ending(size_t prefix, std::string_view ending, Sink&& sink) const {
  const Dawg& dawg = endings_[prefix];
  spellings(dawg, ending, [&](std::string_view spelling, Dawg::Node node) {
    dawg.completions(node, [&](std::string_view completion) { sink(spelling, ending_record(completion)); });
  });
}

template <class Sink>
void Dictionary::spellings(const Dawg& dawg, std::string_view key, Sink&& sink) {
  Walk walk;
  walk.size = std::min(key.size(), kMaxWordBytes);
  key.copy(walk.spelling.data(), walk.size);
  walk_from(dawg, walk, 0, Dawg::kRoot, sink);
}

// Walks the rest of the spelling; reports it if it is a key; then tries each е that it passed as
// ё, the leftmost first.
template <class Sink>
void Dictionary::walk_from(const Dawg& dawg, Walk& walk, size_t at, Dawg::Node node, Sink&& sink) {
  static constexpr char kYe[] = "\xD0\xB5", kYo[] = "\xD1\x91";
  const size_t first = walk.num_branches;
  for (; at < walk.size; ++at) {
    if (walk.spelling[at] == kYe[0] && at + 1 < walk.size && walk.spelling[at + 1] == kYe[1]) {
      if (walk.num_branches == walk.branches.size()) break;  // no word has so many readings
      walk.branches[walk.num_branches++] = {static_cast<uint32_t>(at), node};
    }
    if (!dawg.follow(static_cast<uint8_t>(walk.spelling[at]), node)) break;
  }
  const size_t last = walk.num_branches;
  if (at == walk.size && dawg.follow(static_cast<uint8_t>(kSeparator), node)) {
    sink(std::string_view(walk.spelling.data(), walk.size), node);
  }
  for (size_t i = first; i < last; ++i) {
    const Branch branch = walk.branches[i];
    Dawg::Node other = branch.node;
    if (!dawg.follow(std::string_view(kYo, 2), other)) continue;
    std::memcpy(&walk.spelling[branch.at], kYo, 2);
    walk_from(dawg, walk, branch.at + 2, other, sink);
    std::memcpy(&walk.spelling[branch.at], kYe, 2);
  }
  walk.num_branches = first;
}

}  // namespace searchlib::russian
