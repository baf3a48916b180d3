#include "api/witness_rounds.hpp"

#include <fstream>
#include <sstream>

#include "api/log.hpp"
#include "api/web_client.hpp"
#include "journal/refusal.hpp"
#include "store/whole_file.hpp"

namespace veche::api {
namespace {

std::string address_below(const std::string& base, const std::string& path) {
    return base + (base.ends_with('/') ? "" : "/") + path;
}

result<journal::witness_reply> reply_of(result<response> answer) {
    if (!answer) return tl::unexpected(std::move(answer).error());
    return journal::witness_reply{answer->status, answer->type, std::move(answer->body)};
}

}  // namespace

result<journal::witness_reply> web_witnesses::add_checkpoint(const journal::policy_witness& who,
                                                             std::string_view body) {
    return reply_of(
        web_client().post(address_below(who.url, "add-checkpoint"), "text/plain", body));
}

result<journal::witness_reply> web_witnesses::last_cosigned(const journal::policy_witness& who,
                                                            std::string_view origin) {
    return reply_of(web_client().get(
        address_below(who.url, journal::witness::address_of(origin) + "/checkpoint")));
}

std::string witness_rounds::kept_in(const std::filesystem::path& folder) {
    std::ifstream in(folder / "witnessed", std::ios::binary);
    std::ostringstream bytes;
    bytes << in.rdbuf();
    return std::move(bytes).str();
}

witness_rounds::witness_rounds(office::office& office, journal::publisher& publisher,
                               const journal::store& store, std::filesystem::path folder,
                               std::function<instant()> now)
    : office_(office),
      publisher_(publisher),
      folder_(std::move(folder)),
      now_(std::move(now)),
      asking_(
          store, publisher, line_,
          {[this](const std::string& note) {
               if (const auto done = store::replace_file(folder_ / "witnessed", note); !done)
                   log::write(log::level::error, "witnessed_not_kept",
                              {{"detail", done.error().sentence()}});
           },
           [this](const refusal& why, const std::string& evidence) { sound_alarm(why, evidence); }},
          kept_in(folder_)) {
    if (const auto file = stopped_file(folder_); std::filesystem::exists(file))
        publisher_.forbid({&journal::refusals::signing_stopped, {}, {file.string()}});
    follow_charter();
    publisher_.show_by([this](journal::stored_checkpoint newest) {
        return asking_.shown(std::move(newest), now_ms());
    });
    if (!asking_.names().empty()) publisher_.pause();
    thread_ = std::thread([this] { run(); });
}

witness_rounds::~witness_rounds() {
    {
        const std::lock_guard lock(mutex_);
        stop_ = true;
    }
    called_.notify_all();
    thread_.join();
    // Whoever is being asked answers, or its time runs out.
    std::unique_lock lock(mutex_);
    called_.wait(lock, [this] { return running_ == 0; });
    publisher_.show_by({});
    // Whoever did not come to look signs nothing on leaving either.
    if (looked_) publisher_.resume();
}

std::optional<journal::witnessing_report> witness_rounds::report() const {
    return asking_.report(now_ms());
}

void witness_rounds::follow_charter() {
    std::optional<journal::policy> rule;
    office_.read([&](const office::state& s) {
        if (s.charter.founded() && s.charter.document().witnesses)
            rule = charter::policy_of(*s.charter.document().witnesses, publisher_.vkey());
    });
    asking_.follow(std::move(rule));
}

void witness_rounds::each(const std::vector<std::string>& names,
                          const std::function<void(const std::string&)>& work) {
    for (const std::string& name : names) {
        {
            const std::lock_guard lock(mutex_);
            ++running_;
        }
        std::thread([this, name, work] {
            work(name);
            const std::lock_guard lock(mutex_);
            --running_;
            called_.notify_all();
        }).detach();
    }
}

/// Nothing is signed before the witnesses were asked what they hold under this journal's key: a
/// folder that was restored as a whole has a guard that knows no better.
void witness_rounds::look_first() {
    each(asking_.names(), [this](const std::string& name) { asking_.look(name, now_ms()); });
    std::unique_lock lock(mutex_);
    called_.wait(lock, [this] { return running_ == 0 || stop_; });
    looked_ = running_ == 0;
    if (looked_) publisher_.resume();
}

bool witness_rounds::rest() {
    constexpr auto half_second = std::chrono::milliseconds(500);
    std::unique_lock lock(mutex_);
    called_.wait_for(lock, half_second, [this] { return stop_; });
    return !stop_;
}

void witness_rounds::run() {
    look_first();
    while (rest()) {
        follow_charter();
        each(asking_.due(now_ms()),
             [this](const std::string& name) { asking_.ask(name, now_ms()); });
        log_changes();
    }
}

void witness_rounds::log_changes() {
    const auto now = report();
    if (!now) return;
    for (const auto& one : now->witnesses) {
        auto& before = logged_[one.name];
        if (before == one.standing) continue;
        before = one.standing;
        const bool good = one.standing == journal::witness_standing::cosigns;
        log::write(good ? log::level::info : log::level::warning, "witness",
                   {{"name", one.name},
                    {"standing", std::string(veche::name_of(one.standing))},
                    {"detail", one.detail.value_or("")}});
    }
}

void witness_rounds::sound_alarm(const refusal& why, const std::string& evidence) {
    log::write(log::level::error, "signing_stopped",
               {{"code", std::string(why.code())}, {"detail", why.sentence()}});
    std::error_code ignored;
    std::filesystem::create_directories(folder_ / "forks", ignored);
    const auto proof = folder_ / "forks" / (std::to_string(now_ms()) + ".txt");
    (void)store::replace_file(proof, evidence);
    (void)store::replace_file(stopped_file(folder_), why.sentence() + "\n");
}

}  // namespace veche::api
