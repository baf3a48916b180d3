// The English of `veche charter check`. Other languages translate the same keys.

#include <array>

#include "charter/remarks.hpp"

namespace veche::charter {

namespace {

using phrase = std::pair<std::string_view, std::string_view>;

constexpr std::array phrases = {
    // What cannot work. {0} is a body where nothing else is said, {1} a rule.
    phrase{"check.quorum_unreachable",
           "{0}: the quorum of the rule {1} is out of reach, only {2} of {3} seats are held."},
    phrase{"check.never_passes",
           "{0}: nothing can be adopted under the rule {1}, with {2} of {3} seats held."},
    phrase{"check.never_fails",
           "{0}: everything is adopted under the rule {1}, whatever the ballots."},
    phrase{"check.weight_missing",
           "{0}: the rule {1} weighs by {2}, and {3} has no such weight on {4}."},
    phrase{"check.nobody.convene", "{0}: nobody can convene a session."},
    phrase{"check.nobody.preside", "{0}: nobody can open a session or a vote."},
    phrase{"check.nobody.table", "{0}: nobody can table a motion."},
    phrase{"check.escalation_nowhere",
           "What {0} leaves late goes to {1}, where nobody can convene a session."},
    phrase{"check.amendment_config",
           "The charter cannot be changed: the rule {1} of {0} is not established (config)."},
    phrase{"check.amendment_blocked",
           "The charter cannot be changed: {0} cannot decide under the rule {1}, see line {2}."},
    // What will surprise.
    phrase{"check.nobody.agenda", "{0}: nobody can put an item on the agenda."},
    phrase{"check.nobody.papers", "{0}: nobody can publish a paper."},
    phrase{"check.nobody.mandates",
           "{0}: nobody can give or end mandates; whoever leaves is replaced by amendment only."},
    phrase{"check.unseal_alone",
           "{0}: one person alone may open sealed texts, and that takes two: none will be opened."},
    phrase{"check.rules_without_seats", "{0} has rules and no seats: it can decide nothing."},
    phrase{"check.body_vacant", "{0}: none of its {1} seats is held, so it can decide nothing."},
    phrase{"check.seats_vacant", "{0}: {1} of the {2} seats of {3} are vacant."},
    phrase{"check.office_vacant", "Nobody holds the office {0}."},
    phrase{
        "check.config_only",
        "{0}: no vote can open, the rule {1} is not established (config). Set it, and its mark."},
    phrase{"check.config_open",
           "{0}: no vote opens under the rule {1}, which is not established (config)."},
    phrase{"check.order_unknown", "{0}: nothing that a decision can order is called {1}."},
    phrase{"check.order_amend",
           "{0} may not order charter.amend, though it is listed: only {1} changes the charter."},
    phrase{"check.never_amended", "The charter does not say how it is changed: nobody can."},
    phrase{"check.passes_against", "{0}: the rule {1} adopts a text that everybody is against."},
    phrase{"check.yes_may_hurt",
           "{0}: under the rule {1} a no that becomes a yes may make a text fail."},
    phrase{
        "check.chair_without_vote",
        "{0}: the rule {1} leaves a tie to the chair, and nobody who presides has a vote there."},
    phrase{"check.nobody_appropriates",
           "There are units, and no body may order fund.appropriate: nothing can be spent."},
    phrase{"check.nobody_records", "Nobody can record contributions (power \"money\")."},
    phrase{"check.nobody_accounts", "Nobody can revoke the keys of others (power \"accounts\")."},
    phrase{"check.language_empty", "The language {0} is declared, and nothing is said in it."},
    phrase{"check.language_missing",
           "{1} of {2} texts are missing in the language {0}; this is the first."},
    // Notes.
    phrase{"check.nobody_unseals",
           "Nobody holds the power \"unseal\": sealed texts could never be opened or destroyed."},
    phrase{"check.no_rule", "{0} has seats and no rule: it takes no votes."},
    phrase{"check.orders_nothing", "Decisions of {0} order nothing: they are texts."},
    phrase{"check.passing_undecided",
           "{0}: whether anything can be adopted under the rule {1} was not decided in {2} steps."},
    phrase{"check.failing_undecided",
           "{0}: whether anything can fall under the rule {1} was not decided in {2} steps."},
    phrase{"check.rule_unused", "No body decides under the rule {0}."},
    phrase{"check.rule_from_memory", "The rule {0} is from memory: its source was not opened."},
    phrase{"check.rule_illustrative", "The rule {0} is illustrative: chosen, not found."},
    phrase{"check.member_without_seat", "{0} has no seat in any body."},
    phrase{"check.severity.cannot_work", "Cannot work"},
    phrase{"check.severity.will_surprise", "Will surprise"},
    phrase{"check.severity.note", "Worth knowing"},
    phrase{"check.sound", "Nothing was found that cannot work."},
    phrase{"check.unsound", "Found that cannot work: {0}."},
    // A charter in words.
    phrase{"check.say.union", "{0} ({1})"},
    phrase{"check.say.members", "Members on {0}"},
    phrase{"check.say.member", "{0} ({1}), since {2}"},
    phrase{"check.say.member_until", "{0} ({1}), from {2} to {3}"},
    phrase{"check.say.weight", "{0}: {1}"},
    phrase{"check.say.body", "{0} ({1})"},
    phrase{"check.say.no_seats", "no seats: it does not vote"},
    phrase{"check.say.seats", "{0} seats, {1} of them held"},
    phrase{"check.say.seats_of", "{0}: {1}"},
    phrase{"check.say.rule", "decides under the rule \"{0}\" ({1})"},
    phrase{"check.say.orders", "its decisions may order {0}"},
    phrase{"check.say.orders_nothing", "its decisions order nothing: they are texts"},
    phrase{"check.say.escalates", "what it leaves late for {0} days goes to {1}"},
    phrase{"check.say.power", "{0}: {1}"},
    phrase{"check.say.amended",
           "The charter is changed by {0} under the rule \"{1}\", and in no other way."},
    phrase{"check.say.never_amended", "The charter does not say how it is changed."},
    phrase{"check.mark.read", "its source was read"},
    phrase{"check.mark.memory", "from memory"},
    phrase{"check.mark.illustrative", "illustrative"},
    phrase{"check.mark.config", "not established: no vote opens under it"},
    // Words that pages say too.
    phrase{"body_kind.highest", "Highest body"},
    phrase{"body_kind.executive", "Executive body"},
    phrase{"body_kind.parliament", "Parliament"},
    phrase{"body_kind.secretariat", "Secretariat"},
    phrase{"body_kind.audit", "Audit"},
    phrase{"body_kind.court", "Court"},
    phrase{"body_kind.committee", "Committee"},
    phrase{"body_kind.council", "Council"},
    phrase{"power.convene", "convenes sessions"},
    phrase{"power.agenda", "sets the agenda"},
    phrase{"power.papers", "publishes papers"},
    phrase{"power.table", "tables motions"},
    phrase{"power.preside", "presides"},
    phrase{"power.measures", "follows up decisions"},
    phrase{"power.report", "reports on measures"},
    phrase{"power.mandates", "grants mandates"},
    phrase{"power.accounts", "manages accounts"},
    phrase{"power.money", "records money"},
    phrase{"power.commit", "reserves and commits money"},
    phrase{"power.certify", "certifies claims"},
    phrase{"power.pay", "pays"},
    phrase{"power.audit", "audits"},
    phrase{"power.read_closed", "reads closed texts"},
    phrase{"power.read_personal", "reads personal data"},
    phrase{"power.unseal", "opens and destroys sealed texts (two persons)"},
    phrase{"power.calls", "leads calls"},
    phrase{"power.assess", "assesses applications"},
    phrase{"power.appeals", "decides appeals"},
    phrase{"power.evidence", "publishes evidence"},
    phrase{"power.barriers", "keeps the register of barriers"},
    phrase{"power.answer_barriers", "answers for its member in cases of barriers"},
    phrase{"power.judge_barriers", "judges what a barrier is"},
    phrase{"power.test_barriers", "tests whether a barrier is gone"},
    phrase{"power.prevention", "keeps the register of preventive measures"},
    phrase{"power.order_measures", "orders preventive measures for its member"},
};

}  // namespace

std::span<const std::pair<std::string_view, std::string_view>> check_phrases() {
    return phrases;
}

}  // namespace veche::charter
