#include "build/field_buffer.hpp"

#include "errors.hpp"

#include "text/scanner.hpp"

namespace searchlib {
namespace {

constexpr uint32_t kMaxPosition = 1U << 30;

}  // namespace

void FieldBuffer::add_value(std::string_view utf8) {
  if (config_.analyzer == nullptr) {
    if (utf8.empty()) return;
    tokens_.push_back({forms_.find_or_add(utf8), current_length_++});
    return;
  }
  if (next_position_ > 0) next_position_ += kValueGap;
  const uint32_t first = next_position_;
  next_position_ = scan(utf8, first, [&](const RawToken& token) {
    const std::string_view raw = utf8.substr(token.begin, token.end - token.begin);
    const uint32_t hash = forms_.hash(raw);
    forms_.prefetch(hash);
    pending_.push_back({raw, hash, token.position});
    if (pending_.size() == kBatch) resolve_pending();
  });
  resolve_pending();
  current_length_ += next_position_ - first;
  if (next_position_ > kMaxPosition) throw DocumentError("a field holds more than 2^30 words");
}

void FieldBuffer::resolve_pending() {
  for (const Pending& token : pending_) forms_.prefetch_key(token.hash);
  for (const Pending& token : pending_) {
    tokens_.push_back({forms_.find_or_add(token.raw, token.hash), token.position});
  }
  pending_.clear();
}

void FieldBuffer::end_document() {
  ends_.push_back(tokens_.size());
  lengths_.push_back(current_length_);
  next_position_ = current_length_ = 0;
}

void FieldBuffer::use_forms(std::span<const uint32_t> form_of_raw, size_t num_forms) {
  form_dfs_.resize(num_forms, 0);
  form_counts_.resize(num_forms, 0);
  last_doc_of_form_.resize(num_forms, UINT32_MAX);
  for (; first_raw_doc_ < num_docs(); ++first_raw_doc_) {
    for (uint64_t i = ends_[first_raw_doc_]; i < ends_[first_raw_doc_ + 1]; ++i) {
      const uint32_t form = tokens_[i].form = form_of_raw[tokens_[i].form];
      ++form_counts_[form];
      form_dfs_[form] += static_cast<uint32_t>(last_doc_of_form_[form] != first_raw_doc_);
      last_doc_of_form_[form] = first_raw_doc_;
    }
  }
}

void FieldBuffer::clear_documents() {
  tokens_ = {};
  first_raw_doc_ = 0;
  form_dfs_.clear();
  form_counts_.clear();
  last_doc_of_form_.clear();
  ends_.assign(1, 0);
  lengths_.clear();
}

std::span<const BufferedToken> FieldBuffer::tokens_of(uint32_t doc) const {
  return std::span(tokens_).subspan(ends_[doc], ends_[doc + 1] - ends_[doc]);
}

size_t FieldBuffer::memory_bytes() const {
  return forms_.memory_bytes() + tokens_.capacity() * sizeof(BufferedToken) +
         ends_.capacity() * sizeof(uint64_t) +
         (lengths_.capacity() + 3 * form_dfs_.capacity()) * sizeof(uint32_t);
}

}  // namespace searchlib
