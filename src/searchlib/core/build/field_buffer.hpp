// One field's tokens in memory, from the first document added until the flush: a number a token for its raw bytes, and its
// position. Nothing is folded or analysed here: that is done once a distinct form, at the flush (inversion.hpp).

#pragma once

#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "build/form_table.hpp"
#include "lexicon/analyzer.hpp"

namespace searchlib {

// Between two values of one field, so that no phrase spans them.
constexpr uint32_t kValueGap = 100;

struct FieldConfig {
  std::string name;
  std::shared_ptr<const Analyzer> analyzer;  // none: a keyword, each value one token as it is
  double k1 = 1.2;
  double b = 0.75;
  bool keeps_lengths = false;  // a field that is not stored: deletes could not measure it again

  bool positional() const { return analyzer != nullptr; }
};

struct BufferedToken {
  uint32_t form;  // in FieldBuffer::forms
  uint32_t position;
};

class FieldBuffer {
 public:
  explicit FieldBuffer(FieldConfig config) : config_(std::move(config)) {}

  void add_value(std::string_view utf8);  // once for each value of the current document
  void end_document();
  void clear_documents();                     // after a flush; the forms keep their numbers
  void clear_forms() { forms_ = FormTable(); }  // only when there are no documents

  const FieldConfig& config() const { return config_; }
  const FormTable& forms() const { return forms_; }
  std::span<const BufferedToken> tokens_of(uint32_t doc) const;
  uint32_t length_of(uint32_t doc) const { return lengths_[doc]; }
  uint32_t num_docs() const { return static_cast<uint32_t>(lengths_.size()); }
  size_t num_tokens() const { return tokens_.size(); }
  size_t memory_bytes() const;

 private:
  struct Pending {
    std::string_view raw;
    uint32_t hash;
    uint32_t position;
  };
  static constexpr size_t kBatch = 256;

  void resolve_pending();

  FieldConfig config_;
  FormTable forms_;
  std::vector<Pending> pending_;  // tokens whose look-up has been announced to the cache
  std::vector<BufferedToken> tokens_;
  std::vector<uint64_t> ends_{0};   // tokens_ of document d: [ends_[d], ends_[d + 1])
  std::vector<uint32_t> lengths_;   // positions that hold a token
  uint32_t next_position_ = 0;      // of the current document
  uint32_t current_length_ = 0;
};

}  // namespace searchlib
