#include "documents/act.hpp"

#include "documents/order_words.hpp"
#include "documents/vote_words.hpp"

namespace veche::documents {

using namespace assembly;

std::vector<std::string> paragraphs(std::string_view text) {
    std::vector<std::string> out;
    while (!text.empty()) {
        const auto end = std::min(text.find('\n'), text.size());
        std::string_view line = text.substr(0, end);
        text.remove_prefix(std::min(end + 1, text.size()));
        if (line.ends_with('\r')) line.remove_suffix(1);
        if (line.find_first_not_of(" \t") != std::string_view::npos) out.emplace_back(line);
    }
    return out;
}

namespace {

void add_orders(const setting& in, const decision_view& decision, document& into) {
    into.blocks.push_back(heading(in.text("decision.orders")));
    if (decision.enactments.empty())
        into.blocks.push_back(text_block(in.text("decision.no_orders")));
    for (const enactment_view& order : decision.enactments) {
        into.blocks.push_back(
            subheading(std::to_string(order.number) + ". " + order_title(in, order.type)));
        auto facts = order_facts(in, order);
        if (order.seq) {
            facts.push_back({in.word("carried_out_by"), std::to_string(*order.seq)});
            into.entries.push_back(*order.seq);
        }
        into.blocks.push_back(facts_block(std::move(facts)));
    }
    if (decision.failed) {
        into.blocks.push_back(text_block(
            in.text("decision.failed", {{"number", std::int64_t{decision.failed->number}}}) + " " +
            in.around.texts->sentence(decision.failed->why)));
        into.entries.push_back(decision.failed->seq);
    }
}

}  // namespace

/// Heads of several members sign on different days, so each signature has its own.
void add_signatures(const setting& in, const decision_view& decision, document& into) {
    if (decision.signatures.empty()) return;
    into.blocks.push_back(heading(in.text("act.signatures")));
    std::vector<std::vector<std::string>> rows;
    for (const signature_view& one : decision.signatures) {
        const std::string name = in.name(one.name);
        rows.push_back({name.empty() ? one.as : name,
                        one.person ? holder_text(in, one.person, one.person_title, one.name) : "",
                        one.at ? in.moment(*one.at) : in.text("act.unsigned"),
                        one.seq ? std::to_string(*one.seq) : ""});
        if (one.seq) into.entries.push_back(*one.seq);
    }
    into.blocks.push_back(table_block(in.text("act.signatures"),
                                      {{in.text("field.as"), 4},
                                       {in.text("field.holder"), 3},
                                       {in.text("act.signed_on"), 3},
                                       {in.text("field.entry"), 1}},
                                      rows));
}

document act_of(const setting& in, const decision_view& decision, const vote_view& vote) {
    document made = begin_document(in, "acts/" + decision.id.value,
                                   in.text("decision.number", {{"id", decision.id.value}}),
                                   in.name(decision.title));
    made.entries.push_back(decision.seq);
    made.blocks.push_back(facts_block(
        {{in.text("field.body"), in.name(decision.body.name)},
         {in.text("decision.taken"), in.moment(decision.at)},
         {in.text("field.session"), in.name(decision.session_title)},
         {in.text("field.motion"), decision.motion.value},
         {in.text("decision.in_force"),
          decision.in_force ? in.moment(*decision.in_force) : in.text("act.not_in_force")},
         {in.text("decision.fate"), in.choice(decision.fate)}}));
    made.blocks.push_back(heading(in.text("field.text")));
    for (auto& one : paragraphs(in.name(decision.text)))
        made.blocks.push_back(text_block(std::move(one)));
    add_orders(in, decision, made);
    add_signatures(in, decision, made);
    made.blocks.push_back(heading(in.text("decision.how")));
    add_vote(in, vote, made);
    end_document(in, made);
    return made;
}

}  // namespace veche::documents
