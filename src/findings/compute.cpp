#include <algorithm>
#include <array>

#include "findings/findings.hpp"
#include "findings/methods.hpp"
#include "findings/refusal.hpp"
#include "findings/remarks.hpp"
#include "trade/sentences.hpp"

namespace veche::findings {
namespace {

std::string names_of(std::span<const parameter_info> all) {
    std::string names;
    for (const parameter_info& one : all)
        names += (names.empty() ? "" : ", ") + std::string(one.name);
    return names;
}

const source* find_role(const request& from, std::string_view role) {
    const auto found = std::find_if(from.data.begin(), from.data.end(),
                                    [&](const source& s) { return s.role == role; });
    return found == from.data.end() ? nullptr : &*found;
}

result<void> check_roles(const method_info& method, const request& from) {
    const std::string name(method.name);
    for (const role_info& one : method.roles)
        if (!find_role(from, one.role))
            return refuse(refusals::role_missing, "specified.data", name, std::string(one.role),
                          std::string(one.meaning));
    for (const source& one : from.data) {
        const bool wanted = std::any_of(method.roles.begin(), method.roles.end(),
                                        [&](const role_info& r) { return r.role == one.role; });
        if (!wanted) return refuse(refusals::role_unknown, "specified.data", name, one.role);
    }
    return {};
}

/// Every parameter of the method, in rising order of names, presets filled in.
result<std::vector<evidence::parameter>> filled_in(const method_info& method,
                                                   const std::vector<evidence::parameter>& said) {
    const std::string name(method.name);
    for (const evidence::parameter& one : said) {
        const bool known = std::any_of(method.parameters.begin(), method.parameters.end(),
                                       [&](const parameter_info& p) { return p.name == one.name; });
        if (!known)
            return refuse(refusals::parameter_unknown, "specified.parameters", name, one.name,
                          names_of(method.parameters));
    }
    std::vector<evidence::parameter> all;
    for (const parameter_info& one : method.parameters) {
        const auto own = std::find_if(said.begin(), said.end(), [&](const evidence::parameter& p) {
            return p.name == one.name;
        });
        if (own == said.end() && one.preset.empty())
            return refuse(refusals::parameter_missing, "specified.parameters", name,
                          std::string(one.name), std::string(one.meaning));
        all.push_back(
            {std::string(one.name), own == said.end() ? std::string(one.preset) : own->value});
    }
    std::sort(all.begin(), all.end(), [](const auto& a, const auto& b) { return a.name < b.name; });
    return all;
}

}  // namespace

std::span<const method_info> methods() {
    static const std::array all{barrier_cost,     equilibrium,         gravity_model,
                                indicators,       joint_enterprises,   mirror_1,
                                mirror_2,         partner_share_1,     partner_share_2,
                                product_space_of, supply_dependence_1, supply_dependence_2,
                                tariff_change};
    return all;
}

const method_info* find_method(std::string_view name) {
    const auto all = methods();
    const auto found =
        std::find_if(all.begin(), all.end(), [&](const method_info& m) { return m.name == name; });
    return found == all.end() ? nullptr : &*found;
}

std::string english_of(const remark& one) {
    for (const remark_kind* kind : remarks::all)
        if (kind->code == one.code) return english(*kind, one.args);
    return trade::sentence_of(one);
}

result<computed> compute(request from) {
    const method_info* method = find_method(from.specified.method);
    if (!method) {
        std::string names;
        for (const method_info& one : methods())
            if (!one.superseded) names += (names.empty() ? "" : ", ") + std::string(one.name);
        return refuse(refusals::method_unknown, "specified.method", from.specified.method, names);
    }
    VECHE_CHECK(check_roles(*method, from));
    from.specified.parameters = VECHE_TRY(filled_in(*method, from.specified.parameters));
    computed made = VECHE_TRY(method->compute(from));
    if (method->superseded) {
        for (const remark& one : made.notes) made.remarks.push_back(english_of(one));
        made.notes.clear();
    }
    made.specified = from.specified;
    for (const source& one : from.data) made.data.push_back({one.role, one.sha256});
    return made;
}

}  // namespace veche::findings
