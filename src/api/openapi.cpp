#include "api/openapi.hpp"

#include <map>

#include "api/messages.hpp"
#include "api/pages/pages.hpp"

namespace veche::api {
namespace {

/// A JSON object whose members may come in any order; values are JSON texts.
using members = std::map<std::string, std::string>;

std::string object(const members& of) {
    std::string out = "{";
    for (const auto& [name, value] : of) {
        if (out.size() > 1) out += ',';
        out += json::quoted(name) + ":" + value;
    }
    return out + "}";
}

std::string text(std::string_view value) {
    return json::quoted(value);
}

std::string content(std::string_view media, const std::string& schema) {
    return object({{std::string(media), object({{"schema", schema}})}});
}

std::string ok_response(std::string_view what, const std::string& schema) {
    return object({{"description", text(what)}, {"content", content("application/json", schema)}});
}

std::string reference(std::string_view to) {
    return object({{"$ref", text(to)}});
}

members with_problem(std::string ok) {
    return {{"200", std::move(ok)}, {"default", reference("#/components/responses/problem")}};
}

std::string request_body(const std::string& schema, std::string_view media = "application/json") {
    return object({{"required", "true"}, {"content", content(media, schema)}});
}

/// Named after the entry of the journal that it is.
std::string examples_of(const command_example& one) {
    const std::string seq = std::to_string(one.seq);
    return object(
        {{"entry_" + seq,
          object({{"summary", text("Entry " + seq + " of the journal, by " + one.actor +
                                   ". Sent again by the same person it is answered as accepted "
                                   "before, and changes nothing.")},
                  {"value", one.value}})}});
}

/// A JSON Schema with an example of what it describes.
std::string with_example(const std::string& schema, const std::string& example) {
    return schema.substr(0, schema.size() - 1) + ",\"examples\":[" + example + "]}";
}

std::string operation_id(std::string_view prefix, std::string_view type) {
    std::string out(prefix);
    for (const char c : type) out += c == '.' ? '_' : c;
    return out;
}

std::string module_of(std::string_view type) {
    return "[" + text(type.substr(0, type.find('.'))) + "]";
}

/// A do_request whose body is this command.
std::string unsigned_schema(const std::string& body) {
    members properties;
    std::string required = "[";
    for (const field_info& field : describe<do_request>().fields) {
        const bool is_body = field.name == "body";
        properties.emplace(field.name, is_body ? body : json_schema(field.type()));
        if (is_body) required += text(field.name);
    }
    return object({{"type", text("object")},
                   {"additionalProperties", "false"},
                   {"properties", object(properties)},
                   {"required", required + "]"}});
}

std::string command_path(const office::route& route, const example_book& examples) {
    const command_example* example = examples.command(route.wire.type);
    const bool ordered = example && example->actor.empty();
    std::string command = json_schema(route.body());
    if (ordered) command = with_example(command, example->value);
    const std::string schema =
        object({{"oneOf", "[" + unsigned_schema(command) + "," +
                              reference("#/components/schemas/signed_request") + "]"}});
    members json = {{"schema", schema}};
    if (example && !ordered) json.emplace("examples", examples_of(*example));
    const std::string body =
        object({{"required", "true"}, {"content", object({{"application/json", object(json)}})}});
    const members post = {
        {"operationId", text(operation_id("do_", route.wire.type))},
        {"summary", text(route.wire.meaning)},
        {"tags", module_of(route.wire.type)},
        {"requestBody", body},
        {"security", "[{\"session\":[]},{}]"},
        {"responses",
         object(with_problem(ok_response("Done, and on disk.",
                                         reference("#/components/schemas/receipt_answer"))))}};
    return object({{"post", object(post)}});
}

/// What a person would write in an address, as JSON.
std::string in_json(veche::form what, const std::string& value) {
    const bool bare = what == veche::form::integer || what == veche::form::boolean;
    return bare ? value : text(value);
}

/// One query parameter for each scalar or list field of the query; deeper ones are dotted names.
void add_parameters(const type_info& query, const std::string& prefix, bool required,
                    const pairs& examples, std::string& out) {
    for (const field_info& field : query.fields) {
        const type_info* type = &field.type();
        const bool optional = type->what == veche::form::optional;
        if (optional) type = &type->element();
        const std::string name = prefix + std::string(field.name);
        const bool needed = required && !optional && type->what != veche::form::list &&
                            type->what != veche::form::map;
        if (type->what == veche::form::object) {
            add_parameters(*type, name + ".", needed, examples, out);
            continue;
        }
        members parameter = {{"name", text(name)},
                             {"in", text("query")},
                             {"description", text(field.meaning)},
                             {"required", needed ? "true" : "false"},
                             {"schema", json_schema(*type)}};
        for (const auto& [of, value] : examples)
            if (of == name) parameter.emplace("example", in_json(type->what, value));
        if (out.size() > 1) out += ',';
        out += object(parameter);
    }
}

std::string view_path(const office::view_route& view, const std::optional<asked_view>& example) {
    const asked_view asked = example.value_or(asked_view{});
    std::string parameters = "[";
    add_parameters(view.query(), "", true, asked.parameters, parameters);
    members get = {
        {"operationId", text(operation_id("ask_", view.wire.type))},
        {"summary", text(view.wire.meaning)},
        {"tags", module_of(view.wire.type)},
        {"parameters", parameters + "]"},
        {"security", "[{},{\"session\":[]}]"},
        {"responses",
         object(with_problem(ok_response("The answer.", json_schema(view.result_type()))))}};
    if (!asked.person.empty()) {
        get.emplace("description", text("Not everyone is answered. What the example asks is "
                                        "answered to " +
                                        asked.person + "."));
        get.emplace("x-asked-by", text(asked.person));
    }
    return object({{"get", object(get)}});
}

std::string simple_path(std::string_view method, std::string_view id, std::string_view summary,
                        const std::string& ok, const std::string& body = {},
                        const std::string& parameters = {}) {
    members operation = {{"operationId", text(id)},
                         {"summary", text(summary)},
                         {"tags", "[\"union\"]"},
                         {"responses", object(with_problem(ok))}};
    if (!body.empty()) operation.emplace("requestBody", body);
    if (!parameters.empty()) operation.emplace("parameters", parameters);
    return object({{std::string(method), object(operation)}});
}

std::string path_parameter(std::string_view name, std::string_view meaning,
                           const std::string& schema) {
    return object({{"name", text(name)},
                   {"in", text("path")},
                   {"description", text(meaning)},
                   {"required", "true"},
                   {"schema", schema}});
}

std::string bytes_response(std::string_view what, std::string_view media) {
    return object({{"description", text(what)}, {"content", content(media, "{}")}});
}

void add_sealed_paths(members& paths) {
    const std::string commit =
        "[" + path_parameter("commit", "Commitment in hex.", object({{"type", text("string")}})) +
        "]";
    paths["/api/sealed"] = simple_path(
        "post", "put_sealed", "Seal a file beside the journal; the answer names it.",
        ok_response("Sealed.", json_schema(describe<seal_ref>())), request_body("{}", "*/*"));
    paths["/api/sealed/{commit}"] = simple_path(
        "get", "get_sealed", "Salt and text of a sealed text, for those who may read it.",
        ok_response("What was sealed.", json_schema(describe<pages::opened_text>())), {}, commit);
    paths["/api/sealed/{commit}/file"] =
        simple_path("get", "get_sealed_file", "The sealed file, for those who may read it.",
                    bytes_response("Its bytes.", "*/*"), {}, commit);
}

void add_fixed_paths(members& paths) {
    add_sealed_paths(paths);
    const std::string login = json_schema(describe<login_answer>());
    const std::string hash =
        object({{"type", text("string")}, {"pattern", text("^[0-9a-f]{64}$")}});
    paths["/api/login"] = simple_path("post", "login", "Open a login session.",
                                      ok_response("Logged in; the cookie is set.", login),
                                      request_body(json_schema(describe<login_request>())));
    paths["/api/logout"] = simple_path("post", "logout", "End the login session.",
                                       object({{"description", text("Logged out.")}}));
    paths["/api/me"] =
        simple_path("get", "me", "Who is logged in.", ok_response("The session.", login));
    paths["/api/stream"] = simple_path(
        "get", "stream",
        "Server-sent events, one for each entry of the journal; resumes by Last-Event-ID.",
        bytes_response("An endless stream.", "text/event-stream"));
    paths["/api/papers"] = simple_path(
        "post", "put_paper", "Store a paper; its hash is how others name it.",
        ok_response("Stored.", json_schema(describe<paper_answer>())), request_body("{}", "*/*"));
    paths["/api/papers/{sha256}"] =
        simple_path("get", "get_paper", "A paper by its hash.", bytes_response("Its bytes.", "*/*"),
                    {}, "[" + path_parameter("sha256", "SHA-256 in hex.", hash) + "]");
    paths["/health"] = simple_path("get", "health", "Whether the server serves.",
                                   ok_response("It does.", json_schema(describe<health_answer>())));
    paths["/journal/checkpoint"] =
        simple_path("get", "checkpoint", "The newest signed checkpoint (C2SP tlog-checkpoint).",
                    bytes_response("A signed note.", "text/plain"));
    paths["/journal/checkpoint.witnessed"] = simple_path(
        "get", "witnessed_checkpoint", "The newest checkpoint with a quorum of witnesses.",
        bytes_response("A signed note.", "text/plain"));
    paths["/journal/policy"] =
        simple_path("get", "policy", "Witnesses and quorum of the charter (C2SP tlog-policy).",
                    bytes_response("A policy.", "text/plain"));
    paths["/journal/witnesses"] =
        simple_path("get", "witnesses", "How the journal stands with its witnesses.",
                    ok_response("They.", json_schema(describe<journal::witnessing_report>())));
    paths["/journal/proof/{seq}"] = simple_path(
        "get", "proof", "An entry with its inclusion proof in the newest checkpoint.",
        ok_response("The proof.", json_schema(describe<proof_answer>())), {},
        "[" + path_parameter("seq", "Number of the entry.", object({{"type", text("integer")}})) +
            "]");
}

std::string components() {
    const std::string problem =
        object({{"description", text("Refused; RFC 9457.")},
                {"content", content("application/problem+json",
                                    reference("#/components/schemas/problem_details"))}});
    const std::string cookie =
        object({{"type", text("apiKey")},
                {"in", text("cookie")},
                {"name", text("veche")},
                {"description", text("Set by /api/login; over TLS its name is __Host-veche.")}});
    const std::string seen = object(
        {{"name", text("Veche-Seen")},
         {"in", text("header")},
         {"required", "false"},
         {"description", text("Entries that the client has seen, from the header Veche-Seen of its "
                              "last answer. Where several nodes serve the union, none answers with "
                              "less; one that is behind waits, then refuses with 503.")},
         {"schema", object({{"type", text("integer")}, {"minimum", "0"}})}});
    const members schemas = {{"problem_details", json_schema(describe<problem_details>())},
                             {"receipt_answer", json_schema(describe<receipt_answer>())},
                             {"signed_request", json_schema(describe<signed_request>())}};
    return object({{"schemas", object(schemas)},
                   {"responses", object({{"problem", problem}})},
                   {"parameters", object({{"seen", seen}})},
                   {"securitySchemes", object({{"session", cookie}})}});
}

}  // namespace

std::string openapi_document(const std::string& public_url, const example_book& examples,
                             const view_example& example_of) {
    members paths;
    add_fixed_paths(paths);
    for (const office::route& route : office::routes())
        if (route.command)
            paths["/api/do/" + std::string(route.wire.type)] = command_path(route, examples);
    for (const office::view_route& view : office::views())
        paths["/api/ask/" + std::string(view.wire.type)] = view_path(view, example_of(view));
    members document = {
        {"openapi", text("3.1.0")},
        {"info",
         object({{"title", text("Veche")},
                 {"version", text("1")},
                 {"description",
                  text("Commands, views and the journal of a union. Everything public reads "
                       "without an account. The examples are from this union's journal and "
                       "run.")}})},
        {"paths", object(paths)},
        {"components", components()}};
    if (!public_url.empty())
        document.emplace("servers", "[" + object({{"url", text(public_url)}}) + "]");
    return object(document);
}

described_api::described_api(office::office& office, entry_reader entries, std::string public_url,
                             std::function<std::int64_t()> now_ms)
    : office_(office),
      entries_(std::move(entries)),
      public_url_(std::move(public_url)),
      now_ms_(std::move(now_ms)) {}

std::string described_api::document() {
    constexpr std::int64_t between_ms = 60'000;
    const std::lock_guard lock(mutex_);
    const std::uint64_t size = office_.durable_size();
    const std::int64_t now = now_ms_();
    if (document_.empty() || (size != size_ && now - made_ms_ >= between_ms)) {
        catch_up(size);
        document_ =
            openapi_document(public_url_, examples_, [this](const office::view_route& view) {
                return examples_.query(view, [&](const asked_view& q) { return answers(view, q); });
            });
        size_ = size;
        made_ms_ = now;
    }
    return document_;
}

void described_api::catch_up(std::uint64_t size) {
    constexpr std::uint64_t newest = 50'000;
    constexpr std::size_t at_once = 1'000;
    if (size > newest) read_ = std::max(read_, size - newest);
    while (read_ < size) {
        const auto some = entries_(read_, std::min<std::size_t>(at_once, size - read_));
        if (some.empty()) return;
        for (const std::string& entry : some) examples_.take(read_++, entry);
    }
}

bool described_api::answers(const office::view_route& view, const asked_view& asked) const {
    const auto query = json_from_pairs(view.query(), asked.parameters);
    const viewer by{{asked.person}, office_.now()};
    return query && office_.ask(view.wire.type, *query, by).has_value();
}

}  // namespace veche::api
