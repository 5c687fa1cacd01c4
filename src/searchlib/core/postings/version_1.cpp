#include "postings/version_1.hpp"

#include "postings/ids.hpp"
#include "postings/words.hpp"

namespace searchlib {
namespace {

constexpr float kFScale = 65535;

// Walks one of the two dictionaries.
class Walker {
 public:
  Walker(const CheckedBuffer& buffer, const PartRange& part)
      : entries_(buffer.touch(part.offset, part.length),
                 buffer.touch(part.offset, part.length) + part.length) {
    num_entries_ = entries_.fixed<uint32_t>();
    const uint32_t num_blocks = entries_.fixed<uint32_t>();
    if (num_blocks != (uint64_t{num_entries_} + kDictionaryBlock - 1) / kDictionaryBlock) {
      throw CorruptIndexError("a dictionary's head does not fit its part");
    }
    const uint8_t* offsets = entries_.take((uint64_t{num_blocks} + 1) * sizeof(uint32_t));
    blocks_ = entries_.at();
    offsets_ = ByteReader(offsets, blocks_);
  }

  uint32_t size() const { return num_entries_; }
  uint32_t index() const { return index_; }  // of the current entry
  const std::string& key() const { return key_; }
  ByteReader& payload() { return payload_; }
  bool is_first_of_block() const { return index_ % kDictionaryBlock == 0; }
  bool at_end() const { return index_ == num_entries_; }

  void advance() {
    ++index_;
    if (at_end()) return;
    if (is_first_of_block()) {
      if (offsets_.fixed<uint32_t>() != static_cast<uint64_t>(entries_.at() - blocks_)) {
        throw CorruptIndexError("a dictionary's blocks do not follow each other");
      }
      key_.clear();
    }
    const uint64_t shared = entries_.varint();
    if (shared > key_.size()) throw CorruptIndexError("a dictionary's key shares more than there is");
    key_.resize(shared);
    key_ += entries_.text(entries_.varint());
    const uint64_t length = entries_.varint();
    const uint8_t* payload = entries_.take(length);
    payload_ = ByteReader(payload, payload + length);
  }

 private:
  ByteReader entries_;  // from the next one on
  ByteReader offsets_{nullptr, nullptr};
  ByteReader payload_{nullptr, nullptr};
  const uint8_t* blocks_;
  uint32_t num_entries_;
  uint32_t index_ = UINT32_MAX;
  std::string key_;
};

// Both together, in the order of their keys.
class JointWalk {
 public:
  JointWalk(const CheckedBuffer& buffer, const PartRange& terms, const PartRange& forms)
      : terms(buffer, terms), forms(buffer, forms) {
    this->terms.advance();
    this->forms.advance();
  }

  // visit(key, is term, is form) for each; the walkers stand there.
  template <class Visit>
  void all(Visit&& visit) {
    while (!terms.at_end() || !forms.at_end()) {
      const int order = terms.at_end() ? 1 : forms.at_end() ? -1 : terms.key().compare(forms.key());
      visit(order <= 0 ? terms.key() : forms.key(), order <= 0, order >= 0);
      if (order <= 0) terms.advance();
      if (order >= 0) forms.advance();
    }
  }

  Walker terms;
  Walker forms;
};

uint32_t number_of(const TermNumbers& numbers, uint64_t old) {
  if (old >= numbers.size()) throw CorruptIndexError("a term's or form's number is out of range");
  return numbers[old];
}

class TermPayloads {
 public:
  // Fills what put_listed writes, and the forms by their new numbers.
  void read(Walker& walker, const TermNumbers& forms, TermInfo& term, std::vector<uint32_t>& forms_of) {
    ByteReader& reader = walker.payload();
    if (walker.is_first_of_block()) {
      last_form_ = 0;
      check_offset(reader.varint(), postings_end_);
      check_offset(reader.varint(), positions_end_);
    }
    term.df = reader.varint32();
    if (term.df == 0) throw CorruptIndexError("a term that stands in no document");
    postings_end_ += term.postings.length = reader.varint();
    positions_end_ += term.positions.length = reader.varint();
    term.max_f = static_cast<float>(reader.fixed<uint16_t>()) / kFScale;
    for (size_t i = 0; i < kThresholdRanks.size() && term.df >= kThresholdRanks[i]; ++i) {
      term.best[i] = reader.fixed<float>();
      if (!(term.best[i] >= 0 && term.best[i] <= 1)) throw CorruptIndexError("a bound is no saturation");
    }
    const uint32_t num_forms = reader.varint32();
    if (num_forms > reader.left()) throw CorruptIndexError("a term claims more forms than its entry holds");
    forms_of.clear();
    for (uint32_t i = 0; i < num_forms; ++i) {
      last_form_ += unzigzag(reader.varint32());
      forms_of.push_back(number_of(forms, static_cast<uint64_t>(last_form_)));
    }
  }

 private:
  // Lists lie one after the other, so that lengths would do.
  static void check_offset(uint64_t offset, uint64_t expected) {
    if (offset != expected) throw CorruptIndexError("a term's lists are not where they should be");
  }

  uint64_t postings_end_ = 0;
  uint64_t positions_end_ = 0;
  int64_t last_form_ = 0;
};

void read_form(ByteReader& reader, const TermNumbers& terms, FormInfo& form) {
  form.df = reader.varint32();
  const uint32_t count = reader.varint32();
  if (count > reader.left()) throw CorruptIndexError("a form claims more lemmas than its entry holds");
  form.terms.clear();
  for (uint32_t i = 0; i < count; ++i) form.terms.push_back(number_of(terms, reader.varint32()));
}

}  // namespace

Version1Words upgrade_words(const CheckedBuffer& buffer, const PartRange& terms, const PartRange& forms) {
  Version1Words upgraded;
  TermNumbers form_numbers;
  uint32_t num_words = 0;
  JointWalk(buffer, terms, forms).all([&](const std::string&, bool is_term, bool is_form) {
    if (is_term) upgraded.numbers.push_back(num_words);
    if (is_form) form_numbers.push_back(num_words);
    ++num_words;
  });
  WordsWriter writer;
  TermPayloads payloads;
  TermInfo term;
  std::vector<uint32_t> forms_of;
  FormInfo form;
  JointWalk walk(buffer, terms, forms);
  walk.all([&](const std::string& key, bool is_term, bool is_form) {
    if (is_term) payloads.read(walk.terms, form_numbers, term, forms_of);
    if (is_form) read_form(walk.forms.payload(), upgraded.numbers, form);
    const WordsWriter::Term written{term, forms_of, {}};
    writer.add(key, is_term ? &written : nullptr, is_form ? &form : nullptr);
  });
  upgraded.part = writer.finish();
  upgraded.part.resize(upgraded.part.size() + sizeof(uint64_t));  // room to read past the end
  return upgraded;
}

Bytes upgrade_ids(const CheckedBuffer& buffer, const PartRange& ids, uint32_t num_docs) {
  const uint8_t* begin = buffer.touch(ids.offset, ids.length);
  ByteReader reader(begin, begin + ids.length);
  if (reader.fixed<uint32_t>() != num_docs) {
    throw CorruptIndexError("the table of ids does not fit the segment", "ids");
  }
  ByteReader offsets = reader;
  reader.take((uint64_t{num_docs} + 1) * sizeof(uint32_t) + uint64_t{num_docs} * sizeof(uint32_t));
  std::vector<std::string_view> keys;
  uint32_t at = offsets.fixed<uint32_t>();
  for (uint32_t doc = 0; doc < num_docs; ++doc) {
    const uint32_t end = offsets.fixed<uint32_t>();
    if (at > end) throw CorruptIndexError("an id lies outside its part", "ids");
    ByteReader key = reader;
    key.take(at);
    keys.push_back(key.text(end - at));
    at = end;
  }
  Bytes upgraded = encode_ids(keys);
  upgraded.resize(upgraded.size() + sizeof(uint64_t));  // room to read past the end
  return upgraded;
}

}  // namespace searchlib
