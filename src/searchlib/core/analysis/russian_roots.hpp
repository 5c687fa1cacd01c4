// Russian words of one root: уступить and уступка, Ташкент and ташкентский.
//
// A lemma's root is what is left without its suffixes. Lemmas that leave the same are taken
// for relatives. It is a rule and errs (столица leaves what стол does), so it is for queries alone,
// where relatives weigh less than the word itself. The suffixes are the productive ones of Russian
// word formation (N. Ju. Švedova, ed., «Русская грамматика», 1980, part «Словообразование»); sounds
// alternate as the language has it: ответить and отвечать, посетить and посещение, родить and
// рождение, представить and представление.

#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace searchlib::russian {

// Empty if too little is left, or if the word is not of the letters а to я alone.
std::string root_of(std::string_view lemma);

// How words of a root may begin: отвеч- beside ответ-.
std::vector<std::string> beginnings_of(const std::string& root);

}  // namespace searchlib::russian
