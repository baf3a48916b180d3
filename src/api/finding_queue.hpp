#pragma once
// Findings computed on request, one after another, in a thread of their own. Nothing of it is on
// the journal: what comes out is a file among the papers, which an office may publish.

#include <condition_variable>
#include <deque>
#include <map>
#include <mutex>
#include <optional>
#include <thread>

#include "api/pages/pages.hpp"
#include "findings/findings.hpp"

namespace veche::api {

enum class job_stage : std::uint8_t { queued, running, done, failed };
VECHE_CHOICES(job_stage, queued, running, done, failed)

struct finding_job {
    std::string id;
    person_id person;
    evidence::specification specified;
    instant asked;
    job_stage stage = job_stage::queued;
    std::int64_t ahead = 0;        ///< jobs that come first, while it is queued
    std::optional<work_stage> at;  ///< what is being done, once something was told
    std::uint64_t steps = 0;
    std::uint64_t steps_in_all = 0;
    std::optional<findings::computed> made;
    content_ref result;  ///< the file of what was made
    std::optional<refusal> why;
};

class finding_queue {
  public:
    static constexpr std::size_t most_waiting = 64;     ///< of all persons
    static constexpr std::size_t most_of_a_person = 4;  ///< waiting or running
    static constexpr std::size_t most_kept = 500;       ///< that have ended

    /// The shelf holds the data and takes the results; it outlives the queue.
    explicit finding_queue(pages::paper_shelf& shelf);
    /// Lets the job that runs come to its end; those that wait are dropped.
    ~finding_queue();
    finding_queue(const finding_queue&) = delete;
    finding_queue& operator=(const finding_queue&) = delete;

    /// Takes a job whose data are named by hash, without their bytes; its id. Refuses where too
    /// many wait.
    result<std::string> add(findings::request, person_id, std::string id, instant asked);
    /// A job by its id: whoever knows the id may look.
    [[nodiscard]] std::optional<finding_job> find(const std::string& id) const;
    /// Jobs of a person, newest first.
    [[nodiscard]] std::vector<finding_job> of(const person_id&) const;

  private:
    struct held {
        finding_job job;
        findings::request work;
    };

    void run();
    void compute(const std::string& id);
    result<findings::computed> work_on(const std::string& id, findings::request work);
    void drop_oldest();

    pages::paper_shelf& shelf_;
    mutable std::mutex mutex_;
    std::condition_variable called_;
    std::map<std::string, held> jobs_;
    std::deque<std::string> waiting_;
    std::deque<std::string> ended_;
    bool stop_ = false;
    std::thread thread_;
};

}  // namespace veche::api
