#include "api/journal_files.hpp"

#include <charconv>

#include "api/messages.hpp"
#include "api/problem.hpp"
#include "api/refusal.hpp"
#include "journal/refusal.hpp"
#include "journal/witnessing.hpp"

namespace veche::api {
namespace {

constexpr std::string_view prefix = "/journal/";

std::optional<std::uint64_t> parse_seq(std::string_view digits) {
    std::uint64_t seq = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), seq);
    if (error != std::errc{} || end != digits.data() + digits.size()) return std::nullopt;
    return seq;
}

}  // namespace

std::vector<std::string> read_entries(const journal::store& store, std::uint64_t from,
                                      std::size_t count) {
    std::vector<std::string> out;
    const std::uint64_t end = std::min<std::uint64_t>(from + count, store.current().next);
    if (from >= end) return out;
    const auto read = store.read(from, end, [&](std::uint64_t, std::string_view bytes) {
        out.emplace_back(bytes);
        return true;
    });
    if (!read) throw std::runtime_error(read.error().sentence());
    return out;
}

std::optional<response> journal_files::handle(const request& req) const {
    const std::string_view path = req.path;
    if (!path.starts_with(prefix)) return std::nullopt;
    if (req.method != "GET") return problem(refusals::method_not_allowed, "GET");
    auto found = serve(path.substr(prefix.size()));
    if (!found) return to_problem(found.error());
    found->add("Access-Control-Allow-Origin", "*");
    return std::move(*found);
}

result<response> journal_files::serve(std::string_view path) const {
    constexpr std::string_view proof = "proof/";
    if (path.starts_with(proof)) return serve_proof(path.substr(proof.size()));
    response res;
    if (path == "vkey") {
        res.type = "text/plain; charset=utf-8";
        res.body = publisher_.vkey() + "\n";
        return res;
    }
    if (auto found = serve_witnesses(path)) return std::move(*found);
    auto resource = publisher_.serve(path);
    if (!resource) return refuse(refusals::page_unknown);
    res.type = std::move(resource->content_type);
    res.body = std::move(resource->bytes);
    return res.add("Cache-Control", std::move(resource->cache_control));
}

std::optional<response> journal_files::serve_witnesses(std::string_view path) const {
    if (witnesses_ == nullptr) return std::nullopt;
    response res;
    res.type = "text/plain; charset=utf-8";
    if (path == "checkpoint.witnessed") {
        const auto last = witnesses_->witnessed();
        if (!last) return std::nullopt;
        res.body = last->note;
        return res.add("Cache-Control", "public, max-age=1");
    }
    if (path == "policy") {
        const auto rule = witnesses_->rule();
        if (!rule) return std::nullopt;
        res.body = journal::write_policy(*rule);
        return res;
    }
    if (path != "witnesses") return std::nullopt;
    const auto report = witnesses_->report(now_().ms);
    if (!report) return std::nullopt;
    res.type = "application/json";
    res.body = to_json(*report);
    return res;
}

std::optional<journal::witnessing_report> journal_files::witnesses() {
    return witnesses_ == nullptr ? std::nullopt : witnesses_->report(now_().ms);
}

result<response> journal_files::serve_proof(std::string_view name) const {
    constexpr std::string_view ending = ".tlog-proof";
    const bool file = name.ends_with(ending);
    const auto seq = parse_seq(file ? name.substr(0, name.size() - ending.size()) : name);
    const auto latest = publisher_.latest();
    if (!seq || !latest || *seq >= latest->size) return refuse(refusals::entry_unknown, {}, name);
    response res;
    if (file) {
        res.body = VECHE_TRY(publisher_.proof_file(*seq));
        res.type = "text/plain; charset=utf-8";
        return res;
    }
    const journal::entry_proof proof = VECHE_TRY(publisher_.proof(*seq));
    std::string entry = VECHE_TRY(store_.entry(*seq));
    res.body = to_json(proof_answer{proof.checkpoint, std::move(entry), proof.hashes, proof.root,
                                    proof.index, proof.size});
    res.type = "application/json";
    return res;
}

std::vector<std::string> journal_files::entries(std::uint64_t from, std::size_t count) {
    return read_entries(store_, from, count);
}

std::optional<pages::entry_proof> journal_files::prove(std::uint64_t seq) {
    const auto entry = store_.entry(seq);
    if (!entry) return std::nullopt;
    pages::entry_proof out;
    out.entry = *entry;
    const auto latest = publisher_.latest();
    if (!latest || seq >= latest->size) return out;
    const auto proof = publisher_.proof(seq);
    if (!proof) return out;
    out.size = static_cast<std::uint64_t>(proof->size);
    out.root = proof->root;
    out.path = proof->hashes;
    out.checkpoint = proof->checkpoint;
    return out;
}

/// Readers need not know of a node that lags behind the change of a key: the others sign.
bool journal_files::signing_stopped() {
    const auto why = publisher_.forbidden();
    return why && why->kind != &journal::refusals::key_changed;
}

std::string journal_files::checkpoint() {
    const auto shown = publisher_.shown();
    return shown ? shown->note : std::string{};
}

}  // namespace veche::api
