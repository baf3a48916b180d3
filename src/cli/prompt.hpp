#pragma once
// Passwords from a person or from the environment, never from the command line, which others can
// see.

#include <string>

#include "kernel/result.hpp"

namespace veche::cli {

/// VECHE_PASSWORD where it is set; otherwise asks on the terminal, without echo. `twice` asks again
/// and refuses if the two differ.
result<std::string> read_password(const std::string& question, bool twice);

/// A random password of six groups of four letters: 120 bits.
std::string make_password();

}  // namespace veche::cli
