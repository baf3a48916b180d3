// The English of reasons. Other languages translate the same keys.

#include <algorithm>
#include <array>

#include "charter/reasons.hpp"
#include "charter/remarks.hpp"

namespace veche::charter {

namespace {

using phrase = std::pair<std::string_view, std::string_view>;

constexpr std::array phrases = {
    // Places: {0} the number, {1} the base, {2} what is needed, {3} which ballots, {4} members or
    // the weight, {5} which ballots the base counts, {6} per cent of the base.
    phrase{"rule.at_least", "{0} {4} {3}, {2} needed"},
    phrase{"rule.at_least_of", "{0} of {1} {4} {3}, {2} needed"},
    phrase{"rule.at_least_share", "{4} {3}: {0} of {1} ({6} %), {2} needed"},
    phrase{"rule.at_least_beside", "{0} {4} {3} and {1} {5}, {2} needed"},
    phrase{"rule.at_most", "{0} {4} {3}, at most {2} allowed"},
    phrase{"rule.at_most_of", "{0} of {1} {4} {3}, at most {2} allowed"},
    phrase{"rule.at_most_share", "{4} {3}: {0} of {1} ({6} %), at most {2} allowed"},
    phrase{"rule.at_most_beside", "{0} {4} {3} and {1} {5}, at most {2} allowed"},
    phrase{"rule.exactly", "{0} {4} {3}, exactly {2} needed"},
    phrase{"rule.exactly_of", "{0} of {1} {4} {3}, exactly {2} needed"},
    phrase{"rule.exactly_share", "{4} {3}: {0} of {1} ({6} %), exactly {2} needed"},
    phrase{"rule.exactly_beside", "{0} {4} {3} and {1} {5}, exactly {2} needed"},
    phrase{"rule.none", "{0} {4} {3}, none allowed"},
    phrase{"rule.blocking", "{0} {4} {3}, a blocking minority needs {2}"},
    phrase{"rule.veto", "a veto: {0} {1}"},
    phrase{"rule.no_veto", "no veto: none of {0} {1}"},
    // Parts of a rule.
    phrase{"rule.quorum", "Quorum"},
    phrase{"rule.pass", "To be adopted"},
    phrase{"rule.against", "To be rejected"},
    phrase{"rule.all", "all of these"},
    phrase{"rule.any", "one of these"},
    phrase{"rule.not", "not this"},
    phrase{"rule.each", "in each group by {0}"},
    phrase{"rule.within", "in the group {0}"},
    // A rule in words: {0} {1} what is counted, {2} share or number, {3} {4} the base.
    phrase{"rule.needs_more", "{0} {1}: more than {2} of {3} {4}"},
    phrase{"rule.needs_more_than", "{0} {1}: more than {3} {4}"},
    phrase{"rule.needs_more_number", "{0} {1}: more than {2}"},
    phrase{"rule.needs_at_least", "{0} {1}: at least {2} of {3} {4}"},
    phrase{"rule.needs_at_least_than", "{0} {1}: at least as many as {3} {4}"},
    phrase{"rule.needs_at_least_number", "{0} {1}: at least {2}"},
    phrase{"rule.needs_exactly", "{0} {1}: exactly {2} of {3} {4}"},
    phrase{"rule.needs_exactly_than", "{0} {1}: as many as {3} {4}"},
    phrase{"rule.needs_exactly_number", "{0} {1}: exactly {2}"},
    phrase{"rule.needs_at_most", "{0} {1}: at most {2} of {3} {4}"},
    phrase{"rule.needs_at_most_than", "{0} {1}: at most as many as {3} {4}"},
    phrase{"rule.needs_at_most_number", "{0} {1}: at most {2}"},
    phrase{"rule.needs_less", "{0} {1}: less than {2} of {3} {4}"},
    phrase{"rule.needs_less_than", "{0} {1}: fewer than {3} {4}"},
    phrase{"rule.needs_less_number", "{0} {1}: less than {2}"},
    phrase{"rule.needs_no_blocking",
           "{0} {1}: fewer than a blocking minority, which is the fewest members with more than "
           "{2} of {4}, plus {3}"},
    phrase{"rule.on_tie_chair", "on a tie the chair's ballot counts once more"},
    phrase{"rule.on_tie_lot", "a tie is decided by lot from a public seed"},
    phrase{"rule.silence_days", "adopted by silence after {0} days unless this fails before"},
    phrase{"rule.silence_until", "adopted by silence on {0} unless this fails before"},
    phrase{"rule.blocs_uniform",
           "the seats of one member have one voice; where they differ, it abstains"},
    phrase{"rule.blocs_majority",
           "the seats of one member have one voice, that of their majority; a tie is a no"},
    // What else decides.
    phrase{"rule.nothing_cast", "no ballot was cast, and an empty vote adopts nothing"},
    phrase{"rule.tie_chair", "a tie, and the chair's casting vote: {0}"},
    phrase{"rule.tie_no_chair", "a tie, and no chair's ballot to decide it"},
    phrase{"rule.tie_lot", "a tie, decided by lot from the public seed {0}"},
    phrase{"rule.tie_lot_pending", "a tie, to be decided by lot: the public seed is not there yet"},
    phrase{"rule.silence_running", "the silence procedure still runs"},
    phrase{"rule.silence_over", "the silence procedure has ended"},
    phrase{"rule.unfit_repeated", "{0} stands twice in the electorate"},
    phrase{"rule.unfit_unknown", "{0} has no vote here"},
    phrase{"rule.unfit_bloc", "the seats of {0} have different weights"},
    phrase{"rule.unfit_split", "the votes of {0} are split in a way that does not fit"},
    phrase{"rule.unfit_weight", "{0} has no proper weight called {1} on that day"},
    // Ballots, as in "14 of 27 members in favour".
    phrase{"rule.sel.yes", "in favour"},
    phrase{"rule.sel.no", "against"},
    phrase{"rule.sel.abstain", "abstaining"},
    phrase{"rule.sel.absent", "absent"},
    phrase{"rule.sel.present", "present"},
    phrase{"rule.sel.split", "splitting their votes"},
    phrase{"rule.sel.cast", "voting"},
    phrase{"rule.sel.decisive", "for or against"},
    phrase{"rule.sel.notyes", "not in favour"},
    phrase{"rule.sel.participating", "taking part"},
    phrase{"rule.sel.seats", "in all"},
    phrase{"rule.sel.integer", "as a fixed number"},
    phrase{"rule.sel.mincover", "in the smallest large group"},
    phrase{"rule.member", "member"},
    phrase{"rule.members", "members"},
    phrase{"rule.weight", "{0}"},
    phrase{"rule.weight.pop", "population"},
    phrase{"rule.weight.money", "share of money"},
    phrase{"rule.weight.votes", "votes"},
    phrase{"rule.said.yes", "yes"},
    phrase{"rule.said.no", "no"},
    phrase{"rule.said.abstain", "abstention"},
    phrase{"rule.said.absent", "absent"},
    phrase{"rule.said.excluded", "stands aside"},
    phrase{"rule.said.split", "split votes"},
    // Outcomes and sentences.
    phrase{"rule.outcome.adopted", "adopted"},
    phrase{"rule.outcome.rejected", "rejected"},
    phrase{"rule.outcome.no_opinion", "no opinion"},
    phrase{"rule.outcome.no_quorum", "no quorum"},
    phrase{"rule.outcome.invalid", "invalid"},
    phrase{"rule.outcome.pending", "pending"},
    // {0} a ballot, {1} the outcome it would give, {2} per cent or names, {3} a weight, {4} what
    // they
    // said.
    phrase{"rule.turn_any", "one more {0} from any member {4} would have made it: {1}"},
    phrase{"rule.turn_heavy",
           "one more {0} from a member {4} with at least {2} % of {3} would have made it: {1}"},
    phrase{"rule.turn_listed", "one more {0} from {2} ({4}) would have made it: {1}"},
};

std::optional<std::string_view> english(std::string_view key) {
    for (const std::span<const phrase> list : {std::span<const phrase>(phrases), check_phrases()})
        for (const auto& [name, words] : list)
            if (name == key) return words;
    return std::nullopt;
}

}  // namespace

std::span<const std::pair<std::string_view, std::string_view>> rule_phrases() {
    return phrases;
}

std::string say(const reason_line& line,
                const std::function<std::optional<std::string>(std::string_view key)>& phrase_of) {
    const auto pattern = [&](std::string_view key) {
        if (auto own = phrase_of(key)) return *std::move(own);
        return std::string(english(key).value_or(key));
    };
    std::vector<std::string> args;
    for (const std::string& arg : line.args)
        args.push_back(arg.starts_with('@') ? pattern(std::string_view(arg).substr(1)) : arg);
    const std::string words = fill_places(pattern(line.code), args);
    return line.group.empty() ? words : line.group + ": " + words;
}

reason_line make_line(std::string code, std::vector<std::string> args, bool holds,
                      std::int32_t depth, std::string group) {
    reason_line line{std::move(code), std::move(args), std::move(group), depth, holds, {}};
    line.words = say(line, [](std::string_view) { return std::nullopt; });
    return line;
}

std::vector<std::string> sentences(const verdict& v) {
    std::vector<std::string> out{v.sentence};
    const auto add = [&](const reason_line& line, std::string_view mark) {
        std::string text = std::string(mark) + line.words;
        out.push_back(std::move(text));
    };
    for (const reason_line& line : v.reasons) add(line, line.holds ? "yes: " : "no: ");
    for (const turning& one : v.margins) add(one.line, "");
    return out;
}

}  // namespace veche::charter
