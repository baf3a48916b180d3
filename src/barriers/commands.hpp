#pragma once
// What may be asked of the register of barriers. The desk acts by the power "barriers", the contact
// point of a member by "answer_barriers", the panel by "judge_barriers", whoever tests by
// "test_barriers", each in the body that keeps the register.

#include <tuple>

#include "barriers/terms.hpp"

namespace veche::barriers {

/// By the desk, at once, for whoever reports; no account is needed. What was written is sealed:
/// the journal has only its number, hash, class, member and time. The key belongs to the secret
/// link that the reporter was given.
struct receive {
    static constexpr wire_info wire{"barriers.receive", 1,
                                    "Receive a report by somebody without an account."};
    body_id body;
    std::string key;
    std::optional<barrier_class> class_;
    std::optional<member_id> member;
    std::optional<draft_id> draft;
    seal_ref sealed;
};
VECHE_FIELDS(receive, (body, "The body that keeps the register."),
             (key, "Public key of the secret link, Ed25519, 32 bytes in base64."),
             (class_, "What the reporter takes it for."),
             (member, "The member whose rule or practice it is, as reported."),
             (draft, "The draft rule on which it is a comment."),
             (sealed, "What was written, sealed."))

/// By the desk, for whoever has the secret link: their key signs, so nobody else can say it.
struct say {
    static constexpr wire_info wire{"barriers.say", 1,
                                    "Pass on what a reporter says by the secret link."};
    barrier_id barrier;
    std::int32_t n = 0;
    reporter_word word{};
    std::optional<seal_ref> sealed;
    std::string signature;
};
VECHE_FIELDS(say, (barrier, "The report."), (n, "Which word of this reporter, from 1."),
             (word, "What is said."), (sealed, "What was written with it, sealed."),
             (signature, "Signature by the key of the report, 64 bytes in base64."))

/// By the desk.
struct decline {
    static constexpr wire_info wire{"barriers.decline", 1, "Say why a report becomes no case."};
    barrier_id barrier;
    decline_ground ground{};
    localized reason;
};
VECHE_FIELDS(decline, (barrier, "The report."), (ground, "Ground."), (reason, "Why, by language."))

/// By the desk. The text is worded for publication: no personal data.
struct register_case {
    static constexpr wire_info wire{"barriers.register_case", 1,
                                    "Make a case of a report, or correct it."};
    barrier_id barrier;
    barrier_class class_{};
    member_id member;
    localized authority;
    localized title;
    localized about;
    hindered hinders;
    localized legal;
    std::optional<std::int64_t> firms;
    std::optional<std::string> firms_source;
    localized reason;
};
VECHE_FIELDS(register_case, (barrier, "The report."), (class_, "Class, until the panel judges."),
             (member, "The member whose rule or practice it is."),
             (authority, "The authority that answers for it, by language."),
             (title, "Title by language."),
             (about, "What hinders whom, worded for publication, by language."),
             (hinders, "Goods, services or persons."),
             (legal, "The rule that hinders and the rule of the union it touches, by language."),
             (firms, "Firms that it hits, where they were counted."),
             (firms_source, "Who counted them."),
             (reason, "Why the record is corrected, by language."))

/// By the desk: of a report on a draft.
struct publish_comment {
    static constexpr wire_info wire{"barriers.publish_comment", 1,
                                    "Publish a report as a comment on a draft rule."};
    barrier_id barrier;
    localized text;
};
VECHE_FIELDS(publish_comment, (barrier, "The report."),
             (text, "The comment, worded for publication, by language."))

/// By the desk. Both stay with their reporters; the clock of the second stops.
struct link_duplicate {
    static constexpr wire_info wire{"barriers.link_duplicate", 1,
                                    "Link a report to the case of the same cause."};
    barrier_id barrier;
    barrier_id into;
    localized reason;
};
VECHE_FIELDS(link_duplicate, (barrier, "The later report or case."), (into, "The main case."),
             (reason, "Why the cause is one, by language."))

/// By the desk.
struct unlink_duplicate {
    static constexpr wire_info wire{"barriers.unlink_duplicate", 1,
                                    "Part a report from the case it was linked to."};
    barrier_id barrier;
    localized reason;
};
VECHE_FIELDS(unlink_duplicate, (barrier, "The report or case."),
             (reason, "Why the causes are two, by language."))

/// By the contact point of a member; what is due is the position of the member addressed.
struct answer {
    static constexpr wire_info wire{"barriers.answer", 1, "State a member's position on a case."};
    barrier_id barrier;
    position says{};
    localized text;
    std::optional<content_ref> document;
};
VECHE_FIELDS(answer, (barrier, "The case."), (says, "Position."),
             (text, "In words, by language; with a request for time its reason."),
             (document, "A document."))

/// By the desk.
struct give_finding {
    static constexpr wire_info wire{
        "barriers.give_finding", 1,
        "Give the preliminary finding, with the day of the consultations."};
    barrier_id barrier;
    localized text;
    date consultations;
    std::optional<content_ref> document;
};
VECHE_FIELDS(give_finding, (barrier, "The case."), (text, "The finding, by language."),
             (consultations, "The day on which experts consult."), (document, "The whole of it."))

/// By a member of the panel, by name. The last one of each counts.
struct vote_class {
    static constexpr wire_info wire{"barriers.vote_class", 1,
                                    "Say as a member of the panel what a case is."};
    barrier_id barrier;
    barrier_class class_{};
    localized text;
};
VECHE_FIELDS(vote_class, (barrier, "The case."), (class_, "What it is."),
             (text, "Why, by language; whoever dissents may say it here."))

/// By a member of the panel, when more than half of the panel has voted and more than half of the
/// votes agree.
struct qualify {
    static constexpr wire_info wire{"barriers.qualify", 1, "Close the vote of the panel."};
    barrier_id barrier;
};
VECHE_FIELDS(qualify, (barrier, "The case."))

/// By the contact point of the member.
struct promise_remedy {
    static constexpr wire_info wire{"barriers.promise_remedy", 1,
                                    "Name a measure that removes a barrier, with its day."};
    barrier_id barrier;
    remedy_id remedy;
    localized owner;
    localized text;
    date due;
    localized reason;
};
VECHE_FIELDS(promise_remedy, (barrier, "The case."), (remedy, "Short name of the measure."),
             (owner, "Who carries it out, by language."), (text, "What is done, by language."),
             (due, "Its last day."), (reason, "Why it is changed, by language."))

/// By the contact point of the member.
struct prove_remedy {
    static constexpr wire_info wire{"barriers.prove_remedy", 1, "Show that a measure was done."};
    barrier_id barrier;
    remedy_id remedy;
    date on;
    localized text;
    std::optional<content_ref> document;
};
VECHE_FIELDS(prove_remedy, (barrier, "The case."), (remedy, "The measure."),
             (on, "The day on which it was done."), (text, "What shows it, by language."),
             (document, "A document that shows it."))

/// By the contact point of the member.
struct claim_removal {
    static constexpr wire_info wire{"barriers.claim_removal", 1, "Say that a barrier is removed."};
    barrier_id barrier;
    localized text;
    std::optional<content_ref> document;
};
VECHE_FIELDS(claim_removal, (barrier, "The case."), (text, "What removed it, by language."),
             (document, "A document that shows it."))

/// By whoever tests. One passed test, or the word of one who reported it, confirms a removal.
struct record_test {
    static constexpr wire_info wire{"barriers.record_test", 1,
                                    "Record a test of whether a barrier is gone."};
    barrier_id barrier;
    bool gone = false;
    localized text;
    std::optional<content_ref> document;
};
VECHE_FIELDS(record_test, (barrier, "The case."), (gone, "Whether it is gone."),
             (text, "What was tried, and what happened, by language."), (document, "Its record."))

/// By whoever tests, when the check months after the removal has fallen due.
struct record_check {
    static constexpr wire_info wire{"barriers.record_check", 1,
                                    "Record whether a barrier is still gone."};
    barrier_id barrier;
    bool gone = false;
    localized text;
    std::optional<content_ref> document;
};
VECHE_FIELDS(record_check, (barrier, "The case."), (gone, "Whether it is still gone."),
             (text, "What was looked at, by language."), (document, "Its record."))

/// By the desk: of what was declined, not found, removed or closed.
struct reopen {
    static constexpr wire_info wire{"barriers.reopen", 1, "Take a case up again."};
    barrier_id barrier;
    localized reason;
};
VECHE_FIELDS(reopen, (barrier, "The case."), (reason, "Why, by language."))

/// By the desk. What a case costs is what a finding says, never a number typed in here.
struct weigh {
    static constexpr wire_info wire{"barriers.weigh", 1,
                                    "Lay the finding beside a case that says what it costs."};
    barrier_id barrier;
    std::optional<std::string> finding;
    std::optional<std::string> row;
};
VECHE_FIELDS(weigh, (barrier, "The case."),
             (finding, "The finding, by a method barrier-cost; none takes it away."),
             (row, "The barrier's name in its figures, as in 3 of touched.3."))

/// By the contact point of the member that drafts it.
struct notify_draft {
    static constexpr wire_info wire{"barriers.notify_draft", 1,
                                    "Notify a rule before it is adopted."};
    draft_id draft;
    body_id body;
    member_id member;
    localized authority;
    localized title;
    localized about;
    hindered hinders;
    content_ref document;
    std::optional<date> planned;
};
VECHE_FIELDS(notify_draft, (draft, "Short name of the draft."),
             (body, "The body that keeps the register."), (member, "The member that drafts it."),
             (authority, "The authority that drafts it, by language."),
             (title, "Title by language."), (about, "What it would change, by language."),
             (hinders, "Goods, services or persons that it touches."), (document, "Its text."),
             (planned, "The day on which it is to be adopted."))

/// By the contact point of any member, while comments are taken.
struct comment_draft {
    static constexpr wire_info wire{"barriers.comment_draft", 1,
                                    "Comment on another's draft rule as a member."};
    draft_id draft;
    localized text;
    std::optional<content_ref> document;
};
VECHE_FIELDS(comment_draft, (draft, "The draft."), (text, "The comment, by language."),
             (document, "A document."))

/// By the contact point of the member that drafts it.
struct reply_draft {
    static constexpr wire_info wire{"barriers.reply_draft", 1,
                                    "Answer the comments on a draft rule."};
    draft_id draft;
    localized text;
    std::optional<content_ref> document;
};
VECHE_FIELDS(reply_draft, (draft, "The draft."), (text, "The answer, by language."),
             (document, "A document."))

/// By the contact point of the member that drafts it.
struct end_draft {
    static constexpr wire_info wire{"barriers.end_draft", 1, "Say what became of a draft rule."};
    draft_id draft;
    draft_outcome outcome{};
    localized text;
    std::optional<content_ref> document;
};
VECHE_FIELDS(end_draft, (draft, "The draft."), (outcome, "What became of it."),
             (text, "In words, by language."), (document, "What was adopted."))

/// A case of a register that others keep, as a row of a file. It has no reporter here: its removal
/// is confirmed by a test, or by whoever reports the same cause.
struct taken_case {
    std::string number;
    std::optional<date> since;
    barrier_class class_{};
    member_id member;
    localized authority;
    localized title;
    localized about;
    hindered hinders;
    localized legal;
    std::optional<std::int64_t> firms;
    std::optional<std::string> firms_source;
    source_note source;
};
VECHE_FIELDS(taken_case, (number, "Its number or name in that register."),
             (since, "The day on which that register took it up."),
             (class_, "Class, until the panel judges."),
             (member, "The member whose rule or practice it is."),
             (authority, "The authority that answers for it, by language."),
             (title, "Title by language."), (about, "What hinders whom, by language."),
             (hinders, "Goods, services or persons."),
             (legal, "The rule that hinders and the rule of the union it touches, by language."),
             (firms, "Firms that it hits, where they were counted."),
             (firms_source, "Who counted them."),
             (source, "The register that it is taken from, and how far it was read there."))

/// By the desk. Cases wait, and nothing of them holds, until all are accepted.
struct stage_cases {
    static constexpr wire_info wire{"barriers.stage_cases", 1,
                                    "Lay cases of another register ready to be taken over."};
    import_id batch;
    body_id body;
    std::int32_t part = 1;
    std::vector<taken_case> cases;
};
VECHE_FIELDS(stage_cases, (batch, "Short name of the batch."),
             (body, "The body that keeps the register."), (part, "Number of this part, from 1."),
             (cases, "The cases."))

/// By the desk. All cases are taken over, or none; the clock of each begins with the position.
struct accept_cases {
    static constexpr wire_info wire{"barriers.accept_cases", 1,
                                    "Take over all cases of a batch, or none."};
    import_id batch;
    std::int64_t cases = 0;
};
VECHE_FIELDS(accept_cases, (batch, "The batch."), (cases, "How many cases it has."))

/// By the desk.
struct discard_cases {
    static constexpr wire_info wire{"barriers.discard_cases", 1,
                                    "Put cases of another register away without taking them over."};
    import_id batch;
    localized reason;
};
VECHE_FIELDS(discard_cases, (batch, "The batch."), (reason, "Why, by language."))

using commands =
    std::tuple<receive, say, decline, register_case, publish_comment, link_duplicate,
               unlink_duplicate, answer, give_finding, vote_class, qualify, promise_remedy,
               prove_remedy, claim_removal, record_test, record_check, reopen, weigh, notify_draft,
               comment_draft, reply_draft, end_draft, stage_cases, accept_cases, discard_cases>;

}  // namespace veche::barriers
