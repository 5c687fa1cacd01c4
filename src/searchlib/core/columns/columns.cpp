#include "columns/columns.hpp"

#include <utility>

namespace searchlib::columns {

std::unique_ptr<const Column> open_column(const CheckedBuffer& buffer, const PartRange& part,
                                          std::string name, uint32_t num_docs, char type) {
  try {
    if (type == 'k') return std::make_unique<KeywordColumn>(buffer, part, name, num_docs);
    return std::make_unique<Column>(buffer, part, name, num_docs, type);
  } catch (const CorruptIndexError& error) {
    if (!error.part.empty()) throw;
    throw CorruptIndexError(buffer.file_name() + ", part '" + name + "': " + error.what(), name,
                            buffer.file_name());
  }
}

Columns::Columns(const CheckedBuffer& buffer, const std::map<std::string, PartRange, std::less<>>& parts,
                 const std::vector<ColumnField>& fields, uint32_t num_docs)
    : buffer_(&buffer), num_docs_(num_docs) {
  for (const ColumnField& field : fields) {
    const std::string name = "column:" + field.name;
    const auto found = parts.find(name);
    const bool is_there = found != parts.end();
    entries_.push_back({name, field.type, is_there ? found->second : PartRange{}, is_there});
  }
}

Columns::~Columns() {
  for (const Entry& entry : entries_) delete entry.opened;
}

Columns::Columns(Columns&& other) noexcept
    : buffer_(other.buffer_), num_docs_(other.num_docs_), entries_(std::exchange(other.entries_, {})) {}

Columns& Columns::operator=(Columns&& other) noexcept {
  std::swap(buffer_, other.buffer_);
  std::swap(num_docs_, other.num_docs_);
  std::swap(entries_, other.entries_);
  return *this;
}

const Column* Columns::find(size_t field) const {
  const Entry& entry = entries_.at(field);
  if (!entry.is_there) return nullptr;
  const std::atomic_ref<const Column*> opened(entry.opened);
  if (const Column* known = opened.load(std::memory_order_acquire)) return known;
  // Of two threads that look at once both open it, and one is kept.
  std::unique_ptr<const Column> made = open_column(*buffer_, entry.part, entry.name, num_docs_, entry.type);
  const Column* expected = nullptr;
  if (opened.compare_exchange_strong(expected, made.get(), std::memory_order_acq_rel)) return made.release();
  return expected;
}

const KeywordColumn* Columns::find_strings(size_t field) const {
  if (entries_.at(field).type != 'k') return nullptr;
  return static_cast<const KeywordColumn*>(find(field));
}

void Columns::check() const {
  for (size_t field = 0; field < entries_.size(); ++field) {
    if (const Column* column = find(field)) column->check();
  }
}

}  // namespace searchlib::columns
