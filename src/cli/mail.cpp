#include "cli/mail.hpp"

#include <charconv>

#include "api/clock.hpp"
#include "api/letters.hpp"
#include "api/pages/pages.hpp"
#include "api/refusal.hpp"
#include "cli/files.hpp"
#include "cli/union_folder.hpp"

namespace veche::cli {
namespace {

/// "host:587", "host", "[::1]:25"; nothing for anything else. Port 0 where none is named.
std::optional<std::pair<std::string, std::uint16_t>> split_server(std::string_view text) {
    std::string_view host = text, digits;
    const std::size_t bracket = text.rfind(']');
    const std::size_t colon = text.rfind(':');
    if (colon != std::string_view::npos && (bracket == std::string_view::npos || colon > bracket)) {
        host = text.substr(0, colon);
        digits = text.substr(colon + 1);
        if (digits.empty()) return std::nullopt;
    }
    if (host.size() > 2 && host.front() == '[' && host.back() == ']')
        host = host.substr(1, host.size() - 2);
    std::uint16_t port = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), port);
    const bool number = error == std::errc{} && end == digits.data() + digits.size() && port != 0;
    if (host.empty() || (!digits.empty() && !number)) return std::nullopt;
    return std::pair(std::string(host), port);
}

}  // namespace

result<std::unique_ptr<api::mail_route>> mail_route_of(const mail_options& options) {
    if (options.server.empty()) return std::unique_ptr<api::mail_route>();
    const auto server = split_server(options.server);
    if (!server)
        return refuse(api::refusals::mail_settings, "server", options.server + " is no host:port");
    constexpr std::uint16_t submission = 587, submissions = 465;
    api::mail_settings with;
    with.host = server->first;
    with.port = server->second;
    with.tls = options.tls;
    if (with.port == 0) with.port = options.tls == api::mail_tls::tls ? submissions : submission;
    with.login = options.login;
    with.from = options.from;
    with.ca_file = options.ca_file;
    if (options.login.empty() != options.password_file.empty())
        return refuse(api::refusals::mail_settings, "login",
                      "a login name and a file with its password belong together");
    if (!options.password_file.empty()) {
        with.password = VECHE_TRY(read_file(options.password_file));
        while (!with.password.empty() &&
               (with.password.back() == '\n' || with.password.back() == '\r'))
            with.password.pop_back();
    }
    return api::open_mail_route(std::move(with));
}

int test_mail(const mail_test_options& options, const terminal& on) {
    if (options.mail.server.empty()) return on.fail("Name the server: --mail-server.", wrong_usage);
    const auto web = options.web.empty() ? find_shared("web") : options.web;
    if (web.empty()) return on.fail("The folder web is not found; name it with --web.");
    const auto pages = api::pages::site::load(web);
    if (!pages) return on.fail(pages.error().sentence());
    const auto route = mail_route_of(options.mail);
    if (!route) return on.fail(route.error());
    office::options with;
    with.now = &api::wall_clock;
    with.ticker = false;
    const auto folder = union_folder::open(options.folder, std::move(with));
    if (!folder) return on.fail(folder.error());
    const api::letters writer((*folder)->office(), pages->texts(), {}, options.mail.from);
    const auto bytes = api::to_bytes(writer.trial(options.to, api::wall_clock()));
    if (!bytes) return on.fail(bytes.error());
    const auto answer = (*route)->send(options.to, *bytes);
    if (answer.outcome != api::mail_outcome::taken)
        return on.fail("The mail server did not take it (" + std::string(name_of(answer.outcome)) +
                           ", reply " + std::to_string(answer.code) + "): " + answer.said + ".",
                       refused);
    on.say("The mail server took it (reply " + std::to_string(answer.code) + ").");
    return done;
}

}  // namespace veche::cli
