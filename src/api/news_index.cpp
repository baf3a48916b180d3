#include "api/news_index.hpp"

#include <algorithm>
#include <set>

#include "journal/entry.hpp"
#include "kernel/search_fold.hpp"
#include "registry/link_names.hpp"
#include "registry/plans.hpp"
#include "registry/standing.hpp"
#include "render/escape.hpp"

namespace veche::api {

using assembly::election_id;
using assembly::motion_id;
using assembly::vote_id;
using programme::approval_id;

namespace {

/// A message that is worth telling: the field of its body that names the thing, of which kind that
/// is, and what is special about it.
struct told_message {
    std::string_view type;
    std::string_view field;
    std::string_view kind;
    /// `urgent` and `calls` are told to followers of the thing at once, and to who has to act.
    enum what { plain, urgent, calls, fresh } mark = plain;
};

// Ballots, presence and speeches are not told: there are too many, and their outcome is.
constexpr told_message told_messages[] = {
    {"assembly.convene_session", "id", "session", told_message::fresh},
    {"assembly.session_planned", "session", "session", told_message::fresh},
    {"assembly.reschedule_session", "session", "session"},
    {"assembly.cancel_session", "session", "session", told_message::urgent},
    {"assembly.open_session", "session", "session"},
    {"assembly.close_session", "session", "session"},
    {"assembly.add_item", "session", "session"},
    {"assembly.remove_item", "session", "session"},
    {"assembly.item_placed", "session", "session"},
    {"assembly.case_placed", "session", "session"},
    {"assembly.add_paper", "session", "session"},
    {"assembly.send_invitations", "session", "session"},
    {"assembly.table_motion", "motion", "motion", told_message::fresh},
    {"assembly.withdraw_motion", "motion", "motion"},
    {"assembly.forwarded_motion_placed", "motion", "motion"},
    {"assembly.motion_returned", "motion", "motion"},
    {"assembly.forward_motion", "motion", "motion"},
    {"assembly.table_amendment", "motion", "motion"},
    {"assembly.text_amended", "motion", "motion"},
    {"assembly.open_vote", "vote", "vote", told_message::calls},
    {"assembly.open_next_round", "vote", "vote", told_message::calls},
    {"assembly.object_to_silence", "vote", "vote"},
    {"assembly.vote_decided", "vote", "vote"},
    {"assembly.open_secret_vote", "vote", "vote"},
    {"assembly.secret_ballot_opened", "vote", "vote", told_message::calls},
    {"assembly.secret_vote_decided", "vote", "vote"},
    {"assembly.abandon_secret_vote", "vote", "vote"},
    {"assembly.decision_adopted", "decision", "decision", told_message::fresh},
    {"assembly.decision_in_force", "decision", "decision"},
    {"assembly.enactment_carried_out", "decision", "decision"},
    {"assembly.enactments_failed", "decision", "decision"},
    {"assembly.sign_act", "decision", "decision"},
    {"assembly.call_election", "election", "election", told_message::fresh},
    {"assembly.nominate_candidate", "election", "election"},
    {"assembly.open_election", "election", "election", told_message::calls},
    {"assembly.election_decided", "election", "election"},
    {"assembly.post_conferred", "election", "election"},
    {"assembly.posts_not_conferred", "election", "election"},
    {"assembly.annul_election", "election", "election"},
    {"programme.add_measure", "measure", "measure", told_message::fresh},
    {"programme.amend_measure", "measure", "measure"},
    {"programme.drop_measure", "measure", "measure"},
    {"programme.report_progress", "measure", "measure"},
    {"programme.complete_measure", "measure", "measure"},
    {"programme.set_milestone", "measure", "measure"},
    {"programme.reach_milestone", "measure", "measure"},
    {"programme.measure_reminded", "measure", "measure"},
    {"programme.measure_overdue", "measure", "measure", told_message::urgent},
    {"programme.measure_escalated", "measure", "measure", told_message::urgent},
    {"programme.follow_up_opened", "decision", "decision"},
    {"programme.start_approval", "approval", "approval", told_message::fresh},
    {"programme.give_approval", "approval", "approval"},
    {"programme.return_for_revision", "approval", "approval"},
    {"programme.withdraw_approval", "approval", "approval"},
    {"programme.approval_overdue", "approval", "approval", told_message::urgent},
    {"programme.approval_escalated", "approval", "approval", told_message::urgent},
    {"programme.approval_completed", "approval", "approval"},
    // What asks for a word of who reported it is told at once.
    {"barriers.decline", "barrier", "barrier", told_message::urgent},
    {"barriers.register_case", "barrier", "barrier", told_message::urgent},
    {"barriers.publish_comment", "barrier", "barrier"},
    {"barriers.link_duplicate", "barrier", "barrier"},
    {"barriers.unlink_duplicate", "barrier", "barrier"},
    {"barriers.answer", "barrier", "barrier"},
    {"barriers.give_finding", "barrier", "barrier"},
    {"barriers.qualified", "barrier", "barrier"},
    {"barriers.promise_remedy", "barrier", "barrier"},
    {"barriers.prove_remedy", "barrier", "barrier"},
    {"barriers.claim_removal", "barrier", "barrier", told_message::urgent},
    {"barriers.record_test", "barrier", "barrier"},
    {"barriers.check_due", "barrier", "barrier"},
    {"barriers.record_check", "barrier", "barrier"},
    {"barriers.reopen", "barrier", "barrier"},
    {"barriers.step_late", "barrier", "barrier"},
    {"registry.record_link", "link", "link", told_message::fresh},
    {"registry.claim_link", "link", "link"},
    {"registry.report_activity", "link", "link"},
    {"registry.link_dormant", "link", "link"},
    {"registry.plan_item", "link", "link"},
    {"registry.report_item", "link", "link"},
    {"registry.item_late", "link", "link", told_message::urgent},
    {"calls.open_call", "call", "call", told_message::fresh},
    {"calls.call_closed", "call", "call"},
    {"calls.vote_opened", "call", "call"},
    {"calls.vote_closed", "call", "call"},
    {"calls.allocated", "call", "call"},
    {"calls.shared_out", "call", "call"},
    {"calls.offers_ended", "call", "call"},
    {"calls.call_concluded", "call", "call"},
};

const told_message* find_told(std::string_view type) {
    const auto* found = std::find_if(std::begin(told_messages), std::end(told_messages),
                                     [&](const told_message& one) { return one.type == type; });
    return found == std::end(told_messages) ? nullptr : found;
}

std::string text_of(json::node from, std::string_view name) {
    const auto found = from.find(name);
    return found.valid() && found.is(json::kind::string) ? std::string(found.as_string())
                                                         : std::string();
}

std::string thing(std::string_view kind, std::string_view id) {
    return std::string(kind) + "/" + std::string(id);
}

/// Gathers a thing and everything it belongs to.
class circle {
  public:
    explicit circle(const office::state& now) : now_(now) {}

    void add(std::string_view kind, const std::string& id) {
        if (id.empty() || !things_.insert(thing(kind, id)).second) return;
        if (kind == "vote") add_vote({id});
        if (kind == "motion") add_motion({id});
        if (kind == "session") add_session({id});
        if (kind == "decision") add_decision({id});
        if (kind == "election") add_election({id});
        if (kind == "call")
            if (const auto* found = now_.calls.calls.find(veche::calls::call_id{id}))
                body(found->asked.body);
        // Who reported the same cause hears of the case that stands for it.
        if (kind == "barrier")
            if (const auto* found = now_.barriers.cases.find(barriers::barrier_id{id}))
                for (const barriers::barrier_id& one : found->duplicates) add("barrier", one.value);
        if (kind == "link")
            if (const auto* found = now_.registry.links.find(registry::link_id{id}))
                for (const registry::place_id& one : registry::places_around(now_.registry, *found))
                    add("place", one.value);
        if (kind == "measure") {
            if (const auto* found = now_.programme.measures.find(measure_id{id}))
                body(found->owner);
            add("programme", "all");
        }
        if (kind == "approval")
            if (const auto* found = now_.programme.approvals.find(approval_id{id}))
                add_approval(*found);
    }
    [[nodiscard]] std::vector<std::string> take() { return {things_.begin(), things_.end()}; }

  private:
    void body(const body_id& id) { add("body", id.value); }
    void add_vote(const vote_id& id) {
        if (const auto* open = now_.assembly.votes.find(id)) add("motion", open->motion.value);
        if (const auto* sealed = now_.assembly.secret_votes.find(id))
            add("motion", sealed->motion.value);
    }
    void add_motion(const motion_id& id) {
        const auto* found = now_.assembly.motions.find(id);
        if (found == nullptr) return;
        add("session", found->session.value);
        body(found->body);
    }
    void add_session(const session_id& id) {
        const auto* found = now_.assembly.sessions.find(id);
        if (found == nullptr) return;
        body(found->body);
        for (const body_id& other : found->joint_with) body(other);
    }
    void add_decision(const decision_id& id) {
        const auto* found = now_.assembly.decisions.find(id);
        if (found == nullptr) return;
        add("motion", found->motion.value);
        body(found->body);
    }
    void add_election(const election_id& id) {
        const auto* found = now_.assembly.elections.find(id);
        if (found == nullptr) return;
        add("session", found->session.value);
        body(found->body);
    }
    void add_approval(const programme::approval& of) {
        body(of.body);
        add("programme", "all");
        for (const auto& step : of.steps) body(step.plan.body);
        for (const measure_id& measure : of.measures) add("measure", measure.value);
    }

    const office::state& now_;
    std::set<std::string> things_;
};

/// One message, the entry's own or one that a decision ordered.
struct message_of_entry {
    std::string_view type;
    json::node body;
};

std::optional<news_draft> draft_of(const message_of_entry& message, const news_row& entry,
                                   const office::state& now,
                                   const std::vector<std::string>& searches) {
    const told_message* told = find_told(message.type);
    if (told == nullptr) return std::nullopt;
    const std::string id = text_of(message.body, told->field);
    if (id.empty()) return std::nullopt;
    const bool calls = told->mark == told_message::calls;
    const bool urgent = told->mark == told_message::urgent;
    news_draft made{entry, {}, {}, calls || urgent};
    made.row.what = message.type;
    made.row.about = thing(told->kind, id);
    made.row.urgent = urgent;
    circle concerned(now);
    concerned.add(told->kind, id);
    for (const std::string_view field : {"body", "owner", "to"})
        concerned.add("body", text_of(message.body, field));
    made.things = concerned.take();
    // Who follows a motion wants to know of its vote while it runs; a whole body has many.
    if (calls)
        for (const std::string& one : made.things)
            if (one.starts_with("vote/") || one.starts_with("motion/") ||
                one.starts_with("election/"))
                made.at_once.push_back(one);
    if (told->mark == told_message::fresh) {
        std::string words = std::string(id);
        for (const auto& [language, title] : title_of(now, made.row.about)) words += "\n" + title;
        words = fold_for_search(words);
        for (const std::string& search : searches)
            if (search_words(split_thing(search).second).found_in({words}))
                made.things.push_back(search);
    }
    return made;
}

/// The command that a decision ordered and that was carried out, where the entry is about that.
void add_ordered(json::node body, const news_row& entry, const office::state& now,
                 const std::vector<std::string>& searches, std::vector<news_draft>& out) {
    const auto command = body.find("command");
    if (!command.valid() || !command.is(json::kind::object)) return;
    const auto ordered = command.find("body");
    if (!ordered.valid()) return;
    auto draft = draft_of({text_of(command, "type"), ordered}, entry, now, searches);
    if (draft) out.push_back(*std::move(draft));
}

}  // namespace

journal_news news_in(std::string_view entry, const office::state& now,
                     const std::vector<std::string>& searches,
                     const std::function<person_id(std::uint64_t)>& acted) {
    journal_news out;
    const auto parts = journal::parse_entry(entry);
    json::document event;
    if (!parts || !event.reset(parts->event_line)) return out;
    const std::string type = text_of(event.root(), "type");
    const auto body = event.root().find("body");
    if (!body.valid()) return out;
    out.actor = {text_of(event.root(), "actor")};
    if (const auto by = event.root().find("by"); by.valid() && by.is(json::kind::integer))
        out.by = static_cast<std::uint64_t>(by.as_integer());
    if (find_told(type) == nullptr) return out;
    news_row row;
    row.seq = parts->seq;
    row.at = parts->at;
    row.actor = out.by && *out.by != parts->seq ? acted(*out.by) : out.actor;
    if (auto draft = draft_of({type, body}, row, now, searches))
        out.drafts.push_back(*std::move(draft));
    if (type == "assembly.enactment_carried_out") add_ordered(body, row, now, searches, out.drafts);
    return out;
}

namespace {

/// Bodies whose members the thing calls.
std::vector<body_id> calling_bodies(const office::state& now, std::string_view kind,
                                    const std::string& name) {
    if (kind == "vote") {
        const auto* open = now.assembly.votes.find(vote_id{name});
        const auto* sealed = now.assembly.secret_votes.find(vote_id{name});
        if (sealed != nullptr) return {sealed->body};
        if (open != nullptr && open->status == assembly::vote_status::open) return {open->body};
    }
    if (kind == "election")
        if (const auto* found = now.assembly.elections.find(election_id{name}))
            return {found->body};
    if (kind != "session") return {};
    const auto* found = now.assembly.sessions.find(session_id{name});
    if (found == nullptr) return {};
    std::vector<body_id> out{found->body};
    out.insert(out.end(), found->joint_with.begin(), found->joint_with.end());
    return out;
}

bool has_seat(const charter::state& charter, const person_id& person,
              const std::vector<body_id>& bodies, date today) {
    return std::any_of(bodies.begin(), bodies.end(), [&](const body_id& body) {
        return !charter.seats_of(person, body, today).empty();
    });
}

bool has_power(const charter::state& charter, const person_id& person, const body_id& in,
               std::string_view power, date today) {
    const auto offices = charter.offices_of(person, today);
    return std::any_of(offices.begin(), offices.end(), [&](const charter::office* office) {
        const auto& powers = office->powers;
        return office->body == in && std::find(powers.begin(), powers.end(), power) != powers.end();
    });
}

/// Who keeps an item of the link's plan that is late now, and who speaks for a side of the link.
std::vector<person_id> called_by_link(const office::state& now, const registry::link& of,
                                      date today) {
    std::set<person_id> out;
    for (const registry::plan_item_id& item : of.plan) {
        const auto& one = *now.registry.items.find(registry::item_key{of.what.link, item});
        if (!one.late) continue;
        for (const auto& [person, title] : now.charter.persons())
            if (has_power(now.charter, person, registry::item_now(one).body, "registry", today))
                out.insert(person);
        for (const registry::link_end* end : {&of.what.a, &of.what.b}) {
            if (!end->organisation) continue;
            for (const auto& agent :
                 registry::find_current(now.registry, *end->organisation)->agents)
                if (!agent.what.until || !(*agent.what.until < today))
                    out.insert(agent.what.person);
        }
    }
    return {out.begin(), out.end()};
}

}  // namespace

std::vector<person_id> called_by(const office::state& now, std::string_view of, date today) {
    const auto [kind, id] = split_thing(of);
    const std::string name(id);
    const auto bodies = calling_bodies(now, kind, name);
    const auto* measure =
        kind == "measure" ? now.programme.measures.find(measure_id{name}) : nullptr;
    const auto* approval =
        kind == "approval" ? now.programme.approvals.find(approval_id{name}) : nullptr;
    const auto agrees = [&](const person_id& person) {
        return std::any_of(approval->steps.begin(), approval->steps.end(), [&](const auto& step) {
            return step.plan.office && now.charter.holds_office(person, *step.plan.office, today);
        });
    };
    if (kind == "link")
        if (const auto* link = now.registry.links.find(registry::link_id{name}))
            return called_by_link(now, *link, today);
    std::vector<person_id> out;
    if (bodies.empty() && measure == nullptr && approval == nullptr) return out;
    for (const auto& [person, title] : now.charter.persons())
        if (has_seat(now.charter, person, bodies, today) ||
            (measure != nullptr &&
             has_power(now.charter, person, measure->owner, "report", today)) ||
            (approval != nullptr && approval->open() && agrees(person)))
            out.push_back(person);
    return out;
}

std::optional<instant> silence_warning(const office::state& now, std::string_view vote) {
    const auto* found = now.assembly.votes.find(vote_id{std::string(vote)});
    if (found == nullptr || !found->closes || !found->roll || !found->roll->rule.silence)
        return std::nullopt;
    const std::int64_t half = (found->closes->ms - found->opened.ms) / 2;
    return instant{found->closes->ms - std::min(ms_per_day, half)};
}

std::optional<news_draft> silence_news(const office::state& now, std::string_view vote,
                                       instant at) {
    const auto* found = now.assembly.votes.find(vote_id{std::string(vote)});
    if (found == nullptr || found->status != assembly::vote_status::open || !found->closes ||
        *found->closes <= at)
        return std::nullopt;
    news_draft made;
    made.row.seq = found->seq;
    made.row.at = at;
    made.row.what = "silence_ends";
    made.row.about = thing("vote", vote);
    made.row.urgent = true;
    made.at_once = {made.row.about};
    made.calls = true;
    return made;
}

std::pair<std::string_view, std::string_view> split_thing(std::string_view of) {
    const auto slash = of.find('/');
    if (slash == std::string_view::npos) return {of, {}};
    return {of.substr(0, slash), of.substr(slash + 1)};
}

bool is_thing(const office::state& now, std::string_view of) {
    constexpr std::size_t longest = 200;
    const auto [kind, id] = split_thing(of);
    const std::string name(id);
    if (kind == "search") return name.size() <= longest && !search_words(name).empty();
    if (!is_identifier(name)) return false;
    if (kind == "session") return now.assembly.sessions.find(session_id{name}) != nullptr;
    if (kind == "motion") return now.assembly.motions.find(motion_id{name}) != nullptr;
    if (kind == "vote")
        return now.assembly.votes.find(vote_id{name}) != nullptr ||
               now.assembly.secret_votes.find(vote_id{name}) != nullptr;
    if (kind == "decision") return now.assembly.decisions.find(decision_id{name}) != nullptr;
    if (kind == "election") return now.assembly.elections.find(election_id{name}) != nullptr;
    if (kind == "measure") return now.programme.measures.find(measure_id{name}) != nullptr;
    if (kind == "approval") return now.programme.approvals.find(approval_id{name}) != nullptr;
    if (kind == "call") return now.calls.calls.find(veche::calls::call_id{name}) != nullptr;
    if (kind == "barrier") return now.barriers.cases.find(barriers::barrier_id{name}) != nullptr;
    if (kind == "link") return now.registry.links.find(registry::link_id{name}) != nullptr;
    if (kind == "place") return now.registry.places.find(registry::place_id{name}) != nullptr;
    if (kind == "programme") return name == "all";
    return kind == "body" && now.charter.founded() && now.charter.find_body({name}) != nullptr;
}

bool is_over(const office::state& now, std::string_view of) {
    using assembly::session_status, assembly::motion_status, assembly::election_status;
    const auto [kind, id] = split_thing(of);
    const std::string name(id);
    if (kind == "session") {
        const auto* found = now.assembly.sessions.find(session_id{name});
        return found && found->status == session_status::cancelled;
    }
    if (kind == "motion") {
        const auto* found = now.assembly.motions.find(motion_id{name});
        return found && found->status == motion_status::withdrawn;
    }
    if (kind == "election") {
        const auto* found = now.assembly.elections.find(election_id{name});
        return found && (found->status == election_status::annulled ||
                         found->status == election_status::lapsed);
    }
    if (kind == "vote") {
        const auto* found = now.assembly.votes.find(vote_id{name});
        const auto* sealed = now.assembly.secret_votes.find(vote_id{name});
        return (found && found->result) || (sealed && sealed->ended);
    }
    if (kind == "approval") {
        const auto* found = now.programme.approvals.find(approval_id{name});
        return found && !found->open();
    }
    if (kind == "call") {
        const auto* found = now.calls.calls.find(veche::calls::call_id{name});
        return found && found->concluded;
    }
    if (kind == "barrier") {
        const auto* found = now.barriers.cases.find(barriers::barrier_id{name});
        return found && (found->standing == barriers::barrier_standing::withdrawn ||
                         found->standing == barriers::barrier_standing::commented);
    }
    if (kind == "link") {
        const auto* found = now.registry.links.find(registry::link_id{name});
        return found && registry::standing_of(*found) == registry::link_standing::ended;
    }
    if (kind == "place") {
        const auto* found = now.registry.places.find(registry::place_id{name});
        return found && found->what.until.has_value();
    }
    if (kind != "measure") return false;
    const auto* found = now.programme.measures.find(measure_id{name});
    return found && (found->done || found->dropped);
}

localized title_of(const office::state& now, std::string_view of) {
    const auto [kind, id] = split_thing(of);
    const std::string name(id);
    const auto title = [](const auto* found) { return found ? found->title : localized{}; };
    if (kind == "session") return title(now.assembly.sessions.find(session_id{name}));
    if (kind == "motion") return title(now.assembly.motions.find(motion_id{name}));
    if (kind == "election") return title(now.assembly.elections.find(election_id{name}));
    if (kind == "measure") return title(now.programme.measures.find(measure_id{name}));
    if (kind == "approval") return title(now.programme.approvals.find(approval_id{name}));
    if (kind == "call") {
        const auto* found = now.calls.calls.find(veche::calls::call_id{name});
        return found ? found->asked.title : localized{};
    }
    if (kind == "barrier") {
        const auto* found = now.barriers.cases.find(barriers::barrier_id{name});
        return found && found->record ? found->record->what.title : localized{};
    }
    if (kind == "link") {
        const auto* found = now.registry.links.find(registry::link_id{name});
        return found ? registry::names_of_link(now.registry, *found) : localized{};
    }
    if (kind == "place") {
        const auto* found = now.registry.places.find(registry::place_id{name});
        return found ? found->what.names : localized{};
    }
    if (kind == "vote") {
        const auto* open = now.assembly.votes.find(vote_id{name});
        const auto* sealed = now.assembly.secret_votes.find(vote_id{name});
        return title(now.assembly.motions.find(open     ? open->motion
                                               : sealed ? sealed->motion
                                                        : motion_id{}));
    }
    if (kind == "decision") {
        const auto* found = now.assembly.decisions.find(decision_id{name});
        return found ? title(now.assembly.motions.find(found->motion)) : localized{};
    }
    if (kind != "body" || !now.charter.founded()) return {};
    const auto* found = now.charter.find_body({name});
    return found ? found->name : localized{};
}

person_id reporter_of(const std::string& report) {
    return {std::string(reporter_prefix) + report};
}

std::optional<instant> ended_at(const office::state& now, const std::string& report) {
    using at = barriers::barrier_standing;
    const barriers::barrier_id id{report};
    const auto* own = now.barriers.cases.find(id);
    if (!own) return instant{};
    if (own->withdrawn) return own->withdrawn->at;
    const barriers::barrier_case& one =
        *now.barriers.cases.find(barriers::main_case(now.barriers, id));
    if (one.standing == at::declined) return one.declined->done.at;
    if (one.standing == at::commented) return one.comment->done.at;
    if (one.standing == at::closed) return one.checks.back().done.at;
    if (one.standing == at::not_found) return one.rounds.back().found->done.at;
    return std::nullopt;
}

std::string page_of(std::string_view of) {
    const auto [kind, id] = split_thing(of);
    const std::string name(id);
    if (kind == "session") return "sessions/" + name;
    if (kind == "measure") return "programme/" + name;
    if (kind == "programme") return "programme";
    if (kind == "body") return "bodies/" + name;
    if (kind == "search") return "search?q=" + render::url_encoded(name);
    return std::string(kind) + "s/" + name;
}

}  // namespace veche::api
