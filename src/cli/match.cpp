#include "cli/match.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "cli/files.hpp"
#include "matching/explanation.hpp"
#include "matching/preference_file.hpp"
#include "matching/published_check.hpp"
#include "matching/refusal.hpp"

namespace veche::cli {

namespace {

using namespace matching;

result<market_file> read_market(const std::vector<std::filesystem::path>& files) {
    const std::string first = VECHE_TRY(read_file(files.front()));
    if (files.size() == 1) {
        // PrefLib tells its forms apart by the ending, as its own tools do.
        const std::string ending = files.front().extension().string();
        const bool preferences =
            ending == ".soc" || ending == ".soi" || ending == ".toc" || ending == ".toi";
        return preferences ? read_preferences(first) : read_market_rp(first);
    }
    const std::string second = VECHE_TRY(read_file(files.back()));
    return read_market_csv(first, second);
}

/// The result for a person: what could not be run, each programme, everybody's place.
class match_sheet {
  public:
    match_sheet(const terminal& on, const match_certificate& made) : on_(on), made_(made) {
        for (const programme_row& row : made.programmes)
            width_ = std::max(width_, row.programme.size());
        for (const place_row& row : made.places)
            names_width_ = std::max(names_width_, row.applicant.size());
    }

    void show() const {
        on_.say(rules());
        if (made_.set_aside) show(*made_.set_aside);
        if (made_.minimums && made_.minimums->proof != minimum_proof::found)
            return on_.say(
                made_.minimums->proof == minimum_proof::none
                    ? "\nNo matching keeps every minimum by this rule; the certificate "
                      "proves it. Nothing is allocated."
                    : "\nThe search was ended before it came to an end: whether a "
                      "matching keeps every minimum is not known. Nothing is allocated.");
        on_.say("");
        for (std::size_t i = 0; i < made_.programmes.size() && i < most_rows; ++i)
            show(made_.programmes[i]);
        if (made_.programmes.size() > most_rows)
            on_.say(fmt::format("  and {} more", made_.programmes.size() - most_rows));
        on_.say("");
        show_places();
    }

  private:
    static constexpr std::size_t most_rows = 60;

    [[nodiscard]] std::string rules() const {
        const match_rules& r = made_.rules;
        if (r.seeks == aim::rank_maximal || r.seeks == aim::least_cost)
            return fmt::format("Sought: {}. Ranks of programmes are not read.", name_of(r.seeks));
        std::string text = r.seeks == aim::trading ? "Ranks are claims, which are traded. " : "";
        text += fmt::format("Ties: {}. Reserves: {}. The {} ask.", name_of(r.ties),
                            name_of(r.reserves), name_of(r.propose));
        if (r.ties == tie_policy::lottery)
            text += fmt::format(" Lots: {}, call {}, seed {}.", name_of(r.lottery), r.call,
                                r.seed.value_or(""));
        if (r.minimum == minimum_rule::closed)
            text += " A programme that does not come to its minimum does not run.";
        if (r.minimum == minimum_rule::filled)
            text += " Every minimum is filled; seats above may stay empty.";
        if (r.improve) text += " Then places are changed where no rank is passed over.";
        if (made_.lots_needed)
            text += *made_.lots_needed ? " Lots were needed here." : " No lot was needed.";
        return text;
    }

    void show(const set_aside_rows& aside) const {
        on_.say(fmt::format("\nSet aside: {} programmes and {} applicants. The others ran.",
                            aside.programmes.size(), aside.applicants.size()));
        for (const fault_row& one : aside.faults) on_.say("  " + one.why);
    }

    void show(const programme_row& row) const {
        std::string cutoff = row.refused_from || row.seats == 0 ? "nobody admitted" : "places left";
        if (row.cutoff_score)
            cutoff = "score of the last " + *row.cutoff_score;
        else if (row.cutoff_rank)
            cutoff = fmt::format("rank of the last {}", *row.cutoff_rank);
        if (row.minimum.value_or(0) > 0 && row.given == 0)
            cutoff = fmt::format("does not run, needs {}", *row.minimum);
        else if (row.given.value_or(row.seats) < row.seats)
            cutoff += fmt::format(", {} withheld for minimums", row.seats - *row.given);
        if (row.cutoff_lot) cutoff += fmt::format(", lot {}...", row.cutoff_lot->substr(0, 8));
        if (row.by_lot) cutoff += ", by lot";
        on_.say(fmt::format("  {:<{}} {:>6} of {:>6}  {}", row.programme, width_, row.admitted,
                            row.seats, cutoff));
        for (const seats_row& kind : row.kinds)
            if (kind.seats > 0)
                on_.say(fmt::format("  {:<{}} {:>6} of {:>6}  {}", "", width_, kind.admitted,
                                    kind.seats, kind.type.empty() ? "open" : kind.type));
    }

    void show_places() const {
        std::size_t placed = 0;
        std::size_t first = 0;
        for (const place_row& row : made_.places) {
            placed += row.programme.has_value();
            first += row.choice == 1;
        }
        on_.say(fmt::format("{} of {} applicants placed, {} at their first choice.", placed,
                            made_.places.size(), first));
        if (made_.places.size() > most_rows)
            return on_.say("Write all places with --places FILE, or everything with --json.");
        for (const place_row& row : made_.places)
            on_.say(fmt::format("  {:<{}}  {}", row.applicant, names_width_,
                                row.programme
                                    ? fmt::format("{}, choice {}", *row.programme, *row.choice)
                                    : "no place"));
    }

    const terminal& on_;
    const match_certificate& made_;
    std::size_t width_ = 0;
    std::size_t names_width_ = 0;
};

int judge(const match_options& options, const market_file& file, const terminal& on) {
    const auto said = read_described<match_certificate>(options.check);
    if (!said) return on.fail(said.error());
    const std::string fault = check_certificate(file, *said);
    if (on.json) {
        json::writer out;
        out.begin_object();
        out.key("holds");
        out.boolean(fault.empty());
        out.key("why");
        out.string(fault);
        out.end_object();
        on.out << out.bytes() << '\n';
    }
    on.say(fault.empty() ? "The certificate holds." : "The certificate does NOT hold: " + fault);
    return fault.empty() ? done : refused;
}

result<void> write_files(const match_options& options, const market_file& file, const matched& made,
                         const match_certificate& said) {
    if (!options.certificate.empty())
        VECHE_CHECK(write_new_file(options.certificate, to_json(said) + '\n', false));
    if (!options.places.empty()) {
        const bool rp = options.places.extension() == ".rp";
        const auto& placed = made.of.of.placed;
        VECHE_CHECK(
            write_new_file(options.places, rp ? to_rp(file, placed) : to_csv(file, placed), false));
    }
    if (!options.explanations.empty()) {
        const explainer why(file, options.rules, made);
        std::vector<applicant_record> all;
        for (std::uint32_t a = 0; a < file.of.applicants(); ++a) all.push_back(why.record(a));
        VECHE_CHECK(write_new_file(options.explanations, to_json(all) + '\n', false));
    }
    return {};
}

int explain(const match_options& options, const market_file& file, const matched& made,
            const terminal& on) {
    const auto at = std::find(file.applicants.begin(), file.applicants.end(), options.explain);
    if (at == file.applicants.end())
        return on.fail(
            refuse(matching::refusals::applicant_unknown, "explain", options.explain).value());
    const auto record = explainer(file, options.rules, made)
                            .record(static_cast<std::uint32_t>(at - file.applicants.begin()));
    if (on.json) on.out << to_json(record) << '\n';
    on.say(record.applicant + ":");
    for (const explanation& one : record.choices) on.say("  " + sentence(one));
    if (record.choices.empty()) on.say("  There is no choice on the list.");
    return done;
}

}  // namespace

int match(const match_options& given, const terminal& on) {
    match_options options = given;
    if (!options.seed.empty()) options.rules.seed = options.seed;
    const auto file = read_market(options.files);
    if (!file) return on.fail(file.error());
    if (!options.check.empty()) return judge(options, *file, on);
    const auto made = run_match(*file, options.rules);
    if (!made) return on.fail(made.error());
    const match_certificate said = certificate_of(*file, options.rules, *made);
    if (const auto written = write_files(options, *file, *made, said); !written)
        return on.fail(written.error());
    if (!options.explain.empty()) return explain(options, *file, *made, on);
    if (on.json)
        on.out << to_json(said) << '\n';
    else
        match_sheet(on, said).show();
    if (said.minimums && said.minimums->proof != minimum_proof::found) return refused;
    return done;
}

}  // namespace veche::cli
