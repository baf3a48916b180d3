#include "registry/partners.hpp"

#include <algorithm>

namespace veche::registry {
namespace {

void stop_waiting(state& s, const profile& one) {
    const expiry_mark mark{expires_at(one.what), one.what.profile};
    if (s.expiring.contains(mark)) s.expiring.erase(mark);
}

template <class Key, class Value>
void put_under(cow_map<Key, std::vector<Value>>& map, const Key& key, const Value& one) {
    if (!map.contains(key)) map.insert(key, {});
    map.edit(key).push_back(one);
}

}  // namespace

bool is_hs_heading(std::string_view text) {
    if (text.size() != 2 && text.size() != 4 && text.size() != 6) return false;
    if (!std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; }))
        return false;
    const int chapter = (text[0] - '0') * 10 + (text[1] - '0');
    return chapter >= 1 && chapter <= 97 && chapter != 77;
}

bool speaks_for(const state& s, const organisation_id& id, const person_id& who, date on) {
    const organisation* of = find_current(s, id);
    return of && std::any_of(of->agents.begin(), of->agents.end(), [&](const agent& one) {
               return one.what.person == who && (!one.what.until || !(*one.what.until < on));
           });
}

instant expires_at(const submit_profile& c) {
    return start_of(date{c.until.days + 1});
}

const std::vector<std::string>& sectors_of(const state& s, const submit_profile& c) {
    return c.sectors.empty() ? find_current(s, c.organisation)->what.sectors : c.sectors;
}

void apply(state& s, const charter::state&, const name_agent& c, const context& ctx) {
    std::vector<agent>& agents = s.organisations.edit(c.organisation).agents;
    std::erase_if(agents, [&](const agent& one) { return one.what.person == c.person; });
    agents.push_back({c, done_by(ctx)});
}

void apply(state& s, const charter::state&, const submit_profile& c, const context& ctx) {
    if (const profile* before = s.profiles.find(c.profile)) {
        stop_waiting(s, *before);
    } else {
        s.profiles.insert(c.profile, {});
        put_under(s.profiles_of, c.organisation, c.profile);
    }
    profile& one = s.profiles.edit(c.profile);
    one.what = c;
    one.submitted = done_by(ctx);
    one.versions.push_back(ctx.seq);
    one.standing = profile_standing::in_review;
    one.reviewed.reset();
    one.over.reset();
    s.expiring.insert(expiry_mark{expires_at(c), c.profile}, true);
}

void apply(state& s, const charter::state&, const review_profile& c, const context& ctx) {
    profile& one = s.profiles.edit(c.profile);
    one.standing = c.verdict == profile_verdict::published ? profile_standing::published
                                                           : profile_standing::returned;
    one.reviewed = profile_review{c, done_by(ctx)};
}

void apply(state& s, const charter::state&, const withdraw_profile& c, const context& ctx) {
    profile& one = s.profiles.edit(c.profile);
    stop_waiting(s, one);
    one.standing = profile_standing::withdrawn;
    one.over = done_by(ctx);
}

void apply(state& s, const charter::state&, const profile_expired& e, const context& ctx) {
    profile& one = s.profiles.edit(e.profile);
    stop_waiting(s, one);
    one.standing = profile_standing::expired;
    one.over = done_by(ctx);
}

void apply(state& s, const charter::state&, const express_interest& c, const context& ctx) {
    s.interests.insert(c.interest, {c, done_by(ctx), {}, {}});
    s.profiles.edit(c.profile).interests.push_back(c.interest);
    put_under(s.interests_of, c.organisation, c.interest);
}

void apply(state& s, const charter::state&, const answer_interest& c, const context& ctx) {
    s.interests.edit(c.interest).answer = given_answer{c, done_by(ctx)};
}

void apply(state& s, const charter::state&, const record_outcome& c, const context& ctx) {
    s.interests.edit(c.interest).outcome = seen_outcome{c, done_by(ctx)};
}

}  // namespace veche::registry
