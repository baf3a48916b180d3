#include "api/finding_queue.hpp"

#include <algorithm>

#include "api/refusal.hpp"

namespace veche::api {

finding_queue::finding_queue(pages::paper_shelf& shelf)
    : shelf_(shelf), thread_([this] { run(); }) {}

finding_queue::~finding_queue() {
    {
        const std::lock_guard lock(mutex_);
        stop_ = true;
    }
    called_.notify_all();
    thread_.join();
}

result<std::string> finding_queue::add(findings::request work, person_id person, std::string id,
                                       instant asked) {
    const std::lock_guard lock(mutex_);
    const auto own = std::count_if(jobs_.begin(), jobs_.end(), [&](const auto& one) {
        const finding_job& job = one.second.job;
        return job.person == person &&
               (job.stage == job_stage::queued || job.stage == job_stage::running);
    });
    if (static_cast<std::size_t>(own) >= most_of_a_person || waiting_.size() >= most_waiting)
        return refuse(refusals::jobs_full, {}, std::to_string(most_of_a_person));
    finding_job job;
    job.id = id;
    job.person = std::move(person);
    job.specified = work.specified;
    job.asked = asked;
    jobs_.emplace(id, held{std::move(job), std::move(work)});
    waiting_.push_back(id);
    called_.notify_all();
    return id;
}

std::optional<finding_job> finding_queue::find(const std::string& id) const {
    const std::lock_guard lock(mutex_);
    const auto found = jobs_.find(id);
    if (found == jobs_.end()) return std::nullopt;
    finding_job job = found->second.job;
    const auto place = std::find(waiting_.begin(), waiting_.end(), id);
    if (place != waiting_.end()) job.ahead = place - waiting_.begin();
    return job;
}

std::vector<finding_job> finding_queue::of(const person_id& person) const {
    const std::lock_guard lock(mutex_);
    std::vector<finding_job> out;
    for (const auto& [id, one] : jobs_)
        if (one.job.person == person) out.push_back(one.job);
    // Ids begin with the time.
    std::reverse(out.begin(), out.end());
    return out;
}

void finding_queue::run() {
    std::unique_lock lock(mutex_);
    while (true) {
        called_.wait(lock, [&] { return stop_ || !waiting_.empty(); });
        if (stop_) return;
        const std::string id = waiting_.front();
        waiting_.pop_front();
        jobs_.at(id).job.stage = job_stage::running;
        lock.unlock();
        compute(id);
        lock.lock();
        ended_.push_back(id);
        drop_oldest();
    }
}

void finding_queue::drop_oldest() {
    while (ended_.size() > most_kept) {
        jobs_.erase(ended_.front());
        ended_.pop_front();
    }
}

result<findings::computed> finding_queue::work_on(const std::string& id, findings::request work) {
    for (findings::source& one : work.data) one.bytes = VECHE_TRY(shelf_.fetch(one.sha256));
    work.progress = [this, id](work_stage at, std::uint64_t steps, std::uint64_t in_all) {
        const std::lock_guard lock(mutex_);
        finding_job& job = jobs_.at(id).job;
        job.at = at;
        job.steps = steps;
        job.steps_in_all = in_all;
    };
    return findings::compute(std::move(work));
}

void finding_queue::compute(const std::string& id) {
    findings::request work;
    {
        const std::lock_guard lock(mutex_);
        work = std::move(jobs_.at(id).work);
    }
    auto made = work_on(id, std::move(work));
    result<std::string> kept{std::string()};
    std::string text;
    if (made) {
        text = to_json(*made);
        kept = shelf_.keep(text, "application/json");
    }
    const std::lock_guard lock(mutex_);
    finding_job& job = jobs_.at(id).job;
    job.stage = made && kept ? job_stage::done : job_stage::failed;
    if (!made) job.why = made.error();
    if (!kept) job.why = kept.error();
    if (job.stage != job_stage::done) return;
    job.result = {*kept, static_cast<std::int64_t>(text.size()), "application/json"};
    job.specified = made->specified;
    job.made = std::move(*made);
}

}  // namespace veche::api
