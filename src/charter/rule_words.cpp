// A rule in words, before anyone has voted.

#include "charter/reasons.hpp"

namespace veche::charter {

namespace {

std::string unit_of(const measure& m) {
    return m.weight == "count" ? "@rule.members" : weight_phrase(m.weight);
}
std::string sel_of(const measure& m) {
    return "@rule.sel." + std::string(m.kind == measure_kind::selection ? name_of(m.sel)
                                      : m.kind == measure_kind::integer ? "integer"
                                                                        : "mincover");
}

class describer {
  public:
    std::vector<reason_line> take() { return std::move(lines_); }

    void add(std::string code, std::vector<std::string> args = {}, std::int32_t depth = 0) {
        lines_.push_back(make_line(std::move(code), std::move(args), true, depth));
    }

    void walk(const condition& c, std::int32_t depth) {
        switch (c.kind) {
            case condition_kind::all:
                add("rule.all", {}, depth);
                break;
            case condition_kind::any:
                add("rule.any", {}, depth);
                break;
            case condition_kind::negation:
                add("rule.not", {}, depth);
                break;
            case condition_kind::each:
                add("rule.each", {c.by}, depth);
                break;
            case condition_kind::within:
                add("rule.within", {c.eq}, depth);
                break;
            case condition_kind::none_of:
                return veto(c, depth);
            case condition_kind::compare:
                return compared(c, depth);
        }
        for (const condition& part : c.parts) walk(part, depth + 1);
    }

  private:
    void veto(const condition& c, std::int32_t depth) {
        std::string names;
        for (const std::string& id : c.ids) names += (names.empty() ? "" : ", ") + id;
        add("rule.no_veto", {names, "@rule.sel." + std::string(name_of(c.sel))}, depth);
    }

    void compared(const condition& c, std::int32_t depth) {
        static constexpr std::string_view ops[] = {"more", "at_least", "exactly", "at_most",
                                                   "less"};
        const bool whole = c.share == ratio{1, 1};
        if (c.right.kind == measure_kind::mincover && whole && c.op == comparison::less)
            return add("rule.needs_no_blocking",
                       {unit_of(c.left), sel_of(c.left), to_text(c.right.share),
                        std::to_string(c.right.integer), weight_phrase(c.right.weight)},
                       depth);
        std::string code = "rule.needs_" + std::string(ops[static_cast<std::size_t>(c.op)]);
        std::string number = to_text(c.share);
        if (c.right.kind == measure_kind::integer && (whole || c.right.integer == 0)) {
            code += "_number";
            number = std::to_string(c.right.integer);
        } else if (whole) {
            code += "_than";
        }
        add(std::move(code),
            {unit_of(c.left), sel_of(c.left), std::move(number), unit_of(c.right), sel_of(c.right)},
            depth);
    }

    std::vector<reason_line> lines_;
};

}  // namespace

std::vector<reason_line> words_of(const rule& r, bloc_mode blocs) {
    describer out;
    if (blocs != bloc_mode::none) out.add("rule.blocs_" + std::string(name_of(blocs)));
    if (!r.quorum.empty()) {
        out.add("rule.quorum");
        for (const condition& c : r.quorum) out.walk(c, 1);
    }
    out.add("rule.pass");
    out.walk(r.pass, 1);
    if (r.against) {
        out.add("rule.against");
        out.walk(*r.against, 1);
    }
    if (r.tie != tie_break::reject) out.add("rule.on_tie_" + std::string(name_of(r.tie)));
    if (r.silence && r.silence->days)
        out.add("rule.silence_days", {std::to_string(*r.silence->days)});
    if (r.silence && r.silence->until) out.add("rule.silence_until", {to_text(*r.silence->until)});
    return out.take();
}

reason_line name_weight(const std::string& weight) {
    const std::string phrase = weight_phrase(weight);
    if (phrase.starts_with('@')) return make_line(phrase.substr(1), {});
    return make_line("rule.weight", {weight});
}

}  // namespace veche::charter
