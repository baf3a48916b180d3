// Check it yourself: the entries of the journal, one entry with its bytes and its proof, the newest
// checkpoint, and what anybody can do with them.

#include <algorithm>

#include "api/messages.hpp"
#include "api/pages/choices.hpp"
#include "api/pages/orders.hpp"
#include "api/refusal.hpp"
#include "kernel/hash.hpp"
#include "render/command_words.hpp"

namespace veche::api::pages {
namespace {

constexpr std::size_t entries_per_page = 50;

/// What the two lines of an entry say, as far as a reader wants to know.
struct entry_row {
    std::int64_t seq = 0;
    std::optional<instant> at;
    std::string type;
    std::string title;
    std::string actor;
    std::string auth;
    std::optional<std::int64_t> by;
};
VECHE_VIEW_HERE(entry_row, (seq, "Number of the entry."), (at, "When it was admitted."),
                (type, "Type of the message."), (title, "What it is, in words."),
                (actor, "Who acted; nobody for what was derived."),
                (auth, "Under which seat or office."), (by, "The entry it follows from."))

struct journal_page {
    std::vector<entry_row> entries;
    std::optional<std::int64_t> newer;
    std::optional<std::int64_t> older;
    std::int64_t size = 0;
    std::string checkpoint;
    std::string key;
    std::optional<journal::witnessing_report> witnesses;
    bool stopped = false;
};
VECHE_VIEW_HERE(journal_page, (entries, "Entries, the newest first."),
                (newer, "First of the newer page."), (older, "First of the older page."),
                (size, "Entries in all."), (checkpoint, "The newest checkpoint."),
                (key, "The log's verifier key."), (witnesses, "How it stands with its witnesses."),
                (stopped, "Whether nothing is signed any more."))

struct entry_page {
    entry_row entry;
    std::string bytes;
    std::int64_t length = 0;
    std::string leaf;
    render::markup content;
    bool is_signed = false;
    std::int64_t tree = 0;
    std::string root;
    std::vector<std::string> path;
    std::string key;
    std::optional<std::int64_t> before;
    std::optional<std::int64_t> next;
};
VECHE_VIEW_HERE(entry_page, (entry, "The entry."), (bytes, "All its bytes."), (length, "How many."),
                (leaf, "Its hash in the tree."), (content, "What it says, in words."),
                (is_signed, "Whether its actor signed it."),
                (tree, "Size of the tree of the proof."), (root, "Root of that tree."),
                (path, "Hashes beside the way to the root."), (key, "The log's verifier key."),
                (before, "The entry before."), (next, "The entry after."))

/// Second line of the entry; the first says when and as which number it was admitted.
std::string_view event_line(std::string_view entry) {
    const auto first = entry.find('\n');
    if (first == std::string_view::npos) return {};
    const auto rest = entry.substr(first + 1);
    return rest.substr(0, rest.find('\n'));
}

std::string text_of(json::node from, std::string_view name) {
    const auto found = from.find(name);
    return found.valid() && found.is(json::kind::string) ? std::string(found.as_string())
                                                         : std::string();
}

entry_row row_of(const visit& here, std::uint64_t seq, const std::string& entry) {
    entry_row row;
    row.seq = static_cast<std::int64_t>(seq);
    json::document admission;
    if (const auto line = std::string_view(entry).substr(0, entry.find('\n'));
        admission.reset(line))
        row.at = parse_instant(text_of(admission.root(), "at"));
    json::document event;
    if (!event.reset(event_line(entry))) return row;
    row.type = text_of(event.root(), "type");
    row.title = message_title(here, row.type);
    row.actor = text_of(event.root(), "actor");
    row.auth = text_of(event.root(), "auth");
    if (const auto by = event.root().find("by"); by.valid() && by.is(json::kind::integer))
        row.by = by.as_integer();
    return row;
}

response list_entries(visit& here) {
    const auto size = static_cast<std::uint64_t>(here.page.entries);
    const std::uint64_t end =
        std::min(size, number_in(here.asked.query_value("before")).value_or(size));
    const std::uint64_t from = end > entries_per_page ? end - entries_per_page : 0;
    journal_page page;
    page.size = here.page.entries;
    const auto bytes = here.context.journal->entries(from, end - from);
    for (std::size_t i = bytes.size(); i-- > 0;)
        page.entries.push_back(row_of(here, from + i, bytes[i]));
    if (here.form == "json") return here.json(page.entries);
    if (here.form == "csv") return here.csv(page.entries);
    if (from > 0) page.older = static_cast<std::int64_t>(from);
    if (end < size)
        page.newer =
            static_cast<std::int64_t>(std::min<std::uint64_t>(size, end + entries_per_page));
    page.checkpoint = here.context.journal->checkpoint();
    page.key = here.context.journal->verifier_key();
    page.witnesses = here.context.journal->witnesses();
    page.stopped = here.context.journal->signing_stopped();
    return here.show("journal", page);
}

/// The entry and its proof as a program or the browser's own check wants them.
response proof_of(const visit& here, std::uint64_t seq, const entry_proof& proof) {
    return here.json(proof_answer{
        proof.checkpoint.empty() ? here.context.journal->checkpoint() : proof.checkpoint,
        proof.entry, proof.path, proof.root, static_cast<std::int64_t>(seq),
        static_cast<std::int64_t>(proof.size)});
}

render::markup content_of(const visit& here, const std::string& entry) {
    json::document event;
    if (!event.reset(event_line(entry))) return {};
    const auto body = event.root().find("body");
    const auto* route = office::find_route(text_of(event.root(), "type"));
    if (route == nullptr || !body.valid()) return {};
    return render::command_markup(route->body(), body, here.around);
}

response one_entry(visit& here) {
    const auto seq = number_in(here.id);
    if (!seq) return here.fail({&refusals::page_unknown, {}, {}});
    const auto proof = here.context.journal->prove(*seq);
    if (!proof) return here.fail({&refusals::page_unknown, {}, {}});
    if (here.form == "json") return proof_of(here, *seq, *proof);
    entry_page page;
    page.entry = row_of(here, *seq, proof->entry);
    page.bytes = proof->entry;
    page.length = static_cast<std::int64_t>(proof->entry.size());
    page.leaf = to_hex(sha256({std::string_view("\0", 1), proof->entry}));
    page.content = content_of(here, proof->entry);
    page.is_signed = proof->entry.find("\n\n") != std::string::npos;
    page.tree = static_cast<std::int64_t>(proof->size);
    page.root = proof->root;
    page.path = proof->path;
    page.key = here.context.journal->verifier_key();
    if (*seq > 0) page.before = static_cast<std::int64_t>(*seq) - 1;
    if (page.entry.seq + 1 < here.page.entries) page.next = page.entry.seq + 1;
    here.above("journal", here.text("journal.title"));
    return here.show("entry", page);
}

response journal(visit& here) {
    here.page.door = "journal";
    if (here.context.journal == nullptr) return here.fail({&refusals::page_unknown, {}, {}});
    return here.id.empty() ? list_entries(here) : one_entry(here);
}

constexpr page_route journal_routes[] = {{"journal", journal}};
constexpr template_need journal_needs[] = {{"journal", &describe<journal_page>},
                                           {"entry", &describe<entry_page>}};

}  // namespace

const page_group journal_pages{journal_routes, journal_needs};

}  // namespace veche::api::pages
