// One field's tokens in memory, from the first document added until the flush: a number a token and its
// position. Tokens come in by their raw bytes; nothing is folded or analysed here. After each batch the
// lexicon names the form of each (use_forms), and forms are counted while they are in the cache.

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
  uint32_t form;  // of the raw bytes in raw_forms() until use_forms(), then in the lexicon
  uint32_t position;
};

class FieldBuffer {
 public:
  explicit FieldBuffer(FieldConfig config) : config_(std::move(config)) {}

  void add_value(std::string_view utf8);  // once for each value of the current document
  void end_document();
  void clear_documents();                       // after a flush; the forms keep their numbers
  void clear_forms() { forms_ = FormTable(); }  // only when there are no documents

  const FieldConfig& config() const { return config_; }
  const FormTable& raw_forms() const { return forms_; }
  // form_of_raw: for every number in raw_forms(). num_forms: of the lexicon.
  void use_forms(std::span<const uint32_t> form_of_raw, size_t num_forms);
  // For each form: documents that hold it, and tokens. As long as the lexicon was at the last use_forms().
  const std::vector<uint32_t>& form_dfs() const { return form_dfs_; }
  const std::vector<uint32_t>& form_counts() const { return form_counts_; }
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
  std::vector<uint64_t> ends_{0};  // tokens_ of document d: [ends_[d], ends_[d + 1])
  std::vector<uint32_t> lengths_;  // positions that hold a token
  uint32_t first_raw_doc_ = 0;     // from this document on, tokens are numbered by raw bytes
  std::vector<uint32_t> form_dfs_;
  std::vector<uint32_t> form_counts_;
  std::vector<uint32_t> last_doc_of_form_;
  uint32_t next_position_ = 0;  // of the current document
  uint32_t current_length_ = 0;
};

}  // namespace searchlib
