#include "api/examples.hpp"

#include <algorithm>

#include "api/messages.hpp"
#include "assembly/terms.hpp"
#include "journal/entry.hpp"
#include "journal/envelope.hpp"

namespace veche::api {
namespace {

constexpr std::size_t longest_example = 4096;  // bytes; ballots with proofs are longer
constexpr std::size_t longest_word = 64;       // bytes
constexpr std::size_t kept_words = 8;
constexpr int deepest = 4;
constexpr int most_tries = 64;  // for each who asks, where values go together

/// "assembly.open_secret_vote" is about a "secret_vote".
std::string_view subject_of(std::string_view type) {
    const std::string_view name = type.substr(type.find('.') + 1);
    return name.substr(name.find('_') + 1);
}

/// The next choice of one value for each parameter, the last one changing first.
bool step(std::vector<std::size_t>& chosen, const std::vector<std::vector<std::string>>& values) {
    for (std::size_t i = chosen.size(); i-- > 0;) {
        if (++chosen[i] < values[i].size()) return true;
        chosen[i] = 0;
    }
    return false;
}

/// The act as its actor sent it; nothing where a plain request cannot say all of it.
std::optional<std::string> request_of(const journal::entry_view& view,
                                      const journal::envelope& act) {
    if (!view.signature_block.empty())
        return to_json(signed_request{std::string(view.event_line),
                                      journal::signature_lines(view.signature_block)});
    if (act.seen || !act.basis.empty()) return std::nullopt;
    do_request request;
    if (act.auth != act.actor) request.auth = std::string(act.auth);
    request.body.bytes = act.body.raw();
    request.idem = std::string(act.idem);
    return to_json(request);
}

}  // namespace

void example_book::take(std::uint64_t seq, std::string_view entry) {
    const auto view = journal::parse_entry(entry);
    json::document line;
    if (!view || !line.reset(view->event_line)) return;
    const auto said = journal::read_envelope(line.root());
    if (!said) return;
    learn_all(said->body, {}, 0);
    learn_subject(said->type, said->body);
    if (!said->derived) {
        learn("person", std::string(said->actor));
        if (auto request = request_of(*view, *said); request && request->size() <= longest_example)
            commands_.insert_or_assign(
                std::string(said->type),
                command_example{seq, std::string(said->actor), *std::move(request)});
    } else if (const json::node order = said->body.find("command"); order.valid()) {
        take_order(seq, order);
    }
}

/// A command that a decision ordered or an election led to, as the derived entry tells it.
void example_book::take_order(std::uint64_t seq, json::node order) {
    const auto done = from_json<assembly::enactment>(order);
    if (!done || done->body.bytes.size() > longest_example) return;
    learn_subject(done->type, order.find("body"));
    const command_example* sent = command(done->type);
    if (!sent || sent->actor.empty())
        commands_.insert_or_assign(done->type, command_example{seq, {}, done->body.bytes});
}

const command_example* example_book::command(std::string_view type) const {
    const auto found = commands_.find(type);
    return found == commands_.end() ? nullptr : &found->second;
}

void example_book::learn(std::string_view noun, std::string value) {
    if (value.empty() || value.size() > longest_word) return;
    auto& known = words_.try_emplace(std::string(noun)).first->second;
    std::erase(known, value);
    known.push_front(std::move(value));
    if (known.size() > kept_words) known.pop_back();
}

void example_book::learn_all(json::node from, std::string_view noun, int depth) {
    if (from.is(json::kind::string) && !noun.empty()) {
        learn(noun, std::string(from.as_string()));
    } else if (from.is(json::kind::integer) && !noun.empty()) {
        learn(noun, std::to_string(from.as_integer()));
    } else if (depth < deepest) {
        // Elements of a list have no name; members of an object have their own.
        const bool named = from.is(json::kind::object);
        for (json::node part = from.first(); part.valid(); part = part.next())
            learn_all(part, named ? part.key() : std::string_view{}, depth + 1);
        // A text in several languages is one of what the member is called.
        if (named && !noun.empty() && from.first().valid() && from.first().is(json::kind::string))
            learn(noun, std::string(from.first().as_string()));
    }
}

void example_book::learn_subject(std::string_view type, json::node body) {
    const std::string_view subject = subject_of(type);
    for (json::node field = body.first(); field.valid(); field = field.next())
        if (field.is(json::kind::string) &&
            (field.key() == "id" || subject.ends_with("_" + std::string(field.key()))))
            learn(subject, std::string(field.as_string()));
}

std::vector<std::string> example_book::candidates(const office::view_route& view,
                                                  const field_info& field) const {
    const type_info& type = field.type();
    if (type.what == veche::form::boolean) return {"false"};
    if (!type.choices.empty()) return {std::string(type.choices.front())};
    std::vector<std::string> all;
    const auto add = [&](std::string_view noun) {
        if (const auto known = words_.find(noun); known != words_.end())
            all.insert(all.end(), known->second.begin(), known->second.end());
    };
    if (field.name != "id") {
        if (field.name == "account") all.emplace_back("Bank:main");
        add(field.name == "query" ? "title" : field.name == "auth" ? "office" : field.name);
        if (all.empty() && type.what == veche::form::integer) all.emplace_back("1");
    } else {
        // An id is of what the view shows; where nothing is called so, of whatever has answered.
        add(view.wire.type.substr(view.wire.type.find('.') + 1));
        if (all.empty())
            for (const auto& [noun, values] : words_) all.push_back(values.front());
    }
    return all;
}

/// Everyone, and after that those who acted in the room of the view.
std::vector<std::string> example_book::askers(const office::view_route& view) const {
    std::vector<std::string> all = {""};
    const std::string_view room = view.wire.type.substr(0, view.wire.type.find('.') + 1);
    for (const auto& [type, one] : commands_)
        if (type.starts_with(room) && std::find(all.begin(), all.end(), one.actor) == all.end())
            all.push_back(one.actor);
    return all;
}

std::optional<asked_view> example_book::query(const office::view_route& view,
                                              const view_probe& answers) const {
    asked_view asked;
    std::vector<std::vector<std::string>> values;  // of each parameter
    for (const field_info& field : view.query().fields) {
        const auto what = field.type().what;
        if (what == veche::form::optional || what == veche::form::list || what == veche::form::map)
            continue;
        values.push_back(candidates(view, field));
        if (values.back().empty()) return std::nullopt;
        asked.parameters.emplace_back(std::string(field.name), values.back().front());
    }
    const std::size_t most =
        values.empty() ? 1 : std::max(values.back().size(), std::size_t{most_tries});
    for (std::string& person : askers(view)) {
        asked.person = std::move(person);
        std::vector<std::size_t> chosen(values.size());
        for (std::size_t tries = 0; tries < most; ++tries) {
            for (std::size_t i = 0; i < chosen.size(); ++i)
                asked.parameters[i].second = values[i][chosen[i]];
            if (answers(asked)) return asked;
            if (!step(chosen, values)) break;
        }
    }
    return std::nullopt;
}

}  // namespace veche::api
