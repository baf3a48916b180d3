#include "cli/serve.hpp"

#include <algorithm>
#include <charconv>

#include <sys/resource.h>

#include "api/clock.hpp"
#include "api/finding_queue.hpp"
#include "api/http_server.hpp"
#include "api/log.hpp"
#include "api/mail_room.hpp"
#include "api/site.hpp"
#include "cli/files.hpp"
#include "cli/mail.hpp"
#include "cli/union_folder.hpp"

namespace veche::cli {
namespace {

/// A connection is a file: as many as the system lets this program have.
void allow_files() {
    rlimit files{};
    if (::getrlimit(RLIMIT_NOFILE, &files) != 0) return;
    files.rlim_cur = files.rlim_max;
    if (::setrlimit(RLIMIT_NOFILE, &files) != 0)
        log::write(log::level::warning, "few_files", {{"limit", std::to_string(files.rlim_cur)}});
}

log::level level_of(const std::string& name) {
    if (name == "debug") return log::level::debug;
    if (name == "info") return log::level::info;
    return name == "error" ? log::level::error : log::level::warning;
}

/// Where outlines for maps lie; "" where there are none.
std::filesystem::path outlines_of(const serve_options& options) {
    if (!options.outlines.empty()) return options.outlines;
    const auto own = options.folder / "outlines";
    return std::filesystem::is_directory(own) ? own : std::filesystem::path();
}

api::server_settings settings_of(const serve_options& options, const listen_address& at) {
    api::server_settings settings;
    settings.address = at.host;
    settings.port = at.port;
    settings.loop_threads = options.threads;
    settings.worker_threads = options.workers;
    settings.max_connections = options.connections;
    settings.max_per_address = options.per_address;
    settings.trusted_proxies = options.proxies;
    return settings;
}

std::string address_of(const listen_address& at, std::uint16_t port) {
    const bool v6 = at.host.find(':') != std::string::npos;
    return "http://" + (v6 ? "[" + at.host + "]" : at.host) + ":" + std::to_string(port);
}

/// Everything behind one address, in the order in which it must be destroyed backwards.
class running_site {
  public:
    running_site(const serve_options& options, union_folder& folder, const api::pages::site& pages,
                 const std::string& public_url, api::follow_store& follows,
                 std::unique_ptr<api::mail_route> route)
        : accounts_(union_folder::accounts_file(options.folder), options.cost),
          door_(accounts_, {}, now_ms),
          endpoints_(
              folder.office(), door_,
              [&folder](std::uint64_t from, std::size_t count) {
                  return api::read_entries(folder.store(), from, count);
              },
              public_url, limits_of(options), now_ms),
          journal_(folder.store(), folder.publisher()),
          papers_(union_folder::papers_folder(options.folder)),
          queue_(papers_),
          letters_(folder.office(), pages.texts(), public_url, options.mail.from),
          site_({folder.office(), door_, endpoints_, journal_, papers_, pages, public_url,
                 &folder.sealed(), &follows, route != nullptr, options.licence, &queue_}),
          mail_(folder.office(), folder.store(), follows, letters_, std::move(route),
                {!options.mail.server.empty(), options.digest_hour}, &api::wall_clock) {
        (void)pages.searched(folder.office());  // whoever searches first waits for no index
    }

    api::http_handler& handler() { return site_; }

  private:
    static std::int64_t now_ms() { return api::wall_clock().ms; }
    static api::endpoint_limits limits_of(const serve_options& options) {
        api::endpoint_limits limits;
        limits.acts.per_second = options.acts_per_s;
        limits.acts.burst = std::max(limits.acts.burst, options.acts_per_s);
        limits.reads.per_second = options.reads_per_s;
        limits.reads.burst = std::max(limits.reads.burst, options.reads_per_s);
        return limits;
    }

    api::account_store accounts_;
    api::door door_;
    api::endpoints endpoints_;
    api::journal_files journal_;
    api::papers papers_;
    api::finding_queue queue_;
    api::letters letters_;
    api::site site_;
    api::mail_room mail_;
};

}  // namespace

std::optional<listen_address> parse_listen(std::string_view text) {
    const std::size_t colon = text.rfind(':');
    if (colon == std::string_view::npos || colon == 0) return std::nullopt;
    std::string_view host = text.substr(0, colon);
    if (host.front() == '[' && host.back() == ']') host = host.substr(1, host.size() - 2);
    const std::string_view digits = text.substr(colon + 1);
    listen_address out{std::string(host), 0};
    const auto [end, error] =
        std::from_chars(digits.data(), digits.data() + digits.size(), out.port);
    if (error != std::errc{} || end != digits.data() + digits.size() || digits.empty())
        return std::nullopt;
    return out;
}

int serve_folder(const serve_options& options, const terminal& on,
                 const std::function<void(const std::string& address)>& ready) {
    log::set_level(level_of(options.log_level));
    const auto at = parse_listen(options.listen);
    if (!at) return on.fail(options.listen + " is no address and port.", wrong_usage);
    const auto web = options.web.empty() ? find_shared("web") : options.web;
    if (web.empty()) return on.fail("The folder web is not found; name it with --web.");
    const auto pages = api::pages::site::load(web, outlines_of(options));
    if (!pages) return on.fail(pages.error().sentence());
    office::options with;
    with.now = &api::wall_clock;
    with.on_trouble = [](const refusal& why) {
        log::write(log::level::error, "checkpoint_failed",
                   {{"code", std::string(why.code())}, {"detail", why.sentence()}});
    };
    auto folder = union_folder::open(options.folder, std::move(with));
    if (!folder) return on.fail(folder.error().sentence());
    (*folder)->keep_snapshots();
    const std::string public_url =
        options.public_url.empty() ? address_of(*at, at->port) : options.public_url;
    auto route = mail_route_of(options.mail);
    if (!route) return on.fail(route.error());
    const auto follows = api::follow_store::open(union_folder::follows_file(options.folder));
    if (!follows) return on.fail(follows.error());
    running_site site(options, **folder, *pages, public_url, **follows, *std::move(route));
    api::http_server server(settings_of(options, *at), site.handler());
    allow_files();
    server.stop_on_signals();
    log::write(log::level::info, "listening", {{"address", address_of(*at, server.port())}});
    ready(address_of(*at, server.port()));
    server.run();
    log::write(log::level::info, "stopped");
    return done;
}

int serve(const serve_options& options, const terminal& on) {
    return serve_folder(options, on, [&](const std::string& address) {
        on.say("Serving " + options.folder.string() + " on " + address);
        on.out.flush();
    });
}

}  // namespace veche::cli
