#pragma once
// Sending a command as the person that the options name: signed where they name a key.

#include "cli/link.hpp"

namespace veche::cli {

/// The receipt. `body` is canonical; an empty `idem` is made here.
reply send_command(const union_options& where, std::string_view type, std::string body,
                   const std::string& idem, union_link& to);

}  // namespace veche::cli
