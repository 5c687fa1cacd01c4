#include "build/segment_builder.hpp"

#include <algorithm>
#include <stdexcept>

#include "build/inversion.hpp"
#include "postings/ids.hpp"

namespace searchlib {
namespace {

static_assert(kBytesPerToken == kInversionEntryBytes * 4 / 3);

// A scanner's words, spellings of the lexicon's forms, take about what those take. Where they are made to
// have a thousand capitalisations each, they are forgotten beyond twice that and a little.
constexpr size_t kSpareWordBytes = 1 << 20;

}  // namespace

SegmentBuilder::SegmentBuilder(std::vector<FieldConfig> fields, size_t threads, size_t max_lexicon_bytes)
    : max_lexicon_bytes_(max_lexicon_bytes) {
  for (FieldConfig& config : fields) {
    Field& field = fields_.emplace_back();
    field.config = std::move(config);
  }
  for (size_t i = 0; i < std::max<size_t>(threads, 1); ++i) {
    Scanners& scanners = *scanners_.emplace_back(std::make_unique<Scanners>());
    for (const Field& field : fields_) scanners.emplace_back(field.config);
    idle_.push_back(&scanners);
  }
}

size_t SegmentBuilder::add(uint64_t number, const std::vector<Document>& documents) {
  try {
    Scanners& scanners = take_scanners(number);
    for (const Document& document : documents) {
      for (size_t i = 0; i < fields_.size(); ++i) {
        for (const std::string_view value : document.values[i]) scanners[i].add_value(value);
        scanners[i].end_document();
      }
    }
    std::vector<std::unique_ptr<TokenBatch>> scanned;
    for (FieldScanner& scanner : scanners) scanned.push_back(scanner.scanned());

    await_turn(number);
    std::vector<TokenBatch*> batches;
    std::vector<size_t> word_limits;
    for (size_t i = 0; i < fields_.size(); ++i) {
      scanners[i].learn(fields_[i].lexicon);
      word_limits.push_back(2 * fields_[i].lexicon.forms().memory_bytes() + kSpareWordBytes);
      if (!documents.empty()) batches.push_back(&fields_[i].buffer.append(std::move(scanned[i])));
    }
    for (const Document& document : documents) {
      ids_ += document.key;
      id_ends_.push_back(ids_.size());
    }
    const size_t bytes = memory_bytes();
    end_turn();

    for (size_t i = 0; i < batches.size(); ++i) {
      scanners[i].name_forms(*batches[i]);
      if (scanners[i].words_bytes() > word_limits[i]) scanners[i].forget_words();
    }
    give_back(scanners);
    return bytes;
  } catch (...) {
    fail(number);
    throw;
  }
}

SegmentBuilder::Scanners& SegmentBuilder::take_scanners(uint64_t number) {
  const std::lock_guard lock(mutex_);
  refuse_after_failure(number);  // the scanners of the one that failed are not coming back
  if (idle_.empty()) throw std::invalid_argument("more threads than the builder was made for");
  Scanners& scanners = *idle_.back();
  idle_.pop_back();
  return scanners;
}

void SegmentBuilder::give_back(Scanners& scanners) {
  const std::lock_guard lock(mutex_);
  idle_.push_back(&scanners);
}

void SegmentBuilder::await_turn(uint64_t number) {
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [&] { return number <= next_batch_ || number > failed_batch_; });
  refuse_after_failure(number);
  if (number < next_batch_) throw std::invalid_argument("this batch is there already");
}

void SegmentBuilder::refuse_after_failure(uint64_t number) const {
  if (number > failed_batch_) throw std::invalid_argument("an earlier batch failed");
}

void SegmentBuilder::end_turn() {
  {
    const std::lock_guard lock(mutex_);
    ++next_batch_;
  }
  changed_.notify_all();
}

void SegmentBuilder::fail(uint64_t number) {
  {
    const std::lock_guard lock(mutex_);
    failed_batch_ = std::min(failed_batch_, number);
  }
  changed_.notify_all();
}

size_t SegmentBuilder::num_tokens() const {
  size_t tokens = 0;
  for (const Field& field : fields_) tokens += field.buffer.num_tokens;
  return tokens;
}

size_t SegmentBuilder::memory_bytes() const {
  size_t bytes = ids_.size() + id_ends_.size() * sizeof(uint64_t);
  for (const Field& field : fields_) {
    const size_t forms = field.lexicon.forms().memory_bytes();  // and as much for their spellings
    bytes += field.lexicon.memory_bytes() + forms + field.lexicon.forms().size() * sizeof(FormUse) +
             field.buffer.num_tokens * kBytesPerToken + field.buffer.num_vector_forms * sizeof(uint32_t) +
             field.buffer.num_docs * (sizeof(size_t) + sizeof(uint32_t));
  }
  return bytes;
}

void SegmentBuilder::resolve(size_t field, const std::vector<std::vector<std::string>>& lemmas) {
  fields_[field].lexicon.resolve(lemmas);
}

std::vector<FormUse> SegmentBuilder::uses_of(size_t field) const {
  std::vector<FormUse> sums(fields_[field].lexicon.forms().size());
  for (const std::unique_ptr<Scanners>& scanners : scanners_) {
    const std::vector<FormUse>& uses = (*scanners)[field].uses();
    for (size_t form = 0; form < std::min(uses.size(), sums.size()); ++form) {
      sums[form].count += uses[form].count;
      sums[form].df += uses[form].df;
    }
  }
  return sums;
}

void SegmentBuilder::forget_documents(size_t field) {
  fields_[field].buffer = FieldBuffer();
  const bool forgets = fields_[field].lexicon.memory_bytes() > max_lexicon_bytes_;
  if (forgets) fields_[field].lexicon = FieldLexicon();
  for (const std::unique_ptr<Scanners>& scanners : scanners_) {
    (*scanners)[field].forget_uses();
    if (forgets) (*scanners)[field].forget_words();
  }
}

void SegmentBuilder::write(PartSink& sink) {
  for (const Field& field : fields_) {
    if (!field.lexicon.is_resolved()) throw std::invalid_argument("resolve() comes before write()");
  }
  if (failed_batch_ != UINT64_MAX) throw std::invalid_argument("a batch failed");
  for (size_t i = 0; i < fields_.size(); ++i) {
    Field& field = fields_[i];
    write_field({field.config, field.buffer, field.lexicon, uses_of(i)}, scanners_.size(), sink);
    forget_documents(i);
  }
  std::vector<std::string_view> keys;
  for (size_t i = 0; i + 1 < id_ends_.size(); ++i) {
    keys.emplace_back(std::string_view(ids_).substr(id_ends_[i], id_ends_[i + 1] - id_ends_[i]));
  }
  sink.whole("keys", encode_ids(keys));
  ids_.clear();
  id_ends_.assign(1, 0);
  next_batch_ = 0;
}

}  // namespace searchlib
