#include "cli/share.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "budgeting/account.hpp"
#include "budgeting/certificate_check.hpp"
#include "budgeting/decimal_text.hpp"
#include "budgeting/equal_shares.hpp"
#include "budgeting/greedy.hpp"
#include "budgeting/pb_file.hpp"
#include "budgeting/phragmen.hpp"
#include "budgeting/refusal.hpp"
#include "cli/files.hpp"
#include "cli/refusal.hpp"

namespace veche::cli {

namespace {

using namespace budgeting;

struct share_sheet {
    certificate result;
    std::vector<std::string> chosen;
    std::vector<std::string> remarks;
    std::vector<project_account> accounts;
    std::int64_t runs = 0;
};
VECHE_FIELDS_HERE(share_sheet, (result, "The certificate."),
                  (chosen, "Ids of what is funded, in order."),
                  (remarks, "What the file does not keep to."),
                  (accounts, "What was asked to be explained."), (runs, "Runs of equal shares."))

template <class Choice>
result<Choice> choice_of(std::string name, const char* option) {
    std::replace(name.begin(), name.end(), '-', '_');
    const auto names = veche_choices(static_cast<const Choice*>(nullptr));
    const auto found = std::find(names.begin(), names.end(), name);
    if (found == names.end()) return refuse(cli::refusals::option_unknown, option, name);
    return static_cast<Choice>(found - names.begin());
}

std::vector<std::string> parts_of(const std::string& list) {
    std::vector<std::string> out;
    std::size_t at = 0;
    while (!list.empty() && at <= list.size()) {
        const std::size_t end = std::min(list.find(',', at), list.size());
        out.push_back(list.substr(at, end - at));
        at = end + 1;
    }
    return out;
}

class sharing {
  public:
    sharing(const share_options& options, const terminal& on, pb_file file)
        : options_(options), on_(on), file_(std::move(file)), e_(file_.on) {}

    result<int> go() {
        sheet_.remarks = file_.remarks;
        for (const std::string& one : file_.remarks) on_.say("Remark: " + one);
        const auto explained = VECHE_TRY(project_named(options_.explain));
        if (!options_.check.empty()) {
            sheet_.result = VECHE_TRY(read_described<certificate>(options_.check));
        } else {
            VECHE_CHECK(count());
        }
        const auto faults = check_certificate(e_, sheet_.result);
        for (const std::string& one : faults) on_.say("DOES NOT HOLD: " + one);
        if (!faults.empty()) {
            if (on_.json) on_.out << to_json(faults) << '\n';
            return refused;
        }
        chosen_ids();
        if (!options_.certificate.empty())
            VECHE_CHECK(write_new_file(options_.certificate, to_json(sheet_.result), false));
        if (!options_.write.empty())
            VECHE_CHECK(
                write_new_file(options_.write, write_pb(file_, chosen(), rule_name()), false));
        if (explained) {
            sheet_.accounts.push_back(account_of(e_, sheet_.result, *explained));
            tell(sheet_.accounts.front());
        } else {
            tell_all();
        }
        if (on_.json) on_.out << to_json(sheet_) << '\n';
        return done;
    }

  private:
    result<std::optional<std::uint32_t>> project_named(const std::string& id) const {
        if (id.empty()) return std::optional<std::uint32_t>();
        for (std::uint32_t c = 0; c < e_.projects.size(); ++c)
            if (e_.projects[c].id == id) return std::optional(c);
        return refuse(budgeting::refusals::project_unknown, "project", id);
    }

    result<shares_rules> rules() const {
        shares_rules out;
        out.measure = VECHE_TRY(choice_of<utility>(options_.measure, "utility"));
        out.then = VECHE_TRY(choice_of<completion>(options_.completion, "completion"));
        out.stop = VECHE_TRY(choice_of<stopping>(options_.stop, "stop"));
        out.filter = options_.filter;
        out.step = options_.step;
        out.most_rises = std::max<std::int64_t>(options_.rises, 0);
        if (out.step == 0) {
            out.step = 1;
            for (int n = 0; n < file_.decimals; ++n) out.step *= 10;
        }
        if (!options_.endowment.empty()) {
            out.endowment = parse_ratio(options_.endowment);
            if (!out.endowment)
                return refuse(cli::refusals::option_unknown, "endowment", options_.endowment);
        }
        out.ties.clear();
        for (const std::string& one : parts_of(options_.ties)) {
            const tie_rule rule = VECHE_TRY(choice_of<tie_rule>(one, "ties"));
            out.ties.push_back(rule);
        }
        for (const std::string& one : parts_of(options_.lottery)) {
            const auto project = VECHE_TRY(project_named(one));
            if (project) out.lottery.push_back(*project);
        }
        return out;
    }

    result<void> count() {
        const shares_rules rules = VECHE_TRY(this->rules());
        if (options_.rule == "equal-shares") {
            const shares_outcome made = VECHE_TRY(equal_shares(e_, rules));
            sheet_.result = certify(e_, rules, made);
            sheet_.runs = made.runs;
            return {};
        }
        if (options_.rule == "phragmen") {
            VECHE_CHECK(check(e_));
            VECHE_CHECK(lottery_places(e_, rules.lottery));
            const phragmen_outcome made = VECHE_TRY(phragmen(e_, tie_ranks(e_, rules)));
            sheet_.result = certify(e_, made);
            return {};
        }
        greedy_rules by;
        by.lottery = rules.lottery;
        by.no_skip = options_.rule == "greedy-no-skip";
        if (options_.rule == "greedy-threshold")
            by.threshold = file_.threshold;
        else if (options_.rule != "greedy" && !by.no_skip)
            return refuse(cli::refusals::option_unknown, "rule", options_.rule);
        const auto chosen = VECHE_TRY(greedy(e_, by));
        sheet_.result = budgeting::certify(e_, options_.rule, chosen, by);
        return {};
    }

    void chosen_ids() {
        for (const purchase& one : sheet_.result.purchases) sheet_.chosen.push_back(one.project);
        sheet_.chosen.insert(sheet_.chosen.end(), sheet_.result.completed.begin(),
                             sheet_.result.completed.end());
    }

    [[nodiscard]] std::vector<std::uint32_t> chosen() const {
        std::vector<std::uint32_t> out;
        for (std::uint32_t c = 0; c < e_.projects.size(); ++c)
            if (std::find(sheet_.chosen.begin(), sheet_.chosen.end(), e_.projects[c].id) !=
                sheet_.chosen.end())
                out.push_back(c);
        return out;
    }

    [[nodiscard]] std::string rule_name() const {
        std::string completion = sheet_.result.completion;
        std::replace(completion.begin(), completion.end(), '_', '-');
        return sheet_.result.rule +
               (completion.empty() || completion == "none" ? "" : "/" + completion);
    }

    [[nodiscard]] std::string money(std::int64_t minor) const {
        const std::string unit(file_.said("currency"));
        return decimal_of(minor, file_.decimals) + (unit.empty() ? "" : " " + unit);
    }

    [[nodiscard]] std::string named(const std::string& id) const {
        for (const project& one : e_.projects)
            if (one.id == id) return one.name.empty() ? id : id + " (" + one.name + ")";
        return id;
    }

    /// A fraction of minor units, in whole ones.
    [[nodiscard]] std::string about(const std::string& fraction) const {
        const auto exact = parse_ratio(fraction);
        if (exact)
            return (exact->num % exact->den == 0 ? "" : "about ") + money(exact->num / exact->den);
        return "about " + money(whole_part(fraction));
    }

    void tell_all() {
        const certificate& made = sheet_.result;
        on_.say(
            fmt::format("{}: {} projects, {} ballots, a budget of {}; rule {}",
                        file_.said("description").empty() ? "Budget" : file_.said("description"),
                        e_.projects.size(), e_.voters, money(e_.budget), rule_name()));
        if (!made.endowment.empty())
            on_.say("Each voter held " + about(made.endowment) +
                    (sheet_.runs > 1 ? fmt::format(", after {} runs.", sheet_.runs) : "."));
        for (const purchase& one : made.purchases)
            on_.say(fmt::format("  {:>14}  {}", money(one.cost), named(one.project)));
        for (const std::string& id : made.completed)
            on_.say(fmt::format("  {:>14}  {}{}", money(cost_of(id)), named(id),
                                made.purchases.empty() ? "" : " (with what was left)"));
        on_.say(fmt::format("Funded: {} projects for {}; {} is left. The certificate holds.",
                            sheet_.chosen.size(), money(made.cost), money(e_.budget - made.cost)));
    }

    [[nodiscard]] std::int64_t cost_of(const std::string& id) const {
        for (const project& one : e_.projects)
            if (one.id == id) return one.cost;
        return 0;
    }

    void tell(const project_account& one) const {
        const std::string name = named(one.project);
        switch (one.outcome) {
            case fate::bought:
                on_.say(fmt::format("{} is funded, as number {}.", name, one.turn));
                if (one.price && one.paid_in_full)
                    on_.say(fmt::format(
                        "It costs {}. {} of its {} supporters paid {} each{}, and {} "
                        "paid the last they had.",
                        money(one.cost), *one.paid_in_full, one.votes, about(*one.price),
                        e_.kind == ballot_kind::approval ? "" : " for each point", *one.paid_less));
                return;
            case fate::completed:
                on_.say(fmt::format("{} is funded, as number {}, by {} votes.", name, one.turn,
                                    one.votes));
                return;
            case fate::excluded:
                on_.say(
                    fmt::format("{} is not funded: with {} votes the call left it out before the "
                                "count.",
                                name, one.votes));
                return;
            case fate::unsupported:
                on_.say(name + " is not funded: no ballot names it.");
                return;
            case fate::out_of_turn:
                on_.say(
                    fmt::format("{} is not funded. With {} votes its turn came when {} was left, "
                                "and it costs {}.",
                                name, one.votes, money(one.left), money(one.cost)));
                break;
            case fate::short_of:
                tell_shortage(one, name);
        }
        if (one.would_have_sufficed && *one.would_have_sufficed > 0)
            on_.say(
                fmt::format("At a cost of {} it would have been funded, all else being as it is.",
                            money(*one.would_have_sufficed)));
    }

    void tell_shortage(const project_account& one, const std::string& name) const {
        const bool in_parts = sheet_.result.completion == "ees_addopt";
        on_.say(
            fmt::format("{} is not funded. Its {} supporters held {} and {} {}{}; it costs {}: "
                        "an effective support of {}.{} %.",
                        name, one.votes, money(one.held), in_parts ? "could pay" : "have",
                        money(one.left), in_parts ? " in equal parts" : " left", money(one.cost),
                        one.effective_support / 10, one.effective_support % 10));
        for (const taker& each : one.taken_by)
            on_.say(fmt::format("  {} % of them also chose {} and paid {} for it.",
                                each.supporters * 100 / std::max<std::int64_t>(one.votes, 1),
                                named(each.project), money(each.paid)));
        if (one.taken_by_others > 0)
            on_.say(fmt::format("  {} went to projects that few of them share.",
                                money(one.taken_by_others)));
    }

    const share_options& options_;
    const terminal& on_;
    pb_file file_;
    const election& e_;
    share_sheet sheet_;
};

}  // namespace

int share(const share_options& options, const terminal& on) {
    const auto text = read_file(options.file);
    if (!text) return on.fail(text.error().sentence());
    auto file = read_pb(*text);
    if (!file) return on.fail(file.error());
    const auto ended = sharing(options, on, *std::move(file)).go();
    return ended ? *ended : on.fail(ended.error());
}

}  // namespace veche::cli
