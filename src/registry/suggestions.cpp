#include "registry/suggestions.hpp"

#include <algorithm>
#include <set>

#include "registry/checks.hpp"
#include "registry/standing.hpp"
#include "registry/viewing.hpp"

namespace veche::registry {
namespace {

/// What is compared of a profile, looked up once.
struct seeker {
    const profile* of = nullptr;
    const organisation* who = nullptr;
    std::optional<member_id> member;
    std::set<std::string> works;
    std::set<std::string> seeks;
    std::vector<place_id> around;    ///< where it sits, from the inside out
    std::vector<std::string> codes;  ///< of these places in ISO 3166-2
};

seeker look_up(const state& s, const profile& one) {
    seeker out;
    out.of = &one;
    out.who = find_current(s, one.what.organisation);
    const std::vector<std::string>& works = sectors_of(s, one.what);
    out.works.insert(works.begin(), works.end());
    out.seeks.insert(one.what.seeks.begin(), one.what.seeks.end());
    for (std::optional<place_id> at = out.who->what.place; at;) {
        const place& there = *s.places.find(*at);
        out.around.push_back(*at);
        for (const code& each : there.what.codes)
            if (each.scheme == "iso-3166-2") out.codes.push_back(each.value);
        if (there.what.member && !out.member) out.member = there.what.member;
        at = there.what.within;
    }
    return out;
}

std::vector<std::string> common(const std::set<std::string>& a, const std::set<std::string>& b) {
    std::vector<std::string> out;
    std::set_intersection(a.begin(), a.end(), b.begin(), b.end(), std::back_inserter(out));
    return out;
}

/// A chapter holds its headings, a heading its subheadings.
bool overlap(const std::string& a, const std::string& b) {
    return a.starts_with(b) || b.starts_with(a);
}

std::vector<std::string> common_headings(const submit_profile& a, const submit_profile& b) {
    std::set<std::string> out;
    for (const std::string& one : a.headings)
        for (const std::string& other : b.headings)
            if (overlap(one, other)) out.insert(one.size() > other.size() ? one : other);
    return {out.begin(), out.end()};
}

std::vector<std::string> wanted_here(const std::vector<place_id>& wanted, const seeker& other) {
    std::vector<std::string> out;
    for (const place_id& one : wanted)
        if (std::find(other.around.begin(), other.around.end(), one) != other.around.end())
            out.push_back(one.value);
    return out;
}

/// Links that stand between places around the one and places around the other.
std::vector<std::string> links_between(const state& s, const seeker& a, const seeker& b) {
    const auto among = [](const std::vector<place_id>& list, const std::optional<place_id>& one) {
        return one && std::find(list.begin(), list.end(), *one) != list.end();
    };
    std::set<std::string> out;
    for (const place_id& one : a.around) {
        const std::vector<link_id>* links = s.links_of.find(link_end{one, {}});
        if (!links) continue;
        for (const link_id& id : *links) {
            const link& each = *s.links.find(id);
            const link_standing how = standing_of(each);
            const bool stands = how == link_standing::concluded || how == link_standing::active;
            if (stands &&
                (among(b.around, each.what.a.place) || among(b.around, each.what.b.place)))
                out.insert(id.value);
        }
    }
    return {out.begin(), out.end()};
}

bool has_code(const seeker& one, const std::string& code) {
    return std::find(one.codes.begin(), one.codes.end(), code) != one.codes.end();
}

/// Whether the finding is of the two regions, and of goods that either names where any are named.
bool speaks_of(const pair_finding& found, const seeker& a, const seeker& b) {
    const bool pair = (has_code(a, found.maker) && has_code(b, found.partner)) ||
                      (has_code(b, found.maker) && has_code(a, found.partner));
    if (!pair) return false;
    std::vector<std::string> named = a.of->what.headings;
    named.insert(named.end(), b.of->what.headings.begin(), b.of->what.headings.end());
    return named.empty() || std::any_of(named.begin(), named.end(), [&](const std::string& one) {
               return overlap(one, found.product);
           });
}

bool complement(const submit_profile& a, const submit_profile& b) {
    return a.subject == b.subject && a.kind != b.kind;
}

bool both_cooperate(const submit_profile& a, const submit_profile& b) {
    return a.subject == profile_subject::cooperation && b.subject == profile_subject::cooperation;
}

void add_reason(std::vector<why_matched>& to, match_reason reason, std::vector<std::string> on) {
    if (!on.empty()) to.push_back({reason, std::move(on), {}});
}

/// All reasons; nothing where the two do not meet or have nothing in common.
std::vector<why_matched> reasons_of(const state& s, const seeker& a, const seeker& b,
                                    const std::vector<pair_finding>& found) {
    const submit_profile& here = a.of->what;
    const submit_profile& there = b.of->what;
    std::vector<why_matched> why;
    if (complement(here, there)) why.push_back({match_reason::meets, {}, {}});
    if (both_cooperate(here, there)) why.push_back({match_reason::cooperation, {}, {}});
    if (why.empty()) return {};
    const std::size_t meeting = why.size();
    add_reason(why, match_reason::sought_sector, common(a.seeks, b.works));
    add_reason(why, match_reason::seeks_this, common(a.works, b.seeks));
    add_reason(why, match_reason::same_sector, common(a.works, b.works));
    add_reason(why, match_reason::same_heading, common_headings(here, there));
    if (why.size() == meeting) return {};
    add_reason(why, match_reason::region_wanted, wanted_here(here.regions, b));
    add_reason(why, match_reason::region_wants, wanted_here(there.regions, a));
    add_reason(why, match_reason::regions_linked, links_between(s, a, b));
    for (const pair_finding& one : found)
        if (speaks_of(one, a, b)) why.push_back({match_reason::finding, {one.product}, one});
    return why;
}

}  // namespace

std::vector<suggestion> suggest(const state& s, const profile& of,
                                const std::vector<pair_finding>& found) {
    const seeker here = look_up(s, of);
    std::vector<suggestion> out;
    if (!here.member) return out;
    for (const auto& [id, other] : s.profiles) {
        if (other.standing != profile_standing::published || id == of.what.profile) continue;
        const seeker there = look_up(s, other);
        if (!there.member || *there.member == *here.member) continue;
        std::vector<why_matched> why = reasons_of(s, here, there, found);
        if (!why.empty()) out.push_back({id, std::move(why)});
    }
    std::stable_sort(out.begin(), out.end(), [](const suggestion& a, const suggestion& b) {
        return a.why.size() > b.why.size();
    });
    return out;
}

}  // namespace veche::registry
