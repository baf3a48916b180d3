#include <fstream>

#include <fmt/format.h>

#include "api/account_store.hpp"
#include "api/clock.hpp"
#include "charter/toml.hpp"
#include "cli/files.hpp"
#include "cli/play.hpp"
#include "cli/refusal.hpp"
#include "cli/serve.hpp"
#include "cli/union_folder.hpp"

namespace veche::cli {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view demo_password = "veche-demo";
constexpr std::string_view demo_origin = "demo.veche.example/journal";

/// The file that marks how far the making of the demo has come: the day it is played as, and
/// whether that is finished. A demo that was interrupted goes on as on its first day.
class progress_mark {
  public:
    explicit progress_mark(const fs::path& folder) : file_(folder / "demo") {
        std::ifstream in(file_);
        std::string day, word;
        in >> day >> word;
        if (const auto parsed = parse_date(day)) day_ = *parsed;
        finished_ = word == "finished";
    }
    [[nodiscard]] bool begun() const { return day_.has_value(); }
    [[nodiscard]] bool finished() const { return finished_; }
    [[nodiscard]] date day() const { return *day_; }
    void begin(date day) {
        day_ = day;
        std::ofstream(file_) << to_text(day) << '\n';
    }
    void finish() const { std::ofstream(file_) << to_text(*day_) << " finished\n"; }

  private:
    const fs::path file_;
    std::optional<date> day_;
    bool finished_ = false;
};

/// A person's id as a login name.
std::string login_of(const person_id& person) {
    std::string out = person.value;
    for (char& c : out) {
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
        if (c == '/') c = '-';
    }
    return out;
}

struct demo_account {
    std::string login;
    std::string title;
};

/// Splits "pa-ru-12" into "pa-ru-" and 12; no number where there is none.
std::pair<std::string, std::optional<int>> split_number(const std::string& login) {
    const std::size_t digits = login.find_last_not_of("0123456789") + 1;
    if (digits == login.size() || login.size() - digits > 6) return {login, std::nullopt};
    return {login.substr(0, digits), std::stoi(login.substr(digits))};
}

/// A line per login; a row of numbered ones becomes one line.
std::vector<std::string> login_lines(const std::vector<demo_account>& accounts) {
    std::vector<std::string> lines;
    for (std::size_t first = 0; first < accounts.size();) {
        const auto [stem, number] = split_number(accounts[first].login);
        std::size_t last = first;
        while (number && last + 1 < accounts.size() &&
               split_number(accounts[last + 1].login) ==
                   std::pair(stem, std::optional(*number + static_cast<int>(last + 1 - first))))
            ++last;
        const bool row = last - first > 2;
        const std::string range = row ? " to " + accounts[last].login : "";
        const std::string title =
            accounts[first].title +
            (row ? " to " + std::to_string(*split_number(accounts[last].login).second) : "");
        lines.push_back(fmt::format("  {:<28} {}", accounts[first].login + range, title));
        first = row ? last + 1 : first + 1;
    }
    return lines;
}

fs::path scenario_of(const demo_options& options) {
    return options.scenario.empty() ? find_shared("unions/demo/year.play") : options.scenario;
}

/// Who else may log in, as the scenario says: applicants, and all who only vote, hold no mandate.
result<std::vector<scenario_login>> named_logins(const demo_options& options) {
    const fs::path scenario = scenario_of(options);
    if (scenario.empty()) return std::vector<scenario_login>{};
    const std::string text = VECHE_TRY(read_file(scenario));
    return read_scenario_logins(text);
}

/// An account for everyone who ever held a mandate, and for those named besides; what is there
/// stays as it is.
result<std::vector<demo_account>> ensure_accounts(const fs::path& folder, api::password_cost cost,
                                                  const std::vector<scenario_login>& besides) {
    std::vector<std::pair<person_id, localized>> persons;
    {
        office::options with;
        with.now = &api::wall_clock;
        with.ticker = false;
        const auto opened = VECHE_TRY(union_folder::open(folder, std::move(with)));
        opened->office().read([&](const office::state& s) { persons = s.charter.persons(); });
    }
    for (const scenario_login& one : besides)
        persons.emplace_back(person_id{one.account}, localized{{"en", one.title}});
    const auto rows = VECHE_TRY(store::open_accounts(folder));
    VECHE_CHECK(api::account_store::prepare(*rows));
    api::account_store accounts(rows, cost);
    std::vector<std::string> known;
    for (const auto& each : accounts.list()) known.push_back(each.login);
    std::vector<demo_account> out;
    for (const auto& [person, titles] : persons) {
        const auto title = titles.find("en");
        out.push_back({login_of(person), title != titles.end() ? title->second : person.value});
        if (std::find(known.begin(), known.end(), out.back().login) == known.end())
            VECHE_CHECK(accounts.add(out.back().login, person, demo_password));
    }
    return out;
}

result<void> make(const demo_options& options, const terminal& on) {
    const fs::path& folder = options.serve.folder;
    progress_mark mark(folder);
    if (mark.finished()) return {};
    const auto charter_file =
        options.charter.empty() ? find_shared("unions/union-state.toml") : options.charter;
    const auto scenario = scenario_of(options);
    if (charter_file.empty() || scenario.empty())
        return refuse(refusals::file_unreadable, {}, "unions",
                      "it is not found; name --charter and --scenario");
    const auto document = VECHE_TRY(charter::read_toml(VECHE_TRY(read_file(charter_file))));
    on.say("Making the example union in " + folder.string() + ".");
    if (!union_folder::is_one(folder))
        VECHE_CHECK(store::create_folder(folder, std::string(demo_origin)));
    if (!mark.begun()) mark.begin(date_of(api::wall_clock()));
    progress_bar bar(on, "Playing a year");
    VECHE_CHECK(play_scenario(folder, scenario, mark.day(), &document,
                              [&](std::size_t n, std::size_t of) { bar.show(n, of); }));
    mark.finish();
    return {};
}

}  // namespace

int demo(const demo_options& options, const terminal& on) {
    if (const auto made = make(options, on); !made) return on.fail(made.error());
    const auto besides = named_logins(options);
    if (!besides) return on.fail(besides.error());
    const auto accounts = ensure_accounts(options.serve.folder, options.serve.cost, *besides);
    if (!accounts) return on.fail(accounts.error());
    return serve_folder(options.serve, on, [&](const std::string& address) {
        on.say("\nLogins, all with the password " + std::string(demo_password) + ":");
        for (const auto& line : login_lines(*accounts)) on.say(line);
        on.say("\n" + address + "\n");
        on.out.flush();
    });
}

}  // namespace veche::cli
