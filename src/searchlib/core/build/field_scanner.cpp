#include "build/field_scanner.hpp"

#include <algorithm>
#include <span>

#include "errors.hpp"
#include "text/beginning.hpp"
#include "text/scanner.hpp"

namespace searchlib {
namespace {

constexpr uint32_t kMaxPosition = 1U << 30;

// A document may hold ten million new words, whose analyses need not all wait for the lexicon.
constexpr size_t kMaxAnalyses = 1 << 16;

// Room for the tokens of a batch stays; for those of a giant document it does not.
constexpr size_t kSpareTokens = 1 << 20;

// Of a word of two letters and more, all ASCII or all Russian but ё, and small from the second on: the same with a
// capital where it has none, or the other way round. False for all others.
bool swap_capital(std::string_view word, std::string& out) {
  const auto byte = [&](size_t at) { return static_cast<uint8_t>(word[at]); };
  const auto is_small_ascii = [](char letter) { return letter >= 'a' && letter <= 'z'; };
  if (word.size() < 2) return false;
  if (byte(0) < 0x80) {
    if (!is_small_ascii(static_cast<char>(word[0] | 0x20))) return false;
    if (!std::all_of(word.begin() + 1, word.end(), is_small_ascii)) return false;
    out.assign(word);
    out[0] = static_cast<char>(word[0] ^ 0x20);
    return true;
  }
  if (word.size() < 4 || word.size() % 2 != 0) return false;
  for (size_t at = 0; at < word.size(); at += 2) {
    const bool small = byte(at) == 0xD0 ? byte(at + 1) >= 0xB0 && byte(at + 1) < 0xC0
                                        : byte(at) == 0xD1 && byte(at + 1) >= 0x80 && byte(at + 1) < 0x90;
    const bool capital = at == 0 && byte(0) == 0xD0 && byte(1) >= 0x90 && byte(1) < 0xB0;
    if (!small && !capital) return false;
  }
  out.assign(word);
  // А–П and а–п share the first byte; that of р–я is another than that of Р–Я.
  out[1] = static_cast<char>(byte(1) ^ 0x20);
  if (byte(0) == 0xD1 || (byte(1) >= 0xA0 && byte(1) < 0xB0)) out[0] = static_cast<char>(byte(0) ^ 0x01);
  return true;
}

// Of such a word.
bool begins_with_capital(std::string_view word) {
  const auto first = static_cast<uint8_t>(word[0]);
  return first < 0x80 ? first <= 'Z' : first == 0xD0 && static_cast<uint8_t>(word[1]) < 0xB0;
}

}  // namespace

inline void FieldScanner::add_pending(std::string_view raw, const WordHead& head, uint32_t position,
                                      bool is_of_vector) {
  const uint32_t hash = words_.hash(raw, head);
  words_.prefetch_slot(hash);
  pending_[num_pending_++] = {raw, head, hash, position, is_of_vector};
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
  const auto text_size = static_cast<std::ptrdiff_t>(utf8.size());
  const size_t num_chars = config_->keeps_vectors ? utf8::extent_of(utf8).count : 0;
  const bool is_of_vector = config_->keeps_vectors && num_chars <= vector_chars_;
  DistinctPlaces places;
  const Scanned scanned = scan(utf8, first, config_->analyzer->rules(), [&](const RawToken& token) {
    const std::string_view raw = token.raw(utf8);
    const bool readable =
        token.stands_for.empty() && text_size - token.begin >= std::ptrdiff_t{kWordHeadBytes};
    add_pending(raw, readable ? readable_head(raw.data(), raw.size()) : head_of(raw), token.position,
                is_of_vector && places.is_new(token));
  });
  resolve_pending();
  if (config_->keeps_vectors && !is_of_vector) add_beginning(beginning_of(utf8, vector_chars_));
  vector_chars_ -= std::min(vector_chars_, num_chars);
  next_position_ = scanned.next_position;
  current_length_ += scanned.num_words;
  if (next_position_ > kMaxPosition) throw DocumentError("a field holds more than 2^30 words");
}

void FieldScanner::resolve_pending() {
  const std::span<const Pending> pending(pending_.data(), num_pending_);
  for (const Pending& token : pending) words_.prefetch_offset(token.hash);
  for (const Pending& token : pending) words_.prefetch_key(token.hash);
  const size_t before = tokens_.size();
  tokens_.resize(before + num_pending_);
  BufferedToken* out = tokens_.data() + before;
  for (const Pending& token : pending)
    *out++ = {words_.find_or_add(token.raw, token.head, token.hash), token.position};
  if (config_->keeps_vectors) {
    for (size_t i = 0; i < num_pending_; ++i) {
      if (pending[i].is_of_vector) vector_words_.push_back(tokens_[before + i].form);
    }
  }
  num_pending_ = 0;
}

// Of a text whose end has no part in the vector. It is scanned by itself: where it is cut, words may be others.
void FieldScanner::add_beginning(const Beginning& beginning) {
  DistinctPlaces places;
  scan(beginning.text, 0, config_->analyzer->rules(), [&](const RawToken& token) {
    if (token.end <= beginning.end && places.is_new(token))
      vector_words_.push_back(words_.find_or_add(token.raw(beginning.text)));
  });
}

void FieldScanner::end_document() {
  if (batch_ == nullptr) batch_ = std::make_unique<TokenBatch>();
  batch_->ends.push_back(tokens_.size());
  batch_->lengths.push_back(current_length_);
  if (config_->keeps_vectors) batch_->vector_ends.push_back(vector_words_.size());
  next_position_ = current_length_ = 0;
  vector_chars_ = kVectorChars;
}

std::unique_ptr<TokenBatch> FieldScanner::scanned() {
  analyse_some();
  return std::move(batch_);
}

void FieldScanner::analyse_some() {
  const size_t first = form_of_.size();
  const size_t count = std::min(words_.size() - first, kMaxAnalyses);
  if (analyses_.size() < count) analyses_.resize(count);
  twins_.clear();
  num_analysed_ = 0;
  for (size_t begin = first; begin < first + count; begin += kBlock)
    analyse_words(static_cast<uint32_t>(begin),
                  static_cast<uint32_t>(std::min(begin + kBlock, first + count)));
}

// Words that have a twin before them need no analysis.
void FieldScanner::analyse_words(uint32_t begin, uint32_t end) {
  if (config_->analyzer == nullptr) {
    twins_.resize(twins_.size() + (end - begin), StringTable::kNone);
  } else {
    find_twins(begin, end);
    fetch_dictionaries(begin, end);
  }
  for (uint32_t word = begin; word < end; ++word) {
    if (twins_[twins_.size() - (end - word)] == StringTable::kNone)
      analyse(words_[word], analyses_[num_analysed_++]);
  }
}

// A word's twin differs from it by the first letter's size alone: they have one form, and so one list of lemmas.
void FieldScanner::find_twins(uint32_t begin, uint32_t end) {
  for (uint32_t i = 0; i < end - begin; ++i) {
    if (!swap_capital(words_[begin + i], swapped_[i])) swapped_[i].clear();
    swapped_hashes_[i] = words_.hash(swapped_[i]);
    words_.prefetch_slot(swapped_hashes_[i]);
  }
  for (uint32_t i = 0; i < end - begin; ++i) words_.prefetch_offset(swapped_hashes_[i]);
  for (uint32_t i = 0; i < end - begin; ++i) words_.prefetch_key(swapped_hashes_[i]);
  for (uint32_t i = 0; i < end - begin; ++i) {
    const uint32_t twin =
        swapped_[i].empty() ? StringTable::kNone : words_.find(swapped_[i], swapped_hashes_[i]);
    twins_.push_back(twin < begin + i ? twin : StringTable::kNone);
  }
}

// Most of an analysis is waiting for what the dictionary has of the word, unless that was announced before.
void FieldScanner::fetch_dictionaries(uint32_t begin, uint32_t end) {
  std::array<std::string_view, kBlock> latin, cyrillic;
  size_t num_latin = 0, num_cyrillic = 0;
  for (uint32_t i = 0; i < end - begin; ++i) {
    if (twins_[twins_.size() - (end - begin) + i] != StringTable::kNone || swapped_[i].empty()) continue;
    const std::string_view word = words_[begin + i];
    const std::string_view small = begins_with_capital(word) ? std::string_view(swapped_[i]) : word;
    (static_cast<uint8_t>(small[0]) < 0x80 ? latin[num_latin++] : cyrillic[num_cyrillic++]) = small;
  }
  config_->analyzer->fetch(std::span(latin).first(num_latin), std::span(cyrillic).first(num_cyrillic));
}

void FieldScanner::analyse(std::string_view word, Analysis& analysis) const {
  if (config_->analyzer != nullptr) return config_->analyzer->analyze(word, analysis);
  if (config_->folds) {
    analysis.form = Analyzer::keyword_key(word);
  } else {
    analysis.form.assign(word);
  }
  analysis.lemmas.assign(1, analysis.form);
  analysis.declined = false;
}

void FieldScanner::learn(FieldLexicon& lexicon) {
  for (; !twins_.empty(); analyse_some()) {
    forms_.clear();
    lexicon.find_or_add(std::span(analyses_).first(num_analysed_), forms_);
    size_t next = 0;
    for (const uint32_t twin : twins_)
      form_of_.push_back(twin == StringTable::kNone ? forms_[next++] : form_of_[twin]);
    for (const uint32_t form : forms_) num_forms_ = std::max(num_forms_, form + 1);
  }
}

void FieldScanner::name_forms(TokenBatch& batch) {
  batch.tokens = Room(tokens_.size() * kBytesPerToken);
  auto* const tokens = batch.tokens.as<BufferedToken>();
  if (num_forms_ > uses_.size()) uses_.resize(std::max<size_t>(num_forms_, uses_.size() * 3 / 2));
  for (uint32_t doc = 0; doc < batch.num_docs(); ++doc) {
    const uint32_t number = batch.first_doc + doc;
    for (size_t i = batch.begin_of(doc); i < batch.ends[doc]; ++i) {
      const BufferedToken token{form_of_[tokens_[i].form], tokens_[i].position};
      tokens[i] = token;
      FormUse& use = uses_[token.form];
      ++use.count;
      use.df += static_cast<uint32_t>(use.last_doc != number);
      use.last_doc = number;
    }
  }
  tokens_.clear();
  if (tokens_.capacity() > kSpareTokens) tokens_ = {};
  batch.vector_forms.reserve(vector_words_.size());
  for (const uint32_t word : vector_words_) batch.vector_forms.push_back(form_of_[word]);
  vector_words_.clear();
  if (vector_words_.capacity() > kSpareTokens) vector_words_ = {};
}

void FieldScanner::forget_words() {
  words_ = StringTable();
  form_of_.clear();
  num_forms_ = 0;
}

}  // namespace searchlib
