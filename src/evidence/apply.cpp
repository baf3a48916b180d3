#include <algorithm>

#include "evidence/evidence.hpp"

namespace veche::evidence {
namespace {

doing now(const context& ctx) {
    return {ctx.actor, ctx.auth, ctx.at, ctx.seq};
}

/// Of each data set once, though it may stand in several parts.
void note_use(state& s, const publish_finding& c) {
    for (const dataset_use& use : c.specified.data) {
        std::vector<finding_id>& users = s.datasets.edit(use.dataset).used_by;
        if (users.empty() || users.back() != c.finding) users.push_back(c.finding);
    }
}

}  // namespace

void apply(state& s, const charter::state&, const register_dataset& c, const context& ctx) {
    if (c.replaces) s.datasets.edit(*c.replaces).replaced_by = c.dataset;
    s.datasets.insert(c.dataset, {c, now(ctx), {}, {}, {}});
}

void apply(state& s, const charter::state&, const withdraw_dataset& c, const context& ctx) {
    s.datasets.edit(c.dataset).withdrawn = taking_back{now(ctx), c.reason};
}

void apply(state& s, const charter::state&, const publish_finding& c, const context& ctx) {
    if (c.corrects) s.findings.edit(*c.corrects).corrected_by = c.finding;
    note_use(s, c);
    s.findings.insert(c.finding, {c, now(ctx), {}, {}, {}, {}});
}

void apply(state& s, const charter::state&, const review_finding& c, const context& ctx) {
    s.findings.edit(c.finding).reviews.push_back(
        {now(ctx), c.outcome, c.result, c.program, c.note});
}

void apply(state& s, const charter::state&, const withdraw_finding& c, const context& ctx) {
    s.findings.edit(c.finding).withdrawn = taking_back{now(ctx), c.reason};
}

void apply(state& s, const charter::state&, const attach_finding& c, const context& ctx) {
    s.findings.edit(c.finding).attached.push_back({c.to, now(ctx)});
    if (!s.about.contains(c.to)) s.about.insert(c.to, {});
    s.about.edit(c.to).push_back(c.finding);
}

void apply(state& s, const charter::state&, const detach_finding& c, const context&) {
    std::erase_if(s.findings.edit(c.finding).attached,
                  [&](const attachment& a) { return a.to == c.from; });
    std::vector<finding_id>& there = s.about.edit(c.from);
    there.erase(std::remove(there.begin(), there.end(), c.finding), there.end());
}

}  // namespace veche::evidence
