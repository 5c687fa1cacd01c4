#include "build/field_scanner.hpp"

#include <span>

#include "errors.hpp"
#include "text/scanner.hpp"

namespace searchlib {
namespace {

constexpr uint32_t kMaxPosition = 1U << 30;

// A document may hold ten million new words, whose analyses need not all wait for the lexicon.
constexpr size_t kMaxAnalyses = 1 << 16;

// Room for the tokens of a batch stays; for those of a giant document it does not.
constexpr size_t kSpareTokens = 1 << 20;

}  // namespace

inline void FieldScanner::add_pending(std::string_view raw, uint32_t position) {
  const uint32_t hash = words_.hash(raw);
  words_.prefetch_slot(hash);
  pending_[num_pending_++] = {raw, hash, position};
  if (num_pending_ == kBatch) resolve_pending();
}

void FieldScanner::add_value(std::string_view utf8) {
  if (batch_ == nullptr) batch_ = std::make_unique<TokenBatch>();
  if (config_->analyzer == nullptr) {
    if (utf8.empty()) return;
    tokens_.push_back({words_.find_or_add(utf8), current_length_++});
    return;
  }
  if (next_position_ > 0) next_position_ += kValueGap;
  const uint32_t first = next_position_;
  const Scanned scanned = scan(utf8, first, config_->analyzer->rules(),
                               [&](const RawToken& token) { add_pending(token.raw(utf8), token.position); });
  resolve_pending();
  next_position_ = scanned.next_position;
  current_length_ += scanned.num_words;
  if (next_position_ > kMaxPosition) throw DocumentError("a field holds more than 2^30 words");
}

void FieldScanner::resolve_pending() {
  const std::span<const Pending> pending(pending_.data(), num_pending_);
  for (const Pending& token : pending) words_.prefetch_offset(token.hash);
  for (const Pending& token : pending) words_.prefetch_key(token.hash);
  for (const Pending& token : pending) {
    tokens_.push_back({words_.find_or_add(token.raw, token.hash), token.position});
  }
  num_pending_ = 0;
}

void FieldScanner::end_document() {
  if (batch_ == nullptr) batch_ = std::make_unique<TokenBatch>();
  batch_->ends.push_back(tokens_.size());
  batch_->lengths.push_back(current_length_);
  next_position_ = current_length_ = 0;
}

std::unique_ptr<TokenBatch> FieldScanner::scanned() {
  analyse_some();
  return std::move(batch_);
}

void FieldScanner::analyse_some() {
  const size_t first = form_of_.size();
  const size_t count = std::min(words_.size() - first, kMaxAnalyses);
  if (analyses_.size() < count) analyses_.resize(count);
  for (num_analysed_ = 0; num_analysed_ < count; ++num_analysed_) {
    const std::string_view word = words_[static_cast<uint32_t>(first + num_analysed_)];
    Analysis& analysis = analyses_[num_analysed_];
    if (config_->analyzer != nullptr) {
      config_->analyzer->analyze(word, analysis);
    } else {
      if (config_->folds) {
        analysis.form = Analyzer::match_key(word);
      } else {
        analysis.form.assign(word);
      }
      analysis.lemmas.assign(1, analysis.form);
      analysis.declined = false;
    }
  }
}

void FieldScanner::learn(FieldLexicon& lexicon) {
  for (; num_analysed_ > 0; analyse_some()) {
    lexicon.find_or_add(std::span(analyses_).first(num_analysed_), form_of_);
  }
}

void FieldScanner::name_forms(TokenBatch& batch) {
  batch.tokens = Room(tokens_.size() * kBytesPerToken);
  auto* const tokens = batch.tokens.as<BufferedToken>();
  uint32_t num_forms = 0;
  for (size_t i = 0; i < tokens_.size(); ++i) {
    const uint32_t form = form_of_[tokens_[i].form];
    tokens[i] = {form, tokens_[i].position};
    num_forms = std::max(num_forms, form + 1);
  }
  if (num_forms > uses_.size()) uses_.resize(std::max<size_t>(num_forms, uses_.size() * 3 / 2));
  for (uint32_t doc = 0; doc < batch.num_docs(); ++doc) {
    const uint32_t number = batch.first_doc + doc;
    for (const BufferedToken& token : batch.tokens_of(doc)) {
      FormUse& use = uses_[token.form];
      ++use.count;
      use.df += static_cast<uint32_t>(use.last_doc != number);
      use.last_doc = number;
    }
  }
  tokens_.clear();
  if (tokens_.capacity() > kSpareTokens) tokens_ = {};
}

void FieldScanner::forget_words() {
  words_ = StringTable();
  form_of_.clear();
}

}  // namespace searchlib
