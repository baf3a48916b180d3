#pragma once
// A union behind an address.

#include "api/http_client.hpp"
#include "cli/link.hpp"

namespace veche::cli {

/// Logs in where a login name is given.
tl::expected<std::unique_ptr<union_link>, api::problem_details> open_remote_link(
    const api::url& server, const std::string& login);

}  // namespace veche::cli
