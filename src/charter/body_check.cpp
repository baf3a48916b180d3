#include "charter/body_check.hpp"

#include <algorithm>

#include "charter/patterns.hpp"
#include "charter/reach.hpp"
#include "charter/reasons.hpp"

namespace veche::charter {

void remark_list::add(severity how, std::string code, std::vector<std::string> args,
                      std::string field) {
    const file_place at = file_.place_of(field);
    remark made{how, std::move(code), std::move(args), std::move(field), at.line, at.column, {}};
    made.words = make_line(made.code, made.args).words;
    made_.push_back(std::move(made));
}

void remark_list::add(const refusal& why) {
    const file_place at = file_.place_of(why.field);
    made_.push_back({severity::cannot_work, "refusal." + std::string(why.code()), why.args,
                     why.field, at.line, at.column, why.sentence()});
}

namespace {

class body_checker {
  public:
    body_checker(const check_setting& in, const body& b, remark_list& into)
        : in_(in), body_(b), into_(into), place_("bodies." + b.id.value) {
        const auto electors = in.charter.electorate(b.id, in.on);
        voters_ = voters_of(electors);
        for (const elector& e : electors)
            if (!in.who.holds_seat(e.seat)) vacant_.insert(e.seat);
        for (const std::string& id : b.rules)
            established_ = established_ || mark_of(id) != source_mark::config;
    }

    void run() {
        check_escalation();
        check_marks();
        check_orders();
        if (voters_.empty()) {
            if (!body_.rules.empty()) surprise("check.rules_without_seats", {}, ".rules");
            return;
        }
        if (vacant_.size() == voters_.size())
            return surprise("check.body_vacant", {std::to_string(voters_.size())});
        check_vacancies();
        if (body_.rules.empty())
            return into_.add(severity::note, "check.no_rule", {body_.id.value}, place_);
        if (!established_) return;
        check_powers();
        for (const std::string& id : body_.rules)
            if (mark_of(id) != source_mark::config) check_rule(id);
        if (body_.enacts.empty())
            into_.add(severity::note, "check.orders_nothing", {body_.id.value}, place_);
    }

  private:
    source_mark mark_of(const std::string& rule) const { return in_.charter.find_rule(rule)->mark; }
    void say(severity how, std::string code, std::vector<std::string> args,
             const std::string& field = {}) {
        args.insert(args.begin(), body_.id.value);
        into_.add(how, std::move(code), std::move(args), place_ + field);
    }
    void surprise(std::string code, std::vector<std::string> args, const std::string& field = {}) {
        say(severity::will_surprise, std::move(code), std::move(args), field);
    }
    void broken(std::string code, std::vector<std::string> args, const std::string& field = {}) {
        say(severity::cannot_work, std::move(code), std::move(args), field);
    }
    bool nobody(std::string_view power, const body_id& over) const {
        return in_.who.with_power(power, over).empty();
    }

    /// What is late goes on the agenda of a session above, so there must be sessions above.
    void check_escalation() {
        if (body_.escalate_days && body_.parent && nobody("convene", *body_.parent))
            broken("check.escalation_nowhere", {body_.parent->value}, ".parent");
    }

    void check_marks() {
        for (const std::string& id : body_.rules)
            if (mark_of(id) == source_mark::config)
                surprise(established_ ? "check.config_open" : "check.config_only", {id}, ".rules");
    }

    /// A pattern that names nothing is most often a slip of the pen.
    void check_orders() {
        const auto& amendment = in_.charter.document().amendment;
        for (const std::string& pattern : body_.enacts) {
            const bool known = std::any_of(
                in_.orders.begin(), in_.orders.end(),
                [&](const std::string& type) { return names_command({&pattern, 1}, type); });
            if (!known && !in_.orders.empty())
                surprise("check.order_unknown", {pattern}, ".enacts");
            else if (pattern == amend_type && amendment && amendment->body != body_.id)
                surprise("check.order_amend", {amendment->body.value}, ".enacts");
        }
    }

    void check_vacancies() {
        for (const seat& row : in_.charter.document().seats) {
            if (row.body != body_.id) continue;
            const auto ids = seats_in(row);
            const auto gone = std::count_if(ids.begin(), ids.end(), [&](const std::string& id) {
                return vacant_.contains(id);
            });
            if (gone > 0)
                into_.add(
                    severity::will_surprise, "check.seats_vacant",
                    {body_.id.value, std::to_string(gone), std::to_string(ids.size()), row.id},
                    "seats." + row.id);
        }
    }

    void check_powers() {
        for (const char* power : {"convene", "preside", "table"})
            if (nobody(power, body_.id)) broken("check.nobody." + std::string(power), {});
        for (const char* power : {"agenda", "papers"})
            if (nobody(power, body_.id)) surprise("check.nobody." + std::string(power), {});
        const auto& bodies = in_.charter.document().bodies;
        const bool by_decision = std::any_of(bodies.begin(), bodies.end(), [](const body& b) {
            return names_command(b.enacts, "charter.grant_mandate");
        });
        if (nobody("mandates", body_.id) && !by_decision) surprise("check.nobody.mandates", {});
        if (in_.who.with_power("unseal", body_.id).size() == 1) surprise("check.unseal_alone", {});
    }

    /// A weight that a member has not on a day on which it votes makes every vote of that day
    /// invalid. Says whether all is well on the day itself.
    bool check_weights(const std::string& id, const rule& r) {
        bool now = true;
        std::set<std::pair<std::string, std::string>> seen;
        for (const std::string& name : weights_used(r))
            for (const seat& row : in_.charter.document().seats) {
                if (row.body != body_.id || !row.member) continue;
                const member& of = *in_.charter.find_member(*row.member);
                const date first = std::max(in_.on, of.from);
                const bool has =
                    std::any_of(of.weights.begin(), of.weights.end(),
                                [&](const weight& w) { return w.name == name && w.from <= first; });
                if (has || (of.until && *of.until < first)) continue;
                now = now && first > in_.on;
                if (seen.emplace(name, of.id.value).second)
                    into_.add(severity::cannot_work, "check.weight_missing",
                              {body_.id.value, id, name, of.id.value, to_text(first)},
                              "members." + of.id.value + ".weights");
            }
        return now;
    }

    void check_rule(const std::string& id) {
        const rule& r = *in_.charter.parsed_rule(id);
        if (!check_weights(id, r)) return;
        const std::string held = std::to_string(voters_.size() - vacant_.size());
        const std::string all = std::to_string(voters_.size());
        const auto reached = [&](aim to) {
            return can_reach(r, voters_, vacant_, body_.blocs, to).found;
        };
        const std::string steps = std::to_string(reach_steps);
        const reach quorum = reached(aim::quorum);
        const reach adopted = quorum == reach::impossible ? quorum : reached(aim::adopted);
        if (quorum == reach::impossible)
            broken("check.quorum_unreachable", {id, held, all}, ".rules");
        else if (adopted == reach::impossible)
            broken("check.never_passes", {id, held, all}, ".rules");
        else if (adopted == reach::undecided)
            say(severity::note, "check.passing_undecided", {id, steps}, ".rules");
        if (adopted != reach::possible) return;
        const reach falls = reached(aim::not_adopted);
        if (falls == reach::impossible) return broken("check.never_fails", {id}, ".rules");
        if (falls == reach::undecided)
            say(severity::note, "check.failing_undecided", {id, steps}, ".rules");
        check_oddities(id, r);
    }

    void check_oddities(const std::string& id, const rule& r) {
        ballot_map against;
        for (const voter& v : voters_)
            if (!vacant_.contains(v.id)) against[v.id] = ballot::no;
        circumstances around;
        around.blocs = body_.blocs;
        around.silence_over = true;
        if (outcome_of(r, voters_, against, around) == outcome::adopted)
            surprise("check.passes_against", {id}, ".rules");
        if (!yes_never_hurts(r, voters_, body_.blocs))
            surprise("check.yes_may_hurt", {id}, ".rules");
        if (r.tie == tie_break::chair &&
            !in_.who.has_seat(in_.who.with_power("preside", body_.id), body_.id))
            surprise("check.chair_without_vote", {id}, ".rules");
    }

    const check_setting& in_;
    const body& body_;
    remark_list& into_;
    const std::string place_;
    std::vector<voter> voters_;
    std::set<std::string> vacant_;
    bool established_ = false;  ///< some rule of the body may be voted under
};

}  // namespace

void check_body(const check_setting& in, const body& b, remark_list& into) {
    body_checker(in, b, into).run();
}

}  // namespace veche::charter
