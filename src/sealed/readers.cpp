#include "sealed/readers.hpp"

#include <algorithm>

#include "sealed/refusal.hpp"

namespace veche::sealed {
namespace {

bool has(const charter::office& office, std::string_view power) {
    return std::find(office.powers.begin(), office.powers.end(), power) != office.powers.end();
}

bool reaches(const charter::office& office, const body_id& body) {
    return office.body == body ||
           std::find(office.over.begin(), office.over.end(), body) != office.over.end();
}

bool reaches_any(const charter::office& office, const sealed_text& t) {
    return std::any_of(t.bodies.begin(), t.bodies.end(),
                       [&](const body_id& body) { return reaches(office, body); });
}

std::optional<std::string> office_right(const charter::state& c, const sealed_text& t,
                                        const person_id& person, date on, std::string_view power) {
    if (person.empty()) return std::nullopt;
    for (const charter::office* office : c.offices_of(person, on))
        if (has(*office, power) && reaches_any(*office, t)) return office->id.value;
    return std::nullopt;
}

}  // namespace

std::string_view reading_power(sealed_class kind) {
    return kind == sealed_class::closed ? "read_closed" : "read_personal";
}

std::vector<reader> readers_of(const charter::state& c, const sealed_text& t) {
    std::vector<reader> out;
    if (t.seal.class_ == sealed_class::closed)
        for (const body_id& body : t.bodies) out.push_back({body, std::nullopt, ""});
    for (const charter::office& office : c.document().offices) {
        if (!reaches_any(office, t)) continue;
        for (const std::string_view power :
             {reading_power(t.seal.class_), std::string_view("unseal")})
            if (has(office, power)) {
                out.push_back({office.body, office.id, std::string(power)});
                break;
            }
    }
    return out;
}

std::optional<std::string> reading_right(const charter::state& c, const sealed_text& t,
                                         const person_id& person, date on) {
    if (person.empty()) return std::nullopt;
    for (const std::string_view power : {reading_power(t.seal.class_), std::string_view("unseal")})
        if (auto right = office_right(c, t, person, on, power)) return right;
    if (t.seal.class_ == sealed_class::closed)
        for (const body_id& body : t.bodies)
            if (auto seats = c.seats_of(person, body, on); !seats.empty())
                return std::move(seats.front());
    return std::nullopt;
}

std::optional<std::string> unsealing_right(const charter::state& c, const sealed_text& t,
                                           const person_id& person, date on) {
    return office_right(c, t, person, on, "unseal");
}

result<const sealed_text*> readable(const world& w, const sealed_id& id, const viewer& who) {
    const sealed_text* t = w.own.texts.find(id);
    if (!t) return refuse(refusals::text_unknown, "sealed", id.value);
    if (t->status == text_status::disclosed) return t;
    if (!reading_right(w.charter, *t, who.person, date_of(who.now))) {
        std::string named;
        for (const reader& one : readers_of(w.charter, *t))
            named += (named.empty() ? "" : ", ") +
                     (one.office ? one.office->value : "seats of " + one.body.value);
        return refuse(refusals::may_not_read, "sealed", named);
    }
    return t;
}

}  // namespace veche::sealed
