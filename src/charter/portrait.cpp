#include "charter/portrait.hpp"

#include <algorithm>

#include "charter/barrier_powers.hpp"
#include "charter/beneficiary_powers.hpp"
#include "charter/call_powers.hpp"
#include "charter/dose_powers.hpp"
#include "charter/evidence_powers.hpp"
#include "charter/holders.hpp"
#include "charter/patterns.hpp"
#include "charter/reasons.hpp"
#include "charter/registry_powers.hpp"
#include "charter/sealed_powers.hpp"
#include "charter/situation_powers.hpp"

namespace veche::charter {

namespace {

constexpr std::string_view kinds[] = {"highest", "executive", "parliament", "secretariat",
                                      "audit",   "court",     "committee",  "council"};

class painter {
  public:
    painter(const charter_document& doc, date on, std::string_view language,
            const std::vector<std::string>& orders)
        : doc_(doc), on_(on), language_(language), orders_(orders), who_(doc, on) {
        state_.found(doc);
    }

    std::vector<reason_line> run() {
        add("check.say.union", {in_words(doc_.name), doc_.id}, 0);
        add("check.say.members", {to_text(on_)}, 1);
        for (const member& row : doc_.members) show(row);
        for (const body& row : doc_.bodies) show(row);
        show_witnesses();
        show_amendment();
        return std::move(lines_);
    }

  private:
    void add(std::string code, std::vector<std::string> args, std::int32_t depth) {
        lines_.push_back(make_line(std::move(code), std::move(args), true, depth));
    }

    [[nodiscard]] std::string in_words(const localized& name) const {
        if (const auto own = name.find(language_); own != name.end()) return own->second;
        for (const language& row : doc_.languages)
            if (const auto found = name.find(row.id); found != name.end()) return found->second;
        return name.empty() ? std::string() : name.begin()->second;
    }
    [[nodiscard]] std::string name_of(const body_id& id) const {
        return in_words(state_.find_body(id)->name);
    }

    void show(const member& row) {
        std::vector<std::string> args{in_words(row.name), row.id.value, to_text(row.from)};
        if (row.until) args.push_back(to_text(*row.until));
        add(row.until ? "check.say.member_until" : "check.say.member", std::move(args), 2);
        std::map<std::string, const weight*> latest;
        for (const weight& w : row.weights) {
            const weight*& known = latest[w.name];
            if (w.from <= on_ && (!known || known->from < w.from)) known = &w;
        }
        for (const auto& [name, w] : latest)
            if (w) add("check.say.weight", {weight_phrase(name), std::to_string(w->value)}, 3);
    }

    void show(const body& row) {
        add("check.say.body", {in_words(row.name), row.id.value}, 1);
        if (std::find(std::begin(kinds), std::end(kinds), row.kind) != std::end(kinds))
            add("body_kind." + row.kind, {}, 2);
        show_seats(row);
        for (const std::string& id : row.rules) {
            const decision_rule* rule = state_.find_rule(id);
            add("check.say.rule",
                {in_words(rule->name), "@check.mark." + std::string(veche::name_of(rule->mark))},
                2);
            for (reason_line line : words_of(*state_.parsed_rule(id), row.blocs)) {
                line.depth += 3;
                lines_.push_back(std::move(line));
            }
        }
        show_orders(row);
        if (row.escalate_days && row.parent)
            add("check.say.escalates", {std::to_string(*row.escalate_days), name_of(*row.parent)},
                2);
        for (const std::string_view power : powers) show_power(row, power);
        for (const std::string_view power : sealed_powers) show_power(row, power);
        for (const std::string_view power : call_powers) show_power(row, power);
        for (const std::string_view power : evidence_powers) show_power(row, power);
        for (const std::string_view power : registry_powers) show_power(row, power);
        for (const std::string_view power : barrier_powers) show_power(row, power);
        for (const std::string_view power : beneficiary_powers) show_power(row, power);
        for (const std::string_view power : dose_powers) show_power(row, power);
        for (const std::string_view power : prevention_powers) show_power(row, power);
        for (const std::string_view power : situation_powers) show_power(row, power);
    }

    void show_orders(const body& row) {
        if (row.enacts.empty()) {
            if (!row.rules.empty()) add("check.say.orders_nothing", {}, 2);
            return;
        }
        std::string all;
        for (const std::string& one : row.enacts) all += (all.empty() ? "" : ", ") + one;
        add("check.say.orders", {all}, 2);
        for (const std::string& type : orders_) {
            // Who changes the charter is said by the amendment alone.
            const bool may = type == amend_type ? doc_.amendment && doc_.amendment->body == row.id
                                                : names_command(row.enacts, type);
            if (may) add("command." + type, {}, 3);
        }
    }

    void show_seats(const body& row) {
        std::size_t held = 0;
        std::vector<std::pair<std::string, std::size_t>> by_member;
        const auto electors = state_.electorate(row.id, on_);
        for (const elector& e : electors) {
            if (who_.holds_seat(e.seat)) ++held;
            const member* of = state_.find_member(e.member);
            const std::string name = of ? in_words(of->name) : "";
            if (by_member.empty() || by_member.back().first != name)
                by_member.emplace_back(name, 0);
            ++by_member.back().second;
        }
        if (electors.empty()) return add("check.say.no_seats", {}, 2);
        add("check.say.seats", {std::to_string(electors.size()), std::to_string(held)}, 2);
        for (const auto& [name, seats] : by_member)
            if (!name.empty() && by_member.size() < electors.size())
                add("check.say.seats_of", {name, std::to_string(seats)}, 3);
    }

    void show_power(const body& over, std::string_view power) {
        std::string names;
        for (const office& row : doc_.offices)
            if (gives(row, power, over.id) && !who_.of_office(row.id).empty())
                names += (names.empty() ? "" : "; ") + in_words(row.name);
        if (!names.empty()) add("check.say.power", {"@power." + std::string(power), names}, 2);
    }

    void show_witnesses() {
        if (!doc_.witnesses) return;
        add("check.say.witnesses", {doc_.witnesses->quorum}, 1);
        for (const witness_key& one : doc_.witnesses->keys) {
            if (one.member)
                add("check.say.witness", {one.id, in_words(state_.find_member(*one.member)->name)},
                    2);
            else
                add("check.say.witness_alone", {one.id}, 2);
        }
        for (const witness_group& one : doc_.witnesses->groups) {
            std::string parts;
            for (const std::string& part : one.of) parts += (parts.empty() ? "" : ", ") + part;
            add("check.say.witness_group", {one.id, std::to_string(one.k), parts}, 2);
        }
    }

    void show_amendment() {
        if (!doc_.amendment) return add("check.say.never_amended", {}, 1);
        add("check.say.amended",
            {name_of(doc_.amendment->body), in_words(state_.find_rule(doc_.amendment->rule)->name)},
            1);
    }

    const charter_document& doc_;
    date on_;
    std::string language_;
    const std::vector<std::string>& orders_;
    holders who_;
    state state_;
    std::vector<reason_line> lines_;
};

}  // namespace

std::vector<reason_line> portrait(const charter_document& doc, date on, std::string_view language,
                                  const std::vector<std::string>& orders) {
    return painter(doc, on, language, orders).run();
}

}  // namespace veche::charter
