#pragma once
// How a journal gets its checkpoints cosigned: each witness of the policy is asked with a
// consistency proof from what it knows; answers are kept, and the newest checkpoint with a quorum
// is remembered beside the newest signed one. What a witness holds under this journal's own key and
// this journal has not is a second history: then nothing more is signed.
//
// Who asks when, over which network, is the edge's business (api/witness_rounds.hpp). Thread-safe.

#include <deque>
#include <functional>
#include <map>
#include <mutex>

#include "journal/fork_proof.hpp"
#include "journal/policy.hpp"
#include "journal/publisher.hpp"
#include "journal/witness.hpp"
#include "journal/witness_report.hpp"

namespace veche::journal {

/// The port: a witness, wherever it is. A refusal means that no answer came.
class witness_line {
  public:
    virtual ~witness_line() = default;
    virtual result<witness_reply> add_checkpoint(const policy_witness&, std::string_view body) = 0;
    /// What it serves of the log that it last cosigned, a signed note.
    virtual result<witness_reply> last_cosigned(const policy_witness&, std::string_view origin) = 0;
};

struct witnessing_settings {
    std::int64_t grace_ms = 60'000;      ///< readers are shown the last one with a quorum that long
    std::int64_t first_wait_ms = 2'000;  ///< before a silent witness is asked again; then doubled
    std::int64_t longest_wait_ms = 300'000;
    std::int64_t renew_ms = 3'600'000;  ///< a journal at rest is cosigned anew that often
};

class witnessing {
  public:
    /// Told what must be kept on disk. `evidence`: a fork proof, or a note that contradicts.
    struct keeper {
        std::function<void(const std::string& note)> witnessed;
        std::function<void(const refusal&, const std::string& evidence)> alarm;
    };
    /// `kept`: the note that `keeper.witnessed` was told last, "" for none.
    witnessing(const store& from, publisher& signer, witness_line& line, keeper keep,
               std::string_view kept = {}, witnessing_settings settings = {});

    /// The policy that holds now; nothing where the union has none. What was collected by witnesses
    /// that stay is kept.
    void follow(std::optional<policy> rule);
    /// Names of witnesses to be asked now. All are asked about one checkpoint until it has its
    /// quorum or nobody is left to ask, so that cosignatures meet on it; then about the newest.
    /// Where another key signed the same tree since, about the note with the lines of both: what
    /// was cosigned is of the tree, and is shown under that note at once.
    [[nodiscard]] std::vector<std::string> due(std::int64_t now_ms);
    /// Asks one witness about it. True if it cosigned.
    bool ask(const std::string& name, std::int64_t now_ms);
    /// Before anything is signed: what does this witness hold under this journal's key? A larger or
    /// another history forbids signing. False where it did not say.
    bool look(const std::string& name, std::int64_t now_ms);
    [[nodiscard]] std::vector<std::string> names() const;

    /// What readers are shown: the newest checkpoint with a quorum while it is not older than the
    /// grace, otherwise the newest signed one with what cosignatures it has.
    [[nodiscard]] stored_checkpoint shown(stored_checkpoint newest, std::int64_t now_ms) const;
    /// The newest checkpoint with a quorum.
    [[nodiscard]] std::optional<stored_checkpoint> witnessed() const;
    /// Nothing where nobody is asked.
    [[nodiscard]] std::optional<witnessing_report> report(std::int64_t now_ms) const;
    [[nodiscard]] std::optional<policy> rule() const;

  private:
    struct collected {
        stored_checkpoint checkpoint;              ///< as signed
        std::map<std::string, std::string> lines;  ///< by witness
        bool quorum = false;
    };
    struct one_witness {
        policy_witness who;
        witness_report report;
        std::uint64_t known = 0;                ///< the size at which it stands, as far as is known
        std::optional<std::uint64_t> answered;  ///< size of the last checkpoint it was asked about
        std::int64_t asked_ms = 0;              ///< when it was asked last
        std::int64_t due_ms = 0;                ///< before then it is not asked again
        std::int32_t failures = 0;              ///< in a row
        std::int32_t strikes = 0;               ///< times in a row it was ahead
        bool asking = false;
    };
    enum class verdict : std::uint8_t { agrees, unshown, ahead, differs };
    struct comparison {
        verdict found = verdict::unshown;
        checkpoint theirs;
        std::string note;
    };

    one_witness* find(const std::string& name);
    bool exchange(one_witness& with, const stored_checkpoint& target, std::int64_t now_ms);
    bool take(one_witness& from, const stored_checkpoint& target, std::string_view body,
              std::int64_t now_ms);
    bool conflict(one_witness& with, const stored_checkpoint& target, std::uint64_t named,
                  std::int64_t now_ms);
    bool refused(one_witness& with, const witness_reply& reply, std::int64_t now_ms);
    comparison compare(const policy_witness& with);
    bool judge(one_witness& with, const comparison& seen, std::int64_t now_ms);
    void alarm(const refusal& why, const comparison& seen);
    void fail(one_witness& of, witness_standing, std::string detail, std::int64_t now_ms);
    bool choose_target(std::int64_t now_ms);
    bool take_note_of(const stored_checkpoint& newest);
    [[nodiscard]] std::map<std::string, std::string> lines_on(std::string_view note) const;
    bool rests(const one_witness&, std::int64_t now_ms) const;
    void settle(collected&);
    void save();
    [[nodiscard]] collected* find_collected(std::uint64_t size);
    [[nodiscard]] const collected* find_collected(std::uint64_t size) const;
    [[nodiscard]] stored_checkpoint with_lines(const collected&) const;
    [[nodiscard]] bool is_in_time(const stored_checkpoint& newest, std::int64_t now_ms) const;

    const store& store_;
    publisher& signer_;
    witness_line& line_;
    const keeper keep_;
    const witnessing_settings settings_;
    mutable std::mutex mutex_;
    std::optional<policy> rule_;
    std::vector<one_witness> all_;
    std::deque<collected> collected_;  ///< the newest few, the last of them is asked about
    std::optional<stored_checkpoint> witnessed_;
    std::int64_t witnessed_at_ = 0;
    mutable std::int64_t lacking_since_ms_ = 0;  ///< 0 where the newest has its quorum
    std::mutex saving_;
    std::string saved_;
};

}  // namespace veche::journal
