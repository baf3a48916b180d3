// Organisations, who holds those that several sides run, and what was seen of them.

#include <algorithm>

#include "registry/checks.hpp"

namespace veche::registry {
namespace {

constexpr std::size_t max_holders = 64;
constexpr std::int64_t all_shares = 1'000'000;  // 100 per cent in ten-thousandths

template <class T>
bool each_once(std::vector<T> list) {
    std::sort(list.begin(), list.end());
    return std::adjacent_find(list.begin(), list.end()) == list.end();
}

result<void> check_sectors(const std::vector<std::string>& sectors) {
    for (std::size_t i = 0; i < sectors.size(); ++i)
        if (!is_isic_division(sectors[i]) ||
            std::find(sectors.begin(), sectors.begin() + static_cast<std::ptrdiff_t>(i),
                      sectors[i]) != sectors.begin() + static_cast<std::ptrdiff_t>(i))
            return refuse(refusals::sector_unknown, "sectors." + std::to_string(i),
                          sectors[i].substr(0, 20));
    return {};
}

result<void> check_codes_free(const world& w, const record_organisation& c) {
    for (std::size_t i = 0; i < c.codes.size(); ++i) {
        const organisation_id* has = w.own.organisation_codes.find(c.codes[i]);
        const organisation* owner = has ? find_current(w.own, *has) : nullptr;
        if (owner && owner->what.organisation != c.organisation)
            return refuse(refusals::code_taken, "codes." + std::to_string(i) + ".value",
                          c.codes[i].value, owner->what.organisation.value);
    }
    return {};
}

/// How much of the whole the share takes at least; refused where it is malformed.
result<std::int64_t> least_of(const std::optional<share>& held, const std::string& field) {
    if (!held) return 0;
    const share& s = *held;
    if (s.exact) {
        const auto value = read_share(*s.exact);
        if (!value || s.low || s.high) return refuse(refusals::share_malformed, field);
        return *value;
    }
    const std::int64_t low = read_share(s.low.value_or("")).value_or(-1);
    const std::int64_t high = read_share(s.high.value_or("")).value_or(-1);
    if (low < 0 || high < low) return refuse(refusals::share_malformed, field);
    return low;
}

result<void> check_holder(const world& w, const holder& one, const std::string& field) {
    const bool of_register = one.kind == holder_kind::organisation;
    const bool named = one.kind == holder_kind::entity || one.kind == holder_kind::state;
    const bool name_there = one.name && !one.name->empty();
    if (of_register != one.organisation.has_value() || named != name_there)
        return refuse(refusals::holder_malformed, field);
    if (one.organisation)
        (void)VECHE_TRY(find_organisation(w, *one.organisation, field + ".organisation"));
    VECHE_CHECK(check_word(one.name, field + ".name"));
    if (one.member && !w.charter.find_member(*one.member))
        return refuse(refusals::member_unknown, field + ".member", one.member->value);
    return {};
}

result<void> check_holders(const world& w, const std::vector<holder>& holders) {
    if (holders.empty() || holders.size() > max_holders)
        return refuse(refusals::holders_missing, "holders", std::to_string(max_holders));
    std::int64_t taken = 0;
    for (std::size_t i = 0; i < holders.size(); ++i) {
        const std::string field = "holders." + std::to_string(i);
        VECHE_CHECK(check_holder(w, holders[i], field));
        taken += VECHE_TRY(least_of(holders[i].held, field + ".held"));
    }
    if (taken > all_shares) return refuse(refusals::shares_over, "holders");
    return {};
}

}  // namespace

result<events> decide(const world& w, const record_organisation& c, const context& ctx) {
    const bool there = w.own.organisations.contains(c.organisation);
    if (there) (void)VECHE_TRY(find_organisation(w, c.organisation, "organisation"));
    VECHE_CHECK(may_record(w, c.body, ctx, record_organisation::wire.type));
    VECHE_CHECK(check_reason(w, there, c.organisation.value, c.reason));
    VECHE_CHECK(check_names(w, c.names, "names"));
    VECHE_CHECK(check_source(c.source, ctx));
    VECHE_CHECK(check_span(c.from, c.until));
    VECHE_CHECK(check_codes(c.codes));
    VECHE_CHECK(check_codes_free(w, c));
    VECHE_CHECK(check_word(c.address, "address"));
    if (c.kinds.empty() || !each_once(c.kinds)) return refuse(refusals::kinds_missing, "kinds");
    VECHE_CHECK(check_sectors(c.sectors));
    if (c.place) (void)VECHE_TRY(find_place(w, *c.place, "place"));
    return events{};
}

result<events> decide(const world& w, const merge_organisations& c, const context& ctx) {
    const organisation* kept = VECHE_TRY(find_organisation(w, c.kept, "kept"));
    const organisation* merged = VECHE_TRY(find_organisation(w, c.merged, "merged"));
    VECHE_CHECK(may_record(w, c.body, ctx, merge_organisations::wire.type));
    if (c.kept == c.merged) return refuse(refusals::merged_with_itself, "merged");
    VECHE_CHECK(check_reason(w, true, c.merged.value, c.reason));
    for (const code& one : kept->what.codes)
        for (const code& other : merged->what.codes)
            if (one.scheme == other.scheme && one.value != other.value)
                return refuse(refusals::codes_conflict, "merged", one.scheme, one.value,
                              other.value);
    return events{};
}

result<events> decide(const world& w, const separate_organisations& c, const context& ctx) {
    (void)VECHE_TRY(find_organisation(w, c.kept, "kept"));
    const organisation* gone = w.own.organisations.find(c.merged);
    if (!gone) return refuse(refusals::organisation_unknown, "merged", c.merged.value);
    VECHE_CHECK(may_record(w, c.body, ctx, separate_organisations::wire.type));
    VECHE_CHECK(check_reason(w, true, c.merged.value, c.reason));
    if (gone->merged_into != c.kept)
        return refuse(refusals::not_merged, "merged", c.merged.value, c.kept.value);
    for (const code& one : gone->what.codes) {
        const organisation_id* has = w.own.organisation_codes.find(one);
        if (has && *has != c.merged)
            return refuse(refusals::code_moved, "merged", one.value, has->value);
    }
    return events{};
}

result<events> decide(const world& w, const record_enterprise& c, const context& ctx) {
    const organisation* of = VECHE_TRY(find_organisation(w, c.organisation, "organisation"));
    VECHE_CHECK(may_record(w, c.body, ctx, record_enterprise::wire.type));
    VECHE_CHECK(check_reason(w, of->run.has_value(), c.organisation.value, c.reason));
    VECHE_CHECK(check_source(c.source, ctx));
    if (c.since) VECHE_CHECK(check_past(*c.since, "since", ctx));
    return check_holders(w, c.holders).map([] { return events{}; });
}

result<events> decide(const world& w, const record_owners& c, const context& ctx) {
    const organisation* of = VECHE_TRY(find_organisation(w, c.organisation, "organisation"));
    VECHE_CHECK(may_record(w, c.body, ctx, record_owners::wire.type));
    VECHE_CHECK(check_reason(w, of->owned.has_value(), c.organisation.value, c.reason));
    VECHE_CHECK(check_source(c.source, ctx));
    if (c.since) VECHE_CHECK(check_past(*c.since, "since", ctx));
    VECHE_CHECK(check_holders(w, c.holders));
    if (of->run) return refuse(refusals::held_by_sides, "organisation", c.organisation.value);
    return events{};
}

result<events> decide(const world& w, const report_operation& c, const context& ctx) {
    const organisation* of = VECHE_TRY(find_organisation(w, c.organisation, "organisation"));
    VECHE_CHECK(may_record(w, c.body, ctx, report_operation::wire.type));
    VECHE_CHECK(check_source(c.source, ctx));
    VECHE_CHECK(check_text(w, c.about, "about"));
    VECHE_CHECK(check_file(c.proof, "proof"));
    const int now = civil_of(date_of(ctx.at)).year;
    if (c.year < 1900 || c.year > now)
        return refuse(refusals::year_impossible, "year", std::to_string(now));
    if (!of->run) return refuse(refusals::not_enterprise, "organisation", c.organisation.value);
    return events{};
}

}  // namespace veche::registry
