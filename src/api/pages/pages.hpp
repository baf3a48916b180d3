#pragma once
// The web face: every page that a person reads or fills in. `site` loads templates and catalogues
// once and checks each template against the described type it shows; `handle` answers one request.
// Pages know nothing of sockets or cookies: the server hands them what it found out about the
// request in a page_context and reads nothing back but the response.

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "api/http.hpp"
#include "journal/witness_report.hpp"
#include "kernel/instant.hpp"
#include "kernel/result.hpp"
#include "kernel/seal_ref.hpp"

namespace veche::office {
class office;
}
namespace veche::render {
class catalogues;
}
namespace veche::api {
class finding_queue;
class follow_store;
}  // namespace veche::api

namespace veche::api::pages {

/// What a browser hands over of a passkey when somebody logs in; all but the nonce is raw bytes.
struct passkey_answer {
    std::string nonce;       ///< as it was given out
    std::string credential;  ///< the credential's id
    std::string authenticator_data;
    std::string client_data;
    std::string signature;
};

/// What the owner of an orphaned account sends.
struct recovery_asked {
    std::string person;
    std::string code;
    std::string password;
};

/// What pages ask of the accounts: implemented beside the login sessions of the server.
class doorkeeper {
  public:
    virtual ~doorkeeper() = default;
    /// Checks name and password and opens a login session. The text is the value of a Set-Cookie
    /// header. Refusals: wrong name or password (field "password"), too many attempts.
    virtual result<std::string> sign_in(const request&, std::string_view name,
                                        std::string_view password) = 0;
    /// What a passkey is to sign for the next login: good once, for three minutes.
    virtual std::string login_nonce() = 0;
    /// Checks the answer of a passkey against the keys on the journal and opens the same login
    /// session. `public_url`: the site whose passkey it must be. Refusals: nonce used or too old,
    /// unknown passkey, wrong answer, copied passkey, too many attempts.
    virtual result<std::string> sign_in_by_passkey(const request&, const passkey_answer&,
                                                   const office::office&,
                                                   std::string_view public_url) = 0;
    /// Lets the owner of an account in again with the code that two persons handed over: sets the
    /// password, ends the sessions, and says so on the journal. Answers the login name. Refusals:
    /// people.code_wrong, a password that is too short, too many attempts.
    virtual result<std::string> recover(const request&, const recovery_asked&, office::office&) = 0;
    /// Ends the login session of the request; the value of the Set-Cookie header that clears it.
    virtual std::string sign_out(const request&) = 0;
};

/// An entry of the journal and why it is in the tree.
struct entry_proof {
    std::string entry;       ///< all its bytes
    std::uint64_t size = 0;  ///< of the tree that the checkpoint signs; 0 where none holds it yet
    std::string root;        ///< base64
    std::vector<std::string>
        path;                ///< hashes beside the way from leaf to root, lowest first, base64
    std::string checkpoint;  ///< the one that holds it, a signed note
};

/// What pages read of the journal itself: implemented over the store.
class reading_desk {
  public:
    virtual ~reading_desk() = default;
    /// `count` whole entries from number `from` on; fewer where there are not so many.
    virtual std::vector<std::string> entries(std::uint64_t from, std::size_t count) = 0;
    /// The entry with its proof against the newest checkpoint; nothing where there is no such
    /// entry.
    virtual std::optional<entry_proof> prove(std::uint64_t seq) = 0;
    /// The newest checkpoint, a signed note; "" where none is published yet.
    virtual std::string checkpoint() = 0;
    /// The log's verifier key, "name+hash+key" as c2sp.org/signed-note writes it.
    virtual std::string verifier_key() = 0;
    /// How the journal stands with its witnesses; nothing where it has none.
    virtual std::optional<journal::witnessing_report> witnesses() { return std::nullopt; }
    /// Whether checkpoints are signed no more, because a witness has shown another history.
    virtual bool signing_stopped() { return false; }
};

/// Where the files of papers lie: implemented by the server's papers.
class paper_shelf {
  public:
    virtual ~paper_shelf() = default;
    /// Keeps the bytes; the hash by which they are fetched, in lower-case hex. Refuses media types
    /// that a browser would run and files that are too large.
    virtual result<std::string> keep(std::string_view bytes, std::string_view media) = 0;
    /// The bytes of that hash, if they lie here.
    [[nodiscard]] virtual result<std::string> fetch(std::string_view hash) const = 0;
};

/// What a disclosure puts on the journal.
struct opened_text {
    std::string salt;
    std::string text;
};
VECHE_FIELDS(opened_text, (salt, "Its salt, 32 bytes in base64."),
             (text, "The text as it was sealed."))

struct opened_file {
    std::string media;
    std::string name;
    std::string bytes;
};

/// Where sealed files lie: implemented by the server's desk.
class sealed_shelf {
  public:
    virtual ~sealed_shelf() = default;
    /// Seals a file; the answer goes on the journal.
    virtual result<seal_ref> keep(std::string_view bytes, std::string_view media,
                                  std::string_view name,
                                  sealed_class kind = sealed_class::closed) = 0;
    /// Salt and text of what the person may read.
    virtual result<opened_text> open(const sealed_id&, const person_id&) const = 0;
    /// The file that the text names, likewise.
    [[nodiscard]] virtual result<opened_file> open_file(const sealed_id&,
                                                        const person_id&) const = 0;
};

/// Everything a page may know of one request beyond the request itself.
struct page_context {
    office::office& office;
    doorkeeper& door;
    instant now;             ///< the server's clock
    std::string person;      ///< id of the person signed in, "" for the public
    std::string csrf;        ///< token that every form carries as "csrf"; compared by `handle`
    std::string public_url;  ///< "https://veche.example", without a slash at the end; for feeds
    reading_desk* journal = nullptr;  ///< without it the journal's pages say that it is elsewhere
    paper_shelf* shelf = nullptr;     ///< without it papers cannot be uploaded in the browser
    sealed_shelf* sealed = nullptr;   ///< without it closed papers cannot be uploaded or read
    follow_store* follows = nullptr;  ///< without it nothing can be followed with an account
    bool mails = false;               ///< whether this server sends mail
    std::string_view licence{};  ///< under which the public may use what it sees; "" says nothing
    finding_queue* queue = nullptr;  ///< without it nobody asks for findings
};

/// Templates, catalogues and style, read once, immutable afterwards and shared by all threads.
class site {
  public:
    /// `web` is the folder with templates/, catalogues/, style/ and src/. Refuses with the file and
    /// line of the first template, text or view name that does not fit. `outlines`: the folder with
    /// outlines for its maps; "" where there is none.
    static result<site> load(const std::filesystem::path& web,
                             const std::filesystem::path& outlines = {});
    site(site&&) noexcept;
    site& operator=(site&&) noexcept;
    ~site();

    /// Answers pages (/, /{lang}/...), forms and /assets/...; nothing for addresses of others.
    [[nodiscard]] std::optional<response> handle(page_context&, const request&) const;
    /// Begins to make the index of what can be searched, in a thread of its own, so that the first
    /// who asks does not wait for it.
    void gather(office::office&) const;
    /// The same, until it is made: how many things that are and about how many bytes they take.
    std::pair<std::size_t, std::size_t> searched(office::office&) const;
    /// The texts of all languages, for what else speaks to people.
    [[nodiscard]] const render::catalogues& texts() const;

  private:
    site();
    struct parts;
    std::unique_ptr<const parts> parts_;
};

}  // namespace veche::api::pages
