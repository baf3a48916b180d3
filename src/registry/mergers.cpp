#include "registry/mergers.hpp"

#include <set>

#include "registry/lists.hpp"
#include "registry/registry.hpp"
#include "registry/tallies.hpp"

namespace veche::registry {
namespace {

using record_set = std::set<organisation_id>;

/// What stood under the one stands under the other too.
template <class Key, class Value>
void move_under(cow_map<Key, std::vector<Value>>& map, const Key& from, const Key& to) {
    const std::vector<Value>* old = map.find(from);
    if (!old) return;
    const std::vector<Value> moved = *old;
    std::vector<Value>& kept = list_under(map, to);
    kept.insert(kept.end(), moved.begin(), moved.end());
}

/// Leaves in the list under the key what `stays` says.
template <class Key, class Value, class Stays>
void keep_under(cow_map<Key, std::vector<Value>>& map, const Key& key, Stays&& stays) {
    if (!map.contains(key)) return;
    std::erase_if(map.edit(key), [&](const Value& one) { return !stays(one); });
}

/// Who speaks for the merged record speaks for the other, where that says nothing of the person.
void lend_agents(organisation& to, const organisation& from) {
    for (const agent& one : from.agents)
        if (std::none_of(to.agents.begin(), to.agents.end(),
                         [&](const agent& own) { return own.what.person == one.what.person; }))
            to.agents.push_back(one);
}

/// The holders of the merged record hold the other, where that has no own.
void lend_holders(organisation& to, const organisation& from) {
    if (!to.run) to.run = from.run;
    if (!to.owned) to.owned = from.owned;
}

/// Does what changes who holds the organisation; the index of holders and the list of enterprises
/// follow.
template <class Change>
void rehold(state& s, const organisation_id& id, Change&& change) {
    index_own_holders(s, id, false);
    change(s.organisations.edit(id));
    index_own_holders(s, id, true);
    const organisation& one = *s.organisations.find(id);
    const bool run = one.run && !one.merged_into;
    if (run && !s.run.contains(id)) s.run.insert(id, true);
    if (!run && s.run.contains(id)) s.run.erase(id);
}

bool names_one_of(const link& one, const record_set& records) {
    const auto named = [&](const link_end& end) {
        return end.organisation && records.contains(*end.organisation);
    };
    return named(one.what.a) || named(one.what.b);
}

bool ends_earlier(const std::optional<date>& one, const std::optional<date>& other) {
    return one && (!other || *one < *other);
}

/// Takes what the separated records lent out of the one that had taken them in, and lets those
/// that it still holds lend again.
void take_back(const state& s, organisation& kept, const record_set& gone) {
    const auto lent = [&](const auto& one) {
        return one.what.organisation != kept.what.organisation;
    };
    const auto of_gone = [&](const auto& one) { return gone.contains(one.what.organisation); };
    std::erase_if(kept.seen, of_gone);
    std::erase_if(kept.activities, [&](const activity_id& id) {
        return gone.contains(*s.activities.find(id)->what.organisation);
    });
    if (kept.run && lent(*kept.run)) kept.run.reset();
    if (kept.owned && lent(*kept.owned)) kept.owned.reset();
    std::erase_if(kept.agents, lent);
    for (const organisation_id& id : kept.merged) {
        const organisation& other = *s.organisations.find(id);
        lend_agents(kept, other);
        lend_holders(kept, other);
    }
}

/// Whose right to speak was ended meanwhile does not get it back.
void end_rights(organisation& gone, const organisation& kept, std::uint64_t merged_by) {
    for (agent& one : gone.agents)
        for (const agent& now : kept.agents)
            if (now.what.person == one.what.person && now.named.seq > merged_by &&
                ends_earlier(now.what.until, one.what.until)) {
                one.what.until = now.what.until;
                one.named = now.named;
            }
}

/// Profiles that were sent again meanwhile, under the name of the record that took it in, stay
/// there.
void part_profiles(state& s, const separate_organisations& c, const record_set& gone) {
    const auto is_of_gone = [&](const profile_id& id) {
        return gone.contains(s.profiles.find(id)->what.organisation);
    };
    keep_under(s.profiles_of, c.merged, is_of_gone);
    keep_under(s.profiles_of, c.kept, [&](const profile_id& id) { return !is_of_gone(id); });
    keep_under(s.interests_of, c.kept, [&](const interest_id& id) {
        return !gone.contains(s.interests.find(id)->what.organisation);
    });
}

/// Links that were recorded under a name go with it.
void part_links(state& s, const separate_organisations& c, const record_set& staying) {
    keep_under(s.links_of, link_end{{}, c.kept},
               [&](const link_id& id) { return names_one_of(*s.links.find(id), staying); });
}

}  // namespace

std::vector<organisation_id> records_behind(const state& s, const organisation_id& id) {
    std::vector<organisation_id> out{id};
    for (std::size_t i = 0; i < out.size(); ++i) {
        const std::vector<organisation_id>& more = s.organisations.find(out[i])->merged;
        out.insert(out.end(), more.begin(), more.end());
    }
    return out;
}

void apply(state& s, const charter::state&, const merge_organisations& c, const context& ctx) {
    const std::vector<link_id>* old = s.links_of.find(link_end{{}, c.merged});
    const std::vector<link_id> links = old ? *old : std::vector<link_id>{};
    const std::optional<place_id> place = s.organisations.find(c.merged)->what.place;
    moving(s, links, [&] {
        if (place) take_out(s.places.edit(*place).organisations, c.merged);
        organisation& gone = s.organisations.edit(c.merged);
        gone.merged_into = c.kept;
        gone.versions.push_back(ctx.seq);
        gone.mergers.push_back({c, done_by(ctx), {}, {}});
    });
    tally_organisations(s, place, -1);
    ++s.merged;
    const organisation from = *s.organisations.find(c.merged);
    index_own_holders(s, c.merged, false);
    if (s.run.contains(c.merged)) s.run.erase(c.merged);
    rehold(s, c.kept, [&](organisation& kept) { lend_holders(kept, from); });
    organisation& kept = s.organisations.edit(c.kept);
    kept.merged.push_back(c.merged);
    take_out(kept.ever_merged, c.merged);
    kept.ever_merged.push_back(c.merged);
    lend_agents(kept, from);
    kept.seen.insert(kept.seen.end(), from.seen.begin(), from.seen.end());
    kept.activities.insert(kept.activities.end(), from.activities.begin(), from.activities.end());
    move_under(s.profiles_of, c.merged, c.kept);
    move_under(s.interests_of, c.merged, c.kept);
    if (links.empty()) return;
    std::vector<link_id>& to = list_under(s.links_of, link_end{{}, c.kept});
    for (const link_id& id : links)  // a link between the two is there already
        if (std::find(to.begin(), to.end(), id) == to.end()) to.push_back(id);
}

void apply(state& s, const charter::state&, const separate_organisations& c, const context& ctx) {
    const std::vector<organisation_id> back = records_behind(s, c.merged);
    const record_set gone(back.begin(), back.end());
    const std::vector<link_id>* old = s.links_of.find(link_end{{}, c.merged});
    const std::vector<link_id> links = old ? *old : std::vector<link_id>{};
    const std::optional<place_id> place = s.organisations.find(c.merged)->what.place;
    moving(s, links, [&] {
        if (place) s.places.edit(*place).organisations.push_back(c.merged);
        organisation& one = s.organisations.edit(c.merged);
        one.merged_into.reset();
        one.versions.push_back(ctx.seq);
        one.mergers.back().undone_as = c;
        one.mergers.back().undone = done_by(ctx);
    });
    tally_organisations(s, place, 1);
    --s.merged;
    take_out(s.organisations.edit(c.kept).merged, c.merged);
    const organisation before = *s.organisations.find(c.kept);
    rehold(s, c.kept, [&](organisation& kept) { take_back(s, kept, gone); });
    rehold(s, c.merged,
           [&](organisation& one) { end_rights(one, before, one.mergers.back().done.seq); });
    part_profiles(s, c, gone);
    const std::vector<organisation_id> rest = records_behind(s, c.kept);
    part_links(s, c, record_set(rest.begin(), rest.end()));
    for (const code& one : s.organisations.find(c.merged)->what.codes)
        if (!s.organisation_codes.contains(one)) s.organisation_codes.insert(one, c.merged);
}

}  // namespace veche::registry
