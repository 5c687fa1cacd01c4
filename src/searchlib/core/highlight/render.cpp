#include "highlight/render.hpp"

#include <cstdint>
#include <string_view>

#include "text/char_facts.hpp"

namespace searchlib::highlighting {
namespace {

// C0 and C1 controls (tab and newline apart), the bidi overrides and isolates, and halves of surrogate pairs,
// which no encoder takes.
bool is_unsafe(char32_t c) {
  if (c < 0x20) return c != U'\t' && c != U'\n';
  if (c < 0x7F) return false;
  if (c <= 0x9F) return true;
  return (c >= 0x2028 && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069) || (c >= 0xD800 && c <= 0xDFFF);
}

bool is_break(char32_t c) {
  return c == 0x0B || c == 0x0C || c == U'\r' || c == 0x85 || c == 0x2028 || c == 0x2029;
}

// What is shown as it is, whatever stands beside it: nearly all of a text but its spaces.
bool is_simple(char32_t c) {
  if (c >= 0x400) return c < 0x500;
  if (c >= 0x80) return false;
  constexpr auto of = [](std::string_view some) {
    uint64_t bits = 0;
    for (const char one : some) bits |= uint64_t{1} << one;
    return bits;
  };
  constexpr uint64_t kLow = of("!#$%()*+,-./0123456789:;=?");
  return c >= 0x40 ? c != 0x7F : (kLow >> c & 1) != 0;
}

class Renderer {
 public:
  Renderer(const Style& style, bool one_line, std::u32string& out)
      : style_(style), one_line_(one_line), out_(out) {}

  void text(Text text, size_t base, std::span<const Span> spans) {
    size_t at = 0;
    for (const Span& span : spans) {
      piece(text.substr(at, span.start - base - at));
      const size_t before = out_.size();
      out_ += style_.before;
      const size_t begin = out_.size();
      piece(text.substr(span.start - base, span.end - span.start));
      if (out_.size() == begin) {
        out_.resize(before);  // nothing but control characters
      } else {
        out_ += style_.after;
      }
      at = span.end - base;
    }
    piece(text.substr(at));
  }

 private:
  void piece(Text piece) {
    bool behind_space = false;
    for (size_t i = 0; i < piece.size(); ++i) {
      const size_t begin = i;
      const auto is_lone_space = [&] { return piece[i] == U' ' && i > begin && piece[i - 1] != U' '; };
      while (i < piece.size() && (is_simple(piece[i]) || is_lone_space())) ++i;
      if (i > begin) {
        out_.append(piece.substr(begin, i - begin));
        behind_space = piece[i - 1] == U' ';
        if (i == piece.size()) return;
      }
      char32_t c = piece[i];
      if (is_unsafe(c)) {
        if (c == U'\r' && i + 1 < piece.size() && piece[i + 1] == U'\n') continue;
        if (is_break(c)) {
          c = U'\n';
        } else if (c >= 0xD800 && c <= 0xDFFF) {
          c = 0xFFFD;
        } else {
          continue;
        }
      }
      if (one_line_ && unicode::facts(c).space()) {
        if (!behind_space) out_ += U' ';
        behind_space = true;
        continue;
      }
      behind_space = false;
      put(c);
    }
  }

  void put(char32_t c) {
    if (style_.html && c < 0x40) {
      switch (c) {
        case U'&':
          out_ += U"&amp;";
          return;
        case U'<':
          out_ += U"&lt;";
          return;
        case U'>':
          out_ += U"&gt;";
          return;
        case U'"':
          out_ += U"&quot;";
          return;
        case U'\'':
          out_ += U"&#x27;";
          return;
        default:
          break;
      }
    }
    out_ += c;
  }

  const Style& style_;
  bool one_line_;
  std::u32string& out_;
};

}  // namespace

void render_whole(Text text, std::span<const Span> spans, const Style& style, std::u32string& out) {
  out.reserve(out.size() + text.size() + spans.size() * (style.before.size() + style.after.size()));
  Renderer(style, false, out).text(text, 0, spans);
}

void render_fragments(Text text, std::span<const Fragment> fragments, const Style& style,
                      std::u32string& out) {
  Renderer renderer(style, true, out);
  for (size_t i = 0; i < fragments.size(); ++i) {
    if (i > 0) out += style.separator;
    const Fragment& fragment = fragments[i];
    renderer.text(text.substr(fragment.start, fragment.end - fragment.start), fragment.start, fragment.spans);
  }
}

}  // namespace searchlib::highlighting
