#include "ballot/election.hpp"

#include <algorithm>
#include <map>
#include <set>

#include <fmt/format.h>

#include "ballot/refusal.hpp"
#include "kernel/check.hpp"

namespace veche::ballot {
namespace {

tl::unexpected<refusal> unsound(std::string field, std::string why) {
    return refuse(refusals::definition_unsound, std::move(field), std::move(why));
}

result<void> check_options(const definition& d) {
    if (d.options.empty() || d.options.size() > static_cast<std::size_t>(max_options))
        return unsound("options", fmt::format("it has 1 to {} options", max_options));
    if (d.options.size() == 1 && !d.blank)
        return unsound("options", "with one option and no blank vote there is no choice");
    std::set<std::string_view> ids;
    for (const option& o : d.options)
        if (!is_identifier(o.id) || !ids.insert(o.id).second)
            return unsound("options", "each option has a short name of its own");
    if (d.most < 1 || d.most > static_cast<std::int32_t>(d.options.size()))
        return unsound("most", "at most between one option and all of them are chosen");
    if (d.least < 0 || d.least > d.most)
        return unsound("least", "at least between no option and as many as may be are chosen");
    return {};
}

result<void> check_trustees(const definition& d) {
    if (d.trustees.empty() || d.trustees.size() > static_cast<std::size_t>(max_trustees))
        return unsound("trustees", fmt::format("it has 1 to {} trustees", max_trustees));
    if (d.threshold < 1 || d.threshold > static_cast<std::int32_t>(d.trustees.size()))
        return unsound("threshold", "between one trustee and all of them decrypt");
    std::set<element> keys;
    for (std::size_t n = 0; n < d.trustees.size(); ++n)
        for (const element& key : {d.trustees[n].signing, d.trustees[n].encryption}) {
            if (!is_generator(key))
                return refuse(refusals::not_an_element, fmt::format("trustees.{}", n));
            if (!keys.insert(key).second)
                return unsound("trustees", "each trustee has keys of its own");
        }
    return {};
}

}  // namespace

digest hash_of(const definition& d) {
    return transcript("veche/ballot/definition/1").add(std::string_view(to_json(d))).hash();
}

digest hash_of(const roll& r) {
    transcript t("veche/ballot/roll/1");
    t.add(r.voters.size());
    for (const voter& v : r.voters) t.add(v.credential).add(static_cast<std::uint64_t>(v.weight));
    return t.hash();
}

digest hash_of(const election& e) {
    return transcript("veche/ballot/election/1").add(std::string_view(to_json(e))).hash();
}

result<void> check_definition(const definition& d) {
    if (!is_identifier(d.id)) return unsound("id", "it has no name");
    VECHE_CHECK(check_options(d));
    if (d.floor < lowest_floor)
        return unsound("floor", fmt::format("fewer than {} voters reveal votes", lowest_floor));
    if (d.weight_floor < 1) return unsound("weight_floor", "it is 1 or more");
    return check_trustees(d);
}

result<void> check_roll(const roll& r) {
    if (r.voters.empty() || r.voters.size() > max_voters)
        return refuse(refusals::roll_unsound, "voters",
                      fmt::format("it has 1 to {} voters", max_voters));
    std::int64_t total = 0;
    for (std::size_t n = 0; n < r.voters.size(); ++n) {
        const voter& v = r.voters[n];
        const auto field = [&] { return fmt::format("voters.{}", n); };
        if (!is_generator(v.credential)) return refuse(refusals::not_an_element, field());
        if (n > 0 && v.credential <= r.voters[n - 1].credential)
            return refuse(refusals::roll_unsound, field(),
                          "credentials ascend and none comes twice");
        if (v.weight < 1 || v.weight > max_weight - total)
            return refuse(refusals::roll_unsound, field(),
                          fmt::format("weights are positive and sum to {} at most", max_weight));
        total += v.weight;
    }
    return {};
}

roll sorted(roll r) {
    std::sort(r.voters.begin(), r.voters.end(),
              [](const voter& a, const voter& b) { return a.credential < b.credential; });
    return r;
}

std::optional<std::int64_t> weight_of(const roll& r, const element& credential) {
    const auto at = std::lower_bound(
        r.voters.begin(), r.voters.end(), credential,
        [](const voter& v, const element& wanted) { return v.credential < wanted; });
    if (at == r.voters.end() || at->credential != credential) return std::nullopt;
    return at->weight;
}

result<election> open_election(const definition& d, const roll& r, const digest& ceremony,
                               const element& key) {
    VECHE_CHECK(check_definition(d));
    VECHE_CHECK(check_roll(r));
    if (!is_generator(key)) return refuse(refusals::not_an_element, "key");
    election e{hash_of(d), hash_of(r), ceremony, key, static_cast<std::int64_t>(r.voters.size()),
               0};
    std::map<std::int64_t, std::int32_t> holders;
    for (const voter& v : r.voters) {
        e.weight += v.weight;
        ++holders[v.weight];
    }
    if (e.voters < d.floor)
        return refuse(refusals::roll_unsound, "voters",
                      fmt::format("{} voters must take part and it has {}", d.floor, e.voters));
    for (const auto& [weight, count] : holders)
        if (count < d.weight_floor)
            return refuse(refusals::roll_unsound, "voters",
                          fmt::format("{} voters of each weight must take part and {} have weight "
                                      "{}",
                                      d.weight_floor, count, weight));
    return e;
}

terms terms_of(const definition& d, const election& e) {
    return {.election = hash_of(e),
            .key = e.key,
            .choices = static_cast<std::int32_t>(d.options.size()) + (d.blank ? 1 : 0),
            .blank = d.blank,
            .least = d.least,
            .most = d.most};
}

scalar credential_secret(const seed& from) {
    return transcript("veche/ballot/credential/1").add(from).challenge();
}

element credential_of(const seed& from) {
    scalar secret = credential_secret(from);
    const element out = generate(secret);
    wipe(secret);
    return out;
}

}  // namespace veche::ballot
