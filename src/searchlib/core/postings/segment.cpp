#include "postings/segment.hpp"

#include "postings/term_cursor.hpp"

namespace searchlib {

FormInfo decode_form(std::span<const uint8_t> payload, uint32_t num_terms) {
  ByteReader reader(payload);
  FormInfo form;
  form.df = reader.varint32();
  const uint32_t count = reader.varint32();
  if (count > reader.left()) throw CorruptIndexError("a form claims more lemmas than its entry holds");
  for (uint32_t i = 0; i < count; ++i) {
    form.terms.push_back(reader.varint32());
    if (form.terms.back() >= num_terms) throw CorruptIndexError("a form's lemma is out of range");
  }
  return form;
}

void encode_form(const FormInfo& form, Bytes& out) {
  put_varint(out, form.df);
  put_varint(out, form.terms.size());
  for (const uint32_t term : form.terms) put_varint(out, term);
}

std::optional<TermInfo> FieldParts::find_term(std::string_view lemma, std::vector<uint32_t>* forms_of) const {
  const auto block = terms.block_of(lemma);
  if (!block) return std::nullopt;
  std::optional<TermInfo> found;
  TermPayload payloads;
  terms.scan_block(*block, [&](uint32_t index, std::string_view key, std::span<const uint8_t> payload) {
    const TermInfo term = payloads.decode(index, payload, forms_of);
    if (key < lemma) return true;
    if (key == lemma) found = term;
    return false;
  });
  return found;
}

TermInfo FieldParts::term_info_at(uint32_t wanted, std::vector<uint32_t>* forms_of) const {
  std::optional<TermInfo> found;
  TermPayload payloads;
  if (wanted < terms.size()) {
    terms.scan_block(wanted / kDictionaryBlock,
                     [&](uint32_t index, std::string_view, std::span<const uint8_t> payload) {
                       found = payloads.decode(index, payload, forms_of);
                       return index != wanted;
                     });
  }
  if (!found || found->index != wanted) throw CorruptIndexError("a term's number is out of range");
  return *found;
}

namespace {

std::string key_at(const Dictionary& dictionary, uint32_t wanted) {
  std::optional<std::string> found;
  if (wanted < dictionary.size()) {
    dictionary.scan_block(wanted / kDictionaryBlock,
                          [&](uint32_t index, std::string_view key, std::span<const uint8_t>) {
                            if (index == wanted) found.emplace(key);
                            return index != wanted;
                          });
  }
  if (!found) throw CorruptIndexError("a number points past a dictionary's end");
  return *std::move(found);
}

}  // namespace

std::string FieldParts::term_at(uint32_t index) const { return key_at(terms, index); }
std::string FieldParts::form_at(uint32_t index) const { return key_at(forms, index); }

Segment::Segment(std::shared_ptr<const CheckedBuffer> buffer, PartMap parts, std::vector<std::string> fields,
                 uint32_t num_docs)
    : buffer_(std::move(buffer)), parts_(std::move(parts)), names_(std::move(fields)), num_docs_(num_docs) {
  for (const std::string& name : names_) fields_.push_back(open_field(name));
  const PartRange ids = part("ids");
  ids_ = IdTable(*buffer_, ids.offset, ids.length, num_docs_);
}

PartRange Segment::part(const std::string& name) const {
  const auto found = parts_.find(name);
  if (found == parts_.end()) throw CorruptIndexError("the part '" + name + "' is missing", name);
  return found->second;
}

FieldParts Segment::open_field(const std::string& name) const {
  FieldParts field;
  field.buffer = buffer_.get();
  field.num_docs = num_docs_;
  if (!parts_.contains(name + ".stats")) return field;

  const PartRange stats = part(name + ".stats");
  ByteReader reader(buffer_->touch(stats.offset, stats.length),
                    buffer_->touch(stats.offset, stats.length) + stats.length);
  field.stats.num_docs = reader.fixed<uint32_t>();
  field.stats.docs_with_value = reader.fixed<uint32_t>();
  field.stats.total_length = reader.fixed<uint64_t>();
  field.stats.k1 = reader.fixed<double>();
  field.stats.b = reader.fixed<double>();
  field.stats.positional = reader.fixed<uint8_t>() != 0;
  if (field.stats.num_docs != num_docs_ || field.stats.docs_with_value > num_docs_) {
    throw CorruptIndexError("a field's statistics contradict the segment", name + ".stats");
  }
  const PartRange norms = part(name + ".norms");
  if (norms.length < num_docs_)
    throw CorruptIndexError("there are fewer norms than documents", name + ".norms");
  field.norms = buffer_->touch(norms.offset, num_docs_);
  if (parts_.contains(name + ".lengths")) {
    const PartRange lengths = part(name + ".lengths");
    if (lengths.length < uint64_t{num_docs_} * 4)
      throw CorruptIndexError("there are fewer lengths than documents");
    field.lengths = buffer_->touch(lengths.offset, uint64_t{num_docs_} * 4);
  }
  const PartRange terms = part(name + ".terms");
  field.terms = Dictionary(*buffer_, terms.offset, terms.length);
  const PartRange forms = part(name + ".forms");
  field.forms = Dictionary(*buffer_, forms.offset, forms.length);
  field.postings = part(name + ".postings");
  field.positions = part(name + ".positions");
  return field;
}

void Segment::check() const {
  for (const FieldParts& field : fields_) {
    TermPayload payloads;
    std::vector<uint32_t> forms;
    for (DictionaryWalker walker(field.terms); walker.next();) {
      if (walker.index() % kDictionaryBlock == 0) payloads.start_block();
      const TermInfo term = payloads.decode(walker.index(), walker.payload(), &forms);
      uint32_t df = 0;
      TermCursor cursor(field, term);
      while (cursor.next() != kNoMoreDocs) {
        ++df;
        if (!field.stats.positional) continue;
        for (const Place& place : cursor.places()) {
          if (place.form_rank >= forms.size())
            throw CorruptIndexError("a place names a form that its term lacks");
        }
      }
      if (df != term.df) throw CorruptIndexError("a term's postings contradict its document frequency");
    }
    for (DictionaryWalker walker(field.forms); walker.next();)
      decode_form(walker.payload(), field.terms.size());
  }
  ids_.check();
}

}  // namespace searchlib
