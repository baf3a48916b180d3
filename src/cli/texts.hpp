#pragma once
// Texts of the catalogues for the command line.

#include <optional>
#include <string>

#include "render/catalogue.hpp"

namespace veche::cli {

/// The texts of a language; nothing for English where no catalogue is at hand, because its
/// sentences are in the program itself. Refuses languages that there is no catalogue of.
result<std::optional<render::catalogue>> texts_of(const std::string& language);

}  // namespace veche::cli
