#pragma once
// Where the tree lies that these tests were built from.

#include <string>

namespace veche {

/// The folder of the tree, absolute, without a slash at its end.
std::string source_dir();

}  // namespace veche
