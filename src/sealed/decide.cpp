// Four eyes: nothing sealed is opened or destroyed by one person alone.

#include "journal/seal.hpp"
#include "sealed/readers.hpp"
#include "sealed/refusal.hpp"

namespace veche::sealed {
namespace {

result<const sealed_text*> known(const world& w, const sealed_id& id) {
    const sealed_text* t = w.own.texts.find(id);
    if (!t) return refuse(refusals::text_unknown, "sealed", id.value);
    return t;
}

/// The power "unseal" in one of the text's bodies. (No decision may order what this room does: a
/// motion would spell out what it opens.)
result<void> require_unseal(const world& w, const sealed_text& t, const context& ctx,
                            std::string_view type) {
    result<void> last;
    for (const body_id& body : t.bodies) {
        last = charter::require(w.charter, ctx, "unseal", body, type);
        if (last) return last;
    }
    return last;
}

result<void> check_ground(const localized& ground) {
    std::size_t size = 0;
    for (const auto& [language, text] : ground) size += text.size();
    if (size == 0) return refuse(refusals::ground_missing, "ground");
    if (size > max_ground_bytes)
        return refuse(refusals::ground_too_long, "ground", std::to_string(max_ground_bytes));
    return {};
}

template <class Command>
result<events> decide_proposal(const world& w, const Command& c, const context& ctx,
                               request_kind kind) {
    const sealed_text* t = VECHE_TRY(known(w, c.sealed));
    VECHE_CHECK(require_unseal(w, *t, ctx, Command::wire.type));
    VECHE_CHECK(check_ground(c.ground));
    if (kind == request_kind::disclosure && t->seal.class_ == sealed_class::personal)
        return refuse(refusals::personal_stays, "sealed");
    // What was published may still be destroyed beside the journal, but not unsaid: so it is over.
    if (t->status != text_status::sealed) return refuse(refusals::over, "sealed");
    if (t->proposal) return refuse(refusals::proposal_open, "sealed");
    return events{};
}

/// What is common to both confirmations: the text, if this person may confirm this.
template <class Command>
result<const sealed_text*> check_confirmation(const world& w, const Command& c, const context& ctx,
                                              request_kind kind) {
    const sealed_text* t = VECHE_TRY(known(w, c.sealed));
    VECHE_CHECK(require_unseal(w, *t, ctx, Command::wire.type));
    if (t->proposal && t->proposal->by == ctx.actor) return refuse(refusals::same_person, "sealed");
    if (t->status != text_status::sealed) return refuse(refusals::over, "sealed");
    if (!t->proposal || t->proposal->kind != kind)
        return refuse(refusals::nothing_proposed, "sealed");
    return t;
}

std::int64_t entry_of(std::uint64_t seq) {
    return static_cast<std::int64_t>(seq);
}

}  // namespace

result<void> check_new(const world& w, const seal_ref& s, const std::string& field) {
    const std::string text = to_json(s);
    json::document doc;
    VECHE_CHECK(doc.reset(text));
    if (const auto read = journal::read_seal(doc.root()); !read)
        return refuse(refusals::seal_unsound, field,
                      read.error().args.empty() ? "" : read.error().args.front());
    if (w.own.texts.contains(s.commit)) return refuse(refusals::seal_taken, field);
    // Destroying goes by subject, so that nothing else is destroyed with a text unseen.
    if (w.own.by_subject.contains(s.subject)) return refuse(refusals::subject_taken, field);
    return {};
}

result<events> decide(const world& w, const propose_disclosure& c, const context& ctx) {
    return decide_proposal(w, c, ctx, request_kind::disclosure);
}

result<events> decide(const world& w, const propose_shredding& c, const context& ctx) {
    return decide_proposal(w, c, ctx, request_kind::shredding);
}

result<events> decide(const world& w, const confirm_disclosure& c, const context& ctx) {
    const sealed_text* t = VECHE_TRY(check_confirmation(w, c, ctx, request_kind::disclosure));
    const auto commit = from_hex(c.sealed.value);
    const auto salt = from_base64(c.salt);
    if (!commit || !salt || c.text.size() > max_text_bytes ||
        as_bytes(journal::seal_commit(*salt, c.text)) != *commit)
        return refuse(refusals::disclosure_wrong, "text");
    return events{
        make_event(disclosed{c.sealed, entry_of(t->proposal->seq), to_hex(sha256(c.text))})};
}

result<events> decide(const world& w, const confirm_shredding& c, const context& ctx) {
    const sealed_text* t = VECHE_TRY(check_confirmation(w, c, ctx, request_kind::shredding));
    return events{make_event(shredded{c.sealed, entry_of(t->proposal->seq), t->seal.subject})};
}

result<events> decide(const world& w, const withdraw_proposal& c, const context& ctx) {
    const sealed_text* t = VECHE_TRY(known(w, c.sealed));
    const bool own = t->proposal && t->proposal->by == ctx.actor;
    if (!own && !require_unseal(w, *t, ctx, withdraw_proposal::wire.type))
        return refuse(refusals::not_yours, "sealed");
    if (t->status != text_status::sealed) return refuse(refusals::over, "sealed");
    if (!t->proposal) return refuse(refusals::nothing_proposed, "sealed");
    return events{};
}

}  // namespace veche::sealed
