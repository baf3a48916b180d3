#include "sealed/sealed.hpp"

namespace veche::sealed {
namespace {

void propose(state& s, const sealed_id& id, request_kind kind, const localized& ground,
             const context& ctx) {
    s.texts.edit(id).proposal = request{kind, ctx.actor, ctx.auth, ground, ctx.at, ctx.seq};
}

confirmation confirmed_by(const context& ctx) {
    return {ctx.actor, ctx.auth, ctx.at, ctx.seq};
}

}  // namespace

void apply(state& s, const charter::state&, const text_kept& e, const context& ctx) {
    sealed_text t;
    t.seal = e.sealed;
    t.bodies = e.bodies;
    t.from = e.from;
    t.title = e.title;
    t.at = ctx.at;
    t.seq = ctx.seq;
    s.by_subject.insert(e.sealed.subject, e.sealed.commit);
    s.texts.insert(e.sealed.commit, std::move(t));
}

void apply(state& s, const charter::state&, const propose_disclosure& c, const context& ctx) {
    propose(s, c.sealed, request_kind::disclosure, c.ground, ctx);
}

void apply(state& s, const charter::state&, const propose_shredding& c, const context& ctx) {
    propose(s, c.sealed, request_kind::shredding, c.ground, ctx);
}

void apply(state& s, const charter::state&, const withdraw_proposal& c, const context&) {
    s.texts.edit(c.sealed).proposal.reset();
}

void apply(state& s, const charter::state&, const confirm_disclosure& c, const context& ctx) {
    sealed_text& t = s.texts.edit(c.sealed);
    t.confirmed = confirmed_by(ctx);
    t.salt = c.salt;
    t.text = c.text;
}

void apply(state& s, const charter::state&, const confirm_shredding& c, const context& ctx) {
    s.texts.edit(c.sealed).confirmed = confirmed_by(ctx);
}

void apply(state& s, const charter::state&, const disclosed& e, const context&) {
    s.texts.edit(e.sealed).status = text_status::disclosed;
}

void apply(state& s, const charter::state&, const shredded& e, const context&) {
    s.texts.edit(e.sealed).status = text_status::shredded;
}

}  // namespace veche::sealed
