#include "registry/checks.hpp"

#include <algorithm>

#include "charter/words.hpp"

namespace veche::registry {

result<void> may_record(const world& w, const body_id& body, const context& ctx,
                        std::string_view type) {
    if (!w.charter.find_body(body)) return refuse(refusals::body_unknown, "body", body.value);
    if (ctx.decision) return refuse(refusals::not_by_decision);
    if (!charter::require(w.charter, ctx, "registry", body, type))
        return refuse(refusals::not_registrar, {}, body.value);
    return {};
}

result<void> check_names(const world& w, const localized& names, const std::string& field) {
    if (charter::blank(names)) return refuse(refusals::names_missing, field);
    return charter::check_text(w.charter, names, field, max_name_bytes, refusals::text_too_long);
}

result<void> check_text(const world& w, const localized& text, const std::string& field) {
    return charter::check_text(w.charter, text, field, max_text_bytes, refusals::text_too_long);
}

result<void> check_word(const std::optional<std::string>& word, const std::string& field) {
    if (word && word->size() > max_word_bytes)
        return refuse(refusals::text_too_long, field, std::to_string(max_word_bytes));
    return {};
}

result<void> check_source(const source_note& source, const context& ctx) {
    if (source.name.find_first_not_of(" \t\r\n") == std::string::npos)
        return refuse(refusals::source_missing, "source.name");
    VECHE_CHECK(check_word(source.name, "source.name"));
    VECHE_CHECK(check_word(source.address, "source.address"));
    VECHE_CHECK(check_word(source.note, "source.note"));
    const date today = date_of(ctx.at);
    if (source.read && today < *source.read)
        return refuse(refusals::read_late, "source.read", to_text(today));
    return {};
}

result<void> check_file(const std::optional<content_ref>& file, const std::string& field) {
    if (file && !fault_in(*file).empty())
        return refuse(refusals::file_malformed, field + "." + std::string(fault_in(*file)));
    return {};
}

result<void> check_reason(const world& w, bool exists, const std::string& id,
                          const localized& reason) {
    if (exists && charter::blank(reason)) return refuse(refusals::reason_missing, "reason", id);
    return check_text(w, reason, "reason");
}

result<day_span> check_past(const std::string& on, const std::string& field, const context& ctx) {
    const auto span = read_partial_day(on);
    if (!span) return refuse(refusals::day_malformed, field, on.substr(0, 40));
    const date today = date_of(ctx.at);
    if (today < span->first) return refuse(refusals::day_to_come, field, to_text(today));
    return *span;
}

result<void> check_span(const std::optional<std::string>& from,
                        const std::optional<std::string>& until) {
    std::optional<day_span> begun, ended;
    if (from && !(begun = read_partial_day(*from)))
        return refuse(refusals::day_malformed, "from", from->substr(0, 40));
    if (until && !(ended = read_partial_day(*until)))
        return refuse(refusals::day_malformed, "until", until->substr(0, 40));
    if (begun && ended && ended->last < begun->first)
        return refuse(refusals::days_reversed, "until", *from, *until);
    return {};
}

result<void> check_codes(const std::vector<code>& codes) {
    if (codes.size() > max_list)
        return refuse(refusals::text_too_long, "codes", std::to_string(max_list));
    for (std::size_t i = 0; i < codes.size(); ++i) {
        const code& one = codes[i];
        const std::string field = "codes." + std::to_string(i);
        switch (fault_in(one)) {
            case code_fault::none:
                break;
            case code_fault::scheme_malformed:
                return refuse(refusals::scheme_malformed, field + ".scheme");
            case code_fault::value_malformed:
                return refuse(refusals::code_malformed, field + ".value", one.scheme,
                              one.value.substr(0, 64));
            case code_fault::digit_wrong:
                return refuse(refusals::digit_wrong, field + ".value", one.scheme, one.value);
        }
        const auto before = codes.begin() + static_cast<std::ptrdiff_t>(i);
        if (std::any_of(codes.begin(), before,
                        [&](const code& other) { return other.scheme == one.scheme; }))
            return refuse(refusals::code_twice, field + ".scheme", one.scheme);
    }
    return {};
}

result<const place*> find_place(const world& w, const place_id& id, const std::string& field) {
    if (const place* one = w.own.places.find(id)) return one;
    return refuse(refusals::place_unknown, field, id.value);
}

result<const organisation*> find_organisation(const world& w, const organisation_id& id,
                                              const std::string& field) {
    const organisation* one = w.own.organisations.find(id);
    if (!one) return refuse(refusals::organisation_unknown, field, id.value);
    if (one->merged_into)
        return refuse(refusals::merged_away, field, id.value,
                      find_current(w.own, id)->what.organisation.value);
    return one;
}

result<const link*> find_link(const world& w, const link_id& id, const std::string& field) {
    if (const link* one = w.own.links.find(id)) return one;
    return refuse(refusals::link_unknown, field, id.value);
}

const organisation* find_current(const state& s, const organisation_id& id) {
    const organisation* one = s.organisations.find(id);
    while (one && one->merged_into) one = s.organisations.find(*one->merged_into);
    return one;
}

std::optional<member_id> member_of(const state& s, const place_id& id) {
    for (const place* one = s.places.find(id); one != nullptr;) {
        if (one->what.member) return one->what.member;
        one = one->what.within ? s.places.find(*one->what.within) : nullptr;
    }
    return std::nullopt;
}

std::optional<member_id> member_of(const state& s, const link_end& end) {
    if (end.place) return member_of(s, *end.place);
    const organisation* one = end.organisation ? find_current(s, *end.organisation) : nullptr;
    return one && one->what.place ? member_of(s, *one->what.place) : std::nullopt;
}

}  // namespace veche::registry
