#pragma once
// Serving a union's folder.

#include <functional>

#include "cli/verbs.hpp"

namespace veche::cli {

/// Serves until SIGTERM or SIGINT. `ready` is called with the site's address once it listens.
int serve_folder(const serve_options&, const terminal&,
                 const std::function<void(const std::string& address)>& ready);

/// "127.0.0.1:8080" or "[::1]:8080"; nothing for anything else.
struct listen_address {
    std::string host;
    std::uint16_t port = 0;
};
std::optional<listen_address> parse_listen(std::string_view text);

}  // namespace veche::cli
