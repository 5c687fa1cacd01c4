#include "text/json_field.hpp"

#include <cstring>

#include "text/json_cursor.hpp"
#include "text/json_text.hpp"

namespace searchlib {
namespace {

class Reader : public JsonCursor {
 public:
  using JsonCursor::JsonCursor;

  // Over a string, which begins here.
  bool skip_string() {
    if (!take('"')) return false;
    while (const auto* quote =
               static_cast<const char*>(std::memchr(at_, '"', static_cast<size_t>(end_ - at_)))) {
      const char* slash = quote;
      while (slash != at_ && slash[-1] == '\\') --slash;
      at_ = quote + 1;
      if ((quote - slash) % 2 == 0) return true;
    }
    return false;
  }

  // Over any value: to the comma or the bracket behind it.
  bool skip_value() {
    size_t depth = 0;
    while (at_ != end_) {
      switch (*at_) {
        case '"':
          if (!skip_string()) return false;
          continue;
        case '[':
        case '{':
          ++depth;
          break;
        case ']':
        case '}':
          if (depth == 0) return true;
          --depth;
          break;
        case ',':
          if (depth == 0) return true;
          break;
        default:
          break;
      }
      ++at_;
    }
    return false;
  }

  // A string's characters.
  bool string(std::string& out) { return take('"') && read_json_string(at_, end_, out); }
};

JsonField read_value(Reader& reader, std::vector<std::string>& values) {
  if (reader.take("null")) return JsonField::kAbsent;
  if (!reader.take('[')) return reader.string(values.emplace_back()) ? JsonField::kText : JsonField::kOther;
  if (reader.take(']')) return JsonField::kText;
  do {
    if (!reader.string(values.emplace_back())) return JsonField::kOther;
  } while (reader.take(','));
  return reader.take(']') ? JsonField::kText : JsonField::kOther;
}

}  // namespace

JsonField read_json_field(std::string_view object, std::string_view json_name,
                          std::vector<std::string>& values) {
  values.clear();
  Reader reader(object);
  if (!reader.take('{')) return JsonField::kOther;
  if (reader.take('}')) return reader.done() ? JsonField::kAbsent : JsonField::kOther;
  do {
    if (reader.take(json_name) && reader.take(':')) {
      const JsonField found = read_value(reader, values);
      return reader.at(',') || reader.at('}') ? found : JsonField::kOther;
    }
    if (!reader.skip_string() || !reader.take(':') || !reader.skip_value()) return JsonField::kOther;
  } while (reader.take(','));
  return reader.take('}') && reader.done() ? JsonField::kAbsent : JsonField::kOther;
}

}  // namespace searchlib
