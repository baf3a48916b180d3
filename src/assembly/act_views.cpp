#include "assembly/act_views.hpp"

#include <algorithm>

#include "assembly/refusal.hpp"
#include "assembly/view_making.hpp"

namespace veche::assembly {

namespace {

/// Title of an office or a seat; empty where the charter has dropped it since.
localized title_of(const charter::state& charter, const std::string& as) {
    if (const charter::office* office = charter.find_office(office_id{as})) return office->name;
    return charter.find_seat(as) ? charter.name_of_seat(as) : localized{};
}

bool may_sign(const charter::state& charter, const std::string& as, const viewer& who) {
    if (who.person.empty()) return false;
    const date today = date_of(who.now);
    return charter.holds_office(who.person, office_id{as}, today) ||
           charter.holds_seat(who.person, as, today);
}

}  // namespace

std::vector<signature_view> show_signatures(const world& w, const decision& d, const viewer& who) {
    std::vector<signature_view> out;
    for (const std::string& as : d.signing.signatories) {
        signature_view& shown = out.emplace_back();
        shown.as = as;
        shown.name = title_of(w.charter, as);
        const act_signature* made = d.signing.find(as);
        shown.may_sign = !made && may_sign(w.charter, as, who);
        if (!made) continue;
        shown.person = made->person;
        shown.person_title = w.charter.title_of(made->person);
        shown.at = made->at;
        shown.seq = static_cast<std::int64_t>(made->seq);
    }
    return out;
}

std::vector<unsigned_act_row> unsigned_acts(const world& w, const std::optional<body_id>& body,
                                            const viewer& who) {
    std::vector<unsigned_act_row> out;
    for (const auto& [id, d] : w.own.decisions) {
        if (d.signing.complete() || (body && d.body != *body)) continue;
        unsigned_act_row& row = out.emplace_back();
        row.id = d.id;
        row.title = w.own.motions.find(d.motion)->title;
        row.body = show_body(w.charter, d.body);
        row.at = d.at;
        row.days = static_cast<std::int32_t>((who.now.ms - d.at.ms) / ms_per_day);
        row.signed_by = static_cast<std::int32_t>(d.signing.signatures.size());
        row.signatories = static_cast<std::int32_t>(d.signing.signatories.size());
        row.holds_back = d.signing.decides_force;
        row.missing = show_signatures(w, d, who);
        std::erase_if(row.missing, [](const signature_view& s) { return s.at.has_value(); });
    }
    std::stable_sort(out.begin(), out.end(),
                     [](const auto& a, const auto& b) { return a.at < b.at; });
    return out;
}

result<unsigned_acts_view> ask(const world& w, const unsigned_acts_query& q, const viewer& who) {
    if (q.body && !w.charter.find_body(*q.body))
        return refuse(refusals::body_unknown, "body", q.body->value);
    return unsigned_acts_view{unsigned_acts(w, q.body, who)};
}

}  // namespace veche::assembly
