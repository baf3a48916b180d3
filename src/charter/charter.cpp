#include "charter/charter.hpp"

#include <algorithm>
#include <mutex>
#include <unordered_map>

#include "kernel/check.hpp"

namespace veche::charter {

namespace {

std::string expanded_id(const seat& row, std::int32_t number) {
    return row.count ? row.id + "-" + std::to_string(number) : row.id;
}

bool covers(date from, const std::optional<date>& until, date day) {
    return from <= day && (!until || day <= *until);
}

/// The latest value of each name that has begun by that day.
std::map<std::string, std::int64_t> weights_on(const member& m, date day) {
    std::map<std::string, const weight*> latest;
    for (const weight& w : m.weights) {
        if (w.from > day) continue;
        const weight*& held = latest[w.name];
        if (!held || held->from < w.from) held = &w;
    }
    std::map<std::string, std::int64_t> out;
    for (const auto& [name, w] : latest) out.emplace(name, w->value);
    return out;
}

template <class Map>
auto find_in(const Map& map, std::string_view id) -> typename Map::mapped_type {
    const auto found = map.find(id);
    return found == map.end() ? nullptr : found->second;
}

}  // namespace

/// Everything looked up, made once for each document. Keys point into the document.
struct state::index {
    struct place {
        std::string id;
        const seat* row;
        std::int32_t number;  ///< in its row, from 1
    };
    using mandates = std::vector<const mandate*>;
    template <class T>
    using table = std::map<std::string_view, const T*>;

    table<body> bodies;
    table<charter::member> members;
    table<office> offices;
    table<decision_rule> rules;
    table<unit> units;
    table<mandate> mandates_by_id;
    std::map<std::string, rule, std::less<>> parsed;
    std::map<std::string_view, std::vector<place>>
        places;                                       ///< by body, in the order of the charter
    std::map<std::string, place, std::less<>> seats;  ///< by expanded id
    /// Asked for every ballot; never gone through, so the hash order is nobody's business.
    std::unordered_map<std::string_view, mandates> of_seat, of_office, of_person;
    std::vector<std::string_view> persons;  ///< in the order of their first mandates

    explicit index(const charter_document& doc) {
        for (const auto& row : doc.bodies) bodies.emplace(row.id.value, &row);
        for (const auto& row : doc.members) members.emplace(row.id.value, &row);
        for (const auto& row : doc.offices) offices.emplace(row.id.value, &row);
        for (const auto& row : doc.units) units.emplace(row.id.value, &row);
        for (const auto& row : doc.rules) {
            rules.emplace(row.id, &row);
            auto read = parse_rule(row.rule.bytes);
            VECHE_ENSURE(read.has_value(), "rules of a charter were checked on the way in");
            parsed.emplace(row.id, *std::move(read));
        }
        for (const auto& row : doc.seats) add_seat(row);
        for (const auto& row : doc.mandates) add_mandate(row);
    }

    void add_seat(const seat& row) {
        for (std::int32_t n = 1; n <= row.count.value_or(1); ++n) {
            const place made{expanded_id(row, n), &row, n};
            places[row.body.value].push_back(made);
            seats.emplace(made.id, made);
        }
    }

    void add_mandate(const mandate& row) {
        mandates_by_id.emplace(row.id, &row);
        if (row.seat) of_seat[*row.seat].push_back(&row);
        if (row.office) of_office[row.office->value].push_back(&row);
        auto& own = of_person[row.person.value];
        if (own.empty()) persons.push_back(row.person.value);
        own.push_back(&row);
    }

    [[nodiscard]] const mandate* holding(std::string_view seat, date on) const {
        const auto held = of_seat.find(seat);
        if (held == of_seat.end()) return nullptr;
        const auto now = std::find_if(held->second.begin(), held->second.end(),
                                      [&](auto* m) { return covers(m->from, m->until, on); });
        return now == held->second.end() ? nullptr : *now;
    }

    /// Electorates that were asked for: opening a vote asks twice, and the next one mostly for the
    /// same. They follow from the document, so nobody sees whether they were kept.
    struct electorates {
        std::mutex mutex;
        std::map<std::pair<std::string, date>, state::electors> found;
    };
    mutable electorates kept;
};

std::vector<voter> voters_of(std::span<const elector> electors) {
    std::vector<voter> out;
    out.reserve(electors.size());
    for (const elector& e : electors) {
        voter& v = out.emplace_back();
        v.id = e.seat;
        if (!e.member.empty()) v.attributes.emplace("st", e.member.value);
        v.weights = e.weights;
    }
    return out;
}

const charter_document& state::document() const {
    VECHE_ENSURE(document_, "a union is founded before its charter is read");
    return *document_;
}

const body* state::find_body(const body_id& id) const {
    return index_ ? find_in(index_->bodies, id.value) : nullptr;
}
const member* state::find_member(const member_id& id) const {
    return index_ ? find_in(index_->members, id.value) : nullptr;
}
const office* state::find_office(const office_id& id) const {
    return index_ ? find_in(index_->offices, id.value) : nullptr;
}
const decision_rule* state::find_rule(std::string_view id) const {
    return index_ ? find_in(index_->rules, id) : nullptr;
}
const unit* state::find_unit(const unit_id& id) const {
    return index_ ? find_in(index_->units, id.value) : nullptr;
}
const mandate* state::find_mandate(std::string_view id) const {
    return index_ ? find_in(index_->mandates_by_id, id) : nullptr;
}
const seat* state::find_seat(std::string_view expanded) const {
    if (!index_) return nullptr;
    const auto found = index_->seats.find(expanded);
    return found == index_->seats.end() ? nullptr : found->second.row;
}
const rule* state::parsed_rule(std::string_view id) const {
    if (!index_) return nullptr;
    const auto found = index_->parsed.find(id);
    return found == index_->parsed.end() ? nullptr : &found->second;
}

std::vector<elector> state::electorate(const body_id& id, date on) const {
    std::vector<elector> out;
    if (!index_) return out;
    const auto places = index_->places.find(id.value);
    if (places == index_->places.end()) return out;
    for (const index::place& place : places->second) {
        elector made{place.id, place.row->member.value_or(member_id{}), {}, {}};
        if (place.row->member) {
            const member* m = find_in(index_->members, made.member.value);
            if (!m || !covers(m->from, m->until, on)) continue;
            made.weights = weights_on(*m, on);
        }
        if (const mandate* held = index_->holding(place.id, on)) made.holder = held->person;
        out.push_back(std::move(made));
    }
    return out;
}

state::electors state::kept_electorate(const body_id& id, date on) const {
    constexpr std::size_t most = 64;
    if (!index_) return std::make_shared<const std::vector<elector>>();
    const std::lock_guard lock(index_->kept.mutex);
    auto& kept = index_->kept.found;
    if (kept.size() >= most) kept.clear();
    electors& found = kept[{id.value, on}];
    if (!found) found = std::make_shared<const std::vector<elector>>(electorate(id, on));
    return found;
}

bool state::holds_seat(const person_id& who, std::string_view seat, date on) const {
    if (!index_ || who.empty()) return false;
    const mandate* held = index_->holding(seat, on);
    return held && held->person == who;
}

bool state::holds_office(const person_id& who, const office_id& id, date on) const {
    if (!index_ || who.empty()) return false;
    const auto held = index_->of_office.find(id.value);
    return held != index_->of_office.end() &&
           std::any_of(held->second.begin(), held->second.end(), [&](const mandate* m) {
               return m->person == who && covers(m->from, m->until, on);
           });
}

std::vector<std::string> state::seats_of(const person_id& who, const body_id& in, date on) const {
    std::vector<std::string> out;
    if (!index_) return out;
    const auto own = index_->of_person.find(who.value);
    if (own == index_->of_person.end()) return out;
    for (const mandate* m : own->second) {
        if (!m->seat || !covers(m->from, m->until, on)) continue;
        const seat* row = find_seat(*m->seat);
        if (row && row->body == in) out.push_back(*m->seat);
    }
    return out;
}

std::vector<const office*> state::offices_of(const person_id& who, date on) const {
    std::vector<const office*> out;
    if (!index_) return out;
    const auto own = index_->of_person.find(who.value);
    if (own == index_->of_person.end()) return out;
    for (const mandate* m : own->second)
        if (m->office && covers(m->from, m->until, on))
            if (const office* held = find_office(*m->office)) out.push_back(held);
    return out;
}

std::vector<std::pair<person_id, localized>> state::persons() const {
    std::vector<std::pair<person_id, localized>> out;
    if (!index_) return out;
    for (const std::string_view who : index_->persons) {
        const person_id id{std::string(who)};
        out.emplace_back(id, title_of(id));
    }
    return out;
}

localized state::title_of(const person_id& who) const {
    if (!index_) return {};
    const auto own = index_->of_person.find(who.value);
    if (own == index_->of_person.end()) return {};
    const mandate& first = *own->second.front();
    if (first.office)
        if (const office* held = find_office(*first.office)) return held->name;
    localized name = first.seat ? name_of_seat(*first.seat) : localized{};
    // Whoever acted once keeps a title, also when the post is gone.
    if (name.empty()) name.emplace("en", who.value);
    return name;
}

localized state::name_of_seat(std::string_view expanded) const {
    if (!index_) return {};
    const auto found = index_->seats.find(expanded);
    if (found == index_->seats.end()) return {};
    localized name = found->second.row->name;
    if (found->second.row->count)
        for (auto& [language, words] : name) words += " " + std::to_string(found->second.number);
    return name;
}

void state::found(const charter_document& document) {
    document_ = std::make_shared<const charter_document>(document);
    index_ = std::make_shared<const index>(*document_);
}

void state::put(const charter_document& changes, const std::vector<table_entry>& removals) {
    found(amended(document(), changes, removals));
}

void state::put(const mandate& row) {
    charter_document changes;
    changes.id = document().id;
    changes.mandates.push_back(row);
    put(changes, {});
}

}  // namespace veche::charter
