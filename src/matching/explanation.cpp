#include "matching/explanation.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "matching/reserved_acceptance.hpp"

namespace veche::matching {

explainer::explainer(const market_file& file, const match_rules& rules, const matched& made)
    : file_(file),
      rules_(rules),
      made_(made),
      held_(file.of.programmes()),
      refused_(file.of.programmes()) {
    const market& classes = made.classes(file);
    const market& ranks = made.ranks(file);
    for (std::uint32_t a = 0; a < classes.applicants(); ++a)
        for (std::uint32_t i = classes.begins[a]; i < classes.begins[a + 1]; ++i) {
            const std::uint32_t p = classes.choices[i].programme;
            const bool here = made.of.of.placed[a] == p;
            (here ? held_ : refused_)[p].push_back(
                {ranks.choices[i].rank, a, classes.choices[i].rank});
            if (here) break;
        }
    for (auto* lists : {&held_, &refused_})
        for (auto& of : *lists)
            std::sort(of.begin(), of.end(), [](const waiting& x, const waiting& y) {
                return std::tie(x.rank, x.applicant) < std::tie(y.rank, y.applicant);
            });
}

applicant_record explainer::record(std::uint32_t a) const {
    applicant_record made{file_.applicants[a], {}};
    const bool apart =
        std::binary_search(made_.without_applicants.begin(), made_.without_applicants.end(), a);
    for (std::uint32_t i = file_.of.begins[a]; i < file_.of.begins[a + std::size_t{1}]; ++i) {
        if (apart) {
            explanation one;
            one.choice = number_of_choice(file_, a, i);
            one.programme = file_.programmes[file_.of.choices[i].programme];
            one.outcome = answer::set_aside;
            one.seats = file_.of.capacities[file_.of.choices[i].programme];
            made.choices.push_back(std::move(one));
            continue;
        }
        made.choices.push_back(explain(a, i));
        if (made.choices.back().outcome == answer::placed) break;
    }
    const std::int64_t last = made.choices.empty() || made.choices.back().outcome != answer::placed
                                  ? INT64_MAX
                                  : made.choices.back().choice;
    for (const unranked_choice& one : file_.unranked) {
        if (one.applicant != a || one.number > last) continue;
        explanation not_ranked;
        not_ranked.choice = one.number;
        not_ranked.programme = file_.programmes[one.programme];
        not_ranked.outcome = answer::ineligible;
        not_ranked.seats = file_.of.capacities[one.programme];
        made.choices.push_back(std::move(not_ranked));
    }
    std::sort(made.choices.begin(), made.choices.end(),
              [](const explanation& x, const explanation& y) { return x.choice < y.choice; });
    return made;
}

explanation explainer::explain(std::uint32_t a, std::uint32_t index) const {
    const std::uint32_t p = file_.of.choices[index].programme;
    const std::uint32_t at = index - file_.of.begins[a] + made_.classes(file_).begins[a];
    const waiting own{made_.ranks(file_).choices[at].rank, a, file_.of.choices[index].rank};
    explanation one;
    one.choice = number_of_choice(file_, a, index);
    one.programme = file_.programmes[p];
    one.seats = file_.of.capacities[p];
    one.your_rank = own.own_rank;
    if (made_.minimums && made_.minimums->proof != minimum_proof::found) {
        one.outcome = answer::none_exists;
        return one;
    }
    if (rules_.minimum == minimum_rule::filled && made_.minimums->seats[p] < one.seats) {
        one.withheld = one.seats - made_.minimums->seats[p];
        one.seats = made_.minimums->seats[p];
    }
    if (!file_.scores.empty()) one.your_score = score_text(file_.scores[p][own.own_rank]);
    if (made_.of.of.limits[p] != no_limit && !held_[p].empty()) {
        one.cutoff_rank = held_[p].back().own_rank;
        if (!file_.scores.empty())
            one.cutoff_score = score_text(file_.scores[p][held_[p].back().own_rank]);
    }
    if (made_.of.of.placed[a] == p)
        placed(one, a);
    else
        refused(one, a, p, own);
    return one;
}

void explainer::placed(explanation& one, std::uint32_t a) const {
    one.outcome = answer::placed;
    if (made_.plans.empty()) return;
    const seat_run& run = made_.plans[made_.of.of.placed[a]].runs[made_.of.runs[a]];
    if (run.type != any_type && has_type(file_.applicant_types[a], run.type))
        one.reserve_used = file_.types[run.type];
}

void explainer::refused(explanation& one, std::uint32_t a, std::uint32_t p,
                        const waiting& own) const {
    if (rules_.seeks != aim::stable) {
        // No rank alone would have done: seats go by what everybody wishes.
        one.outcome = answer::quota_full;
        return;
    }
    if (made_.minimums && made_.minimums->seats[p] == 0 && file_.minimums[p] > 0)
        return not_run(one, p);
    if (made_.plans.empty())
        refused_by_limit(one, p, own);
    else
        refused_by_seats(one, p, own);
    if (one.outcome != answer::lost_lottery) return;
    one.your_lot = to_hex(lot_of(file_, rules_, p, a));
    if (!rules_.improve)
        one.cutoff_lot = to_hex(lot_of(file_, rules_, p, held_[p].back().applicant));
}

void explainer::not_run(explanation& one, std::uint32_t p) const {
    one.outcome = answer::not_run;
    one.minimum = file_.minimums[p];
    one.wishing = static_cast<std::int64_t>(refused_[p].size());
}

void explainer::refused_by_limit(explanation& one, std::uint32_t p, const waiting& own) const {
    const auto& held = held_[p];
    const auto& refused = refused_[p];
    const bool hungarian = rules_.ties == tie_policy::hungarian;
    const bool chilean = rules_.ties == tie_policy::chilean;
    // Those before, and of the hungarian class all: how many seats until it is their turn.
    const auto before = static_cast<std::int64_t>(
        (hungarian
             ? std::upper_bound(refused.begin(), refused.end(), own,
                                [](const waiting& x, const waiting& y) { return x.rank < y.rank; })
             : std::lower_bound(
                   refused.begin(), refused.end(), own,
                   [](const waiting& x, const waiting& y) { return x.rank < y.rank; })) -
        refused.begin());
    sufficient enough;
    enough.seats = before + static_cast<std::int64_t>(held.size()) - one.seats + !hungarian;
    const std::int64_t limit = made_.of.of.limits[p];
    std::int64_t rank = held.empty() ? -1 : held.back().own_rank;
    one.outcome = answer::below_cutoff;
    if (hungarian) {
        // With a seat free, any rank before the class that overflows; otherwise one that pushes
        // the last class out.
        const bool full = static_cast<std::int64_t>(held.size()) == one.seats;
        rank = full && !held.empty() ? rank - 1 : limit - 1;
        if (one.seats == 0) rank = -1;
        if (own.own_rank == limit && !full) one.outcome = answer::quota_full;
    } else if (rules_.ties == tie_policy::lottery && !held.empty()) {
        enough.lottery = own.own_rank == held.back().own_rank;
        if (enough.lottery) one.outcome = answer::lost_lottery;
        rank -= 1;
    }
    if (one.seats == 0) one.outcome = answer::quota_full;
    if (rank >= 0 && one.seats > 0) {
        enough.rank = rank;
        if (!file_.scores.empty()) {
            const auto& scores = file_.scores[p];
            enough.above = !chilean;
            const std::int64_t from = rank + (chilean || rules_.ties == tie_policy::strict ? 0 : 1);
            enough.score = score_text(scores[static_cast<std::size_t>(from)]);
        }
    } else if (!file_.scores.empty() && one.seats > 0) {
        enough.above = true;
        enough.score = score_text(file_.scores[p].front());
    }
    // One seat more for one programme may leave another without its minimum.
    if (made_.minimums && rules_.minimum == minimum_rule::filled) enough.seats.reset();
    one.would_have_sufficed = enough;
}

void explainer::refused_by_seats(explanation& one, std::uint32_t p, const waiting& own) const {
    const auto& held = held_[p];
    const std::uint32_t types = file_.applicant_types[own.applicant];
    // Whether they would be taken standing just before the held number k.
    const auto taken_before = [&](std::size_t k) {
        std::vector<candidate> all;
        for (std::size_t i = 0; i < held.size(); ++i) {
            if (i == k) all.push_back({held[i].rank, own.applicant, types});
            all.push_back(
                {held[i].rank, held[i].applicant, file_.applicant_types[held[i].applicant]});
        }
        return choose(made_.plans[p], all)[k] != nobody;
    };
    std::size_t enough = 0;  // positions from which they would not be taken any more
    std::size_t end = held.size();
    while (enough < end) {
        const std::size_t middle = (enough + end) / 2;
        if (taken_before(middle))
            enough = middle + 1;
        else
            end = middle;
    }
    const bool full = static_cast<std::int64_t>(held.size()) >= one.seats;
    const bool behind_all = held.empty() || own.rank > held.back().rank;
    one.outcome = full && behind_all ? answer::below_cutoff : answer::quota_full;
    if (enough == 0) {
        one.outcome = answer::quota_full;
        return;
    }
    const waiting& bar = held[enough - 1];
    sufficient found;
    found.lottery = rules_.ties == tie_policy::lottery && bar.own_rank == own.own_rank;
    if (found.lottery) one.outcome = answer::lost_lottery;
    const std::int64_t rank =
        std::int64_t{bar.own_rank} - (rules_.ties == tie_policy::lottery ? 1 : 0);
    if (rank >= 0) found.rank = rank;
    if (!file_.scores.empty()) {
        found.above = true;
        found.score = score_text(file_.scores[p][bar.own_rank]);
    }
    one.would_have_sufficed = found;
}

namespace {

std::string enough_words(const sufficient& enough) {
    std::vector<std::string> ways;
    if (enough.lottery) ways.emplace_back("a better lot");
    if (enough.score)
        ways.push_back(fmt::format("a score {} {}", enough.above ? "above" : "of", *enough.score));
    else if (enough.rank)
        ways.push_back(fmt::format("rank {}", *enough.rank));
    if (enough.seats)
        ways.push_back(
            fmt::format("{} more {}", *enough.seats, *enough.seats == 1 ? "seat" : "seats"));
    if (ways.empty()) return {};
    std::string all;
    for (std::size_t i = 0; i < ways.size(); ++i)
        all += (i == 0 ? "" : i + 1 == ways.size() ? " or " : ", ") + ways[i];
    return fmt::format(" All others as they are, {} would have been enough.", all);
}

std::string standing_words(const explanation& one) {
    if (one.your_score && one.cutoff_score)
        return fmt::format("your score is {}, that of the last admitted {}", *one.your_score,
                           *one.cutoff_score);
    if (one.cutoff_rank)
        return fmt::format("your rank is {}, that of the last admitted {}", *one.your_rank,
                           *one.cutoff_rank);
    return fmt::format("your rank is {}", one.your_rank.value_or(0));
}

}  // namespace

std::string sentence(const explanation& one) {
    std::string said = fmt::format("Choice {}, {}: ", one.choice, one.programme);
    switch (one.outcome) {
        case answer::placed:
            said += "you are admitted; " + standing_words(one);
            if (one.reserve_used)
                said += fmt::format(", in a seat reserved for {}", *one.reserve_used);
            said += '.';
            break;
        case answer::below_cutoff:
            said += one.seats == 1 ? "the one seat" : fmt::format("all {} seats", one.seats);
            said += fmt::format(" went to others; {}.", standing_words(one));
            break;
        case answer::lost_lottery:
            said += fmt::format(
                "the lot decided among equals, and yours ({}...) was not among the first{}; {}.",
                one.your_lot->substr(0, 8),
                one.cutoff_lot
                    ? fmt::format(" (the last admitted has {}...)", one.cutoff_lot->substr(0, 8))
                    : "",
                standing_words(one));
            break;
        case answer::ineligible:
            said += "the programme did not rank you.";
            break;
        case answer::quota_full:
            said += one.seats == 0 ? (one.withheld ? "no seat is given." : "it has no seats.")
                                   : fmt::format("no seat was left that the rule gives to you; {}.",
                                                 standing_words(one));
            break;
        case answer::set_aside:
            said += "it could not be run and is set aside with all that hangs on it.";
            break;
        case answer::not_run:
            said += fmt::format(
                "it does not run; it needs {} at least, and {} would rather be there, you "
                "included.",
                one.minimum.value_or(0), one.wishing.value_or(0));
            break;
        case answer::none_exists:
            said += "no allocation that keeps every minimum was found, so nothing is allocated.";
            break;
    }
    if (one.withheld && one.outcome != answer::placed)
        said +=
            fmt::format(" {} of its seats are withheld, so that every programme has its minimum.",
                        *one.withheld);
    return one.would_have_sufficed ? said + enough_words(*one.would_have_sufficed) : said;
}

}  // namespace veche::matching
