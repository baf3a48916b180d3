// Exchanges as programmes: seasons with sites, and who took part by pseudonym.

#include <algorithm>
#include <set>

#include "charter/words.hpp"
#include "registry/checks.hpp"

namespace veche::registry {
namespace {

constexpr std::size_t max_sites = 200;
constexpr std::size_t max_participants = 400;  // of a part
constexpr std::int32_t max_site_places = 100'000;
constexpr int max_season_days = 1100;

result<const exchange*> find_exchange(const world& w, const exchange_id& id) {
    if (const exchange* one = w.own.exchanges.find(id)) return one;
    return refuse(refusals::exchange_unknown, "exchange", id.value);
}

result<void> check_site(const world& w, const record_season& c, std::size_t i) {
    const season_site& one = c.sites[i];
    const std::string field = "sites." + std::to_string(i);
    if (one.site.empty() ||
        std::any_of(c.sites.begin(), c.sites.begin() + static_cast<std::ptrdiff_t>(i),
                    [&](const auto& other) { return other.site == one.site; }))
        return refuse(refusals::site_repeated, field + ".site", one.site.value);
    (void)VECHE_TRY(find_organisation(w, one.host, field + ".host"));
    if (one.place) (void)VECHE_TRY(find_place(w, *one.place, field + ".place"));
    if (one.places < 0 || one.places > max_site_places)
        return refuse(refusals::places_impossible, field + ".places",
                      std::to_string(max_site_places));
    return {};
}

/// Sites at which somebody was reported stay.
result<void> check_sites_kept(const season* before, const record_season& c) {
    if (!before) return {};
    for (const season_report& part : before->parts)
        for (const season_participant& one : part.what.participants)
            if (std::none_of(c.sites.begin(), c.sites.end(),
                             [&](const auto& site) { return site.site == one.site; }))
                return refuse(refusals::site_in_use, "sites", one.site.value);
    return {};
}

result<void> check_participant(const world& w, const season& of, const season_participant& one,
                               const std::string& field) {
    // Whether a number is one of the call the office sees.
    if (!of.what.call && !is_pseudonym(one.person.value))
        return refuse(refusals::pseudonym_malformed, field + ".person");
    const auto& sites = of.what.sites;
    if (std::none_of(sites.begin(), sites.end(),
                     [&](const auto& site) { return site.site == one.site; }))
        return refuse(refusals::site_unknown, field + ".site", one.site.value);
    if (one.member && !w.charter.find_member(*one.member))
        return refuse(refusals::member_unknown, field + ".member", one.member->value);
    const int length = of.what.until.days - of.what.from.days + 1;
    if (one.days < 1 || one.days > length)
        return refuse(refusals::stay_impossible, field + ".days", std::to_string(length));
    return {};
}

/// Each pseudonym once in a season, whatever the part.
result<void> check_once(const season& of, const report_season& c) {
    std::set<person_id> seen;
    for (std::size_t i = 0; i < of.parts.size(); ++i) {
        if (static_cast<std::size_t>(c.part) == i + 1) continue;
        for (const season_participant& one : of.parts[i].what.participants) seen.insert(one.person);
    }
    for (std::size_t i = 0; i < c.participants.size(); ++i)
        if (!seen.insert(c.participants[i].person).second)
            return refuse(refusals::participant_repeated,
                          "participants." + std::to_string(i) + ".person",
                          c.participants[i].person.value.substr(0, 64));
    return {};
}

result<void> check_report_parts(const season& of, const report_season& c) {
    const std::size_t parts = of.parts.size();
    if (c.part < 1 || static_cast<std::size_t>(c.part) > parts + 1)
        return refuse(refusals::part_out_of_order, "part", std::to_string(parts + 1));
    if (c.nobody != c.participants.empty()) return refuse(refusals::nobody_unclear, "nobody");
    const bool said_nobody = parts == 1 && of.parts.front().what.nobody;
    if ((c.nobody && (c.part > 1 || parts > 1)) || (said_nobody && c.part > 1))
        return refuse(refusals::nobody_in_parts, "nobody");
    if (c.participants.size() > max_participants)
        return refuse(refusals::rows_missing, "participants", std::to_string(max_participants));
    return {};
}

}  // namespace

bool is_pseudonym(std::string_view text) {
    return text.size() >= 16 && text.size() <= 64 &&
           std::all_of(text.begin(), text.end(),
                       [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); });
}

result<events> decide(const world& w, const record_exchange& c, const context& ctx) {
    const exchange* before = w.own.exchanges.find(c.exchange);
    VECHE_CHECK(
        may_record(w, before ? before->what.body : c.body, ctx, record_exchange::wire.type));
    VECHE_CHECK(check_reason(w, before != nullptr, c.exchange.value, c.reason));
    VECHE_CHECK(check_names(w, c.names, "names"));
    VECHE_CHECK(check_source(c.source, ctx));
    VECHE_CHECK(check_text(w, c.about, "about"));
    if (c.organiser) (void)VECHE_TRY(find_organisation(w, *c.organiser, "organiser"));
    if (c.link) (void)VECHE_TRY(find_link(w, *c.link, "link"));
    return events{};
}

result<events> decide(const world& w, const record_season& c, const context& ctx) {
    const exchange* of = VECHE_TRY(find_exchange(w, c.exchange));
    VECHE_CHECK(may_record(w, of->what.body, ctx, record_season::wire.type));
    const season* before = find_season(*of, c.season);
    VECHE_CHECK(check_reason(w, before != nullptr, c.season.value, c.reason));
    VECHE_CHECK(check_source(c.source, ctx));
    if (c.until < c.from || c.until.days - c.from.days > max_season_days)
        return refuse(refusals::season_impossible, "until", std::to_string(max_season_days));
    if (c.sites.empty() || c.sites.size() > max_sites)
        return refuse(refusals::sites_missing, "sites", std::to_string(max_sites));
    for (std::size_t i = 0; i < c.sites.size(); ++i) VECHE_CHECK(check_site(w, c, i));
    return check_sites_kept(before, c).map([] { return events{}; });
}

result<events> decide(const world& w, const report_season& c, const context& ctx) {
    const exchange* program = VECHE_TRY(find_exchange(w, c.exchange));
    const season* of = find_season(*program, c.season);
    if (!of) return refuse(refusals::season_unknown, "season", c.season.value);
    VECHE_CHECK(may_record(w, program->what.body, ctx, report_season::wire.type));
    const bool again = c.part >= 1 && static_cast<std::size_t>(c.part) <= of->parts.size();
    VECHE_CHECK(check_reason(w, again, c.season.value + ", " + std::to_string(c.part), c.reason));
    VECHE_CHECK(check_source(c.source, ctx));
    VECHE_CHECK(check_text(w, c.about, "about"));
    const date today = date_of(ctx.at);
    if (today < of->what.from || (c.nobody && !(of->what.until < today)))
        return refuse(refusals::season_to_come, "season", to_text(of->what.from),
                      to_text(of->what.until));
    VECHE_CHECK(check_report_parts(*of, c));
    for (std::size_t i = 0; i < c.participants.size(); ++i)
        VECHE_CHECK(
            check_participant(w, *of, c.participants[i], "participants." + std::to_string(i)));
    return check_once(*of, c).map([] { return events{}; });
}

void apply(state& s, const charter::state&, const record_exchange& c, const context& ctx) {
    if (!s.exchanges.contains(c.exchange)) s.exchanges.insert(c.exchange, {});
    exchange& one = s.exchanges.edit(c.exchange);
    one.what = c;
    one.recorded = done_by(ctx);
    one.versions.push_back(ctx.seq);
}

void apply(state& s, const charter::state&, const record_season& c, const context& ctx) {
    std::vector<season>& seasons = s.exchanges.edit(c.exchange).seasons;
    auto there = std::find_if(seasons.begin(), seasons.end(),
                              [&](const season& one) { return one.what.season == c.season; });
    if (there == seasons.end()) there = seasons.insert(seasons.end(), season{});
    there->what = c;
    there->recorded = done_by(ctx);
    there->versions.push_back(ctx.seq);
}

void apply(state& s, const charter::state&, const report_season& c, const context& ctx) {
    for (season& one : s.exchanges.edit(c.exchange).seasons) {
        if (one.what.season != c.season) continue;
        const auto at = static_cast<std::size_t>(c.part) - 1;
        if (at == one.parts.size()) one.parts.emplace_back();
        one.parts[at].what = c;
        one.parts[at].done = done_by(ctx);
        one.parts[at].versions.push_back(ctx.seq);
    }
}

const season* find_season(const exchange& of, const season_id& id) {
    for (const season& one : of.seasons)
        if (one.what.season == id) return &one;
    return nullptr;
}

}  // namespace veche::registry
