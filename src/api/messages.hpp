#pragma once
// What goes over the API beside commands and views, described once: requests, answers, problems.

#include <optional>

#include "journal/witness_report.hpp"
#include "kernel/fields.hpp"

namespace veche::api {

struct login_request {
    std::string login;
    std::string password;
};
VECHE_FIELDS(login_request, (login, "Login name."), (password, "Password."))

struct login_answer {
    std::string csrf;
    std::string login;
    person_id person;
};
VECHE_FIELDS(login_answer, (csrf, "Token that forms of this login session carry."),
             (login, "Login name."), (person, "The person who is logged in."))

/// A condition on what the client saw: the command is refused where the stream has moved on.
struct basis_item {
    std::string stream;
    std::int64_t ver = 0;
};
VECHE_FIELDS(basis_item, (stream, "What the command rests on."),
             (ver, "Its version when the client looked."))

/// A command of a person who is logged in and has no key.
struct do_request {
    std::optional<std::string> auth;
    std::vector<basis_item> basis;
    json::raw_json body;
    std::optional<std::string> idem;
};
VECHE_FIELDS(do_request,
             (auth,
              "Office or seat under whose authority you act; none for what you do for yourself."),
             (basis, "What the command rests on; refused where that has changed."),
             (body, "The command."),
             (idem, "Idempotency key, a UUIDv7; a repeat with the same key changes nothing."))

/// A command that its actor composed and signed.
struct signed_request {
    std::string line;
    std::vector<std::string> signatures;
};
VECHE_FIELDS(signed_request, (line, "The event line, canonical, without its newline."),
             (signatures, "Signature lines of the signed note."))

struct receipt_answer {
    std::int64_t entries = 0;
    bool repeated = false;
    std::int64_t seq = 0;
};
VECHE_FIELDS(receipt_answer, (entries, "Entries appended: the act and what followed from it."),
             (repeated, "Whether the command had been accepted before; nothing was appended then."),
             (seq, "Number of the act on the journal."))

struct paper_answer {
    std::string media;
    std::string sha256;
    std::int64_t size = 0;
};
VECHE_FIELDS(paper_answer, (media, "Media type."), (sha256, "SHA-256 of the bytes, in hex."),
             (size, "Bytes."))

/// For whoever sends traffic, and for a person: no secrets in it.
struct health_answer {
    std::int64_t checkpoint_age_s = 0;
    std::int64_t checkpoint_size = 0;
    std::int64_t disk_free_bytes = 0;
    std::int64_t entries = 0;
    std::int64_t lag_entries = 0;
    std::string origin;
    std::string release;
    std::string status;
    std::optional<std::string> signing_stopped{};
    std::optional<std::string> why;
    std::optional<journal::witnessing_report> witnesses{};
    bool writing = false;
};
VECHE_FIELDS(health_answer, (checkpoint_age_s, "Seconds since all that was durable was signed."),
             (checkpoint_size, "Entries under the newest checkpoint."),
             (disk_free_bytes, "Room on the disk of the union's folder."),
             (entries, "Entries folded and on disk."),
             (lag_entries, "Entries of others that are not folded yet."),
             (origin, "The journal's name."), (release, "Release of the program."),
             (status, "\"ok\", or what is wrong; with status 503 no traffic must come."),
             (signing_stopped, "Why no checkpoint is signed any more, if none is."),
             (why, "What is wrong, in words."),
             (witnesses, "How the journal stands with its witnesses, if it has any."),
             (writing, "Whether commands can be taken."))

/// An entry and why it is in the tree: enough for a browser to check it by itself (RFC 6962).
struct proof_answer {
    std::string checkpoint;
    std::string entry;
    std::vector<std::string> path;
    std::string root;
    std::int64_t seq = 0;
    std::int64_t size = 0;
};
VECHE_FIELDS(proof_answer, (checkpoint, "The signed checkpoint, a C2SP note."),
             (entry, "The entry's bytes, all lines."),
             (path, "Hashes beside the way from leaf to root, lowest first, in base64."),
             (root, "Root of the tree, in base64."), (seq, "Number of the entry."),
             (size, "Size of the tree."))

/// RFC 9457, as every error looks.
struct problem_details {
    std::string code;
    std::string detail;
    std::optional<std::string> field;
    std::int32_t status = 0;
    std::string title;
    std::string type;
};
VECHE_FIELDS(problem_details, (code, "Stable code of the refusal."),
             (detail, "The refusal in words."), (field, "Dotted path of the field at fault."),
             (status, "HTTP status."), (title, "What the status means."),
             (type, "Address that names the refusal."))

}  // namespace veche::api
