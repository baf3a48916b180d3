// One motion: its text with what amendments changed in it, and the amendments themselves.

#include <algorithm>

#include "api/pages/acts.hpp"
#include "api/pages/amendment_words.hpp"
#include "api/pages/feeds.hpp"
#include "api/pages/findings.hpp"
#include "api/pages/following.hpp"
#include "api/pages/orders.hpp"
#include "api/pages/reasons.hpp"
#include "assembly/views.hpp"
#include "documents/thing_news.hpp"

namespace veche::api::pages {

std::string amendment_label(const visit& here, const assembly::amendment_view& one) {
    const bool at_head = one.kind == assembly::amendment_kind::insert_after && one.place == 0;
    const std::string key =
        "amendment.does." + std::string(name_of(one.kind)) + (at_head ? "_head" : "");
    return here.text(key, {{"n", std::int64_t{one.place}}});
}

namespace {

using namespace assembly;

struct amendment_card {
    amendment_view amendment;
    std::string label;
    std::string language;
    std::vector<diff_piece> pieces;
    std::vector<order_card> orders;
    std::vector<act> acts;
};
VECHE_VIEW_HERE(amendment_card, (amendment, "The amendment."), (label, "What it does, in words."),
                (language, "Language of its words here."),
                (pieces, "What it changes, word by word."),
                (orders, "The command it puts in, in words."), (acts, "What the reader may do."))

struct motion_page {
    shown<motion_view> motion;
    std::vector<order_card> orders;
    std::vector<reason_card> rule_words;
    std::vector<act> acts;
    std::string text_language;
    bool of_record = true;
    std::vector<paragraph_view> paragraphs;
    std::vector<amendment_card> amendments;
    std::int32_t waiting = 0;
    std::vector<forward_view> forwards;
    shown<secret_votes_view> secret;
    std::vector<evidence::finding_row> findings;
};
VECHE_VIEW_HERE(motion_page, (motion, "The motion."), (orders, "What it orders, in words."),
                (rule_words, "Its rule in words."), (acts, "What the reader may do."),
                (text_language, "Language of the text shown."),
                (of_record, "Whether that is the language of record."),
                (paragraphs, "The text against the text as tabled."),
                (amendments, "The amendments: those that wait first, in the order of voting."),
                (waiting, "How many wait for their vote."),
                (forwards, "Where it was forwarded, and what became of it."),
                (secret, "Secret votes on it."), (findings, "Evidence laid beside it."))

/// A button for each seat of the reader: support it, or take the support back.
void add_support(const visit& here, const motion_view& motion, const std::string& amendment,
                 const std::string& tabled_as, const std::vector<supporter_view>& by,
                 act_list& acts) {
    for (const std::string& seat : motion.means.seats) {
        if (seat == tabled_as) continue;
        const bool given = std::any_of(by.begin(), by.end(),
                                       [&](const supporter_view& one) { return one.seat == seat; });
        std::vector<act_field> fields{{"motion", motion.id.value}, {"seat", seat}};
        if (!amendment.empty()) fields.push_back({"amendment", amendment});
        const localized* name = here.names.find("seat", seat);
        const std::string label = here.text(given ? "act.withdraw_support_as" : "act.support_as",
                                            {{"seat", name ? here.name_of(*name) : seat}});
        acts.button(given ? withdraw_support::wire.type : support_motion::wire.type, seat,
                    std::move(fields), label);
    }
}

std::vector<act> amendment_acts(const visit& here, const motion_view& motion,
                                const amendment_view& one) {
    act_list acts(here, "motions/" + motion.id.value);
    const auto preside = office_with(motion.means, "preside", motion.body.id);
    if (one.turn == 1 && motion.status == motion_status::tabled &&
        motion.session_state == session_status::open)
        acts.form("assembly.open_vote", preside,
                  {{"motion", motion.id.value}, {"amendment", one.id.value}});
    if (motion.may_support && one.status == amendment_status::tabled && one.supporters_needed > 0)
        add_support(here, motion, one.id.value, one.tabled_as, one.supporters, acts);
    if (one.may_withdraw) {
        const bool own = one.tabled_by && one.tabled_by->value == here.context.person;
        acts.button("assembly.withdraw_amendment", own ? one.tabled_as : preside,
                    {{"amendment", one.id.value}});
    }
    return acts.take();
}

/// Those that wait first, by their turn; then the others as they were tabled.
void put_in_order(std::vector<amendment_card>& cards) {
    const auto turn = [](const amendment_card& c) {
        return c.amendment.turn == 0 ? std::int32_t{1'000'000} : c.amendment.turn;
    };
    std::stable_sort(cards.begin(), cards.end(),
                     [&](const auto& a, const auto& b) { return turn(a) < turn(b); });
}

void add_text(visit& here, motion_page& page) {
    const motion_view& motion = *page.motion;
    const auto changes =
        here.ask<text_changes_view>(text_changes_query{motion.id, std::string(here.lang)});
    if (!changes) return;
    page.text_language = (*changes)->language;
    page.of_record = (*changes)->language == (*changes)->record;
    page.paragraphs = (*changes)->paragraphs;
    for (const amendment_view& one : motion.amendments) {
        amendment_card card;
        card.amendment = one;
        card.label = amendment_label(here, one);
        for (const amendment_change& change : (*changes)->amendments)
            if (change.id == one.id) {
                card.language = change.language;
                card.pieces = change.pieces;
            }
        card.orders = orders_of(here, one.order);
        card.acts = amendment_acts(here, motion, one);
        page.waiting += one.turn > 0 ? 1 : 0;
        page.amendments.push_back(std::move(card));
    }
    put_in_order(page.amendments);
}

std::optional<std::string> tabling_as(const motion_view& motion) {
    auto by = office_with(motion.means, "table", motion.body.id);
    if (!by && !motion.means.seats.empty()) by = motion.means.seats.front();
    return by;
}

/// Who of the charter moves the motion to its next stage, if it is the reader.
std::optional<std::string> advancing_as(const visit& here, const motion_view& motion,
                                        const stage_view& stage) {
    const person_id reader{here.context.person};
    const date today = date_of(here.context.now);
    if (stage.by.empty()) return office_with(motion.means, "preside", motion.body.id);
    for (const std::string& one : stage.by)
        if (here.charter.holds_office(reader, office_id{one}, today) ||
            here.charter.holds_seat(reader, one, today))
            return one;
    return std::nullopt;
}

/// Stages, urgency, parts, reconsideration: what moves the motion on its way.
void add_course(const visit& here, const motion_page& page, act_list& acts) {
    const motion_view& motion = *page.motion;
    const std::vector<act_field> it{{"motion", motion.id.value}};
    const auto with = [&](std::string name, std::string value) {
        std::vector<act_field> fields = it;
        fields.push_back({std::move(name), std::move(value)});
        return fields;
    };
    const auto preside = office_with(motion.means, "preside", motion.body.id);
    const bool sitting = motion.session_state == session_status::open;
    if (motion.may_support)
        for (const stage_view& stage : motion.stages)
            if (stage.next)
                acts.form(advance_motion::wire.type, advancing_as(here, motion, stage),
                          with("stage", stage.id),
                          here.text("act.advance_to", {{"stage", here.name_of(stage.name)}}));
    if (motion.urgency_votable && sitting)
        acts.form(open_vote::wire.type, preside, with("urgency", "true"),
                  here.text("act.vote_on_urgency"));
    for (const part_view& part : motion.parts)
        if (part.status == part_status::waiting && sitting && page.waiting == 0 &&
            motion.status == motion_status::tabled)
            acts.form(open_vote::wire.type, preside, with("part", std::to_string(part.number)),
                      here.text("act.vote_on_part", {{"n", std::int64_t{part.number}}}));
    auto asking = preside;
    if (!motion.means.seats.empty()) asking = motion.means.seats.front();
    if (motion.may_support && motion.parts.empty() && !motion.bundle)
        acts.form(split_motion::wire.type, asking, it);
    if (motion.may_reconsider)
        for (const std::string& seat : motion.means.seats)
            acts.button(reconsider_motion::wire.type, seat, with("seat", seat));
}

/// Whether the motion itself could be put to the vote.
bool is_ready(const motion_page& page) {
    const motion_view& motion = *page.motion;
    const bool stages = std::none_of(motion.stages.begin(), motion.stages.end(),
                                     [](const stage_view& one) { return one.next; });
    const bool parts =
        std::none_of(motion.parts.begin(), motion.parts.end(),
                     [](const part_view& one) { return one.status == part_status::waiting; });
    const bool urgent = motion.urgent == urgency::not_needed || motion.urgent == urgency::granted;
    const bool together = motion.bundle && motion.bundle->status == bundle_status::standing;
    return page.waiting == 0 && stages && parts && urgent && !together &&
           static_cast<std::int64_t>(motion.supporters.size()) >= motion.supporters_needed;
}

std::vector<act> motion_acts(const visit& here, const motion_page& page) {
    const motion_view& motion = *page.motion;
    act_list acts(here, "motions/" + motion.id.value);
    const std::vector<act_field> it{{"motion", motion.id.value}};
    const auto preside = office_with(motion.means, "preside", motion.body.id);
    const bool tabled = motion.status == motion_status::tabled;
    const charter::body* body = here.charter.find_body(motion.body.id);
    const bool sitting = motion.session_state == session_status::open;
    const bool by_letter = body != nullptr && body->votes && body->votes->written_hours &&
                           motion.session_state == session_status::convened;
    if (tabled && (by_letter || sitting) && is_ready(page))
        acts.form("assembly.open_vote", preside, it);
    add_course(here, page, acts);
    if (motion.may_support && motion.supporters_needed > 0)
        add_support(here, motion, {}, motion.tabled_as, motion.supporters, acts);
    if (tabled && sitting && is_ready(page) && body && body->secret)
        acts.form("assembly.open_secret_vote", preside, it);
    if (motion.may_amend) acts.form("assembly.table_amendment", tabling_as(motion), it);
    if (tabled || motion.status == motion_status::adopted)
        acts.form(forward_motion::wire.type, preside, it);
    if (tabled && page.waiting > 1) acts.form("assembly.set_voting_order", preside, it);
    if (motion.may_withdraw) {
        const bool own = motion.tabled_by && motion.tabled_by->value == here.context.person;
        acts.button("assembly.withdraw_motion", own ? motion.tabled_as : preside, it);
    }
    return acts.take();
}

response motions(visit& here) {
    here.page.door = "sessions";
    VECHE_SHOW_OR_FAIL(motion, here, here.ask<motion_view>(motion_query{{here.id}}));
    if (here.form == "json") return here.json(*motion);
    if (here.form == "atom") {
        VECHE_SHOW_OR_FAIL(seen, here, ask_publicly<motion_view>(here, motion_query{{here.id}}));
        return atom_feed(here, "motion/" + here.id, here.name_of(seen->title),
                         documents::news_of(setting_of(here), *seen));
    }
    offer_atom(here, "motions/" + here.id);
    here.above("sessions", here.text("door.sessions"));
    here.above("sessions/" + motion->session.value, here.name_of(motion->session_title));
    offer_follow(here, "motion/" + motion->id.value);
    motion_page page;
    page.motion = motion;
    page.orders = orders_of(here, motion->enactments);
    link_plans(page.orders, motion->enactments, motion->id.value);
    page.rule_words = rule_in_words(here, motion->rule.id, motion->body.id);
    add_text(here, page);
    page.forwards = motion->forwarded;
    VECHE_SHOW_OR_FAIL(secret, here,
                       here.ask<secret_votes_view>(secret_votes_query{{}, motion->id, {}}));
    page.secret = secret;
    page.findings = findings_beside(here, evidence::subject_kind::motion, motion->id.value);
    page.acts = motion_acts(here, page);
    return here.show("motion", page);
}

constexpr page_route motion_routes[] = {{"motions", motions}};
constexpr template_need motion_needs[] = {{"motion", &describe<motion_page>}};

}  // namespace

const page_group motion_pages{motion_routes, motion_needs};

}  // namespace veche::api::pages
