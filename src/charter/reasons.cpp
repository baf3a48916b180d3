// From conditions to lines, and from lines to one sentence.

#include "charter/reasons.hpp"

#include <algorithm>

namespace veche::charter {

namespace {

std::string key_of(selection sel) {
    return "@rule.sel." + std::string(name_of(sel));
}

std::string sel_phrase(const measure& m) {
    if (m.kind == measure_kind::selection) return key_of(m.sel);
    return m.kind == measure_kind::integer ? "@rule.sel.integer" : "@rule.sel.mincover";
}

std::string unit_phrase(const std::string& weight, int128 number) {
    if (weight == "count") return number == 1 ? "@rule.member" : "@rule.members";
    return weight_phrase(weight);
}

/// Whole floor and ceiling of share * of, both not negative.
int128 floor_of(ratio share, int128 of) {
    return share.num * of / share.den;
}
bool is_whole(ratio share, int128 of) {
    return share.num * of % share.den == 0;
}

/// The number that decides, as people say it: the least that suffices or the most that is allowed.
std::string bound_text(comparison op, ratio share, int128 of) {
    const int128 below = floor_of(share, of);
    const bool whole = is_whole(share, of);
    switch (op) {
        case comparison::more:
            return to_text(static_cast<int128>(below + 1));
        case comparison::at_least:
            return to_text(static_cast<int128>(whole ? below : below + 1));
        case comparison::at_most:
            return to_text(below);
        case comparison::less:
            return to_text(static_cast<int128>(whole ? below - 1 : below));
        case comparison::equal:
            break;
    }
    return whole ? to_text(below)
                 : to_text(static_cast<int128>(share.num * of)) + "/" + std::to_string(share.den);
}

/// Whether every ballot that `part` counts is counted by `base`.
bool lies_within(selection part, selection base) {
    for (const ballot b :
         {ballot::yes, ballot::no, ballot::abstain, ballot::absent, ballot::excluded})
        if (counts_in(part, b) && !counts_in(base, b)) return false;
    return true;
}

std::string shape_of(const condition& c) {
    if (c.right.kind != measure_kind::selection) return "";
    if (c.left.kind != measure_kind::selection) return "_beside";
    if (c.left.weight != c.right.weight || !lies_within(c.left.sel, c.right.sel)) return "_beside";
    return c.left.weight == "count" ? "_of" : "_share";
}

std::string code_of(const condition& c, const std::string& bound) {
    const bool upper = c.op == comparison::at_most || c.op == comparison::less;
    if (upper && c.right.kind == measure_kind::mincover && c.share == ratio{1, 1})
        return "rule.blocking";
    if (bound == "0" && (upper || c.op == comparison::equal)) return "rule.none";
    if (upper) return "rule.at_most" + shape_of(c);
    return (c.op == comparison::equal ? "rule.exactly" : "rule.at_least") + shape_of(c);
}

class explainer {
  public:
    std::vector<reason_line> take() { return std::move(lines_); }

    void say(std::string code, std::vector<std::string> args, bool holds, std::int32_t depth = 0,
             std::string group = {}) {
        lines_.push_back({std::move(code), std::move(args), std::move(group), depth, holds, {}});
    }

    /// A part of the rule with its conditions below it.
    void part(std::string code, std::span<const condition> conditions, const tallied& counted) {
        all_ = &counted;
        const members whole = everybody(*all_);
        const bool good = std::all_of(conditions.begin(), conditions.end(),
                                      [&](const auto& c) { return holds(c, *all_, whole); });
        say(std::move(code), {}, good);
        for (const condition& c : conditions) walk(c, whole, "", 1);
    }

  private:
    void walk(const condition& c, const members& among, const std::string& group,
              std::int32_t depth) {
        const bool good = holds(c, *all_, among);
        const auto add = [&](std::string code, std::vector<std::string> args) {
            say(std::move(code), std::move(args), good, depth, group);
        };
        switch (c.kind) {
            case condition_kind::all:
            case condition_kind::any:
                add(c.kind == condition_kind::all ? "rule.all" : "rule.any", {});
                for (const condition& part : c.parts) walk(part, among, group, depth + 1);
                return;
            case condition_kind::negation:
                add("rule.not", {});
                return walk(c.parts.front(), among, group, depth + 1);
            case condition_kind::each:
                add("rule.each", {c.by});
                for (const auto& [name, inside] : groups_of(*all_, among, c.by))
                    walk(c.parts.front(), inside, std::string(name), depth + 1);
                return;
            case condition_kind::within: {
                add("rule.within", {c.eq});
                return walk(c.parts.front(), group_of(*all_, among, c), c.eq, depth + 1);
            }
            case condition_kind::none_of:
                return veto(c, among, group, depth, good);
            case condition_kind::compare:
                return compared(c, among, group, depth, good);
        }
    }

    void veto(const condition& c, const members& among, const std::string& group,
              std::int32_t depth, bool good) {
        std::string names;
        for (const std::string& id : c.ids) {
            const bool listed =
                good || std::any_of(among.begin(), among.end(), [&](std::size_t i) {
                    return all_->voters[i]->id == id && counts_in(c.sel, all_->ballots[i]);
                });
            if (listed) names += (names.empty() ? "" : ", ") + id;
        }
        say(good ? "rule.no_veto" : "rule.veto", {names, key_of(c.sel)}, good, depth, group);
    }

    void compared(const condition& c, const members& among, const std::string& group,
                  std::int32_t depth, bool good) {
        const int128 left = value_of(c.left, *all_, among);
        const int128 right = value_of(c.right, *all_, among);
        std::string bound = bound_text(c.op, c.share, right);
        std::string code = code_of(c, bound);
        // A blocking minority starts where "fewer than" ends.
        if (code == "rule.blocking")
            bound = to_text(static_cast<int128>(c.op == comparison::less ? right : right + 1));
        // "1 of 2 members": the base says how many there are.
        const int128 many = code.ends_with("_of") ? right : left;
        say(std::move(code),
            {to_text(left), to_text(right), std::move(bound), sel_phrase(c.left),
             unit_phrase(c.left.weight, many), sel_phrase(c.right), percent(left, right)},
            good, depth, group);
    }

    const tallied* all_ = nullptr;
    std::vector<reason_line> lines_;
};

void explain_tie(const rule& r, const assembled& a, const circumstances& around,
                 const finding& found, explainer& out) {
    if (!found.tied) return;
    const bool carried = found.outcome == outcome::adopted;
    if (r.tie == tie_break::lot && !around.seed) return out.say("rule.tie_lot_pending", {}, false);
    if (r.tie == tie_break::lot) return out.say("rule.tie_lot", {*around.seed}, carried);
    if (a.chair == nobody) return out.say("rule.tie_no_chair", {}, false);
    const auto said = std::string(name_of(a.all.ballots[a.chair]));
    out.say("rule.tie_chair", {"@rule.said." + said}, carried);
}

bool is_heading(const reason_line& line) {
    static constexpr std::string_view headings[] = {"rule.quorum", "rule.pass",  "rule.against",
                                                    "rule.all",    "rule.any",   "rule.not",
                                                    "rule.each",   "rule.within"};
    return std::find(std::begin(headings), std::end(headings), line.code) != std::end(headings);
}

/// Lines below a heading that made it what it is, without headings.
void collect_deciding(const std::vector<reason_line>& lines, std::size_t heading,
                      std::vector<const reason_line*>& out) {
    const reason_line& top = lines[heading];
    // Beneath "not", what holds is what fails above.
    const bool wanted = top.code == "rule.not" ? !top.holds : top.holds;
    for (std::size_t i = heading + 1; i < lines.size() && lines[i].depth > top.depth; ++i) {
        if (lines[i].depth != top.depth + 1 || lines[i].holds != wanted) continue;
        if (is_heading(lines[i]))
            collect_deciding(lines, i, out);
        else
            out.push_back(&lines[i]);
    }
}

std::string capitalised(std::string_view text) {
    std::string out(text);
    if (!out.empty() && out[0] >= 'a' && out[0] <= 'z') out[0] = static_cast<char>(out[0] - 32);
    return out;
}

}  // namespace

std::string percent(int128 part, int128 of) {
    if (of <= 0) return "0.00";
    const int128 hundredths = part * 10'000 / of;
    std::string fraction = to_text(static_cast<int128>(hundredths % 100));
    if (fraction.size() < 2) fraction.insert(0, "0");
    return to_text(static_cast<int128>(hundredths / 100)) + "." + fraction;
}

std::string weight_phrase(const std::string& weight) {
    const std::string key = "rule.weight." + weight;
    const auto known = rule_phrases();
    const bool named = std::any_of(known.begin(), known.end(),
                                   [&](const auto& phrase) { return phrase.first == key; });
    return named ? "@" + key : weight;
}

std::vector<reason_line> explain(const rule& r, const assembled& a, const circumstances& around,
                                 const finding& found) {
    explainer out;
    if (found.reached == stage::unfit) {
        out.say(a.fault, a.fault_args, false);
        return out.take();
    }
    if (!r.quorum.empty()) out.part("rule.quorum", r.quorum, a.for_quorum ? *a.for_quorum : a.all);
    if (found.reached == stage::no_quorum) return out.take();
    const bool cast = std::any_of(a.all.ballots.begin(), a.all.ballots.end(),
                                  [](ballot b) { return counts_in(selection::cast, b); });
    if (!cast && !r.silence)
        out.say("rule.nothing_cast", {}, false);
    else
        out.part("rule.pass", {&r.pass, 1}, a.all);
    if (r.silence && found.reached == stage::silence_running)
        out.say("rule.silence_running", {}, false);
    if (r.silence && found.outcome == outcome::adopted) out.say("rule.silence_over", {}, true);
    explain_tie(r, a, around, found, out);
    const bool lost = found.outcome == outcome::rejected || found.outcome == outcome::no_opinion;
    if (r.against && lost) out.part("rule.against", {&*r.against, 1}, a.all);
    return out.take();
}

void put_words(std::vector<reason_line>& lines) {
    for (reason_line& line : lines)
        line.words = say(line, [](std::string_view) { return std::nullopt; });
}

std::string summary(const finding& found, const std::vector<reason_line>& lines) {
    std::vector<const reason_line*> deciding;
    const bool carried = found.outcome == outcome::adopted;
    for (std::size_t i = 0; i < lines.size(); ++i) {
        const reason_line& line = lines[i];
        if (line.depth != 0) continue;
        const bool skipped = (line.code == "rule.quorum" && found.outcome != outcome::no_quorum) ||
                             (line.code == "rule.pass" && found.tied && carried);
        if (skipped) continue;
        if (is_heading(line))
            collect_deciding(lines, i, deciding);
        else
            deciding.push_back(&line);
    }
    constexpr std::size_t most = 6;
    std::string out;
    for (std::size_t i = 0; i < deciding.size() && i < most; ++i)
        out += (i == 0 ? ": " : "; ") + deciding[i]->words;
    if (deciding.size() > most) out += "; ...";
    const auto word = make_line("rule.outcome." + std::string(name_of(found.outcome)), {}).words;
    return capitalised(word) + out + ".";
}

}  // namespace veche::charter
