#include "calls/rolling_offers.hpp"

#include <algorithm>
#include <map>

#include "calls/places.hpp"
#include "kernel/check.hpp"
#include "matching/rolling_check.hpp"

namespace veche::calls {
namespace {

using matching::rolling_event;
using matching::rolling_event_kind;
using matching::rolling_run;
using matching::rolling_standing;

bool has_seat(rolling_standing s) {
    return s == rolling_standing::offered || s == rolling_standing::held ||
           s == rolling_standing::accepted;
}

/// The number of the day, from 1; the run itself stands before the first.
std::int64_t day_of(const rolling_book& book, instant at) {
    return (at.ms - book.began.ms) / ms_per_day + 1;
}

/// The first choices that got a seat, by programme and place, as records.
std::vector<offer_record> records_of(const call& c, const rolling_book& book,
                                     const rolling_run& run,
                                     const std::vector<std::uint32_t>& choices) {
    std::vector<std::pair<std::uint32_t, std::uint32_t>> order;  // programme, place
    for (const std::uint32_t one : choices)
        order.emplace_back(run.places().choices[one].programme, run.place_of(one));
    std::sort(order.begin(), order.end());
    std::vector<offer_record> out;
    for (const auto& [p, place] : order) {
        const std::uint32_t one = run.order_of(p)[place - 1];
        // Who answers by a ranking has answered already.
        const std::int64_t by = run.state().lines[one].answer_by;
        out.push_back({book.who->applicants[run.owner_of(one)], c.asked.programmes[p].programme,
                       place, by < 0 ? *c.asked.rules.rolling_until : answer_until(c, book, by)});
    }
    return out;
}

std::string root_of_offers(const std::vector<offer_record>& made) {
    std::vector<std::string> records;
    for (const offer_record& one : made) records.push_back(to_json(one));
    return to_hex(merkle_root(records));
}

/// One row for each programme that made offers.
std::vector<list_move> lists_of(const call& c, const rolling_book& book,
                                const std::vector<offer_record>& made) {
    std::vector<list_move> out;
    for (const offer_record& one : made) {
        if (out.empty() || out.back().programme != one.programme)
            out.push_back({one.programme, 0, book.last[position_of(c, one.programme)]});
        ++out.back().offered;
        out.back().last = std::max(out.back().last, one.rank);
    }
    return out;
}

/// What everybody can check from the cutoffs alone: one has an offer exactly where one meets them.
std::string check_first_offers(const run_input& in, const run_result& out) {
    const rolling_run& run = out.rolled->run;
    std::vector<const cutoff*> by(in.seats.size());
    for (const cutoff& one : out.cutoffs) by[position_of(*in.of, *one.programme)] = &one;
    for (std::uint32_t a = 0; a < in.candidates.size(); ++a)
        for (std::size_t i = 0; i < in.candidates[a].choices.size(); ++i) {
            const candidate& who = in.candidates[a];
            const std::uint32_t p = who.choices[i];
            const auto& id = in.of->asked.programmes[p].programme;
            const bool equal = by[p]->score == who.score;
            const std::string key =
                equal ? to_hex(key_of(*in.of, in.seed, id, who.applicant)) : std::string();
            const std::uint32_t choice = run.places().begins[a] + static_cast<std::uint32_t>(i);
            if (meets(*by[p], *in.of, who.groups, who.score, key) !=
                has_seat(run.state().lines[choice].standing))
                return "the cutoffs place " + who.applicant.value + " elsewhere";
        }
    return {};
}

/// Programmes that call one and let another of the same score wait.
void add_lots_needed(const run_input& in, run_result& out) {
    const rolling_run& run = out.rolled->run;
    for (std::uint32_t p = 0; p < in.seats.size(); ++p) {
        const auto order = run.order_of(p);
        const auto last = static_cast<std::size_t>(out.rolled->last[p]);
        if (last == 0 || last == order.size()) continue;
        const auto& scores = out.rolled->who->scores;
        if (scores[run.owner_of(order[last - 1])] == scores[run.owner_of(order[last])])
            out.lots_needed.push_back(in.of->asked.programmes[p].programme);
    }
    out.lots_decided = !out.lots_needed.empty();
}

void place_all(const run_input& in, const rolling_run& run, run_result& out) {
    out.placings.resize(in.candidates.size());
    for (std::uint32_t a = 0; a < in.candidates.size(); ++a) {
        placing& got = out.placings[a];
        for (std::size_t i = 0; i < in.candidates[a].choices.size(); ++i) {
            const std::uint32_t choice = run.places().begins[a] + static_cast<std::uint32_t>(i);
            got.ranks.push_back(run.place_of(choice));
            if (got.offered || !has_seat(run.state().lines[choice].standing)) continue;
            got.offered = true;
            got.programme = in.candidates[a].choices[i];
        }
    }
}

}  // namespace

std::optional<std::string> rolling_step::root() const {
    if (made.empty()) return std::nullopt;
    return root_of_offers(made);
}

run_result allocate_rolling(const run_input& in) {
    auto asked = std::make_shared<matching::rolling_call>();
    asked->places = strict_market(in);
    asked->days_to_answer = in.of->asked.answer_days;
    auto begun = rolling_run::begin(asked);
    VECHE_ENSURE(begun.has_value(), "lots leave no two of one place, and nobody chooses twice");
    auto who = std::make_shared<rolling_book::people>();
    for (const candidate& one : in.candidates) {
        who->applicants.push_back(one.applicant);
        who->scores.push_back(one.score);
    }
    run_result out;
    out.rolled = std::make_shared<rolling_book>(
        rolling_book{std::move(who), *std::move(begun), {}, {}, {}, {}, {}, {}});
    rolling_book& book = *out.rolled;
    book.last.assign(in.seats.size(), 0);
    book.made = records_of(*in.of, book, book.run, book.run.changed());
    for (const list_move& one : lists_of(*in.of, book, book.made))
        book.last[position_of(*in.of, one.programme)] = one.last;
    book.first = book.last;
    place_all(in, book.run, out);
    for (std::uint32_t p = 0; p < in.seats.size(); ++p)
        if (in.seats[p].front().seats > 0) out.cutoffs.push_back(line_of(*in.of, book, p));
    for (cutoff& one : out.cutoffs) one.rank.reset();
    add_lots_needed(in, out);
    out.fault = fault_in_book(book);
    if (out.fault.empty()) out.fault = check_first_offers(in, out);
    return out;
}

std::vector<std::string> first_records(const run_input& in, const rolling_book& book) {
    std::vector<std::string> out;
    for (std::uint32_t a = 0; a < in.candidates.size(); ++a) {
        const candidate& one = in.candidates[a];
        const std::size_t before = out.size();
        for (std::size_t i = 0; i < one.choices.size(); ++i) {
            const std::size_t choice = book.run.places().begins[a] + i;
            if (has_seat(book.run.state().lines[choice].standing))
                out.push_back(to_json(
                    result_record{one.applicant, std::nullopt,
                                  in.of->asked.programmes[one.choices[i]].programme, true}));
        }
        if (out.size() == before)
            out.push_back(to_json(result_record{one.applicant, std::nullopt, std::nullopt, false}));
    }
    return out;
}

std::optional<std::uint32_t> position_in(const rolling_book& book, const person_id& who) {
    const auto& all = book.who->applicants;
    const auto at = std::lower_bound(all.begin(), all.end(), who);
    if (at == all.end() || *at != who) return std::nullopt;
    return static_cast<std::uint32_t>(at - all.begin());
}

std::optional<std::uint32_t> choice_at(const call& c, const rolling_book& book,
                                       const person_id& who, const place_id& programme) {
    const auto a = position_in(book, who);
    if (!a) return std::nullopt;
    const matching::market& m = book.run.places();
    const std::uint32_t p = position_of(c, programme);
    for (std::uint32_t one = m.begins[*a]; one < m.begins[*a + 1]; ++one)
        if (m.choices[one].programme == p) return one;
    return std::nullopt;
}

instant answer_until(const call& c, const rolling_book& book, std::int64_t answer_by) {
    return std::min(plus_days(book.began, answer_by), *c.asked.rules.rolling_until);
}

rolling_event event_of(const call& c, const rolling_book& book, rolling_event_kind kind,
                       const person_id& who, const std::optional<place_id>& programme) {
    rolling_event e;
    e.kind = kind;
    if (const auto a = position_in(book, who)) e.applicant = *a;
    if (programme) e.programme = position_of(c, *programme);
    return e;
}

std::optional<rolling_step> step_of(const call& c, const std::optional<rolling_event>& act,
                                    instant at) {
    const rolling_book& book = *c.rolling;
    rolling_step out{{}, book.run, {}, {}, {}};
    const std::int64_t day = day_of(book, at);
    if (day > book.run.state().day) {
        rolling_event& e = out.events.emplace_back();
        e.kind = rolling_event_kind::day;
        e.number = day;
    }
    if (act) out.events.push_back(*act);
    for (std::size_t i = 0; i < out.events.size(); ++i) {
        if (!out.run.follow(out.events[i], book.log.size() + i + 1)) return std::nullopt;
        out.changed.insert(out.changed.end(), out.run.changed().begin(), out.run.changed().end());
    }
    std::sort(out.changed.begin(), out.changed.end());
    out.changed.erase(std::unique(out.changed.begin(), out.changed.end()), out.changed.end());
    std::vector<std::uint32_t> called;
    for (const std::uint32_t one : out.changed)
        if (book.run.state().lines[one].standing == rolling_standing::waiting &&
            has_seat(out.run.state().lines[one].standing))
            called.push_back(one);
    out.made = records_of(c, book, out.run, called);
    out.lists = lists_of(c, book, out.made);
    return out;
}

offers_moved last_moves(const call& c) {
    const rolling_book& book = *c.rolling;
    return {c.asked.call, lists_of(c, book, book.made), root_of_offers(book.made)};
}

events moves_of(const call& c, const std::optional<rolling_step>& step) {
    if (!step || step->made.empty()) return {};
    return {make_event(offers_moved{c.asked.call, step->lists, *step->root()})};
}

offers_lapsed lapse_rolling(const state& s, const call& c, instant at) {
    offers_lapsed out{c.asked.call, static_cast<std::int32_t>(c.rounds.size()), 0, {}, {}};
    each_application(s, c.asked.call, [&](const application& a) {
        for (const offer& one : a.offers)
            out.lapsed += one.status == offer_status::open && one.until <= at ? 1 : 0;
    });
    if (c.offers_over) return out;
    const auto step = step_of(c, std::nullopt, at);
    VECHE_ENSURE(step.has_value(), "a day follows");
    out.lists = step->lists;
    out.root = step->root();
    return out;
}

offers_ended end_offers(const state& s, const call& c) {
    offers_ended out{c.asked.call, 0, 0, 0};
    if (!c.rolling) return out;
    each_application(s, c.asked.call, [&](const application& a) {
        bool has = false;
        for (const offer& one : a.offers) {
            const bool kept = one.status == offer_status::accepted;
            has = has || kept || (one.beyond && one.status == offer_status::open);
            out.kept += kept && one.keep_waiting ? 1 : 0;
            out.lapsed += !one.beyond && one.status == offer_status::open ? 1 : 0;
        }
        const auto at = position_in(*c.rolling, a.applicant);
        if (has || !at) return;
        const auto& begins = c.rolling->run.places().begins;
        const auto& lines = c.rolling->run.state().lines;
        out.waiting += std::any_of(lines.begin() + begins[*at], lines.begin() + begins[*at + 1],
                                   [](const matching::rolling_line& line) {
                                       return line.standing == rolling_standing::waiting;
                                   });
    });
    return out;
}

std::string fault_in_book(const rolling_book& book) {
    std::vector<rolling_event> log;
    for (const auto& [number, e] : book.log) log.push_back(e);
    const matching::rolling_call& asked = book.run.asked();
    const auto again = matching::replay_rolling(asked, log);
    if (!again || *again != book.run.state()) return "the state does not follow from its log";
    return matching::rolling_fault(asked, log, book.run.state());
}

cutoff line_of(const call& c, const rolling_book& book, std::uint32_t p) {
    cutoff out;
    out.programme = c.asked.programmes[p].programme;
    out.seats = book.run.state().seats[p];
    const auto order = book.run.order_of(p);
    for (const std::uint32_t one : order)
        out.taken += has_seat(book.run.state().lines[one].standing);
    if (book.last[p] == 0) return out;
    out.rank = book.last[p];
    if (out.taken < out.seats) return out;
    const std::uint32_t who = book.run.owner_of(order[static_cast<std::size_t>(book.last[p]) - 1]);
    out.score = book.who->scores[who];
    out.key = to_hex(key_of(c, seed_of(c), out.programme, book.who->applicants[who]));
    return out;
}

}  // namespace veche::calls
