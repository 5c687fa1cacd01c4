// A reader of DAWG files (a double-array trie whose tails are shared, with a completion guide), as
// dawgdic writes them. Over the bytes of a file it steps along labels, reads values and lists completions in
// the guide's order. It knows neither words nor records. Every index is checked: a torn or hostile file ends
// in "not found" or CorruptIndexError.
//
//   file  := u32 n, n × unit, u32 n, n × {u8 child, u8 sibling}                 (little-endian; 8 + 6n bytes)
//   unit  := bits 0–7 label, 8 has_leaf, 9 extension, 10–30 offset, 31 is_leaf
//   child := node ^ offset ^ label; it exists if its unit bears that label and is no leaf

#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "analysis/little_endian.hpp"

namespace searchlib {

class Dawg {
 public:
  using Node = uint32_t;
  static constexpr Node kRoot = 0;
  static constexpr size_t kMaxCompletion = 16;  // a record of 8 bytes is 12 letters of base64 and a newline

  Dawg() = default;  // holds no key
  // The bytes must outlive the reader. Throws CorruptIndexError if the sizes do not add up.
  Dawg(std::span<const uint8_t> file, std::string name);

  // Steps to the child that bears the label; false, and the node stays, if there is none.
  bool follow(uint8_t label, Node& node) const {
    const Node next = node ^ offset(unit(node)) ^ label;
    if (next >= num_units_ || (unit(next) & kLabelBits) != label) return false;
    node = next;
    return true;
  }

  bool follow(std::string_view labels, Node& node) const {
    for (const char label : labels) {
      if (!follow(static_cast<uint8_t>(label), node)) return false;
    }
    return true;
  }

  // The value of the key that ends at the node, or 0 if none ends there.
  uint32_t value_or_zero(Node node) const {
    if (!has_leaf(node)) return 0;
    const Node leaf = node ^ offset(unit(node));
    return leaf < num_units_ ? unit(leaf) & ~kLeafBit : 0;
  }

  // Brings what walks along these keys will read into the cache: side by side, for each of their steps waits for
  // memory. `behind` follows each key.
  void fetch(std::span<const std::string_view> keys, uint8_t behind) const;

  // Calls sink(std::string_view) for each continuation of the node that ends a key, in the guide's order,
  // which is that of the labels' bytes. Throws CorruptIndexError if one is longer than kMaxCompletion or they
  // do not end.
  template <class Sink>
  void completions(Node start, Sink&& sink) const;

 private:
  static constexpr uint32_t kLeafBit = 0x80000000, kLabelBits = 0x800000FF, kHasLeafBit = 0x100;
  static constexpr uint32_t kExtensionBit = 0x200;
  static constexpr size_t kMaxSteps =
      1 << 16;  // of one call; the longest list in OpenCorpora takes about a thousand
  static constexpr uint8_t kNoKeys[] = {0, 0, 0, 0};

  uint32_t unit(Node node) const { return load_u32(units_ + size_t{4} * node); }
  static uint32_t offset(uint32_t unit) { return (unit >> 10) << ((unit & kExtensionBit) >> 6); }
  bool has_leaf(Node node) const { return (unit(node) & kHasLeafBit) != 0; }
  uint8_t child(Node node) const { return guide_[size_t{2} * node]; }
  uint8_t sibling(Node node) const { return guide_[size_t{2} * node + 1]; }
  [[noreturn]] void throw_corrupt(const char* what) const;

  const uint8_t* units_ = kNoKeys;
  const uint8_t* guide_ = kNoKeys;
  uint32_t num_units_ = 1;  // never 0: the root can always be read
  std::string name_;
};

template <class Sink>
void Dawg::completions(Node start, Sink&& sink) const {
  std::array<char, kMaxCompletion> key;
  std::array<Node, kMaxCompletion + 1> path;
  size_t depth = 0;
  path[0] = start;
  for (size_t step = 0; step < kMaxSteps; ++step) {
    if (has_leaf(path[depth])) sink(std::string_view(key.data(), depth));
    uint8_t label = child(path[depth]);
    while (label == 0) {  // nothing below: climb until a node has a next sibling
      if (depth == 0) return;
      label = sibling(path[depth]);
      --depth;
    }
    if (depth == kMaxCompletion) throw_corrupt("a completion is too long");
    Node next = path[depth];
    if (!follow(label, next)) throw_corrupt("the guide names a child that is not there");
    key[depth] = static_cast<char>(label);
    path[++depth] = next;
  }
  throw_corrupt("the guide has no end");
}

}  // namespace searchlib
