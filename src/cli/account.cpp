#include "api/account_store.hpp"
#include "cli/prompt.hpp"
#include "cli/union_folder.hpp"
#include "cli/verbs.hpp"

namespace veche::cli {
namespace {

struct account_line {
    bool disabled = false;
    std::string login;
    std::optional<std::string> password;
    person_id person;
};
VECHE_FIELDS_HERE(account_line, (disabled, "Whether it is shut."), (login, "Login name."),
                  (password, "The password that was made."), (person, "The person."))

result<std::string> chosen_password(const account_options& options) {
    if (options.generate) return make_password();
    return read_password("Password for " + options.login, true);
}

int list(const api::account_store& accounts, const terminal& on) {
    std::vector<account_line> lines;
    for (const api::account& each : accounts.list())
        lines.push_back({each.disabled, each.login, std::nullopt, each.person});
    if (on.json) on.out << to_json(lines) << '\n';
    for (const auto& line : lines)
        on.say(line.login + "  " + line.person.value + (line.disabled ? "  (disabled)" : ""));
    return done;
}

int set_password(api::account_store& accounts, const account_options& options, const terminal& on) {
    const auto password = chosen_password(options);
    if (!password) return on.fail(password.error());
    const bool add = options.action == account_options::what::add;
    const auto set = add ? accounts.add(options.login, {options.person}, *password)
                         : accounts.reset(options.login, *password);
    if (!set) return on.fail(set.error());
    account_line line{false, options.login, std::nullopt, {options.person}};
    if (options.generate) line.password = *password;
    if (on.json) on.out << to_json(line) << '\n';
    if (options.generate) on.say(options.login + "  " + *password);
    return done;
}

}  // namespace

int account(const account_options& options, const terminal& on) {
    using what = account_options::what;
    if (!union_folder::is_one(options.folder))
        return on.fail(store::place_name(options.folder) +
                       " is no union's folder; see veche init.");
    if (options.action == what::add && !is_identifier(options.person))
        return on.fail(options.person + " is no person's id.", wrong_usage);
    const auto rows = store::open_accounts(options.folder);
    if (!rows) return on.fail(rows.error());
    if (!(*rows)->shared())
        if (const auto made = api::account_store::prepare(**rows); !made)
            return on.fail(made.error());
    api::account_store accounts(*rows, options.cost);
    switch (options.action) {
        case what::list:
            return list(accounts, on);
        case what::add:
        case what::reset:
            return set_password(accounts, options, on);
        case what::disable:
        case what::enable:
            break;
    }
    const auto set = accounts.set_disabled(options.login, options.action == what::disable);
    return set ? static_cast<int>(done) : on.fail(set.error());
}

}  // namespace veche::cli
