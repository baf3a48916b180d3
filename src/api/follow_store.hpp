#pragma once
// Who follows what, where their mail goes, and what they have been told: one SQLite file beside the
// journal, or rows that all nodes share; never part of it, because it holds personal data. What
// there is to tell is copied from the journal thing by thing ("vote/v-1", "body/commission"), so
// that one query finds everybody who has something to hear, and nothing is done for anybody else.
//
// A thing is a kind and an id with a slash between them. Two kinds are no pages: "search/<words>"
// stands for new things whose titles hold the words, "call/<person>" for what waits for the person.

#include <filesystem>
#include <limits>
#include <memory>
#include <optional>
#include <vector>

#include "kernel/fields.hpp"
#include "store/rows.hpp"

namespace veche::api {

/// How often what happened is told in one mail.
enum class digest_rhythm : std::uint8_t { daily, weekly, never };
VECHE_CHOICES(digest_rhythm, daily, weekly, never)

/// What mail somebody wants. What is urgent and not wanted at once stands in the digest.
struct mail_wishes {
    digest_rhythm digest = digest_rhythm::daily;
    bool urgent = true;    ///< at once
    std::string language;  ///< of the mail
};

/// What is kept of one person.
struct follower {
    person_id person;
    std::string address;  ///< confirmed; "" for none
    std::string wanted;   ///< asked for and not confirmed yet
    mail_wishes wishes;
    std::string confirm;       ///< secret of the link that confirms `wanted`; "" for none
    std::string leave;         ///< secret of the link that ends the mail
    std::string feed;          ///< secret of the private feed and calendar; "" where there are none
    bool unreachable = false;  ///< the mail server of the address refused for good
    std::int64_t told = 0;     ///< number of the newest piece of news that a digest has told
    std::int64_t told_urgent = 0;
};

/// One thing that happened.
struct news_row {
    std::int64_t number = 0;  ///< grows; cursors are made of it
    std::uint64_t seq = 0;    ///< entry of the journal
    instant at;
    std::string what;   ///< type of the message, or "silence_ends"
    std::string about;  ///< the thing itself
    person_id actor;    ///< whose act it was or followed from; empty for what time brought
    bool urgent = false;
};

/// The same before it is kept, with everybody it concerns.
struct news_draft {
    news_row row;
    std::vector<std::string> things;   ///< followers of these hear of it
    std::vector<std::string> at_once;  ///< followers of these hear of it as of something urgent
    bool calls = false;                ///< whether there are persons who have to do something
};

enum class mail_kind : std::uint8_t { confirm, urgent, digest };
VECHE_CHOICES(mail_kind, confirm, urgent, digest)

/// A mail that is to be sent. It goes on standing here until the mail server has taken it.
struct due_mail {
    person_id person;
    mail_kind kind = mail_kind::digest;
    std::int64_t upto = 0;  ///< it tells the news up to this number
    std::int32_t tries = 0;
};

/// Why a mail was not taken: no server answered, it said "not now", or the connection was lost when
/// the server may have had all of it already, so that the very same mail is sent again.
enum class setback : std::uint8_t { unreachable, not_now, lost };

/// Thread-safe. Over shared rows any number of programs may use it at once: news are kept by the
/// first that comes to an entry, and a mail is handed over by the one that took it.
class follow_store {
  public:
    static result<std::unique_ptr<follow_store>> open(const std::filesystem::path& file);
    /// Over rows in which `prepare` made the tables.
    explicit follow_store(std::shared_ptr<store::row_base> in) : in_(std::move(in)) {}
    static result<void> prepare(store::row_base&);
    /// Copies everything.
    static result<void> copy(store::row_base& from, store::row_base& to);

    // --- people
    [[nodiscard]] result<std::optional<follower>> find(const person_id&) const;
    /// By the secret of a link; nothing for a secret that is not in use.
    [[nodiscard]] result<std::optional<follower>> find_by_feed(std::string_view secret) const;
    [[nodiscard]] result<std::optional<follower>> find_by_leave(std::string_view secret) const;
    /// The same; links older than three days confirm nothing.
    [[nodiscard]] result<std::optional<follower>> find_by_confirm(std::string_view secret,
                                                                  std::int64_t now_ms) const;
    /// All whose name begins so; a link that was made before the moment confirms nothing any more
    /// and is left out of the row.
    [[nodiscard]] result<std::vector<follower>> named(std::string_view prefix,
                                                      std::int64_t since_ms) const;
    /// The person's row, made where there is none. News begin now.
    result<follower> ensure(const person_id&, std::string_view language);
    /// Who gives up a rhythm is told at once what waited for its next turn.
    result<void> set_wishes(const person_id&, const mail_wishes&);
    /// No mail any more; what is followed stays.
    result<void> end_mail(const person_id&);
    /// Forgets everything about the person.
    result<void> erase(const person_id&);
    /// Asks for an address; a mail that confirms it is put in the outbox. "" forgets address and
    /// wish.
    result<void> want_address(const person_id&, std::string_view address, std::int64_t now_ms);
    result<void> confirm_address(const person_id&);
    /// A new secret for the private links, or none: the old links are dead from then on.
    result<void> renew_feed(const person_id&, bool wanted);

    // --- following
    /// Refuses with api.too_much_followed beyond `most_followed`.
    result<void> follow(const person_id&, std::string_view thing, bool on);
    [[nodiscard]] result<bool> follows(const person_id&, std::string_view thing) const;
    /// Without the call to oneself; ascending.
    [[nodiscard]] result<std::vector<std::string>> things_of(const person_id&) const;
    /// Searches that somebody follows.
    [[nodiscard]] result<std::vector<std::string>> searches() const;
    /// Which of these persons have a row here.
    [[nodiscard]] result<std::vector<person_id>> known(const std::vector<person_id>&) const;

    // --- news
    /// Number of the first entry not looked at yet; nothing in a new file.
    [[nodiscard]] result<std::optional<std::uint64_t>> next_entry() const;
    /// Keeps news and where reading goes on, together. A piece that is kept already is left alone.
    result<void> keep(const std::vector<news_draft>& drafts, std::uint64_t next) {
        return keep(drafts, std::numeric_limits<std::int64_t>::max(), next);
    }
    /// The same for what was read from `from` on. Where another program has read further than that
    /// meanwhile, nothing is kept: it kept it.
    result<void> keep(const std::vector<news_draft>&, std::uint64_t from, std::uint64_t next);
    /// The newest news of what the person follows, newest first, each once.
    [[nodiscard]] result<std::vector<news_row>> newest(const person_id&, std::size_t most) const;
    /// What a mail has to tell: newest first, each once, without the person's own acts and without
    /// what they were told. Empty where nothing is left.
    [[nodiscard]] result<std::vector<news_row>> untold(const due_mail&) const;
    /// Forgets news older than the moment.
    result<void> prune(std::int64_t before_ms);

    /// A moment at which something is to be said, by a name; `due_moments` takes out those that
    /// came.
    result<void> remember(std::string_view name, std::int64_t due_ms);
    result<std::vector<std::string>> due_moments(std::int64_t now_ms) const;
    result<void> forget(std::string_view name);

    // --- mail
    /// Puts a mail in the outbox for everybody who has something to hear since the last round of
    /// the kind; of digests, everybody with the rhythm. One query; answers how many there are. The
    /// first round of each kind only marks where news begin.
    result<std::int64_t> make_round(mail_kind, digest_rhythm = digest_rhythm::never);
    /// The slot of time (a day, a week) in which digests of the rhythm were last made up.
    [[nodiscard]] result<std::optional<std::int64_t>> slot(digest_rhythm) const;
    result<void> set_slot(digest_rhythm, std::int64_t);
    /// Mails that may be tried now: confirmations first, then what is urgent.
    [[nodiscard]] result<std::vector<due_mail>> due(std::int64_t now_ms, std::size_t most) const;
    /// Writes down that the mail is about to be handed over. Mails of the kind that were not are
    /// merged into it; nothing where it was merged into another meanwhile. From then on its
    /// contents are fixed: after a crash the same mail is made again. Nobody else begins it for
    /// `hold_ms`.
    result<std::optional<due_mail>> begin(const due_mail&, std::int64_t now_ms = 0);
    /// The mail server took it: the cursor moves and the mail is gone, together.
    result<void> done(const due_mail&);
    /// Not now.
    result<void> postpone(const due_mail&, setback, std::int64_t until_ms);
    /// The address takes no mail: it gets none until its owner confirms one again.
    result<void> give_up(const due_mail&);
    [[nodiscard]] result<std::int64_t> waiting() const;

  private:
    result<std::optional<follower>> find_where(const char* condition, std::string_view value) const;
    result<std::optional<std::int64_t>> mark(std::string_view name) const;
    result<std::vector<news_row>> followed_news(const person_id&, std::int64_t after,
                                                std::int64_t upto, std::size_t most) const;

    std::shared_ptr<store::row_base> in_;
};

/// 64 hex digits that nobody guesses.
std::string link_secret();

constexpr std::size_t most_followed = 1000;

/// So long a mail belongs to the program that began it: longer than any mail server is waited for.
constexpr std::int64_t hold_ms = 15 * 60 * 1000LL;

/// Where links stop confirming.
constexpr std::int64_t confirm_ms = 3 * 24 * 3600 * 1000LL;

}  // namespace veche::api
