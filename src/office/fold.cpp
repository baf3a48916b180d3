#include "office/fold.hpp"

#include "assembly/deadlines.hpp"
#include "barriers/deadlines.hpp"
#include "calls/deadlines.hpp"
#include "doses/deadlines.hpp"
#include "fund/fund.hpp"
#include "kernel/check.hpp"
#include "office/office.hpp"
#include "office/reactions.hpp"
#include "prevention/prevention.hpp"
#include "programme/deadlines.hpp"
#include "registry/deadlines.hpp"

namespace veche::office {
namespace {

// Numbers and times of the entries that an act and its consequences become.
context context_of(const state& s, instant at) {
    context ctx;
    ctx.at = at;
    ctx.seq = s.size;
    return ctx;
}

/// Counts an entry as folded.
void count(state& s, instant at) {
    ++s.size;
    s.last_at = at;
}

}  // namespace

void settle(state& s, events seeds, instant at, events& out) {
    for (event& e : seeds) {
        const route* r = find_route(e.type);
        VECHE_ENSURE(r && !r->command, "a derived event has a route");
        VECHE_ENSURE(e.made, "a derived event was just made");
        const context ctx = context_of(s, at);
        r->fold(s, e.made.get(), ctx);
        count(s, at);
        // Its text, which may be long, goes on; who reacts reads what it was made of.
        out.push_back({e.type, e.v, std::move(e.body), nullptr});
        react(s, e, ctx, out);
    }
}

result<events> carry_out(state& s, const act& what, instant at) {
    const route* r = what.by ? what.by : find_route(what.type);
    if (!r || !r->command) return refuse(refusals::type_unknown, "type", what.type);
    if (r->wire.v != what.v)
        return refuse(refusals::version_unknown, "v", what.type, std::to_string(what.v));
    context ctx = context_of(s, at);
    ctx.actor = what.actor;
    ctx.auth = what.auth;
    const auto act = what.proofs_checked && r->act_checked ? r->act_checked : r->act;
    events derived = VECHE_TRY(act(s, what.body, ctx));
    count(s, at);
    events out;
    settle(s, std::move(derived), at, out);
    react_to_act(s, what, ctx, out);
    return out;
}

events pass_deadline(state& s, instant at) {
    events out;
    auto due = assembly::next_due(s.assembly, s.charter, at);
    if (!due) due = programme::next_due(s.programme, s.charter, at);
    if (!due) due = fund::next_due(s.fund, s.charter, at);
    if (!due) due = calls::next_due(s.calls, s.charter, at);
    if (!due) due = registry::next_due(s.registry, s.charter, at);
    if (!due) due = barriers::next_due(s.barriers, s.charter, at);
    if (!due) due = doses::next_due(s.doses, s.charter, at);
    if (!due) due = prevention::next_due(s.prevention, s.charter, at);
    if (due) settle(s, {*std::move(due)}, at, out);
    return out;
}

std::optional<instant> next_deadline(const state& s) {
    std::optional<instant> first;
    for (const auto& one :
         {assembly::earliest_due(s.assembly), programme::earliest_due(s.programme),
          fund::earliest_due(s.fund), calls::earliest_due(s.calls),
          registry::earliest_due(s.registry), barriers::earliest_due(s.barriers),
          doses::earliest_due(s.doses), prevention::earliest_due(s.prevention)})
        if (one && (!first || *one < *first)) first = one;
    return first;
}

}  // namespace veche::office
