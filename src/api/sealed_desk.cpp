#include "api/sealed_desk.hpp"

#include "api/log.hpp"
#include "api/problem.hpp"
#include "api/refusal.hpp"
#include "journal/refusal.hpp"
#include "journal/seal.hpp"
#include "kernel/hash.hpp"
#include "kernel/text.hpp"
#include "sealed/envelope.hpp"
#include "sealed/readers.hpp"

namespace veche::api {
namespace {

constexpr std::string_view sealed_address = "/api/sealed";

hash256 commit_of(const sealed_id& id) {
    return hash_from_hex(id.value).value_or(hash256{});
}

/// Says nothing of what is sealed: a fresh random name.
std::string fresh_subject() {
    constexpr std::size_t digits = 32;
    return "s-" + to_hex(sha256(journal::generate_sealing_key())).substr(0, digits);
}

/// A name for people, never a path: at most 200 bytes of one line.
std::string harmless_name(std::string_view name) {
    constexpr std::size_t longest = 200;
    if (name.size() > longest || !text::is_utf8(name) ||
        std::any_of(name.begin(), name.end(),
                    [](char c) { return static_cast<unsigned char>(c) < 0x20; }))
        return {};
    return std::string(name);
}

void log_failure(std::string_view what, const refusal& why) {
    log::write(log::level::error, what,
               {{"code", std::string(why.code())}, {"detail", why.sentence()}});
}

response private_file(pages::opened_file file) {
    response res;
    res.body = std::move(file.bytes);
    res.type = media_of(res.body);
    const bool shown = res.type != "application/octet-stream";
    return res.add("Content-Disposition", shown ? "inline" : "attachment; filename=\"sealed\"")
        .add("Cache-Control", "private, no-store");
}

}  // namespace

sealed_desk::sealed_desk(office::office& office, store::sealed_store& store,
                         std::shared_ptr<store::contents> papers)
    : office_(office), store_(store), shelf_(std::move(papers)) {
    std::vector<std::pair<sealed::text_status, seal_ref>> done;
    office_.read([&](const office::state& s) {
        for (const auto& [id, text] : s.sealed.texts)
            if (text.status != sealed::text_status::sealed)
                done.emplace_back(text.status, text.seal);
    });
    for (const auto& [status, seal] : done)
        if (status == sealed::text_status::disclosed)
            publish(seal.commit);
        else
            destroy(seal.subject);
    token_ = office_.subscribe([this](const office::notice& n) { follow(n); });
}

sealed_desk::~sealed_desk() {
    office_.unsubscribe(token_);
}

std::optional<response> sealed_desk::handle(const request& req,
                                            const std::optional<login_session>& session) {
    const std::string_view path = req.path;
    if (path != sealed_address && !path.starts_with(std::string(sealed_address) + "/"))
        return std::nullopt;
    auto answered = answer(req, session);
    if (answered) return std::move(*answered);
    const refusal& why = answered.error();
    if (why.kind->http_status == 403)
        log::write(log::level::warning, "authority_refused",
                   {{"code", std::string(why.code())},
                    {"path", req.path},
                    {"person", session ? session->person.value : ""}});
    return to_problem(why);
}

result<response> sealed_desk::answer(const request& req,
                                     const std::optional<login_session>& session) {
    std::string_view rest = std::string_view(req.path).substr(sealed_address.size());
    if (rest.empty()) {
        if (req.method != "POST") return refuse(refusals::method_not_allowed, {}, "POST");
        if (!session) return refuse(refusals::login_needed);
        const bool personal = req.query_value("class") == name_of(sealed_class::personal);
        const seal_ref kept =
            VECHE_TRY(keep(req.body, req.header("content-type"), req.query_value("name"),
                           personal ? sealed_class::personal : sealed_class::closed));
        response res;
        res.type = "application/json";
        res.body = to_json(kept);
        return res;
    }
    if (req.method != "GET") return refuse(refusals::method_not_allowed, {}, "GET");
    rest.remove_prefix(1);
    const bool file = rest.ends_with("/file");
    if (file) rest.remove_suffix(std::string_view("/file").size());
    const person_id person = session ? session->person : person_id{};
    const sealed_id id{std::string(rest)};
    if (file) {
        auto opened = VECHE_TRY(open_file(id, person));
        return private_file(std::move(opened));
    }
    const auto opened = VECHE_TRY(open(id, person));
    response res;
    res.type = "application/json";
    res.body = to_json(opened);
    return res.add("Cache-Control", "private, no-store");
}

result<seal_ref> sealed_desk::keep(std::string_view bytes, std::string_view media,
                                   std::string_view name, sealed_class kind) {
    // The same media types and sizes as for open papers: a published file becomes one.
    VECHE_CHECK(papers::check(bytes, media));
    const std::string subject = fresh_subject();
    const auto stored = kind == sealed_class::personal ? journal::seal_class::personal
                                                       : journal::seal_class::closed;
    const auto part = VECHE_TRY(store_.keep(bytes, stored, subject));
    const sealed::envelope within{std::string(media), harmless_name(name),
                                  sealed_id{to_hex(part.commit)}, to_hex(sha256(bytes)),
                                  static_cast<std::int64_t>(bytes.size())};
    const auto seal = VECHE_TRY(store_.keep(to_json(within), stored, subject));
    return seal_ref{"sha256-salt", static_cast<std::int32_t>(seal.bucket), kind,
                    sealed_id{to_hex(seal.commit)}, subject};
}

result<pages::opened_text> sealed_desk::open(const sealed_id& id, const person_id& person) const {
    std::optional<refusal> why;
    bool destroyed = false;
    office_.read([&](const office::state& s) {
        const auto text =
            sealed::readable({s.charter, s.sealed}, id, viewer{person, office_.now()});
        if (!text)
            why = text.error();
        else
            destroyed = (*text)->status == sealed::text_status::shredded;
    });
    if (why) return tl::unexpected(std::move(*why));
    if (destroyed) return refuse(journal::refusals::seal_shredded);
    auto opened = VECHE_TRY(store_.disclose(commit_of(id)));
    log::write(log::level::info, "sealed_read", {{"sealed", id.value}, {"person", person.value}});
    return pages::opened_text{to_base64(opened.salt), std::move(opened.text)};
}

result<pages::opened_file> sealed_desk::open_file(const sealed_id& id,
                                                  const person_id& person) const {
    const auto opened = VECHE_TRY(open(id, person));
    auto within = VECHE_TRY(from_json<sealed::envelope>(std::string_view(opened.text)));
    auto file = VECHE_TRY(store_.disclose(commit_of(within.part)));
    return pages::opened_file{std::move(within.media), std::move(within.name),
                              std::move(file.text)};
}

void sealed_desk::follow(const office::notice& n) {
    const bool published = n.type == sealed::disclosed::wire.type;
    if (!published && n.type != sealed::shredded::wire.type) return;
    const std::size_t line = n.bytes.find('\n') + 1;
    const std::string event = n.bytes.substr(line, n.bytes.find('\n', line) - line);
    json::document doc;
    if (!doc.reset(event)) return;
    const json::node body = doc.root().find("body");
    if (published) {
        if (const auto done = from_json<sealed::disclosed>(body)) publish(done->sealed);
    } else if (const auto done = from_json<sealed::shredded>(body)) {
        destroy(done->subject);
    }
}

void sealed_desk::publish(const sealed_id& id) const {
    const auto put = [&]() -> result<void> {
        const auto opened = VECHE_TRY(store_.disclose(commit_of(id)));
        const auto within = from_json<sealed::envelope>(std::string_view(opened.text));
        if (!within) return {};  // a text without a file is whole on the journal
        const auto file = VECHE_TRY(store_.disclose(commit_of(within->part)));
        VECHE_TRY(shelf_.put(file.text, within->media));
        return {};
    };
    if (const auto done = put(); !done) log_failure("sealed_not_published", done.error());
}

void sealed_desk::destroy(const std::string& subject) const {
    if (const auto done = store_.shred_subject(subject); !done)
        log_failure("sealed_not_destroyed", done.error());
}

}  // namespace veche::api
