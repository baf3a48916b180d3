#include "cli/ballot_record.hpp"

#include <algorithm>
#include <atomic>
#include <cstring>
#include <thread>

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include "ballot/refusal.hpp"
#include "cli/files.hpp"
#include "cli/refusal.hpp"

namespace veche::cli {

namespace fs = std::filesystem;

namespace {

/// Verifies ballots in threads; the refusal is that of the first line that does not hold.
result<void> verify_ballots(const ballot::record& r, unsigned threads) {
    const auto& ballots = r.unverified();
    if (ballots.empty()) return {};
    std::atomic<std::size_t> next = 0;
    std::vector<result<void>> verdicts(ballots.size());
    const auto work = [&] {
        for (std::size_t n = next++; n < ballots.size(); n = next++)
            verdicts[n] = ballot::verify_ballot(r.board()->terms(), ballots[n].ballot);
    };
    if (threads == 0) threads = std::max(1U, std::thread::hardware_concurrency());
    std::vector<std::thread> workers;
    for (unsigned n = 1; n < threads; ++n) workers.emplace_back(work);
    work();
    for (std::thread& worker : workers) worker.join();
    for (std::size_t n = 0; n < verdicts.size(); ++n) {
        if (verdicts[n]) continue;
        std::string sentence = verdicts[n].error().sentence();
        if (sentence.ends_with('.')) sentence.pop_back();
        return refuse(ballot::refusals::record_damaged, verdicts[n].error().field,
                      std::to_string(ballots[n].line), sentence);
    }
    return {};
}

}  // namespace

result<ballot_key> read_ballot_key(const fs::path& file, holder kind) {
    const std::string text = VECHE_TRY(read_file(file));
    const auto canonical = json::canonicalize(text);
    if (!canonical) return refuse(refusals::ballot_key_malformed, {}, file.string());
    auto key = from_json<ballot_key>(*canonical);
    if (!key || key->kind != kind) return refuse(refusals::ballot_key_malformed, {}, file.string());
    return *std::move(key);
}

result<ballot::record> read_record(const fs::path& file, thoroughness how, unsigned threads) {
    const std::string text = VECHE_TRY(read_file(file));
    return read_record_text(text, how, threads);
}

result<ballot::record> read_record_text(const std::string& text, thoroughness how,
                                        unsigned threads) {
    ballot::record r(ballot::record::proofs::later);
    VECHE_CHECK(r.take_all(text));
    if (how == thoroughness::everything) VECHE_CHECK(verify_ballots(r, threads));
    return r;
}

result<record_file> record_file::open(const fs::path& file, bool create, thoroughness how) {
    const int fd =
        ::open(file.c_str(), O_RDWR | O_APPEND | O_CLOEXEC | (create ? O_CREAT | O_EXCL : 0), 0644);
    if (fd < 0) return refuse(refusals::file_unwritable, {}, file.string(), std::strerror(errno));
    record_file out(file, fd);
    if (::flock(fd, LOCK_EX | LOCK_NB) != 0)
        return refuse(refusals::file_unwritable, {}, file.string(),
                      "another program is writing to it");
    out.record_ = VECHE_TRY(read_record(file, how, 0));
    return out;
}

record_file::record_file(record_file&& other) noexcept
    : file_(std::move(other.file_)),
      fd_(std::exchange(other.fd_, -1)),
      record_(std::move(other.record_)) {}

record_file::~record_file() {
    if (fd_ >= 0) ::close(fd_);
}

result<void> record_file::write(const std::string& line) {
    VECHE_CHECK(record_.take(line));
    const std::string bytes = line + '\n';
    if (::write(fd_, bytes.data(), bytes.size()) != static_cast<ssize_t>(bytes.size()) ||
        ::fsync(fd_) != 0)
        return refuse(refusals::file_unwritable, {}, file_.string(), std::strerror(errno));
    return {};
}

}  // namespace veche::cli
