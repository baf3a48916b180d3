#include "cli/serve.hpp"

#include <algorithm>
#include <charconv>
#include <cstdlib>
#include <thread>

#include <malloc.h>
#include <sys/resource.h>

#include "api/clock.hpp"
#include "api/finding_queue.hpp"
#include "api/http_server.hpp"
#include "api/log.hpp"
#include "api/mail_room.hpp"
#include "api/site.hpp"
#include "api/vitals.hpp"
#include "api/witness_rounds.hpp"
#include "cli/files.hpp"
#include "cli/mail.hpp"
#include "cli/union_folder.hpp"
#include "store/refusal.hpp"

namespace veche::cli {
namespace {

/// What a node's clock may be off before it admits nothing.
constexpr std::int64_t clock_tolerance_ms = 5'000;

/// A connection is a file: as many as the system lets this program have.
void allow_files() {
    rlimit files{};
    if (::getrlimit(RLIMIT_NOFILE, &files) != 0) return;
    files.rlim_cur = files.rlim_max;
    if (::setrlimit(RLIMIT_NOFILE, &files) != 0)
        log::write(log::level::warning, "few_files", {{"limit", std::to_string(files.rlim_cur)}});
}

/// Left to itself glibc keeps up to eight arenas for each core, each with pages that nothing uses
/// any more: of two nodes under traffic one grew from 91 to 157 MiB in half an hour, and to 108
/// with an arena for each core (docs/performance.md). Who sets MALLOC_ARENA_MAX has decided.
void keep_few_arenas() {
#ifdef __GLIBC__
    if (std::getenv("MALLOC_ARENA_MAX") != nullptr) return;
    ::mallopt(M_ARENA_MAX, static_cast<int>(std::max(2U, std::thread::hardware_concurrency())));
#endif
}

log::level level_of(const std::string& name) {
    if (name == "debug") return log::level::debug;
    if (name == "info") return log::level::info;
    return name == "error" ? log::level::error : log::level::warning;
}

/// A folder as it is; of a server's address, what it needs beside it: the log's key, and a folder
/// for what this node itself saw signed.
result<store::union_place> place_of(const serve_options& options) {
    auto at = VECHE_TRY(store::union_place::of(options.folder));
    if (!at.folder.empty()) {
        if (!options.key.empty()) at.key = options.key;
        return at;
    }
    if (options.key.empty()) return refuse(store::refusals::key_needed);
    at.key = options.key;
    at.folder = options.state.empty() ? std::filesystem::path(options.key.string() + ".node")
                                      : options.state;
    return at;
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
    settings.on_answer = [](std::string_view method, std::string_view path, int status,
                            std::int64_t us) {
        api::figures::of_program().count_answer(method, path, status, us);
    };
    return settings;
}

/// A second, small server for whoever watches, where an address is named for it.
class watching {
  public:
    watching(const std::optional<listen_address>& at, const api::vitals& of) : page_(of) {
        if (!at) return;
        api::server_settings settings;
        settings.address = at->host;
        settings.port = at->port;
        settings.worker_threads = 1;
        settings.max_connections = 64;
        settings.drain_ms = 1000;
        server_ = std::make_unique<api::http_server>(std::move(settings), page_);
        runs_ = std::jthread([this] { server_->run(); });
    }
    ~watching() {
        if (server_) server_->stop();
    }
    watching(const watching&) = delete;
    watching& operator=(const watching&) = delete;

  private:
    api::vitals_page page_;
    std::unique_ptr<api::http_server> server_;
    std::jthread runs_;
};

std::string address_of(const listen_address& at, std::uint16_t port) {
    const bool v6 = at.host.find(':') != std::string::npos;
    return "http://" + (v6 ? "[" + at.host + "]" : at.host) + ":" + std::to_string(port);
}

/// Everything behind one address, in the order in which it must be destroyed backwards.
class running_site {
  public:
    running_site(const serve_options& options, union_folder& folder, const api::pages::site& pages,
                 const std::string& public_url, api::account_store& accounts,
                 api::follow_store& follows, std::unique_ptr<api::mail_route> route,
                 api::vitals& vitals)
        : vitals_(vitals),
          accounts_(accounts),
          door_(accounts, {}, now_ms),
          endpoints_(
              folder.office(), door_,
              [&folder](std::uint64_t from, std::size_t count) {
                  return api::read_entries(folder.store(), from, count);
              },
              public_url, limits_of(options), now_ms),
          journal_(folder.store(), folder.publisher()),
          rounds_(folder.office(), folder.publisher(), folder.store(), folder.path(),
                  &api::wall_clock),
          papers_(folder.papers()),
          queue_(papers_),
          letters_(folder.office(), pages.texts(), public_url, options.mail.from),
          site_({folder.office(), door_, endpoints_, journal_, papers_, pages, public_url,
                 &folder.sealed(), &follows, route != nullptr, options.licence, &queue_, &vitals}),
          mail_(folder.office(), folder.store(), follows, letters_, std::move(route),
                {!options.mail.server.empty(), options.digest_hour}, &api::wall_clock) {
        journal_.show_witnesses(rounds_.standing(), &api::wall_clock);
        vitals_.show_more([this, &folder](api::health_answer& health) {
            health.witnesses = rounds_.report();
            if (const auto why = folder.publisher().forbidden())
                health.signing_stopped = why->sentence();
        });
    }

    ~running_site() { vitals_.show_more({}); }
    running_site(const running_site&) = delete;
    running_site& operator=(const running_site&) = delete;

    api::http_handler& handler() { return site_; }
    [[nodiscard]] std::size_t sessions() const { return accounts_.open_sessions(now_ms()); }

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

    api::vitals& vitals_;
    api::account_store& accounts_;
    api::door door_;
    api::endpoints endpoints_;
    api::journal_files journal_;
    api::witness_rounds rounds_;
    api::papers papers_;
    api::finding_queue queue_;
    api::letters letters_;
    api::site site_;
    api::mail_room mail_;
};

/// Reads the rest of a journal that is served already. A fault ends the program as it would have at
/// the start; without the snapshot that vouched for it, the next start finds it at once.
void inspect_rest(union_folder& folder, const terminal& on) {
    folder.inspect_rest(
        [&](const refusal& why) {
            std::error_code ignored;
            std::filesystem::remove(snapshot_file(folder.path()), ignored);
            log::write(log::level::error, "journal_damaged",
                       {{"code", std::string(why.code())}, {"detail", why.sentence()}});
            std::_Exit(on.fail(why.sentence()));
        },
        [] { log::write(log::level::info, "inspected"); });
}

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
    log::set_format(options.log_json ? log::format::json : log::format::text);
    keep_few_arenas();
    const auto at = parse_listen(options.listen);
    if (!at) return on.fail(options.listen + " is no address and port.", wrong_usage);
    const auto metrics = options.metrics.empty() ? std::nullopt : parse_listen(options.metrics);
    if (!options.metrics.empty() && !metrics)
        return on.fail(options.metrics + " is no address and port.", wrong_usage);
    const auto web = options.web.empty() ? find_shared("web") : options.web;
    if (web.empty()) return on.fail("The folder web is not found; name it with --web.");
    const auto pages = api::pages::site::load(web, outlines_of(options));
    if (!pages) return on.fail(pages.error().sentence());
    api::vitals vitals([] { return api::wall_clock().ms; });
    office::options with;
    with.now = &api::wall_clock;
    with.on_commit = [](const office::commit_facts& facts) {
        api::figures::of_program().count_commit(facts);
    };
    with.on_checkpoint = [&] { vitals.note_checkpoint(); };
    with.on_store = [&](bool answers) { vitals.note_store(answers); };
    with.on_trouble = [&](const refusal& why) {
        vitals.note_trouble(why);
        log::write(log::level::error, "checkpoint_failed",
                   {{"code", std::string(why.code())}, {"detail", why.sentence()}});
    };
    const auto place = place_of(options);
    if (!place) return on.fail(place.error());
    auto folder = union_folder::open(
        *place, std::move(with),
        options.inspect ? union_folder::reading::whole : union_folder::reading::after_snapshot);
    if (!folder) return on.fail(folder.error().sentence());
    if (const auto entry = (*folder)->untaken_key())
        log::write(log::level::warning, "key_change_unfinished",
                   {{"entry", std::to_string(*entry)}});
    (*folder)->keep_snapshots();
    const std::string public_url =
        options.public_url.empty() ? address_of(*at, at->port) : options.public_url;
    auto route = mail_route_of(options.mail);
    if (!route) return on.fail(route.error());
    (*folder)->office().keep_to_clock(clock_tolerance_ms);
    const auto accounts = (*folder)->accounts(options.cost);
    if (!accounts) return on.fail(accounts.error());
    const auto follows = (*folder)->follows();
    if (!follows) return on.fail(follows.error());
    running_site site(options, **folder, *pages, public_url, **accounts, **follows,
                      *std::move(route), vitals);
    api::http_server server(settings_of(options, *at), site.handler());
    vitals.watch({&(*folder)->office(), &(*folder)->store(), &(*folder)->publisher(),
                  (*folder)->path(), (*folder)->is_copy(), [&] { return site.sessions(); },
                  [&] { return server.connections(); }, [&] { return server.streams(); },
                  [&] { return (*folder)->inspecting(); }});
    watching watched(metrics, vitals);
    pages->gather((*folder)->office());
    allow_files();
    server.stop_on_signals();
    inspect_rest(**folder, on);
    log::write(log::level::info, "listening", {{"address", address_of(*at, server.port())}});
    ready(address_of(*at, server.port()));
    server.run();
    log::write(log::level::info, "stopped");
    return done;
}

int serve(const serve_options& options, const terminal& on) {
    return serve_folder(options, on, [&](const std::string& address) {
        on.say("Serving " + store::place_name(options.folder) + " on " + address);
        on.out.flush();
    });
}

}  // namespace veche::cli
