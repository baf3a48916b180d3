#pragma once
// The way to the mail server from what was asked for on the command line.

#include <memory>

#include "cli/verbs.hpp"

namespace veche::cli {

/// Nothing where no server is named. Refuses what cannot be meant and an unreadable password file.
result<std::unique_ptr<api::mail_route>> mail_route_of(const mail_options&);

}  // namespace veche::cli
