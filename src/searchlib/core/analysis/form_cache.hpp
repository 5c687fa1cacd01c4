// The analyses of one text: each distinct raw token is analysed once, however often it stands there, and gets
// a small number. The text must outlive the cache.

#pragma once

#include <cstdint>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "analysis/analyzer.hpp"

namespace searchlib {

class FormCache {
 public:
  explicit FormCache(const Analyzer& analyzer) : analyzer_(analyzer) {}

  // The token's number; numbers count up from 0 as new tokens come.
  uint32_t id_of(std::string_view raw_token) {
    const auto [found, is_new] = ids_.try_emplace(raw_token, static_cast<uint32_t>(analyses_.size()));
    if (is_new) analyzer_.analyze(raw_token, analyses_.emplace_back());
    return found->second;
  }

  const std::vector<Analysis>& analyses() const { return analyses_; }

 private:
  const Analyzer& analyzer_;
  std::unordered_map<std::string_view, uint32_t> ids_;
  std::vector<Analysis> analyses_;
};

}  // namespace searchlib
