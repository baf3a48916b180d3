#include "calls/history_views.hpp"

#include <algorithm>

#include "calls/checks.hpp"
#include "calls/views.hpp"
#include "kernel/search_fold.hpp"

namespace veche::calls {
namespace {

turn_row turn_at(call_turn turn, instant at, std::uint64_t seq) {
    turn_row row;
    row.turn = turn;
    row.at = at;
    if (seq > 0) row.seq = static_cast<std::int64_t>(seq);
    return row;
}

std::vector<turn_row> turns_of(const call& c, instant now) {
    std::vector<turn_row> out{turn_at(call_turn::decided, c.at, c.seq)};
    if (now >= c.asked.opens) out.push_back(turn_at(call_turn::opened, c.asked.opens, 0));
    if (c.closed) out.push_back(turn_at(call_turn::closed, c.asked.closes, c.closed_seq));
    if (c.vote_open)
        out.push_back(turn_at(call_turn::vote_opened, c.asked.voting->votes_from, c.vote_open_seq));
    if (c.vote_over)
        out.push_back(
            turn_at(call_turn::vote_closed, c.asked.voting->votes_until, c.vote_over_seq));
    for (const allocation_round& one : c.rounds) {
        turn_row& row = out.emplace_back(turn_at(call_turn::allocated, one.at, one.seq));
        row.round = one.made.round;
        row.answer_until = one.made.answer_until;
    }
    if (c.offers_over)
        out.push_back(
            turn_at(call_turn::offers_ended, *c.asked.rules.rolling_until, c.offers_over_seq));
    if (c.shared) out.push_back(turn_at(call_turn::shared_out, c.shared->at, c.shared->seq));
    if (c.concluded) out.push_back(turn_at(call_turn::concluded, c.concluded_at, c.concluded_seq));
    return out;
}

call_history history_of(const world& w, const call& c, instant now) {
    call_history out;
    out.call = c.asked.call;
    out.kind = c.asked.kind;
    out.title = c.asked.title;
    if (const auto* body = w.charter.find_body(c.asked.body)) out.body_name = body->name;
    out.opens = c.asked.opens;
    out.closes = c.asked.closes;
    out.offers_until = c.asked.rules.rolling_until;
    out.turns = turns_of(c, now);
    if (c.asked.voting) {
        out.votes_from = c.asked.voting->votes_from;
        out.votes_until = c.asked.voting->votes_until;
    }
    return out;
}

/// Gathers the rows of one window of what is found.
constexpr std::int32_t rows_of_search = 100;  // where nothing is said

class found_calls {
  public:
    found_calls(const state& s, const call_search_query& q, instant now)
        : state_(s), query_(q), words_(q.query), now_(now) {}

    void look_in(const call& c) {
        call_search_row row{
            c.asked.call, {}, c.asked.title, {}, c.asked.opens, turns_of(c, now_).back().at};
        take(row, c.asked.call.value, &c.asked.text);
        row.within = c.asked.title;
        for (const programme_plan& one : c.asked.programmes) {
            row.part = one.programme.value;
            row.title = one.title;
            take(row, one.programme.value + "\n" + one.host, nullptr);
        }
        look_in_projects(c, row);
        if (!c.asked.shares) return;
        for (const share_party& one : c.asked.shares->parties) {
            row.part = one.party.value;
            row.title = one.title;
            take(row, one.party.value, nullptr);
        }
    }
    call_search_view take_all() { return std::move(out_); }

  private:
    /// Of a budget, what is on the ballot paper: at most so many as it has room for. Before that a
    /// project is on the page of its call alone.
    void look_in_projects(const call& c, call_search_row row) {
        for (const person_id& one : c.slate()) {
            const application* a = state_.find(c.asked.call, one);
            if (!a) continue;
            row.part.clear();
            row.project = one;
            row.title = a->asked.title;
            take(row, one.value, &a->asked.about);
        }
    }

    void take(const call_search_row& row, const std::string& more, const localized* text) {
        std::string all = more;
        for (const auto& [language, title] : row.title) all += "\n" + title;
        if (text)
            for (const auto& [language, words] : *text) all += "\n" + words;
        if (!words_.found_in({fold_for_search(all)})) return;
        const bool shown =
            out_.found >= query_.offset.value_or(0) &&
            static_cast<std::int32_t>(out_.rows.size()) < query_.count.value_or(rows_of_search);
        ++out_.found;
        if (shown) out_.rows.push_back(row);
    }

    const state& state_;
    const call_search_query& query_;
    search_words words_;
    instant now_;
    call_search_view out_;
};

}  // namespace

result<histories_view> ask(const world& w, const histories_query& q, const viewer& who) {
    histories_view out;
    if (q.call) {
        out.calls.push_back(history_of(w, *VECHE_TRY(find_call(w, *q.call)), who.now));
        return out;
    }
    for (const auto& [id, c] : w.own.calls) out.calls.push_back(history_of(w, c, who.now));
    return out;
}

result<call_search_view> ask(const world& w, const call_search_query& q, const viewer& who) {
    found_calls found(w.own, q, who.now);
    for (const auto& [id, c] : w.own.calls) found.look_in(c);
    return found.take_all();
}

}  // namespace veche::calls
