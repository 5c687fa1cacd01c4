#include "postings/segment.hpp"

#include "postings/rounding.hpp"
#include "postings/term_cursor.hpp"

namespace searchlib {

std::optional<TermInfo> FieldParts::find_term(std::string_view lemma, std::vector<uint32_t>* forms) const {
  std::optional<TermInfo> term = words.find_term(lemma, forms);
  if (term && term->inlined) set_bound(*term);
  return term;
}

TermInfo FieldParts::term_info_at(uint32_t index, std::vector<uint32_t>* forms) const {
  TermInfo term = words.term_at(index, forms);
  if (term.inlined) set_bound(term);
  return term;
}

// The bound of an inlined term is not stored: its one document gives it.
void FieldParts::set_bound(TermInfo& term) const {
  if (term.inlined_doc >= num_docs) throw CorruptIndexError("a term's document is out of range");
  const double k = k_of_length(stats.k1, stats.b, stats.average_length(), norms[term.inlined_doc]);
  const float f = round_up(saturation(term.inlined_tf, k));
  term.max_f = f >= 0 && f <= 1 ? f : 1;  // whatever k1 and b the file claims
}

namespace {

void check_places(const FieldParts& field, const WordEntry& word) {
  uint32_t df = 0;
  TermCursor cursor(field, word.term);
  while (cursor.next() != kNoMoreDocs) {
    ++df;
    if (!field.stats.positional) continue;
    for (const Place& place : cursor.places()) {
      if (place.form_rank >= word.forms.size())
        throw CorruptIndexError("a place names a form that its term lacks");
    }
  }
  if (df != word.term.df) throw CorruptIndexError("a term's postings contradict its document frequency");
}

void check_words(const FieldParts& field) {
  uint32_t num_terms = 0;
  uint32_t num_forms = 0;
  std::string previous;
  for (WordWalker walker(field.words); walker.next();) {
    const WordEntry& word = walker.word();
    num_terms += static_cast<uint32_t>(is_term(word.kind));
    num_forms += static_cast<uint32_t>(is_form(word.kind));
    if (is_term(word.kind)) check_places(field, word);
    if (word.index > 0 && walker.key() <= previous) throw CorruptIndexError("the order of words is broken");
    previous = walker.key();
  }
  if (num_terms != field.words.num_terms() || num_forms != field.words.num_forms()) {
    throw CorruptIndexError("a field's number of terms or forms is wrong");
  }
}

void check_vectors(const FieldParts& field) {
  if (!field.vectors) return;
  WordEntry word;
  for (uint32_t rank = 0; rank < field.vectors->num_ranks(); ++rank) {
    field.words.get(field.vectors->word_of(rank), word);
    if (!is_term(word.kind)) throw CorruptIndexError("a term vector names a word that is no term");
  }
  std::vector<TermVectors::Entry> entries;
  for (uint32_t doc = 0; doc < field.num_docs; ++doc) field.vectors->read(doc, entries);
}

}  // namespace

Segment::Segment(std::shared_ptr<const CheckedBuffer> buffer, PartMap parts,
                 const std::vector<std::string>& fields, uint32_t num_docs,
                 const std::vector<searchlib::columns::ColumnField>& columns)
    : buffer_(std::move(buffer)), parts_(std::move(parts)), num_docs_(num_docs) {
  for (const std::string& name : fields) fields_.push_back(open_field(name));
  links_ = std::make_unique<WordLinks>(fields_.size());
  ids_ = IdTable(*buffer_, part("keys"), num_docs_);
  columns_ = searchlib::columns::Columns(*buffer_, parts_, columns, num_docs_);
}

std::optional<TermInfo> Segment::find_same_term(size_t field, std::string_view lemma, size_t other,
                                                uint32_t index_there) const {
  return links_->find(other, field, fields_[other].words.size(), index_there,
                      [&] { return fields_[field].find_term(lemma); });
}

PartRange Segment::part(const std::string& name) const {
  const auto found = parts_.find(name);
  if (found == parts_.end()) throw CorruptIndexError("the part '" + name + "' is missing", name);
  return found->second;
}

const uint8_t* Segment::array(const std::string& name, uint64_t bytes_each) const {
  const PartRange found = part(name);
  const uint64_t length = num_docs_ * bytes_each;
  if (found.length < length) throw CorruptIndexError("the part '" + name + "' has too few numbers", name);
  return buffer_->touch(found.offset, length);
}

FieldParts Segment::open_field(const std::string& name) {
  FieldParts field;
  field.buffer = buffer_.get();
  field.num_docs = num_docs_;
  if (!parts_.contains(name + ".stats")) return field;
  field.stats = read_stats(name + ".stats");
  field.norms = array(name + ".norms", 1);
  if (parts_.contains(name + ".lengths")) field.lengths = array(name + ".lengths", sizeof(uint32_t));
  field.words = open_words(name, field.stats.positional);
  if (parts_.contains(name + ".vectors"))
    field.vectors.emplace(*buffer_, part(name + ".vectors"), num_docs_, field.words.size());
  return field;
}

FieldStats Segment::read_stats(const std::string& name) const {
  const PartRange range = part(name);
  const uint8_t* begin = buffer_->touch(range.offset, range.length);
  ByteReader reader(begin, begin + range.length);
  FieldStats stats;
  stats.num_docs = reader.fixed<uint32_t>();
  stats.docs_with_value = reader.fixed<uint32_t>();
  stats.total_length = reader.fixed<uint64_t>();
  stats.k1 = reader.fixed<double>();
  stats.b = reader.fixed<double>();
  stats.positional = reader.fixed<uint8_t>() != 0;
  if (stats.num_docs != num_docs_ || stats.docs_with_value > num_docs_) {
    throw CorruptIndexError("a field's statistics contradict the segment", name);
  }
  return stats;
}

Words Segment::open_words(const std::string& name, bool positional) const {
  return {*buffer_, part(name + ".words"), {part(name + ".postings"), part(name + ".positions"), positional}};
}

void Segment::check() const {
  for (const FieldParts& field : fields_) {
    check_words(field);
    check_vectors(field);
  }
  ids_.check();
  columns_.check();
}

}  // namespace searchlib
