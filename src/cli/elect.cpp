#include "cli/elect.hpp"

#include <algorithm>
#include <map>

#include <fmt/format.h>

#include "cli/files.hpp"
#include "elections/election_file.hpp"

namespace veche::cli {

namespace {

using namespace elections;

class election_sheet {
  public:
    election_sheet(const terminal& on, const election_file& file, const certificate& made)
        : on_(on), made_(made) {
        for (const file_candidate& one : file.candidates) {
            names_[one.id] = one.name.empty() ? one.id : one.name;
            width_ = std::max(width_, names_[one.id].size());
        }
    }

    void show(const std::string& title) const {
        std::string head =
            fmt::format("{}: {} to fill, {} papers", title, made_.posts, made_.papers);
        if (made_.blank > 0) head += fmt::format(", {} blank", made_.blank);
        if (made_.quota) head += fmt::format(", quota {}", votes_text(*made_.quota));
        on_.say(head);
        for (const stage& one : made_.stages) show(one);
        on_.say("");
        if (!made_.elected.empty()) on_.say("Elected: " + names(made_.elected));
        if (!made_.runoff.empty()) on_.say("A second round between: " + names(made_.runoff));
        if (made_.elected.empty() && made_.runoff.empty()) on_.say("Nobody is elected.");
    }

  private:
    [[nodiscard]] const std::string& name(const std::string& id) const { return names_.at(id); }

    [[nodiscard]] std::string names(const std::vector<std::string>& ids) const {
        std::string all;
        for (const std::string& one : ids) all += (all.empty() ? "" : ", ") + name(one);
        return all;
    }

    static std::string change_text(std::int64_t change) {
        if (change == 0) return {};
        return change < 0 ? "-" + votes_text(-change) : "+" + votes_text(change);
    }

    void line(const std::string& label, const std::string& votes, const std::string& change,
              const std::string& note) const {
        std::string row =
            fmt::format("  {:<{}} {:>16} {:>16}  {}", label, width_, votes, change, note);
        row.erase(row.find_last_not_of(' ') + 1);
        on_.say(row);
    }

    [[nodiscard]] std::string heading(const stage& one) const {
        switch (one.kind) {
            case stage_kind::first_count:
                return "first count";
            case stage_kind::surplus:
                return "surplus of " + name(*one.of);
            case stage_kind::exclusion:
                return "exclusion of " + name(*one.of);
        }
        return {};
    }

    void show(const stage& one) const {
        on_.say(fmt::format("\nStage {}: {}", one.number, heading(one)));
        for (const row& r : one.rows) {
            std::string note;
            if (r.against) note = "against " + votes_text(*r.against);
            if (r.stands != standing::continuing)
                note += (note.empty() ? "" : ", ") + std::string(name_of(r.stands));
            line(name(r.candidate), votes_text(r.votes), change_text(r.change), note);
        }
        if (made_.how == method::stv) {
            line("(not transferable)", votes_text(one.non_transferable), {}, {});
            line("(lost by rounding)", votes_text(one.residual), {}, {});
        }
        for (const reason& why : one.reasons) on_.say("  " + sentence(why, one));
    }

    [[nodiscard]] std::string sentence(const reason& why, const stage& in) const {
        const auto arg = [&](std::size_t n) { return why.args[n]; };
        if (why.code == "largest_surplus")
            return fmt::format("{} has the largest surplus: {}.", name(arg(0)), arg(1));
        if (why.code == "lowest")
            return fmt::format("{} has the fewest votes: {}.", name(arg(0)), arg(1));
        if (why.code == "tie_at_stage")
            return fmt::format("They tie; stage {} parts them.", arg(0));
        if (why.code == "tie_by_lot") return lot_sentence(arg(0), in);
        if (why.code == "reached_quota")
            return fmt::format("{} reaches the quota with {}.", name(arg(0)), arg(1));
        if (why.code == "places_left")
            return fmt::format("{} fills a place that is left.", name(arg(0)));
        if (why.code == "most_votes") return fmt::format("{} has {}.", name(arg(0)), arg(1));
        if (why.code == "more_yes")
            return fmt::format("{}: {} yes, {} no.", name(arg(0)), arg(1), arg(2));
        if (why.code == "not_enough")
            return fmt::format("{} has too few: {}.", name(arg(0)), arg(1));
        if (why.code == "majority") return fmt::format("Needed: {}.", arg(0));
        if (why.code == "runoff")
            return fmt::format("Nobody has that many; {} lead.", names(why.args));
        return "No paper marks anybody.";
    }

    [[nodiscard]] std::string lot_sentence(const std::string& number, const stage& in) const {
        for (const lot& one : in.lots)
            if (std::to_string(one.number) == number)
                return fmt::format("Lot {} between {} falls on {}.", number, names(one.among),
                                   name(one.drawn));
        return {};
    }

    const terminal& on_;
    const certificate& made_;
    std::map<std::string, std::string, std::less<>> names_;
    std::size_t width_ = 20;
};

}  // namespace

int elect(const elect_options& options, const terminal& on) {
    const auto text = read_file(options.file);
    if (!text) return on.fail(text.error().sentence());
    auto file = read_file_text(*text);
    if (!file) return on.fail(file.error());
    if (!options.seed.empty()) file->seed = options.seed;
    const auto made = count(contest_of(*file));
    if (!made) return on.fail(made.error());
    election_sheet(on, *file, *made).show(file->title);
    if (on.json) on.out << to_json(*made) << '\n';
    if (!file->expect) return done;
    const std::string fault = missed(*file->expect, *made);
    on.say(fault.empty() ? "As expected." : "MISSED: " + fault + " is not as expected.");
    return fault.empty() ? done : refused;
}

}  // namespace veche::cli
