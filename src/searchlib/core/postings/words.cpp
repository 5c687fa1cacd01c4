#include "postings/words.hpp"

namespace searchlib {
namespace {

// A difference of two numbers of 32 bits, as zigzag has it, takes 33; what is beyond must not overflow.
constexpr uint64_t kReferenceMask = (uint64_t{1} << 33) - 1;

// A term of one form, which is the word itself; and the other way round.
bool is_plain(uint32_t index, const WordsWriter::Term& term, const FormInfo& form) {
  return term.forms.size() == 1 && term.forms[0] == index && form.terms.size() == 1 &&
         form.terms[0] == index && form.df == term.info.df;
}

WordKind kind_of(uint32_t index, const WordsWriter::Term* term, const FormInfo* form) {
  if (term == nullptr) return WordKind::kForm;
  if (form == nullptr) return WordKind::kTerm;
  return is_plain(index, *term, *form) ? WordKind::kPlain : WordKind::kBoth;
}

}  // namespace

void WordsWriter::add(std::string_view key, const Term* term, const FormInfo* form) {
  const uint32_t index = dictionary_.num_entries();
  const uint32_t in_block = index % kDictionaryBlock;
  const WordKind kind = kind_of(index, term, form);
  dictionary_.add(key);
  kinds_ |= static_cast<uint32_t>(kind) << (2 * in_block);
  num_terms_ += static_cast<uint32_t>(is_term(kind));
  num_forms_ += static_cast<uint32_t>(is_form(kind));
  if (term != nullptr && term->info.inlined) inlined_ |= static_cast<uint16_t>(1U << in_block);
  Bytes& out = term != nullptr && term->info.inlined ? inlined_words_ : listed_words_;
  if (term != nullptr) put_term(*term, kind, out);
  if (kind == WordKind::kForm || kind == WordKind::kBoth) {
    put_varint(out, form->df);
    put_references(form->terms, out);
  }
  if (dictionary_.block_is_full()) end_block();
}

void WordsWriter::put_term(const Term& term, WordKind kind, Bytes& out) {
  if (kind != WordKind::kPlain) put_references(term.forms, out);
  if (term.info.inlined) {
    out.insert(out.end(), term.inlined.begin(), term.inlined.end());
    return;
  }
  put_listed(term.info, out);
  postings_end_ += term.info.postings.length;
  positions_end_ += term.info.positions.length;
}

void WordsWriter::put_references(std::span<const uint32_t> words, Bytes& out) {
  const int64_t own = int64_t{dictionary_.num_entries()} - 1;
  put_varint(out, words.size());
  for (const uint32_t word : words) put_varint(out, zigzag(int64_t{word} - own));
}

void WordsWriter::end_block() {
  Bytes payload;
  put_varint(payload, kinds_);
  put_fixed(payload, inlined_);
  put_varint(payload, postings_begin_);
  put_varint(payload, positions_begin_);
  put_varint(payload, listed_words_.size());
  payload.insert(payload.end(), listed_words_.begin(), listed_words_.end());
  payload.insert(payload.end(), inlined_words_.begin(), inlined_words_.end());
  dictionary_.end_block(payload);
  kinds_ = 0;
  inlined_ = 0;
  listed_words_.clear();
  inlined_words_.clear();
  postings_begin_ = postings_end_;
  positions_begin_ = positions_end_;
}

Bytes WordsWriter::finish() {
  if (dictionary_.num_entries() % kDictionaryBlock != 0) end_block();
  Bytes out;
  put_fixed(out, num_terms_);
  put_fixed(out, num_forms_);
  dictionary_.finish(out);
  return out;
}

WordReader::WordReader(const Dictionary& dictionary, const TermReader::Parts& parts, uint32_t block)
    : num_words_(dictionary.size()),
      first_(block * kDictionaryBlock),
      count_(dictionary.entries_of(block)),
      block_(dictionary.block(block)),
      listed_(block_.payload),
      inlined_words_(block_.payload),
      terms_(parts) {
  kinds_ = listed_.varint32();
  inlined_ = listed_.fixed<uint16_t>();
  const uint64_t postings_at = listed_.varint();
  const uint64_t positions_at = listed_.varint();
  terms_.start(postings_at, positions_at);
  const uint64_t listed_length = listed_.varint();
  const uint8_t* begin = listed_.take(listed_length);
  inlined_words_ = listed_;
  listed_ = ByteReader(begin, begin + listed_length);
}

bool WordReader::next(WordEntry& word) {
  if (at_ == count_) return false;
  ByteReader& reader = is_inlined(at_) ? inlined_words_ : listed_;
  word.index = first_ + at_;
  word.kind = kind(at_);
  if (is_term(word.kind)) read_term(reader, word.term, &word.forms);
  if (word.kind == WordKind::kPlain) {
    word.form.df = word.term.df;
    word.form.terms.assign(1, word.index);
  } else if (is_form(word.kind)) {
    word.form.df = reader.varint32();
    read_references(reader, &word.form.terms);
  }
  ++at_;
  return true;
}

TermInfo WordReader::term(uint32_t i, std::vector<uint32_t>* forms) {
  const bool inlined = is_inlined(i);
  ByteReader& reader = inlined ? inlined_words_ : listed_;
  for (; at_ < i; ++at_) {
    if (is_inlined(at_) == inlined) skip(reader);
  }
  TermInfo term;
  read_term(reader, term, forms);
  return term;
}

void WordReader::form_dfs(std::array<uint32_t, kDictionaryBlock>& dfs) {
  dfs.fill(0);
  uint32_t last_inlined = 0;  // that has to be read: the others are plain, in one document
  for (uint32_t i = 0; i < count_; ++i) {
    if (is_inlined(i) && kind(i) == WordKind::kBoth) last_inlined = i;
  }
  TermInfo term;
  for (; at_ < count_; ++at_) {
    const WordKind own = kind(at_);
    const bool inlined = is_inlined(at_);
    if (inlined && own == WordKind::kPlain) dfs[at_] = 1;
    if (inlined && at_ > last_inlined) continue;
    ByteReader& reader = inlined ? inlined_words_ : listed_;
    if (inlined) {
      read_term(reader, term, nullptr);
    } else if (is_term(own)) {
      if (own != WordKind::kPlain) read_references(reader, nullptr);
      const uint32_t df = terms_.skip_listed(reader);
      if (own == WordKind::kPlain) dfs[at_] = df;
    }
    if (own == WordKind::kForm || own == WordKind::kBoth) {
      dfs[at_] = reader.varint32();
      read_references(reader, nullptr);
    }
  }
}

void WordReader::skip(ByteReader& reader) {
  const WordKind kind_here = kind(at_);
  if (is_inlined(at_)) {
    TermInfo term;
    read_term(reader, term, nullptr);
  } else if (is_term(kind_here)) {
    if (kind_here != WordKind::kPlain) read_references(reader, nullptr);
    terms_.skip_listed(reader);
  }
  if (kind_here == WordKind::kForm || kind_here == WordKind::kBoth) {
    reader.varint();
    read_references(reader, nullptr);
  }
}

void WordReader::read_term(ByteReader& reader, TermInfo& term, std::vector<uint32_t>* forms) {
  term.index = first_ + at_;
  uint32_t num_forms = 1;
  if (kind(at_) != WordKind::kPlain) {
    num_forms = read_references(reader, forms);
  } else if (forms != nullptr) {
    forms->assign(1, term.index);
  }
  if (is_inlined(at_)) {
    const uint64_t at = block_.payload_at + static_cast<uint64_t>(reader.at() - block_.payload.data());
    terms_.read_inlined(reader, at, num_forms > 1, term);
  } else {
    terms_.read_listed(reader, term);
  }
}

uint32_t WordReader::read_references(ByteReader& reader, std::vector<uint32_t>* words) {
  const uint32_t count = reader.varint32();
  if (count > reader.left()) throw CorruptIndexError("a word claims more references than there are bytes");
  if (words != nullptr) words->clear();
  for (uint32_t i = 0; i < count; ++i) {
    const uint64_t coded = reader.varint();
    if (words == nullptr) continue;
    const int64_t word = int64_t{first_} + at_ + unzigzag(coded & kReferenceMask);
    if (word < 0 || word >= int64_t{num_words_}) throw CorruptIndexError("a word's number is out of range");
    words->push_back(static_cast<uint32_t>(word));
  }
  return count;
}

Words::Words(const CheckedBuffer& buffer, const PartRange& part, const TermReader::Parts& parts)
    : parts_(parts) {
  constexpr uint64_t kHead = 8;
  if (part.length < kHead) throw CorruptIndexError("a field's words are shorter than their head");
  const uint8_t* head = buffer.touch(part.offset, kHead);
  num_terms_ = load_fixed<uint32_t>(head);
  num_forms_ = load_fixed<uint32_t>(head + 4);
  dictionary_ = Dictionary(buffer, part.offset + kHead, part.length - kHead);
}

std::optional<TermInfo> Words::find_term(std::string_view key, std::vector<uint32_t>* forms) const {
  const auto index = dictionary_.find(key);
  if (!index) return std::nullopt;
  WordReader reader = read(*index / kDictionaryBlock);
  if (!is_term(reader.kind(*index % kDictionaryBlock))) return std::nullopt;
  return reader.term(*index % kDictionaryBlock, forms);
}

TermInfo Words::term_at(uint32_t index, std::vector<uint32_t>* forms) const {
  if (index >= size()) throw CorruptIndexError("a term's number is out of range");
  WordReader reader = read(index / kDictionaryBlock);
  if (!is_term(reader.kind(index % kDictionaryBlock))) {
    throw CorruptIndexError("a number of a term is that of another word");
  }
  return reader.term(index % kDictionaryBlock, forms);
}

void Words::get(uint32_t index, WordEntry& word) const {
  if (index >= size()) throw CorruptIndexError("a word's number is out of range");
  WordReader reader = read(index / kDictionaryBlock);
  do reader.next(word);
  while (word.index != index);
}

std::optional<FormInfo> Words::find_form(std::string_view key) const {
  const auto index = dictionary_.find(key);
  if (!index) return std::nullopt;
  WordEntry word;
  get(*index, word);
  if (!is_form(word.kind)) return std::nullopt;
  return std::move(word.form);
}

bool WordWalker::next() {
  if (reader_ && reader_->next(word_)) {
    if (!keys_->next()) throw CorruptIndexError("a dictionary's block holds too few keys");
  } else {
    if (block_ == words_->keys().num_blocks()) return false;
    reader_.emplace(words_->read(block_));
    keys_.emplace(words_->keys().block(block_).keys);
    ++block_;
    reader_->next(word_);
  }
  key_.resize(keys_->shared());
  key_ += keys_->suffix();
  return true;
}

}  // namespace searchlib
