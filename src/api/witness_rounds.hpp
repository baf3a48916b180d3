#pragma once
// Asks the witnesses of a union, at its own pace: a thread that looks twice a second who is due,
// and one short-lived thread for each witness that is asked. The policy is read from the charter in
// force before each look.

#include <condition_variable>
#include <filesystem>
#include <mutex>
#include <set>
#include <thread>

#include "journal/witnessing.hpp"
#include "office/office.hpp"

namespace veche::api {

/// The witnesses of the policy over http and https.
class web_witnesses final : public journal::witness_line {
  public:
    result<journal::witness_reply> add_checkpoint(const journal::policy_witness&,
                                                  std::string_view body) override;
    result<journal::witness_reply> last_cosigned(const journal::policy_witness&,
                                                 std::string_view origin) override;
};

class witness_rounds {
  public:
    /// What is kept lies in `folder`: `witnessed`, the newest checkpoint with a quorum;
    /// `signing.stopped`, why nothing is signed any more; `forks/`, what proves it. Pauses the
    /// publisher until every witness was asked what it holds, or did not say in time. All
    /// references outlive it.
    witness_rounds(office::office& office, journal::publisher& publisher,
                   const journal::store& store, std::filesystem::path folder,
                   std::function<instant()> now);
    ~witness_rounds();
    witness_rounds(const witness_rounds&) = delete;
    witness_rounds& operator=(const witness_rounds&) = delete;

    [[nodiscard]] const journal::witnessing& standing() const { return asking_; }
    [[nodiscard]] std::optional<journal::witnessing_report> report() const;

    /// The newest checkpoint with a quorum that a folder keeps, "" for none.
    static std::string kept_in(const std::filesystem::path& folder);
    static std::filesystem::path stopped_file(const std::filesystem::path& folder) {
        return folder / "signing.stopped";
    }

  private:
    void run();
    void look_first();
    void follow_charter();
    /// Calls `work` for each name, each in a thread of its own, and returns at once.
    void each(const std::vector<std::string>& names,
              const std::function<void(const std::string&)>& work);
    bool rest();
    void sound_alarm(const refusal& why, const std::string& evidence);
    void log_changes();
    [[nodiscard]] std::int64_t now_ms() const { return now_().ms; }

    office::office& office_;
    journal::publisher& publisher_;
    const std::filesystem::path folder_;
    const std::function<instant()> now_;
    web_witnesses line_;
    journal::witnessing asking_;
    std::mutex mutex_;
    std::condition_variable called_;
    bool stop_ = false;
    bool looked_ = false;
    std::size_t running_ = 0;
    std::map<std::string, journal::witness_standing> logged_;
    std::thread thread_;
};

}  // namespace veche::api
