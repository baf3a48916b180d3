// What one can know where hosts rank: why each line came out as it did, and the desk of a host,
// which shows who named its programme and not how they ordered their wishes.

#include <algorithm>

#include "calls/check_internships.hpp"
#include "calls/internships.hpp"
#include "calls/pairs.hpp"
#include "calls/viewing.hpp"

namespace veche::calls {
namespace {

/// The applicant's own figures at one programme beside those of the rounds it took part in.
struct host_figures {
    std::int64_t seats = 0;
    std::optional<std::int64_t> rank;
    std::optional<std::int64_t> cutoff;  ///< the kindest; nothing where a place was left
    bool could = false;                  ///< ranked, and not behind the last that got in
};

class host_explainer {
  public:
    host_explainer(const state& s, const call& c, const application& a)
        : state_(s), call_(c), app_(a) {}

    std::vector<choice_explanation> all() {
        const bool none = !app_.as_pair && !app_.alone;
        if (app_.as_pair || (none && app_.asked.choices.empty())) add_pairs();
        if (app_.alone || (none && !app_.asked.choices.empty())) add_choices();
        return std::move(out_);
    }

  private:
    void add_pairs() {
        const std::int32_t true_line = line_held(true);
        for (std::size_t i = 0; i < app_.asked.pairs.size(); ++i) {
            const pair_wish& wish = app_.asked.pairs[i];
            choice_explanation& one = out_.emplace_back();
            one.choice = static_cast<std::int32_t>(i) + 1;
            one.with_partner = true;
            one.programme = wish.mine;
            one.partners_programme = wish.partners;
            if (wish.mine) one.title = call_.find(*wish.mine)->title;
            const host_figures at = fill(one);
            const bool aside = aside_here(wish.mine) || aside_here(wish.partners);
            one.outcome = outcome(one.choice, true_line, aside, wish.mine && !at.rank, at.could);
        }
    }
    void add_choices() {
        const std::int32_t true_line = line_held(false);
        for (std::size_t i = 0; i < app_.asked.choices.size(); ++i) {
            choice_explanation& one = out_.emplace_back();
            one.choice = static_cast<std::int32_t>(i) + 1;
            one.programme = app_.asked.choices[i];
            one.title = call_.find(*one.programme)->title;
            const host_figures at = fill(one);
            one.outcome =
                outcome(one.choice, true_line, aside_here(one.programme), !at.rank, at.could);
        }
    }
    [[nodiscard]] bool aside_here(const std::optional<place_id>& id) const {
        return id && call_.is_set_aside(*id);
    }
    /// The line of the last offer of that sort; a great number where there was none.
    [[nodiscard]] std::int32_t line_held(bool paired) const {
        const offer* last = nullptr;
        for (const offer& one : app_.offers)
            if (one.paired == paired) last = &one;
        if (last) return line_of(state_, app_, *last);
        return paired ? line_without() : INT32_MAX;
    }
    /// The line by which the other got a place and this one goes without.
    [[nodiscard]] std::int32_t line_without() const {
        const application* other = state_.find(app_.call, *app_.asked.partner);
        for (const offer& one : other->offers)
            if (one.paired) return line_of(state_, *other, one);
        return INT32_MAX;
    }
    host_figures fill(choice_explanation& one) const {
        host_figures at;
        at.could = !one.programme;
        if (!one.programme) return at;
        at.rank = rank_at(call_, *one.programme, app_.applicant);
        bool left = false;
        for (const allocation_round& round : call_.rounds) {
            if (!took_part(round.made.round)) continue;
            for (const cutoff& last : round.made.cutoffs) {
                if (last.programme != *one.programme) continue;
                if (at.seats == 0) at.seats = last.seats;
                left = left || !last.rank;
                if (last.rank && (!at.cutoff || *last.rank > *at.cutoff)) at.cutoff = last.rank;
            }
        }
        if (left) at.cutoff.reset();
        at.could = at.rank && at.seats > 0 && (!at.cutoff || *at.rank <= *at.cutoff);
        one.seats = at.seats;
        one.your_rank = at.rank;
        one.cutoff_rank = at.cutoff;
        return at;
    }
    /// Rounds up to the one that gave what is held; all, where one still waits.
    [[nodiscard]] bool took_part(std::int32_t round) const {
        const offer* last = app_.current();
        return !last || last->keep_waiting || round <= last->round ||
               last->status == offer_status::partner_declined;
    }
    [[nodiscard]] choice_outcome outcome(std::int32_t line, std::int32_t true_line, bool aside,
                                         bool not_ranked, bool could) const {
        if (line == true_line) return choice_outcome::placed;
        if (aside || app_.set_aside) return choice_outcome::set_aside;
        if (app_.eligible != eligibility::eligible) return choice_outcome::ineligible;
        if (line > true_line) return choice_outcome::not_needed;
        if (not_ranked) return choice_outcome::not_ranked;
        if (!could) return choice_outcome::below_cutoff;
        return out_.back().with_partner ? choice_outcome::not_together : choice_outcome::waiting;
    }

    const state& state_;
    const call& call_;
    const application& app_;
    std::vector<choice_explanation> out_;
};

bool ranks_here(const world& w, const call& c, const place_id& programme, const viewer& who) {
    if (who.person.empty() || !c.asked.hosts) return false;
    const auto& all = c.asked.hosts->programmes;
    return std::any_of(all.begin(), all.end(), [&](const host_plan& one) {
        return one.programme == programme &&
               w.charter.holds_office(who.person, one.office, date_of(who.now));
    });
}

}  // namespace

std::vector<choice_explanation> explain_by_hosts(const state& s, const call& c,
                                                 const application& a) {
    return host_explainer(s, c, a).all();
}

std::vector<person_id> named_partner_by(const state& s, const application& a) {
    std::vector<person_id> out;
    each_application(s, a.call, [&](const application& one) {
        if (!one.withdrawn && one.asked.partner == a.applicant && a.asked.partner != one.applicant)
            out.push_back(one.applicant);
    });
    return out;
}

std::vector<place_id> ranks_for(const world& w, const call& c, const viewer& who) {
    std::vector<place_id> out;
    for (const programme_plan& one : c.asked.programmes)
        if (ranks_here(w, c, one.programme, who)) out.push_back(one.programme);
    return out;
}

result<host_desk_view> ask(const world& w, const host_desk_query& q, const viewer& who) {
    const call* c = VECHE_TRY(find_call(w, q.call));
    const programme_plan* plan = c->find(q.programme);
    if (!plan || !by_hosts(c->asked))
        return refuse(refusals::no_host, "programme", q.programme.value);
    if (!ranks_here(w, *c, q.programme, who)) VECHE_CHECK(led_call(w, q.call, who));
    host_desk_view out;
    out.programme = plan->programme;
    out.title = plan->title;
    out.capacity = plan->capacity;
    out.until = rankings_until(*c);
    out.ranks = ranks_here(w, *c, q.programme, who);
    if (const host_ranking* order = c->ranking_of(q.programme)) {
        out.sent = order->at;
        out.seq = static_cast<std::int64_t>(order->seq);
    }
    // Before closing people still change their minds, and it is nobody's business whom they name.
    if (!c->closed) return out;
    each_application(w.own, q.call, [&](const application& a) {
        const auto named = named_by(a.asked);
        if (a.withdrawn || std::find(named.begin(), named.end(), q.programme) == named.end())
            return;
        host_desk_row& row = out.applicants.emplace_back();
        row.applicant = a.applicant;
        row.eligible = a.eligible;
        row.set_aside = a.set_aside;
        row.rank = rank_at(*c, q.programme, a.applicant);
        for (const seal_ref& one : a.asked.sealed) row.sealed.push_back(one.commit);
    });
    std::stable_sort(out.applicants.begin(), out.applicants.end(),
                     [](const host_desk_row& a, const host_desk_row& b) {
                         return a.rank.value_or(INT64_MAX) < b.rank.value_or(INT64_MAX);
                     });
    return out;
}

}  // namespace veche::calls
