// What must hold of a charter. Refusals name the place as table.id.field.

#include <algorithm>

#include "charter/barrier_powers.hpp"
#include "charter/beneficiary_powers.hpp"
#include "charter/call_powers.hpp"
#include "charter/charter.hpp"
#include "charter/dose_powers.hpp"
#include "charter/evidence_powers.hpp"
#include "charter/patterns.hpp"
#include "charter/refusal.hpp"
#include "charter/registry_powers.hpp"
#include "charter/sealed_powers.hpp"
#include "charter/situation_powers.hpp"

namespace veche::charter {

namespace {

bool is_power(std::string_view name) {
    const auto in = [&](const auto& list) {
        return std::find(std::begin(list), std::end(list), name) != std::end(list);
    };
    return in(powers) || in(sealed_powers) || in(call_powers) || in(evidence_powers) ||
           in(registry_powers) || in(beneficiary_powers) || in(barrier_powers) || in(dose_powers) ||
           in(prevention_powers) || in(situation_powers);
}

constexpr std::int32_t max_scale = 9;
constexpr std::int32_t max_seats = 2000;  // in a row
constexpr std::int64_t max_seats_in_all = 20'000;
constexpr std::int32_t max_escalate_days = 3660;
constexpr std::int32_t max_barrier_days = 366;
constexpr std::int32_t max_check_months = 60;
constexpr std::int32_t max_level = 5;  // of the longest scale of measures
constexpr std::size_t max_reminders = 8;
constexpr std::int32_t max_remind_days = 366;
constexpr std::int32_t max_procedure_hours = 8784;
constexpr std::int32_t max_calling_days = 366;
constexpr std::int32_t max_signatories = 32;
constexpr std::int64_t max_stages = 20;

/// IATI 2.03, reporting-org/@ref: an agency of org-id.guide, a dash, the number there; no slash.
bool is_iati_organisation(std::string_view id) {
    const auto dash = id.find('-');
    return is_identifier(id) && dash != std::string_view::npos && dash >= 2 &&
           dash + 1 < id.size() && id.find('/') == std::string_view::npos;
}

/// As open-contracting.org gives them out: six lower-case letters or digits after "ocds-".
bool is_ocid_prefix(std::string_view id) {
    constexpr std::string_view allowed = "abcdefghijklmnopqrstuvwxyz0123456789";
    return id.size() == 11 && id.starts_with("ocds-") &&
           id.find_first_not_of(allowed, 5) == std::string_view::npos;
}

/// As threesixtygiving.org gives them out: a name after "360G-".
bool is_giving_prefix(std::string_view id) {
    return id.starts_with("360G-") && is_identifier(id.substr(5)) &&
           id.find('/') == std::string_view::npos;
}

const std::string& text_of(const std::string& id) {
    return id;
}
template <class Tag>
const std::string& text_of(const id<Tag>& id) {
    return id.value;
}

class checker {
  public:
    explicit checker(const charter_document& doc) : doc_(doc) {}

    result<void> run() {
        VECHE_CHECK(check_ids());
        VECHE_CHECK(check_names());
        VECHE_CHECK(check_members());
        VECHE_CHECK(check_units());
        VECHE_CHECK(check_rules());
        VECHE_CHECK(check_bodies());
        VECHE_CHECK(check_seats());
        VECHE_CHECK(check_offices());
        VECHE_CHECK(check_acts());
        VECHE_CHECK(check_mandates());
        VECHE_CHECK(check_amendment_rule());
        VECHE_CHECK(check_open_data());
        VECHE_CHECK(check_witnesses(doc_));
        return check_electorates();
    }

  private:
    template <class Row>
    result<void> unique(std::string_view table, const std::vector<Row>& rows,
                        std::set<std::string>& into) {
        for (std::size_t i = 0; i < rows.size(); ++i) {
            const std::string& id = text_of(rows[i].id);
            const std::string place = std::string(table) + "." + std::to_string(i) + ".id";
            if (!is_identifier(id)) return refuse(refusals::id_malformed, place, id);
            if (!into.insert(id).second) return refuse(refusals::id_taken, place, id);
        }
        return {};
    }

    result<void> check_ids() {
        if (!is_identifier(doc_.id)) return refuse(refusals::id_malformed, "id", doc_.id);
        std::set<std::string> mandates, seat_rows;
        VECHE_CHECK(unique("units", doc_.units, units_));
        VECHE_CHECK(unique("languages", doc_.languages, languages_));
        VECHE_CHECK(unique("members", doc_.members, members_));
        VECHE_CHECK(unique("bodies", doc_.bodies, bodies_));
        VECHE_CHECK(unique("seats", doc_.seats, seat_rows));
        VECHE_CHECK(unique("offices", doc_.offices, offices_));
        VECHE_CHECK(unique("rules", doc_.rules, rules_));
        return unique("mandates", doc_.mandates, mandates);
    }

    result<void> check_name(const localized& name, const std::string& place, bool required) const {
        if (required && name.empty()) return refuse(refusals::name_missing, place);
        for (const auto& [language, words] : name) {
            if (!languages_.empty() && !languages_.contains(language))
                return refuse(refusals::language_unknown, place, language);
            if (words.empty()) return refuse(refusals::name_missing, place + "." + language);
        }
        return {};
    }

    template <class Row>
    result<void> names_of(std::string_view table, const std::vector<Row>& rows) const {
        for (const Row& row : rows)
            VECHE_CHECK(
                check_name(row.name, std::string(table) + "." + text_of(row.id) + ".name", true));
        return {};
    }

    result<void> check_names() const {
        VECHE_CHECK(check_name(doc_.name, "name", true));
        VECHE_CHECK(check_name(doc_.note, "note", false));
        VECHE_CHECK(names_of("units", doc_.units));
        VECHE_CHECK(names_of("members", doc_.members));
        VECHE_CHECK(names_of("bodies", doc_.bodies));
        VECHE_CHECK(names_of("seats", doc_.seats));
        VECHE_CHECK(names_of("offices", doc_.offices));
        VECHE_CHECK(names_of("rules", doc_.rules));
        for (const body& row : doc_.bodies)
            VECHE_CHECK(check_name(row.about, "bodies." + row.id.value + ".about", false));
        return {};
    }

    static result<void> check_days(date from, const std::optional<date>& until,
                                   const std::string& place) {
        if (until && *until < from)
            return refuse(refusals::days_reversed, place, to_text(from), to_text(*until));
        return {};
    }

    static result<void> check_range(std::int64_t value, std::int64_t least, std::int64_t most,
                                    const std::string& place) {
        if (value < least || value > most)
            return refuse(refusals::number_out_of_range, place, std::to_string(value),
                          std::to_string(least), std::to_string(most));
        return {};
    }

    static result<void> known(const std::set<std::string>& in, std::string_view what,
                              const std::string& id, const std::string& place) {
        if (!in.contains(id))
            return refuse(refusals::reference_unknown, place, std::string(what), id);
        return {};
    }

    result<void> check_members() {
        for (const member& row : doc_.members) {
            const std::string place = "members." + row.id.value;
            VECHE_CHECK(check_days(row.from, row.until, place + ".until"));
            if (row.currency)
                VECHE_CHECK(known(units_, "unit", row.currency->value, place + ".currency"));
            std::set<std::pair<std::string, date>> seen;
            for (const weight& w : row.weights) {
                if (!is_identifier(w.name) || w.name == "count")
                    return refuse(refusals::id_malformed, place + ".weights", w.name);
                VECHE_CHECK(check_range(w.value, 0, json::max_integer, place + ".weights"));
                if (!seen.emplace(w.name, w.from).second)
                    return refuse(refusals::weight_repeated, place + ".weights", w.name,
                                  to_text(w.from));
                around_.weights.insert(w.name);
            }
        }
        around_.attributes["st"] = members_;
        return {};
    }

    result<void> check_units() const {
        for (const unit& row : doc_.units)
            VECHE_CHECK(check_range(row.scale, 0, max_scale, "units." + row.id.value + ".scale"));
        return {};
    }

    result<void> check_rules() {
        for (const decision_rule& row : doc_.rules) {
            auto read = parse_rule(row.rule.bytes);
            if (read)
                if (auto sound = check_rule(*read, around_); !sound)
                    read = tl::unexpected(std::move(sound).error());
            if (!read) {
                refusal why = std::move(read).error();
                why.field =
                    "rules." + row.id + ".rule" + (why.field.empty() ? "" : "." + why.field);
                return tl::unexpected(std::move(why));
            }
            parsed_.emplace(row.id, *std::move(read));
        }
        return {};
    }

    result<void> check_bodies() const {
        for (const body& row : doc_.bodies) {
            const std::string place = "bodies." + row.id.value;
            if (row.parent)
                VECHE_CHECK(known(bodies_, "body", row.parent->value, place + ".parent"));
            for (const std::string& id : row.rules)
                VECHE_CHECK(known(rules_, "rule", id, place + ".rules"));
            VECHE_CHECK(check_patterns(row.enacts, place + ".enacts"));
            if (row.escalate_days) {
                if (!row.parent) return refuse(refusals::parent_missing, place + ".escalate_days");
                VECHE_CHECK(check_range(*row.escalate_days, 1, max_escalate_days,
                                        place + ".escalate_days"));
            }
            VECHE_CHECK(check_reminders(row.remind_days, place + ".remind_days"));
            if (row.motions) VECHE_CHECK(check_procedure(row, *row.motions, place + ".motions"));
            if (row.sessions) VECHE_CHECK(check_calling(*row.sessions, place + ".sessions"));
            if (row.secret) VECHE_CHECK(check_secret(row, *row.secret, place + ".secret"));
            if (row.votes) VECHE_CHECK(check_procedure(row, *row.votes, place + ".votes"));
            if (row.barriers) VECHE_CHECK(check_days(*row.barriers, place + ".barriers"));
            if (row.prevention)
                VECHE_CHECK(check_prevention(*row.prevention, place + ".prevention"));
        }
        VECHE_CHECK(check_patterns(doc_.unsigned_types, "unsigned_types"));
        return check_circles();
    }

    /// Few, and each below the one before: two reminders of one day would be one.
    static result<void> check_reminders(const std::vector<std::int32_t>& days,
                                        const std::string& place) {
        VECHE_CHECK(check_range(static_cast<std::int64_t>(days.size()), 0, max_reminders, place));
        std::int32_t most = max_remind_days;
        for (const std::int32_t one : days) {
            VECHE_CHECK(check_range(one, 1, most, place));
            most = one - 1;
        }
        return {};
    }

    static result<void> check_procedure(const body& of, const motion_procedure& how,
                                        const std::string& place) {
        if (how.amendment_hours)
            VECHE_CHECK(check_range(*how.amendment_hours, 0, max_procedure_hours,
                                    place + ".amendment_hours"));
        if (how.motion_hours)
            VECHE_CHECK(
                check_range(*how.motion_hours, 0, max_procedure_hours, place + ".motion_hours"));
        if (how.reconsider_hours)
            VECHE_CHECK(check_range(*how.reconsider_hours, 1, max_procedure_hours,
                                    place + ".reconsider_hours"));
        // Urgency is asked only of what comes after a time that ends.
        if ((how.urgency_rule || how.urgency_supporters) && !how.motion_hours)
            return refuse(refusals::motion_hours_missing, place + ".motion_hours");
        VECHE_CHECK(rule_of(of, how.urgency_rule, place + ".urgency_rule"));
        return rule_of(of, how.amendment_rule, place + ".amendment_rule");
    }

    static result<void> check_calling(const session_procedure& how, const std::string& place) {
        if (how.notice_days)
            VECHE_CHECK(check_range(*how.notice_days, 0, max_calling_days, place + ".notice_days"));
        if (how.paper_days)
            VECHE_CHECK(check_range(*how.paper_days, 0, max_calling_days, place + ".paper_days"));
        return {};
    }

    static result<void> check_days(const barrier_procedure& how, const std::string& place) {
        const std::pair<const char*, const std::optional<std::int32_t>*> all[] = {
            {".intake_days", &how.intake_days},       {".position_days", &how.position_days},
            {".more_time_days", &how.more_time_days}, {".finding_days", &how.finding_days},
            {".panel_days", &how.panel_days},         {".plan_days", &how.plan_days},
            {".claim_days", &how.claim_days},         {".confirm_days", &how.confirm_days},
            {".check_days", &how.check_days},         {".comment_days", &how.comment_days},
            {".reply_days", &how.reply_days}};
        for (const auto& [name, days] : all)
            if (*days) VECHE_CHECK(check_range(**days, 1, max_barrier_days, place + name));
        if (how.check_months)
            VECHE_CHECK(
                check_range(*how.check_months, 1, max_check_months, place + ".check_months"));
        return {};
    }

    /// Neighbours are of two members; numbers can mean something.
    [[nodiscard]] result<void> check_prevention(const prevention_procedure& how,
                                                const std::string& place) const {
        for (std::size_t i = 0; i < how.neighbours.size(); ++i) {
            const neighbour_pair& one = how.neighbours[i];
            const std::string at = place + ".neighbours." + std::to_string(i);
            VECHE_CHECK(known(members_, "member", one.a.value, at + ".a"));
            VECHE_CHECK(known(members_, "member", one.b.value, at + ".b"));
            if (one.a == one.b) return refuse(refusals::neighbour_itself, at + ".b");
        }
        if (how.door_open)
            VECHE_CHECK(check_range(*how.door_open, 0, max_level, place + ".door_open"));
        const std::tuple<const char*, const std::optional<std::int32_t>*, std::int32_t> all[] = {
            {".gap", &how.gap, max_level},
            {".calendar_days", &how.calendar_days, max_barrier_days},
            {".door_closed", &how.door_closed, max_level},
            {".settle_days", &how.settle_days, max_barrier_days}};
        for (const auto& [name, value, most] : all)
            if (*value) VECHE_CHECK(check_range(**value, 1, most, place + name));
        return {};
    }

    /// Only persons vote in secret, and no trustee decrypts alone.
    [[nodiscard]] result<void> check_secret(const body& of, const secret_procedure& how,
                                            const std::string& place) const {
        if (of.blocs != bloc_mode::none)
            return refuse(refusals::secret_of_blocs, place, of.id.value);
        VECHE_CHECK(
            check_range(how.floor, lowest_secret_floor, max_seats_in_all, place + ".floor"));
        for (const office_id& id : how.trustees)
            VECHE_CHECK(known(offices_, "office", id.value, place + ".trustees"));
        const auto count = static_cast<std::int64_t>(how.trustees.size());
        VECHE_CHECK(check_range(count, 0, most_trustees, place + ".trustees"));
        return check_range(how.threshold, lowest_secret_threshold,
                           count > 0 ? count : most_trustees, place + ".threshold");
    }

    result<void> check_procedure(const body& of, const vote_procedure& how,
                                 const std::string& place) const {
        if (how.corrections)
            VECHE_CHECK(check_range(how.corrections->hours, 1, max_procedure_hours,
                                    place + ".corrections.hours"));
        if (how.proxies)
            VECHE_CHECK(check_range(how.proxies->most, 1, max_seats, place + ".proxies.most"));
        if (how.written_hours)
            VECHE_CHECK(
                check_range(*how.written_hours, 1, max_procedure_hours, place + ".written_hours"));
        for (std::size_t i = 0; i < how.rounds.size(); ++i)
            VECHE_CHECK(
                rule_of(of, how.rounds[i].rule, place + ".rounds." + std::to_string(i) + ".rule"));
        if (!how.split) return {};
        // Some rule of the body must be able to count the parts.
        if (std::none_of(of.rules.begin(), of.rules.end(), [&](const std::string& id) {
                return may_split(parsed_.at(id), *how.split, of.blocs);
            }))
            return refuse(refusals::split_unusable, place + ".split", *how.split, of.id.value);
        return {};
    }

    /// One of the body's own rules, whose voters are checked with it.
    static result<void> rule_of(const body& of, const std::optional<std::string>& rule,
                                const std::string& place) {
        if (rule && std::find(of.rules.begin(), of.rules.end(), *rule) == of.rules.end())
            return refuse(refusals::rule_not_of_body, place, *rule, of.id.value);
        return {};
    }

    static result<void> check_patterns(const std::vector<std::string>& patterns,
                                       const std::string& place) {
        for (const std::string& pattern : patterns)
            if (!is_command_pattern(pattern))
                return refuse(refusals::command_pattern, place, pattern);
        return {};
    }

    result<void> check_circles() const {
        std::map<std::string_view, std::string_view> above;
        for (const body& row : doc_.bodies)
            if (row.parent) above.emplace(row.id.value, row.parent->value);
        for (const body& row : doc_.bodies) {
            std::size_t steps = 0;
            for (auto up = above.find(row.id.value); up != above.end(); up = above.find(up->second))
                if (++steps > doc_.bodies.size())
                    return refuse(refusals::parent_circle, "bodies." + row.id.value + ".parent",
                                  row.id.value);
        }
        return {};
    }

    result<void> check_seats() {
        for (const seat& row : doc_.seats) {
            const std::string place = "seats." + row.id;
            VECHE_CHECK(known(bodies_, "body", row.body.value, place + ".body"));
            if (row.member)
                VECHE_CHECK(known(members_, "member", row.member->value, place + ".member"));
            if (row.count) VECHE_CHECK(check_range(*row.count, 1, max_seats, place + ".count"));
            for (std::int32_t n = 1; n <= row.count.value_or(1); ++n) {
                const std::string id = row.count ? row.id + "-" + std::to_string(n) : row.id;
                if (!is_identifier(id)) return refuse(refusals::id_malformed, place, id);
                if (!seats_.emplace(id, row.body.value).second)
                    return refuse(refusals::id_taken, place, id);
            }
            VECHE_CHECK(check_range(static_cast<std::int64_t>(seats_.size()), 0, max_seats_in_all,
                                    place + ".count"));
        }
        return {};
    }

    result<void> check_offices() const {
        for (const office& row : doc_.offices) {
            const std::string place = "offices." + row.id.value;
            VECHE_CHECK(known(bodies_, "body", row.body.value, place + ".body"));
            if (row.member)
                VECHE_CHECK(known(members_, "member", row.member->value, place + ".member"));
            for (const std::string& power : row.powers)
                if (!is_power(power))
                    return refuse(refusals::power_unknown, place + ".powers", power);
            for (const body_id& over : row.over)
                VECHE_CHECK(known(bodies_, "body", over.value, place + ".over"));
            // An actor names an office or a seat as authority: one name must not mean both.
            if (seats_.contains(row.id.value))
                return refuse(refusals::id_taken, place, row.id.value);
        }
        return {};
    }

    /// More supporters than the body has seats besides the mover's would never come together.
    [[nodiscard]] result<void> check_supporters(const body& of) const {
        if (!of.motions) return {};
        const auto seats = std::count_if(seats_.begin(), seats_.end(), [&](const auto& seat) {
            return seat.second == of.id.value;
        });
        const std::string place = "bodies." + of.id.value + ".motions.";
        if (of.motions->urgency_supporters)
            VECHE_CHECK(check_range(*of.motions->urgency_supporters, 1, seats,
                                    place + "urgency_supporters"));
        VECHE_CHECK(check_stages(of.motions->stages, place + "stages"));
        if (of.motions->supporters)
            VECHE_CHECK(check_range(*of.motions->supporters, 0, seats, place + "supporters"));
        if (of.motions->amendment_supporters)
            VECHE_CHECK(check_range(*of.motions->amendment_supporters, 0, seats,
                                    place + "amendment_supporters"));
        return {};
    }

    [[nodiscard]] result<void> check_stages(const std::vector<motion_stage>& stages,
                                            const std::string& place) const {
        VECHE_CHECK(check_range(static_cast<std::int64_t>(stages.size()), 0, max_stages, place));
        std::set<std::string> ids;
        for (const motion_stage& stage : stages) {
            if (!is_identifier(stage.id)) return refuse(refusals::id_malformed, place, stage.id);
            if (!ids.insert(stage.id).second) return refuse(refusals::id_taken, place, stage.id);
            VECHE_CHECK(check_name(stage.name, place + "." + stage.id + ".name", true));
            for (const std::string& one : stage.by)
                if (!seats_.contains(one) && !offices_.contains(one))
                    return refuse(refusals::reference_unknown, place + "." + stage.id + ".by",
                                  "office or seat", one);
        }
        return {};
    }

    result<void> check_acts() const {
        for (const body& row : doc_.bodies) {
            VECHE_CHECK(check_supporters(row));
            if (!row.acts) continue;
            const std::string place = "bodies." + row.id.value + ".acts.";
            const auto& by = row.acts->signatories;
            for (auto one = by.begin(); one != by.end(); ++one) {
                if (!seats_.contains(*one) && !offices_.contains(*one))
                    return refuse(refusals::reference_unknown, place + "signatories",
                                  "office or seat", *one);
                if (std::find(by.begin(), one, *one) != one)
                    return refuse(refusals::signatory_repeated, place + "signatories", *one);
            }
            VECHE_CHECK(check_range(static_cast<std::int64_t>(by.size()), 0, max_signatories,
                                    place + "signatories"));
            if (by.empty() && row.acts->in_force == entry_into_force::last_signature)
                return refuse(refusals::signatories_missing, place + "in_force");
        }
        return {};
    }

    result<void> check_mandates() const {
        std::map<std::string_view, std::vector<const mandate*>> by_seat;
        for (const mandate& row : doc_.mandates) {
            const std::string place = "mandates." + row.id;
            if (!is_identifier(row.person.value))
                return refuse(refusals::id_malformed, place + ".person", row.person.value);
            if (row.seat.has_value() == row.office.has_value())
                return refuse(refusals::mandate_aim, place);
            VECHE_CHECK(check_days(row.from, row.until, place + ".until"));
            if (row.office)
                VECHE_CHECK(known(offices_, "office", row.office->value, place + ".office"));
            if (!row.seat) continue;
            if (!seats_.contains(*row.seat))
                return refuse(refusals::reference_unknown, place + ".seat", "seat", *row.seat);
            for (const mandate* other : by_seat[*row.seat])
                if (overlap(row, *other))
                    return refuse(refusals::seat_held, place + ".seat", *row.seat,
                                  other->person.value);
            by_seat[*row.seat].push_back(&row);
        }
        return {};
    }

    static bool overlap(const mandate& a, const mandate& b) {
        return (!a.until || b.from <= *a.until) && (!b.until || a.from <= *b.until);
    }

    /// The form only: whether a register knows them, no charter can tell.
    result<void> check_open_data() const {
        const auto proper = [](const std::optional<std::string>& id,
                               bool (*holds)(std::string_view), const char* field,
                               const char* example) -> result<void> {
            if (!id || holds(*id)) return {};
            return refuse(refusals::open_id_malformed, std::string("open_data.") + field, *id,
                          std::string(example));
        };
        const open_data_ids ids = doc_.open_data.value_or(open_data_ids{});
        VECHE_CHECK(proper(ids.iati_org, is_iati_organisation, "iati_org", "XM-DAC-41114"));
        VECHE_CHECK(proper(ids.ocid_prefix, is_ocid_prefix, "ocid_prefix", "ocds-213czf"));
        return proper(ids.giving_prefix, is_giving_prefix, "giving_prefix", "360G-example");
    }

    result<void> check_amendment_rule() const {
        if (!doc_.amendment) return {};
        const std::string& by = doc_.amendment->body.value;
        VECHE_CHECK(known(bodies_, "body", by, "amendment.body"));
        VECHE_CHECK(known(rules_, "rule", doc_.amendment->rule, "amendment.rule"));
        for (const body& row : doc_.bodies) {
            if (row.id.value != by) continue;
            if (std::find(row.rules.begin(), row.rules.end(), doc_.amendment->rule) ==
                row.rules.end())
                return refuse(refusals::rule_not_of_body, "amendment.rule", doc_.amendment->rule,
                              by);
        }
        return {};
    }

    /// Law 10 with the real voters: each rule of a body is tried on the body's own seats.
    result<void> check_electorates() const {
        for (const body& row : doc_.bodies) {
            const auto voters = voters_in(row);
            if (voters.empty()) continue;
            for (const std::string& id : row.rules)
                VECHE_CHECK(check_electorate(row, id, parsed_.at(id), voters));
        }
        return {};
    }

    /// All seats of the body, each member with every weight it ever has.
    [[nodiscard]] std::vector<voter> voters_in(const body& in) const {
        std::map<std::string_view, const member*> members;
        for (const member& m : doc_.members) members.emplace(m.id.value, &m);
        std::vector<voter> out;
        for (const seat& row : doc_.seats) {
            if (row.body != in.id) continue;
            for (std::int32_t n = 1; n <= row.count.value_or(1); ++n) {
                voter v{row.count ? row.id + "-" + std::to_string(n) : row.id, {}, {}};
                if (row.member) {
                    v.attributes.emplace("st", row.member->value);
                    for (const weight& w : members.at(row.member->value)->weights)
                        v.weights[w.name] = w.value;
                }
                out.push_back(std::move(v));
            }
        }
        return out;
    }

    static result<void> check_electorate(const body& in, const std::string& id, const rule& r,
                                         const std::vector<voter>& voters) {
        const std::string place = "bodies." + in.id.value + ".rules";
        for (const std::string& weight : weights_used(r)) {
            std::set<std::string> counted;
            for (const voter& v : voters) {
                const auto group = v.attributes.find("st");
                const std::string& who = group == v.attributes.end() ? v.id : group->second;
                if (!v.weights.contains(weight))
                    return refuse(refusals::weight_missing, place, id, weight, who);
                if (!counted.insert(who).second && in.blocs == bloc_mode::none)
                    return refuse(refusals::weight_counted_twice, place, id, weight, who);
            }
        }
        const auto named = voters_named(r);
        for (const std::string& name : named)
            if (std::none_of(voters.begin(), voters.end(), [&](const voter& v) {
                    const auto group = v.attributes.find("st");
                    const bool bloc = in.blocs != bloc_mode::none && group != v.attributes.end();
                    return (bloc ? group->second : v.id) == name;
                }))
                return refuse(refusals::rule_voter_unknown, place, name);
        if (auto decides = check_rule_decides(r, voters, in.blocs); !decides) {
            decides.error().field = place;
            return decides;
        }
        return {};
    }

    const charter_document& doc_;
    std::set<std::string> units_, languages_, members_, bodies_, offices_, rules_;
    std::map<std::string, std::string> seats_;  // expanded id and body
    rule_surroundings around_;
    std::map<std::string, rule> parsed_;
};

}  // namespace

result<void> check(const charter_document& document) {
    return checker(document).run();
}

}  // namespace veche::charter
