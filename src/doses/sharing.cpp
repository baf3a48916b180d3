#include "doses/sharing.hpp"

#include <algorithm>

namespace veche::doses {
namespace {

std::int64_t first_doses_in(const state& s, const product_id& product, const region_id& region,
                            const group_id& group) {
    const std::int64_t* given = s.given_in.find(region_given_key{product, region, group, 1});
    return given ? *given : 0;
}

std::vector<group_doses> by_group(const state& s, const allocate& c, const site_id& site,
                                  std::int64_t doses) {
    const std::optional<region_id>& region = s.sites.find(site)->what.region;
    std::vector<group_doses> out;
    if (!region) return out;
    std::vector<const record_group*> groups;
    for (const auto& [id, one] : s.groups) groups.push_back(&one.what);
    std::stable_sort(groups.begin(), groups.end(),
                     [](const auto* a, const auto* b) { return a->rank < b->rank; });
    for (const record_group* group : groups) {
        const auto* target = s.targets.find(people_key{*region, group->group});
        if (!target) continue;
        const std::int64_t open =
            target->what.people - first_doses_in(s, c.product, *region, group->group);
        const std::int64_t gets = std::clamp<std::int64_t>(open, 0, doses);
        out.push_back({group->group, gets});
        doses -= gets;
    }
    return out;
}

}  // namespace

shares::dose_request request_of(const allocate& c, const record_product& product) {
    shares::dose_request out;
    out.rule = static_cast<shares::dose_rule>(c.rule);
    out.amount = c.doses;
    out.pack = product.vial;
    out.scale = c.scale;
    for (const recipient& one : c.recipients)
        out.regions.push_back({one.site.value, one.weight, one.already, one.cap});
    return out;
}

std::vector<allocated_share> shares_for(const state& s, const allocate& c,
                                        const shares::dose_plan& plan) {
    std::vector<allocated_share> out;
    for (const shares::dose_share& one : plan.shares) {
        const site_id site{one.name};
        out.push_back({site, one.doses, one.exact, std::string(name_of(one.why)), one.rounded_up,
                       by_group(s, c, site, one.doses)});
    }
    return out;
}

shares::dose_plan plan_of(const allocated& from) {
    shares::dose_plan out;
    out.level = from.level;
    out.left_over = from.left_over;
    const auto names = describe<shares::dose_reason>().choices;
    for (const allocated_share& one : from.shares) {
        const auto why = std::find(names.begin(), names.end(), one.why) - names.begin();
        out.shares.push_back({one.site.value, one.doses, one.exact,
                              static_cast<shares::dose_reason>(why), one.rounded_up});
    }
    return out;
}

}  // namespace veche::doses
