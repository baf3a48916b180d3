// The founding's own checks, then bodies one by one, then the union as a whole.

#include "charter/remarks.hpp"

#include <algorithm>

#include "charter/body_check.hpp"
#include "charter/patterns.hpp"
#include "charter/reasons.hpp"

namespace veche::charter {

namespace {

class union_checker {
  public:
    union_checker(const check_setting& in, remark_list& into)
        : in_(in), doc_(in.charter.document()), into_(into) {}

    void run() {
        check_amendment();
        check_offices();
        check_powers();
        check_rules();
        check_members();
        check_languages();
        check_witnesses();
        check_zone();
    }

  private:
    void check_amendment() {
        if (!doc_.amendment)
            return into_.add(severity::will_surprise, "check.never_amended", {}, "");
        const std::string& by = doc_.amendment->body.value;
        const std::string& rule = doc_.amendment->rule;
        if (in_.charter.find_rule(rule)->mark == source_mark::config)
            return into_.add(severity::cannot_work, "check.amendment_config", {by, rule},
                             "amendment");
        // Whatever keeps the body from deciding keeps the charter from changing.
        for (const remark& found : into_.all()) {
            if (found.args.empty() || found.args.front() != by) continue;
            const bool of_rule = found.args.size() > 1 && found.args[1] == rule;
            const bool whole = found.code.starts_with("check.nobody.") ||
                               found.code == "check.body_vacant" ||
                               found.code == "check.rules_without_seats";
            const bool stops = found.severity == severity::cannot_work ||
                               found.code == "check.body_vacant" ||
                               found.code == "check.rules_without_seats";
            if (stops && (whole || of_rule))
                return into_.add(severity::cannot_work, "check.amendment_blocked",
                                 {by, rule, std::to_string(found.line)}, "amendment");
        }
    }

    void check_offices() {
        for (const office& row : doc_.offices)
            if (in_.who.of_office(row.id).empty())
                into_.add(row.powers.empty() ? severity::note : severity::will_surprise,
                          "check.office_vacant", {row.id.value}, "offices." + row.id.value);
    }

    [[nodiscard]] bool somebody(std::string_view power) const {
        return std::any_of(doc_.bodies.begin(), doc_.bodies.end(),
                           [&](const body& b) { return !in_.who.with_power(power, b.id).empty(); });
    }

    void check_powers() {
        const bool money = std::any_of(doc_.units.begin(), doc_.units.end(),
                                       [](const unit& u) { return u.kind == unit_kind::money; });
        const bool appropriates =
            std::any_of(doc_.bodies.begin(), doc_.bodies.end(),
                        [](const body& b) { return names_command(b.enacts, "fund.appropriate"); });
        if (!doc_.units.empty() && !appropriates)
            into_.add(severity::will_surprise, "check.nobody_appropriates", {}, "units");
        if (money && !somebody("money"))
            into_.add(severity::will_surprise, "check.nobody_records", {}, "offices");
        if (!somebody("accounts"))
            into_.add(severity::will_surprise, "check.nobody_accounts", {}, "offices");
        if (!somebody("unseal")) into_.add(severity::note, "check.nobody_unseals", {}, "offices");
    }

    void check_rules() {
        std::set<std::string> used;
        for (const body& b : doc_.bodies) used.insert(b.rules.begin(), b.rules.end());
        for (const decision_rule& row : doc_.rules) {
            const std::string place = "rules." + row.id;
            if (!used.contains(row.id))
                into_.add(severity::note, "check.rule_unused", {row.id}, place);
            else if (row.mark == source_mark::memory)
                into_.add(severity::note, "check.rule_from_memory", {row.id}, place + ".mark");
            else if (row.mark == source_mark::illustrative)
                into_.add(severity::note, "check.rule_illustrative", {row.id}, place + ".mark");
        }
    }

    void check_members() {
        for (const member& row : doc_.members) {
            const bool over = row.until && *row.until < in_.on;
            const bool seated = std::any_of(doc_.seats.begin(), doc_.seats.end(),
                                            [&](const seat& s) { return s.member == row.id; });
            if (!over && !seated)
                into_.add(severity::note, "check.member_without_seat", {row.id.value},
                          "members." + row.id.value);
        }
    }

    /// Calls `visit(name, place)` for every text of the document that has one by language.
    template <class Visit>
    void each_text(const Visit& visit) const {
        visit(doc_.name, std::string("name"));
        if (!doc_.note.empty()) visit(doc_.note, std::string("note"));
        const auto names = [&](const std::string& table, const auto& rows) {
            for (const auto& row : rows) visit(row.name, table + "." + id_of(row.id) + ".name");
        };
        names("units", doc_.units);
        names("members", doc_.members);
        names("bodies", doc_.bodies);
        names("seats", doc_.seats);
        names("offices", doc_.offices);
        names("rules", doc_.rules);
        for (const body& b : doc_.bodies)
            if (!b.about.empty()) visit(b.about, "bodies." + b.id.value + ".about");
    }
    static const std::string& id_of(const std::string& id) { return id; }
    template <class Tag>
    static const std::string& id_of(const id<Tag>& id) {
        return id.value;
    }

    void check_languages() {
        for (const language& row : doc_.languages) {
            std::size_t all = 0;
            std::size_t missing = 0;
            std::string first;
            each_text([&](const localized& text, const std::string& place) {
                ++all;
                if (text.contains(row.id)) return;
                if (missing++ == 0) first = place;
            });
            if (missing == all)
                into_.add(severity::will_surprise, "check.language_empty", {row.id},
                          "languages." + row.id);
            else if (missing > 0)
                into_.add(severity::will_surprise, "check.language_missing",
                          {row.id, std::to_string(missing), std::to_string(all)}, first);
        }
    }

    void check_witnesses() {
        if (!doc_.witnesses) return;
        if (doc_.witnesses->quorum == "none")
            into_.add(severity::note, "check.witnesses_nobody", {}, "witnesses.quorum");
        for (const member_id& one : members_alone_enough(*doc_.witnesses))
            into_.add(severity::will_surprise, "check.witnesses_one_member", {one.value},
                      "witnesses.quorum");
        for (const witness_key& one : doc_.witnesses->keys)
            if (!one.url)
                into_.add(severity::will_surprise, "check.witness_without_address", {one.id},
                          "witnesses.keys." + one.id);
    }

    void check_zone() {
        if (in_.is_zone != nullptr && doc_.zone && !in_.is_zone(*doc_.zone))
            into_.add(severity::will_surprise, "check.zone_unknown", {*doc_.zone}, "zone");
    }

    const check_setting& in_;
    const charter_document& doc_;
    remark_list& into_;
};

}  // namespace

std::vector<remark> remarks_on(const charter_text& file, date on,
                               const std::vector<std::string>& orders,
                               bool (*is_zone)(std::string_view)) {
    remark_list out(file);
    if (const auto sound = check(file.document); !sound) {
        out.add(sound.error());
        return out.take();
    }
    state s;
    s.found(file.document);
    const holders who(file.document, on);
    const check_setting in{s, who, on, orders, is_zone};
    for (const body& b : file.document.bodies) check_body(in, b, out);
    union_checker(in, out).run();
    std::vector<remark> all = out.take();
    std::stable_sort(all.begin(), all.end(), [](const remark& a, const remark& b) {
        return std::tie(a.severity, a.line, a.column) < std::tie(b.severity, b.line, b.column);
    });
    return all;
}

reason_line line_of(const remark& r) {
    return {r.code, r.args, {}, 0, false, r.words};
}

}  // namespace veche::charter
