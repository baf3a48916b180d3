#include "api/vitals.hpp"

#include <algorithm>
#include <charconv>
#include <fstream>
#include <iterator>
#include <sstream>

#include <fmt/format.h>
#include <malloc.h>
#include <sys/resource.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include "api/problem.hpp"
#include "api/refusal.hpp"
#include "journal/refusal.hpp"

#ifndef VECHE_COMMIT
#define VECHE_COMMIT ""
#endif

namespace veche::api {
namespace {

constexpr std::string_view release = "0.1.0";

/// After so long without its database a node can show nothing new and take nothing.
constexpr std::int64_t store_lost_most_ms = 5'000;
/// So far behind what others wrote a node must not be read from.
constexpr std::uint64_t lag_most_entries = 10'000;
/// Less than this, and soon nothing can be written.
constexpr std::int64_t disk_low_bytes = 256LL << 20;

constexpr std::string_view methods[] = {"GET", "POST", "other"};
constexpr std::string_view limited_names[] = {"act", "read", "login", "report"};

int method_number(std::string_view method) {
    return method == "GET" ? 0 : method == "POST" ? 1 : 2;
}

/// "en/...", "ru/...": the part after the language, or nothing.
std::optional<std::string_view> after_language(std::string_view path) {
    const auto letter = [](char c) { return c >= 'a' && c <= 'z'; };
    if (path.size() < 3 || path.front() != '/' || !letter(path[1]) || !letter(path[2]) ||
        (path.size() > 3 && path[3] != '/'))
        return std::nullopt;
    return path.substr(std::min<std::size_t>(4, path.size()));
}

void head(std::string& out, std::string_view name, std::string_view type, std::string_view help) {
    out += fmt::format("# HELP {} {}\n# TYPE {} {}\n", name, help, name, type);
}

void gauge(std::string& out, std::string_view name, std::string_view help, double value) {
    head(out, name, "gauge", help);
    out += fmt::format("{} {}\n", name, value);
}

/// Number N of the file, counted from 0 and parted by blanks.
double number_in(const char* file, int n) {
    std::ifstream in(file);
    std::string word;
    for (int i = 0; i <= n; ++i) in >> word;
    double value = 0;
    const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), value);
    return error == std::errc{} ? value : 0;
}

/// Field N of /proc/self/stat after the name in parentheses, which may hold blanks.
double stat_field(std::size_t n) {
    std::ifstream in("/proc/self/stat");
    const std::string text((std::istreambuf_iterator<char>(in)), {});
    const std::size_t end = text.rfind(')');
    std::istringstream rest(end == std::string::npos ? "" : text.substr(end + 1));
    std::string word;
    for (std::size_t i = 2; i < n; ++i) rest >> word;
    double value = 0;
    std::from_chars(word.data(), word.data() + word.size(), value);
    return value;
}

std::size_t open_files() {
    std::error_code error;
    std::size_t n = 0;
    for (auto each = std::filesystem::directory_iterator("/proc/self/fd", error);
         !error && each != std::filesystem::directory_iterator(); each.increment(error))
        ++n;
    return n;
}

/// As the client libraries of Prometheus name them.
void write_process(std::string& out) {
    const auto page = static_cast<double>(::sysconf(_SC_PAGESIZE));
    const auto ticks = static_cast<double>(::sysconf(_SC_CLK_TCK));
    gauge(out, "process_resident_memory_bytes", "Memory in use.",
          number_in("/proc/self/statm", 1) * page);
    const auto heap = ::mallinfo2();
    gauge(out, "veche_heap_bytes", "Memory that is allocated; beside it lies what was freed.",
          static_cast<double>(heap.uordblks) + static_cast<double>(heap.hblkhd));
    gauge(out, "process_virtual_memory_bytes", "Address space in use.",
          number_in("/proc/self/statm", 0) * page);
    head(out, "process_cpu_seconds_total", "counter", "Time on processors.");
    out += fmt::format("process_cpu_seconds_total {}\n", (stat_field(14) + stat_field(15)) / ticks);
    gauge(out, "process_open_fds", "Open files.", static_cast<double>(open_files()));
    rlimit files{};
    if (::getrlimit(RLIMIT_NOFILE, &files) == 0)
        gauge(out, "process_max_fds", "Files that may be open.",
              static_cast<double>(files.rlim_cur));
}

std::int64_t free_bytes(const std::filesystem::path& folder) {
    struct statvfs disk{};
    if (::statvfs(folder.c_str(), &disk) != 0) return 0;
    return static_cast<std::int64_t>(disk.f_bavail) * static_cast<std::int64_t>(disk.f_frsize);
}

std::vector<double> seconds_bounds() {
    return {0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10};
}

std::vector<double> count_bounds() {
    return {1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024};
}

}  // namespace

std::string_view release_of_program() {
    return release;
}

std::string_view commit_of_program() {
    return VECHE_COMMIT;
}

histogram::histogram(std::vector<double> bounds)
    : bounds_(std::move(bounds)), counts_(bounds_.size()) {}

void histogram::add(double value) {
    const auto at = std::lower_bound(bounds_.begin(), bounds_.end(), value) - bounds_.begin();
    if (static_cast<std::size_t>(at) < counts_.size()) ++counts_[static_cast<std::size_t>(at)];
    ++all_;
    double old = sum_.load();
    while (!sum_.compare_exchange_weak(old, old + value)) {
    }
}

void histogram::write(std::string& out, std::string_view name, std::string_view labels) const {
    const std::string_view comma = labels.empty() ? "" : ",";
    // Read before the buckets: those may only be larger by then, and the last is at least as large.
    std::uint64_t below = 0;
    for (std::size_t i = 0; i < bounds_.size(); ++i) {
        below += counts_[i].load();
        out +=
            fmt::format("{}_bucket{{{}{}le=\"{}\"}} {}\n", name, labels, comma, bounds_[i], below);
    }
    const std::uint64_t all = std::max(below, all_.load());
    out += fmt::format("{}_bucket{{{}{}le=\"+Inf\"}} {}\n", name, labels, comma, all);
    const std::string braced = labels.empty() ? "" : fmt::format("{{{}}}", labels);
    out +=
        fmt::format("{}_sum{} {}\n{}_count{} {}\n", name, braced, sum_.load(), name, braced, all);
}

std::string_view name_of(route_class c) {
    constexpr std::string_view names[route_classes] = {"page",  "form",   "asset",   "act",
                                                       "ask",   "stream", "journal", "papers",
                                                       "login", "health", "other"};
    return names[static_cast<std::size_t>(c)];
}

route_class class_of(std::string_view method, std::string_view path) {
    if (path == "/health") return route_class::health;
    if (path.starts_with("/assets/")) return route_class::asset;
    if (path.starts_with("/journal/")) return route_class::journal;
    if (path.starts_with("/api/do/")) return route_class::act;
    if (path.starts_with("/api/ask/")) return route_class::ask;
    if (path.starts_with("/api/stream")) return route_class::stream;
    if (path.starts_with("/api/papers") || path.starts_with("/api/sealed") ||
        path.starts_with("/papers/"))
        return route_class::papers;
    if (path == "/api/login" || path == "/api/logout") return route_class::login;
    if (path.starts_with("/api/")) return route_class::other;
    if (path == "/") return route_class::page;
    const auto rest = after_language(path);
    if (!rest) return route_class::other;
    if (rest->starts_with("login") || rest->starts_with("recover")) return route_class::login;
    return method == "POST" ? route_class::form : route_class::page;
}

figures& figures::of_program() {
    static figures all;
    return all;
}

figures::figures()
    : commit_commands_(count_bounds()),
      commit_entries_(count_bounds()),
      commit_seconds_(seconds_bounds()) {
    for (std::size_t i = 0; i < route_classes; ++i)
        answers_.push_back(std::make_unique<histogram>(seconds_bounds()));
}

void figures::count_answer(std::string_view method, std::string_view path, int status,
                           std::int64_t us) {
    const route_class c = class_of(method, path);
    answers_[static_cast<std::size_t>(c)]->add(static_cast<double>(us) / 1e6);
    const std::lock_guard lock(mutex_);
    ++statuses_[{static_cast<int>(c), method_number(method), status}];
}

void figures::count_refusal(std::string_view code) {
    const std::lock_guard lock(mutex_);
    ++refusals_[code];
}

void figures::count_commit(const office::commit_facts& facts) {
    commit_commands_.add(static_cast<double>(facts.commands));
    commit_entries_.add(static_cast<double>(facts.entries));
    commit_seconds_.add(static_cast<double>(facts.us) / 1e6);
}

void figures::write(std::string& out) const {
    head(out, "veche_http_requests_total", "counter", "Requests answered.");
    std::map<std::string_view, std::uint64_t> refused;
    {
        const std::lock_guard lock(mutex_);
        for (const auto& [key, n] : statuses_)
            out += fmt::format(
                "veche_http_requests_total{{route=\"{}\",method=\"{}\",status=\"{}\"}} {}\n",
                name_of(static_cast<route_class>(key[0])),
                methods[static_cast<std::size_t>(key[1])], key[2], n);
        refused = refusals_;
    }
    head(out, "veche_http_request_duration_seconds", "histogram",
         "Time from a whole request to its answer.");
    for (std::size_t i = 0; i < route_classes; ++i)
        answers_[i]->write(out, "veche_http_request_duration_seconds",
                           fmt::format("route=\"{}\"", name_of(static_cast<route_class>(i))));
    head(out, "veche_refusals_total", "counter", "Refusals told to clients, by code.");
    for (const auto& [code, n] : refused)
        out += fmt::format("veche_refusals_total{{code=\"{}\"}} {}\n", code, n);
    head(out, "veche_rate_limited_total", "counter",
         "Requests refused because they came too fast.");
    for (std::size_t i = 0; i < limited_.size(); ++i)
        out += fmt::format("veche_rate_limited_total{{what=\"{}\"}} {}\n", limited_names[i],
                           limited_[i].load());
    head(out, "veche_commit_commands", "histogram", "Commands that shared one group commit.");
    commit_commands_.write(out, "veche_commit_commands", "");
    head(out, "veche_commit_entries", "histogram", "Entries of one group commit.");
    commit_entries_.write(out, "veche_commit_entries", "");
    head(out, "veche_commit_duration_seconds", "histogram",
         "Time until a group commit was durable, its sync of the disk included.");
    commit_seconds_.write(out, "veche_commit_duration_seconds", "");
}

void vitals::watch(sources of) {
    const std::lock_guard lock(mutex_);
    of_ = std::move(of);
    checkpoint_ms_ = now_ms_();
}

void vitals::note_trouble(const refusal& why) {
    if (why.kind != &journal::refusals::fork) return;
    const std::lock_guard lock(mutex_);
    fork_ = why.sentence();
}

void vitals::note_store(bool answers) {
    std::int64_t none = 0;
    if (answers)
        store_lost_ms_ = 0;
    else
        store_lost_ms_.compare_exchange_strong(none, now_ms_());
}

void vitals::show_more(std::function<void(health_answer&)> more) {
    const std::lock_guard lock(mutex_);
    more_ = std::move(more);
}

/// The first of what is wrong, gravest first, and a sentence about it.
std::pair<std::string_view, std::string> vitals::state(const health_answer& h) const {
    if (of_.office == nullptr) return {"starting", "The journal is being read."};
    if (stopping_) return {"stopping", "The program is about to end."};
    if (const auto why = of_.office->stopped()) return {"outdated", why->sentence()};
    if (!fork_.empty()) return {"forked", fork_};
    if (of_.office->stands() == office::office::standing::unsettled)
        return {"unsettled", "It is not known yet whether a batch reached the journal."};
    const std::int64_t lost = store_lost_ms_;
    if (lost != 0 && now_ms_() - lost > store_lost_most_ms)
        return {"store_lost", "The database of the journal does not answer."};
    if (static_cast<std::uint64_t>(h.lag_entries) > lag_most_entries)
        return {"behind", fmt::format("{} entries are not folded yet.", h.lag_entries)};
    if (of_.looking) return {"looking", "A copy for looking: it takes no commands."};
    if (!h.writing) return {"disk_low", "There is too little room on the disk."};
    if (h.checkpoint_age_s > 60)
        return {"unsigned", "No checkpoint could be signed for a minute; see the log."};
    if (const auto now = of_.inspecting ? of_.inspecting() : std::nullopt)
        return {"inspecting",
                fmt::format("{} of {} entries are inspected.", now->first, now->second)};
    return {"ok", ""};
}

health_answer vitals::look() const {
    const std::lock_guard lock(mutex_);
    health_answer h;
    h.release = std::string(release);
    if (of_.office != nullptr) {
        h.origin = of_.office->origin();
        const std::uint64_t durable = of_.office->durable_size();
        const std::uint64_t known = of_.store->current().next;
        h.entries = static_cast<std::int64_t>(durable);
        h.lag_entries = static_cast<std::int64_t>(known > durable ? known - durable : 0);
        const auto latest = of_.publisher->latest();
        h.checkpoint_size = latest ? static_cast<std::int64_t>(latest->size) : 0;
        h.checkpoint_age_s =
            of_.looking ? 0 : std::max<std::int64_t>(0, now_ms_() - checkpoint_ms_) / 1000;
        h.disk_free_bytes = free_bytes(of_.folder);
        h.writing = !of_.looking && h.disk_free_bytes >= disk_low_bytes && store_lost_ms_ == 0 &&
                    !of_.office->stopped();
    }
    if (more_) more_(h);
    auto [status, why] = state(h);
    h.status = std::string(status);
    if (!why.empty()) h.why = std::move(why);
    return h;
}

response vitals::health() const {
    const health_answer h = look();
    constexpr std::string_view no_traffic[] = {"starting",   "stopping", "outdated", "forked",
                                               "store_lost", "behind",   "unsettled"};
    response res;
    res.type = "application/json";
    res.body = to_json(h);
    res.add("Cache-Control", "no-store");
    if (std::find(std::begin(no_traffic), std::end(no_traffic), h.status) != std::end(no_traffic))
        res.status = 503;
    return res;
}

response vitals::metrics() const {
    std::string out;
    const health_answer h = look();
    head(out, "veche_build_info", "gauge", "The program.");
    out += fmt::format("veche_build_info{{release=\"{}\",commit=\"{}\"}} 1\n", release,
                       commit_of_program());
    gauge(out, "veche_healthy", "1 where traffic may come.", health().status == 200 ? 1 : 0);
    gauge(out, "veche_journal_entries", "Entries folded and durable here.",
          static_cast<double>(h.entries));
    gauge(out, "veche_journal_lag_entries", "Entries of others that are not folded here yet.",
          static_cast<double>(h.lag_entries));
    gauge(out, "veche_checkpoint_size", "Entries under the newest checkpoint.",
          static_cast<double>(h.checkpoint_size));
    gauge(out, "veche_checkpoint_age_seconds", "Since all that was durable was signed.",
          static_cast<double>(h.checkpoint_age_s));
    gauge(out, "veche_disk_free_bytes", "Room on the disk of the union's folder.",
          static_cast<double>(h.disk_free_bytes));
    gauge(out, "process_start_time_seconds", "When the program started.",
          static_cast<double>(started_ms_) / 1000);
    {
        const std::lock_guard lock(mutex_);
        if (of_.office != nullptr)
            gauge(out, "veche_queue_commands", "Commands that wait for the writer.",
                  static_cast<double>(of_.office->queued()));
        if (of_.sessions)
            gauge(out, "veche_sessions", "Open login sessions.",
                  static_cast<double>(of_.sessions()));
        if (of_.connections)
            gauge(out, "veche_http_connections", "Open connections.",
                  static_cast<double>(of_.connections()));
        if (of_.inspecting) {
            const auto now = of_.inspecting();
            gauge(out, "veche_inspection_left_entries",
                  "Entries from before the start that are not inspected yet.",
                  now ? static_cast<double>(now->second - now->first) : 0);
        }
        if (of_.streams)
            gauge(out, "veche_event_streams", "Open event streams.",
                  static_cast<double>(of_.streams()));
    }
    figures::of_program().write(out);
    write_process(out);
    response res;
    res.type = "text/plain; version=0.0.4; charset=utf-8";
    res.body = std::move(out);
    return res.add("Cache-Control", "no-store");
}

response vitals_page::handle(const request& req) {
    if (req.method != "GET") return problem(refusals::method_not_allowed, "GET");
    if (req.path == "/metrics") return of_.metrics();
    if (req.path == "/health") return of_.health();
    return problem(refusals::page_unknown);
}

}  // namespace veche::api
