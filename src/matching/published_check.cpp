#include "matching/published_check.hpp"

#include <algorithm>
#include <numeric>
#include <unordered_map>

#include <fmt/format.h>

#include "kernel/lottery.hpp"
#include "matching/certificate_check.hpp"
#include "matching/minimums_check.hpp"
#include "matching/one_sided_check.hpp"

namespace veche::matching {
namespace {

/// Thrown and caught within this file: what is wrong.
struct not_held {
    std::string why;
};

void demand(bool holds, std::string_view why) {
    if (!holds) throw not_held{std::string(why)};
}

/// The plan that the rule makes of the columns, worked out from the text of the format.
seat_plan declared_plan(const market_file& file, std::uint32_t p, reserve_rule rule) {
    seat_plan plan;
    plan.most_reserved = rule == reserve_rule::most;
    const auto types = static_cast<std::uint32_t>(file.types.size());
    std::uint32_t before = types;
    if (rule == reserve_rule::last) before = 0;
    if (rule == reserve_rule::declared && file.open_column) before = *file.open_column;
    std::uint32_t reserved = 0;
    for (std::uint32_t t = 0; t < file.reserved[p].size(); ++t) reserved += file.reserved[p][t];
    const seat_run open{file.of.capacities[p] - reserved, any_type, false};
    for (std::uint32_t t = 0; t < types && t < file.reserved[p].size(); ++t) {
        if (t == before) plan.runs.push_back(open);
        plan.runs.push_back({file.reserved[p][t], t, rule == reserve_rule::hard});
    }
    if (before >= file.reserved[p].size()) plan.runs.push_back(open);
    return plan;
}

class published {
  public:
    published(const market_file& file, const match_certificate& said)
        : file_(file), said_(said), rest_(file.of), apart_(file.of.programmes()) {}

    void check() {
        check_set_aside();
        read_places();
        check_programmes();
        if (lots() && reads_ranks()) draw();
        check_rule();
    }

  private:
    [[nodiscard]] bool lots() const { return said_.rules.ties == tie_policy::lottery; }
    [[nodiscard]] bool reads_ranks() const {
        return said_.rules.seeks == aim::stable || said_.rules.seeks == aim::trading;
    }
    [[nodiscard]] bool reserved() const { return said_.rules.reserves != reserve_rule::none; }

    /// Programmes at fault, and by the lists all that hangs on them.
    void check_set_aside() {
        std::vector<std::uint32_t> found = faulty();
        const bool any = !found.empty();
        demand(any == said_.set_aside.has_value(), "What is set aside is not what the files say.");
        std::vector<std::vector<std::uint32_t>> askers(file_.of.programmes());
        for (std::uint32_t a = 0; any && a < file_.of.applicants(); ++a)
            for (std::uint32_t i = file_.of.begins[a]; i < file_.of.begins[a + std::size_t{1}]; ++i)
                askers[file_.of.choices[i].programme].push_back(a);
        for (const std::uint32_t p : found) apart_[p] = true;
        std::vector<bool> gone(file_.of.applicants());
        while (!found.empty()) {
            const std::uint32_t p = found.back();
            found.pop_back();
            for (const std::uint32_t a : askers[p]) {
                if (gone[a]) continue;
                gone[a] = true;
                for (std::uint32_t i = file_.of.begins[a]; i < file_.of.begins[a + std::size_t{1}];
                     ++i) {
                    const std::uint32_t next = file_.of.choices[i].programme;
                    if (!apart_[next]) found.push_back(next);
                    apart_[next] = true;
                }
            }
        }
        if (any) compare_set_aside(gone);
    }

    [[nodiscard]] std::vector<std::uint32_t> faulty() const {
        std::vector<std::uint32_t> found;
        for (const broken_programme& one : file_.broken) found.push_back(one.programme);
        if (said_.rules.ties != tie_policy::strict || !reads_ranks()) return found;
        std::vector<std::uint64_t> ranks;
        for (const choice& c : file_.of.choices)
            ranks.push_back(std::uint64_t{c.programme} << 32 | c.rank);
        std::sort(ranks.begin(), ranks.end());
        for (std::size_t i = 1; i < ranks.size(); ++i)
            if (ranks[i] == ranks[i - 1])
                found.push_back(static_cast<std::uint32_t>(ranks[i] >> 32));
        return found;
    }

    void compare_set_aside(const std::vector<bool>& gone) {
        std::vector<std::string> programmes;
        std::vector<std::string> applicants;
        for (std::uint32_t p = 0; p < apart_.size(); ++p)
            if (apart_[p]) programmes.push_back(file_.programmes[p]);
        for (std::uint32_t a = 0; a < gone.size(); ++a)
            if (gone[a]) applicants.push_back(file_.applicants[a]);
        demand(
            programmes == said_.set_aside->programmes && applicants == said_.set_aside->applicants,
            "What is set aside is not what the files say.");
        rest_.begins.assign(1, 0);
        rest_.choices.clear();
        for (std::uint32_t a = 0; a < gone.size(); ++a) {
            for (std::uint32_t i = file_.of.begins[a];
                 !gone[a] && i < file_.of.begins[a + std::size_t{1}]; ++i)
                rest_.choices.push_back(file_.of.choices[i]);
            rest_.begins.push_back(static_cast<std::uint32_t>(rest_.choices.size()));
        }
        gone_ = gone;
    }

    void read_places() {
        std::unordered_map<std::string_view, std::uint32_t> number;
        for (std::uint32_t p = 0; p < file_.programmes.size(); ++p) number[file_.programmes[p]] = p;
        out_.of.placed.assign(file_.of.applicants(), nobody);
        out_.runs.assign(file_.of.applicants(), nobody);
        prices_.applicants.resize(file_.of.applicants());
        prices_.programmes.resize(file_.of.programmes());
        auto row = said_.places.begin();
        for (std::uint32_t a = 0; a < file_.applicants.size(); ++a) {
            if (!gone_.empty() && gone_[a]) continue;
            demand(row != said_.places.end() && row->applicant == file_.applicants[a],
                   "The places are not those of the applicants of the files, in their order.");
            if (row->programme) {
                const auto p = number.find(*row->programme);
                demand(p != number.end(), "Somebody is placed at a programme that does not exist.");
                out_.of.placed[a] = p->second;
                if (row->seat) out_.runs[a] = static_cast<std::uint32_t>(*row->seat - 1);
            }
            prices_.applicants[a] = row->price;
            check_choice(a, *row);
            ++row;
        }
        demand(row == said_.places.end(), "There are more places than applicants.");
    }

    /// The number of the choice is that of the programme on the whole list.
    void check_choice(std::uint32_t a, const place_row& row) const {
        demand(row.choice.has_value() == row.programme.has_value(),
               "A place lacks the number of its choice.");
        if (!row.choice) return;
        for (std::uint32_t i = file_.of.begins[a]; i < file_.of.begins[a + std::size_t{1}]; ++i)
            if (file_.of.choices[i].programme == out_.of.placed[a])
                demand(number_of_choice(file_, a, i) == *row.choice,
                       "The number of a choice is not that of the list.");
    }

    void check_programmes() {
        std::vector<std::int64_t> fill(file_.of.programmes());
        for (const std::uint32_t p : out_.of.placed)
            if (p != nobody) ++fill[p];
        out_.of.limits.assign(file_.of.programmes(), no_limit);
        rows_.assign(file_.of.programmes(), nullptr);
        auto row = said_.programmes.begin();
        for (std::uint32_t p = 0; p < file_.programmes.size(); ++p) {
            if (apart_[p]) continue;
            demand(row != said_.programmes.end() && row->programme == file_.programmes[p],
                   "The programmes are not those of the files, in their order.");
            demand(row->seats == file_.of.capacities[p],
                   row->programme + " has other seats in the files.");
            demand(row->admitted == fill[p],
                   row->programme + " does not admit as many as it says.");
            if (row->refused_from)
                out_.of.limits[p] = static_cast<std::uint32_t>(*row->refused_from);
            prices_.programmes[p] = row->price;
            rows_[p] = &*row++;
        }
        demand(row == said_.programmes.end(), "There are more programmes than in the files.");
    }

    struct drawn_application {
        std::uint32_t rank;
        hash256 lot;
        std::uint32_t applicant;
        std::uint32_t at;
    };

    /// Strict ranks from ranks and lots, and limits from the last rank and lot admitted.
    void draw() {
        const auto seed = hash_from_hex(said_.rules.seed.value_or(""));
        demand(seed.has_value(), "The seed is not 64 hexadecimal digits.");
        const bool single = said_.rules.lottery == lottery_kind::single;
        std::vector<std::vector<drawn_application>> all(file_.of.programmes());
        for (std::uint32_t a = 0; a < rest_.applicants(); ++a)
            for (std::uint32_t i = rest_.begins[a]; i < rest_.begins[a + 1]; ++i) {
                const std::uint32_t p = rest_.choices[i].programme;
                all[p].push_back(
                    {rest_.choices[i].rank,
                     lottery_key(*seed, said_.rules.call,
                                 single ? every_programme : std::string_view(file_.programmes[p]),
                                 file_.applicants[a]),
                     a, i});
            }
        classes_ = rest_;
        for (std::uint32_t p = 0; p < all.size(); ++p) {
            std::sort(all[p].begin(), all[p].end(), [&](const auto& x, const auto& y) {
                return std::tie(x.rank, x.lot, file_.applicants[x.applicant]) <
                       std::tie(y.rank, y.lot, file_.applicants[y.applicant]);
            });
            for (std::uint32_t i = 0; i < all[p].size(); ++i) rest_.choices[all[p][i].at].rank = i;
            if (rows_[p] != nullptr) out_.of.limits[p] = drawn_limit(*rows_[p], all[p]);
        }
    }

    /// The lots of the last admitted are those of somebody who asked, or nobody is refused.
    static std::uint32_t drawn_limit(const programme_row& row,
                                     const std::vector<drawn_application>& all) {
        if (row.given.value_or(row.seats) == 0) return 0;
        if (!row.cutoff_rank) return no_limit;
        for (std::uint32_t i = 0; i < all.size(); ++i)
            if (all[i].rank == *row.cutoff_rank && to_hex(all[i].lot) == row.cutoff_lot)
                return i + 1;
        return no_limit;
    }

    /// What is set aside takes part in nothing, at the price zero.
    verdict check_one_side() {
        if (said_.rules.seeks == aim::trading) return check_efficient(rest_, out_.of.placed);
        std::size_t size = said_.rules.seeks == aim::least_cost ? 2 : 1;
        for (std::uint32_t a = 0; said_.rules.seeks == aim::rank_maximal && a < gone_.size(); ++a)
            size = std::max<std::size_t>(size, rest_.begins[a + std::size_t{1}] - rest_.begins[a]);
        for (std::uint32_t p = 0; p < apart_.size(); ++p)
            if (apart_[p]) prices_.programmes[p].assign(size, 0);
        for (std::uint32_t a = 0; a < gone_.size(); ++a)
            if (gone_[a]) prices_.applicants[a].assign(size, 0);
        prices_.placed = out_.of.placed;
        return check_prices(rest_, said_.rules.seeks, prices_);
    }

    [[nodiscard]] std::uint32_t number_of(const std::string& programme) const {
        const auto at = std::find(file_.programmes.begin(), file_.programmes.end(), programme);
        demand(at != file_.programmes.end(), "A step is of a programme that does not exist.");
        return static_cast<std::uint32_t>(at - file_.programmes.begin());
    }

    [[nodiscard]] static std::uint32_t small_number(std::int64_t value) {
        demand(value >= 0 && value < no_limit, "A number of the proof is out of bounds.");
        return static_cast<std::uint32_t>(value);
    }

    /// The proof in numbers.
    [[nodiscard]] minimum_outcome read_minimums() const {
        minimum_outcome out;
        out.proof = said_.minimums->proof;
        out.of = out_.of;
        for (std::uint32_t p = 0; p < rows_.size(); ++p)
            out.seats.push_back(
                rows_[p] == nullptr
                    ? (out.proof == minimum_proof::found ? file_.of.capacities[p] : 0)
                    : small_number(rows_[p]->given.value_or(-1)));
        for (const minimum_step_row& row : said_.minimums->steps)
            out.steps.push_back({row.move, number_of(row.programme),
                                 row.shown ? small_number(*row.shown - 1) : nobody,
                                 row.other ? number_of(*row.other) : nobody});
        for (const shown_row& row : said_.minimums->shown) {
            demand(row.seats.size() == said_.programmes.size() &&
                       row.refused_from.size() == said_.programmes.size(),
                   "A matching that is shown is not one of all programmes.");
            shown_matching one;
            for (std::uint32_t p = 0, i = 0; p < rows_.size(); ++p) {
                const bool in = rows_[p] != nullptr;
                // Nobody asks where nobody takes part.
                one.seats.push_back(in ? small_number(row.seats[i]) : 0);
                one.limits.push_back(!in || row.refused_from[i] == -1
                                         ? no_limit
                                         : small_number(row.refused_from[i]));
                i += in;
            }
            out.shown.push_back(std::move(one));
        }
        return out;
    }

    void check_minimums() {
        const match_rules& rules = said_.rules;
        demand(rules.seeks == aim::stable && !reserved() && !rules.improve &&
                   (lots() || rules.ties == tie_policy::strict) &&
                   rules.propose == proposing::applicants,
               "The rules do not go together.");
        demand(!file_.minimums.empty() && said_.minimums.has_value(),
               "The minimums or their proof are missing.");
        minimum_terms terms{file_.minimums, file_.turns, apart_};
        for (std::uint32_t p = 0; p < apart_.size(); ++p) {
            if (apart_[p]) terms.least[p] = 0;
            if (!apart_[p])
                demand(rows_[p]->minimum == file_.minimums[p],
                       rows_[p]->programme + " has another minimum in the files.");
        }
        const std::string fault =
            minimum_fault(rest_, terms, *rules.minimum, read_minimums(), file_.programmes);
        demand(fault.empty(), fault);
    }

    void check_rule() {
        const match_rules& rules = said_.rules;
        if (rules.minimum) return check_minimums();
        demand(file_.minimums.empty() && !said_.minimums,
               "There are minimums, and no rule says what gives way to them.");
        verdict found;
        if (rules.seeks != aim::stable) {
            found = check_one_side();
        } else if (rules.ties == tie_policy::hungarian || rules.ties == tie_policy::chilean) {
            demand(!reserved() && rules.propose == proposing::applicants && !rules.improve,
                   "The rules do not go together.");
            found = check_score_limits(rest_, out_.of, rules.ties);
        } else if (reserved()) {
            demand(rules.propose == proposing::applicants && !rules.improve,
                   "The rules do not go together.");
            reserves seats{file_.applicant_types, {}};
            for (std::uint32_t p = 0; p < file_.of.programmes(); ++p)
                seats.plans.push_back(apart_[p] ? seat_plan{}
                                                : declared_plan(file_, p, rules.reserves));
            found = check_reserved(rest_, seats, out_);
        } else if (rules.improve) {
            demand(lots(), "The rules do not go together.");
            found = check_weakly_stable(classes_, out_.of.placed);
        } else {
            found = check_stable(rest_, out_.of);
            if (found.holds()) found = check_optimal(rest_, out_.of, rules.propose);
        }
        if (found.holds()) return;
        throw not_held{
            sentence(found, found.applicant == nobody ? "" : file_.applicants[found.applicant],
                     found.programme == nobody ? "" : file_.programmes[found.programme])};
    }

    const market_file& file_;
    const match_certificate& said_;
    market rest_;     ///< without what is set aside; after draw() with strict ranks
    market classes_;  ///< as ranked, where lots were drawn
    std::vector<bool> apart_;
    std::vector<bool> gone_;
    std::vector<const programme_row*> rows_;
    reserved_outcome out_;
    priced_outcome prices_;
};

}  // namespace

std::string check_certificate(const market_file& file, const match_certificate& said) {
    try {
        published(file, said).check();
    } catch (const not_held& fault) {
        return fault.why;
    }
    return {};
}

}  // namespace veche::matching
