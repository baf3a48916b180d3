#include "calls/report.hpp"

#include <map>

#include "calls/teams.hpp"

namespace veche::calls {
namespace {

/// Counts applications one by one into the report.
class counting {
  public:
    explicit counting(const call& c) : call_(c) {
        out_.call = c.asked.call;
        for (const programme_plan& plan : c.asked.programmes)
            out_.programmes.push_back({plan.programme, plan.capacity, 0, 0, 0});
        if (c.asked.budget)
            out_.programmes.push_back({std::nullopt, c.asked.budget->minor, 0, 0, 0});
        for (const group_plan& plan : c.asked.groups) out_.groups.push_back({plan.group, 0, 0});
    }

    void add(const application& a) {
        if (a.withdrawn) return;
        ++out_.applications;
        if (!a.offers.empty()) ++out_.offered;
        const bool eligible = a.eligible == eligibility::eligible && !a.set_aside;
        const offer* held = a.held();
        const bool accepted = held && held->status == offer_status::accepted;
        if (eligible) ++out_.eligible;
        if (accepted) ++out_.accepted;
        for (group_figures& one : out_.groups)
            if (a.in_group(one.group)) {
                one.applied += eligible ? 1 : 0;
                one.accepted += accepted ? 1 : 0;
            }
        if (accepted) add_held(a, *held);
    }

    call_concluded finish() {
        std::map<member_id, member_figures> members;
        for (std::size_t p = 0; p < out_.programmes.size(); ++p) {
            programme_figures& one = out_.programmes[p];
            one.left = std::max<std::int64_t>(one.capacity - (one.accepted - one.beyond), 0);
            out_.left += one.left;
            if (p >= call_.asked.programmes.size() || !call_.asked.programmes[p].member) continue;
            member_figures& of = members[*call_.asked.programmes[p].member];
            of.capacity += one.capacity;
            of.accepted += one.accepted;
        }
        for (auto& [id, figures] : members) {
            figures.member = id;
            out_.members.push_back(figures);
        }
        return std::move(out_);
    }

  private:
    void add_held(const application& a, const offer& held) {
        for (programme_figures& one : out_.programmes)
            if (one.programme == held.programme) {
                one.accepted += held.programme ? 1 : a.asked.asks->minor;
                // Money of an appeal comes out of the same budget.
                if (held.programme && held.beyond) ++one.beyond;
            }
    }

    const call& call_;
    call_concluded out_;
};

}  // namespace

call_concluded report_of(const state& s, const call& c) {
    counting all(c);
    each_application(s, c.asked.call, [&](const application& a) { all.add(a); });
    call_concluded out = all.finish();
    if (by_teams(c.asked)) out.teams = teams_now(s, c, true);
    return out;
}

}  // namespace veche::calls
