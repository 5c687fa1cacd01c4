// The compiled WordNet table (tools/wordnet_table.py draws its layout): which words there are, as which parts
// of speech and how often, and the rules of irregular forms. It reads bytes; it knows nothing of English.

#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

namespace searchlib::english {

enum PartOfSpeech : uint8_t { kNoun, kVerb, kAdjective, kAdverb, kNumPartsOfSpeech };

// FNV-1a, kept open so that words with a common stem share its cost: state("walk") extended
// by "ed" is state("walked").
inline constexpr uint64_t kHashStart = 0xCBF29CE484222325u;

inline uint64_t hash_extend(uint64_t state, std::string_view bytes) {
  for (char byte : bytes) state = (state ^ static_cast<uint8_t>(byte)) * 0x100000001B3u;
  return state;
}

inline uint64_t hash_finish(uint64_t state) {
  state = (state ^ (state >> 33)) * 0xFF51AFD7ED558CCDu;
  state = (state ^ (state >> 33)) * 0xC4CEB9FE1A85EC53u;
  return state ^ (state >> 33);
}

// A word's parts of speech with its SemCor counts; empty when the word is unknown.
class Profile {
 public:
  Profile() = default;
  explicit Profile(const uint8_t* counts) : counts_(counts) {}

  bool known() const { return counts_ != nullptr; }
  bool has(PartOfSpeech part) const { return known() && raw(part) != kNotThisPart; }
  uint32_t count(PartOfSpeech part) const { return has(part) ? raw(part) : 0; }
  uint32_t total() const;

 private:
  static constexpr uint32_t kNotThisPart = 0xFFFF;
  uint32_t raw(PartOfSpeech part) const { return counts_[2 * part] | counts_[2 * part + 1] << 8; }

  const uint8_t* counts_ = nullptr;
};

// mice → mouse: {kNoun, drop 3, add "ouse"}.
struct Irregular {
  PartOfSpeech part;
  uint8_t drop;
  std::string_view add;
};

class Table {
 public:
  // Verifies the checksum and every offset, so that look-ups need no further check of the header. Throws
  // CorruptIndexError. The bytes must outlive the table.
  explicit Table(std::span<const uint8_t> bytes);

  uint64_t checksum() const { return checksum_; }
  Profile find(uint64_t finished_hash) const;
  // Brings what find() of these words reads into the cache.
  void fetch(std::span<const std::string_view> words) const;

  // Calls sink(const Irregular&) for each of the form's irregular lemmas, in the order noun, verb, adjective,
  // adverb. A record that points outside the table throws CorruptIndexError.
  template <class Sink>
  void irregular(uint64_t finished_hash, std::string_view form, Sink&& sink) const {
    const int64_t value = exceptions_.find(finished_hash);
    if (value < 0) return;
    size_t at = static_cast<size_t>(value);
    const uint8_t num_rules = take(at, 1)[0];
    for (uint8_t i = 0; i < num_rules; ++i) {
      const uint8_t* rule = take(at, 3);
      const char* add = reinterpret_cast<const char*>(take(at, rule[2]));
      const Irregular irregular{static_cast<PartOfSpeech>(rule[0]), rule[1], std::string_view(add, rule[2])};
      if (rule[0] >= kNumPartsOfSpeech || !is_ascii(irregular.add)) throw_bad_record();
      // Any text may share an exception's hash by design or chance: no rule may cut its characters in two.
      if (irregular.drop <= form.size() && is_ascii(form)) sink(irregular);
    }
  }

 private:
  // Buckets of rising keys; bucket and key together are 46 bits of the word's hash, so an unknown word passes
  // for a known one once in 800 million look-ups. In return the table stores no word at all.
  struct HashTable {
    const uint8_t* starts = nullptr;
    const uint8_t* keys = nullptr;
    const uint8_t* values = nullptr;
    uint32_t bucket_bits = 0;
    uint32_t num_entries = 0;
    int64_t find(uint64_t finished_hash) const;  // the value, or -1
    void fetch_bucket(uint64_t finished_hash) const;
    void fetch_keys(uint64_t finished_hash) const;
  };

  HashTable take_hash_table(size_t& at, uint32_t bucket_bits, uint32_t num_entries) const;
  const uint8_t* take_section(size_t& at, uint64_t size) const;
  const uint8_t* take(size_t& at, size_t size) const;
  static bool is_ascii(std::string_view text);
  [[noreturn]] static void throw_bad_record();

  std::span<const uint8_t> body_;
  HashTable words_, exceptions_;
  const uint8_t* profiles_ = nullptr;
  uint32_t num_profiles_ = 0;
  std::span<const uint8_t> pool_;
  uint64_t checksum_ = 0;
};

}  // namespace searchlib::english
