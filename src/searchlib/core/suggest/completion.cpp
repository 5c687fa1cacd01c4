#include "suggest/completion.hpp"

#include <algorithm>
#include <array>
#include <tuple>

#include "search/deadline.hpp"
#include "search/top_k.hpp"
#include "suggest/letters.hpp"
#include "text/normalise.hpp"

namespace searchlib {
namespace {

constexpr size_t kMaxAcronym = 5;
constexpr size_t kMaxLetters = 64;  // of what is a word: else its spellings take the square of its length

char32_t capital(char32_t letter) {
  if (letter >= U'a' && letter <= U'z') return letter - 32;
  return letter >= U'а' && letter <= U'я' ? letter - 32 : letter;
}

}  // namespace

std::vector<std::string> spellings_of(std::string_view key) {
  std::u32string letters;
  decode(key, letters);
  std::vector<std::string> spellings(1, std::string(key));
  const auto add = [&](const std::u32string& spelling) {
    std::string text;
    encode(spelling, text);
    spellings.push_back(std::move(text));
  };
  if (letters.size() > kMaxLetters) return spellings;
  for (size_t i = 0; i < letters.size(); ++i) {
    if (letters[i] != U'е') continue;
    std::u32string with_yo = letters;
    with_yo[i] = U'ё';
    add(with_yo);
  }
  if (letters.size() > kMaxAcronym) return spellings;
  std::u32string capitals = letters;
  std::transform(capitals.begin(), capitals.end(), capitals.begin(), capital);
  if (capitals != letters) add(capitals);
  return spellings;
}

namespace {

// The words of one block that begin with a prefix, as first and one past the last.
std::pair<uint32_t, uint32_t> range_in(const Dictionary& keys, uint32_t block, std::string_view prefix) {
  uint32_t first = 0, last = 0;
  keys.scan_block(block, [&](uint32_t index, std::string_view key) {
    const std::string_view begin = key.substr(0, prefix.size());
    if (begin < prefix) first = index + 1;
    if (begin <= prefix) last = index + 1;
    return begin <= prefix;
  });
  return {std::max(first, block * kDictionaryBlock), last};
}

}  // namespace

Nominees nominate(const Words& words, std::string_view prefix, size_t count) {
  const Dictionary& keys = words.keys();
  Nominees nominees;
  TopK best(count);
  std::array<uint32_t, kDictionaryBlock> dfs;
  Deadline& deadline = Deadline::current();
  const uint32_t first_block = keys.block_of(prefix).value_or(0);
  for (uint32_t block = first_block; block < keys.num_blocks(); ++block) {
    deadline.tick();
    const uint32_t start = block * kDictionaryBlock;
    uint32_t first = start, last = start + keys.entries_of(block);
    const bool begins_within = keys.first_key(block).starts_with(prefix);
    if (block > first_block && !begins_within) break;
    // Between two keys with the prefix are no others: only a block at either end needs its keys read.
    const bool ends_within = block + 1 < keys.num_blocks() && keys.first_key(block + 1).starts_with(prefix);
    if (!begins_within || !ends_within) std::tie(first, last) = range_in(keys, block, prefix);
    if (first >= last) continue;
    ++nominees.num_blocks;
    words.read(block).form_dfs(dfs);
    for (uint32_t index = first; index < last; ++index) {
      if (const uint32_t df = dfs[index - start]; df > 0) best.offer(df, index);
    }
  }
  // What one that is not among them has at most.
  nominees.least = best.is_full() ? static_cast<uint32_t>(best.threshold()) : 0;
  for (const ScoredDoc& one : best.take_sorted()) {
    nominees.forms.emplace_back(keys.key_at(one.doc), static_cast<uint32_t>(one.score));
  }
  return nominees;
}

}  // namespace searchlib
