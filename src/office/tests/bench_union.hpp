#pragma once
// A whole union in memory for tests of the office: the example charter, a clock that the test
// moves, short words for the commands of one session.

#include <atomic>
#include <string>

#include "office/office.hpp"
#include "store/memory/memory_store.hpp"

namespace veche::office::testing {

class bench_union {
  public:
    bench_union();

    /// Sends a command as a person under an office or seat; `body` is JSON in any spelling.
    result<receipt> send(std::string_view type, std::string_view body, std::string_view person,
                         std::string_view auth, std::string_view idem = {});
    /// The same, and it must be accepted.
    receipt must(std::string_view type, std::string_view body, std::string_view person,
                 std::string_view auth);
    /// Code of the refusal, "" where it was accepted.
    std::string refused(std::string_view type, std::string_view body, std::string_view person,
                        std::string_view auth);

    /// Convenes and opens a session of the Council of Ministers with one item.
    void session(const std::string& id);
    /// Tables a motion with these enactments (a JSON list) and puts it to the vote; nine seats say
    /// yes.
    void adopt(const std::string& session, const std::string& motion,
               const std::string& enactments);
    void vote(const std::string& session, const std::string& motion, std::string_view choice);

    void advance_days(int days) { now_ += days * ms_per_day; }
    [[nodiscard]] std::string today(int plus = 0) const {
        return to_text(date{date_of({now_}).days + plus});
    }
    [[nodiscard]] std::string entry(std::uint64_t seq) const { return *store.entry(seq); }
    /// Types of all entries from a number on.
    [[nodiscard]] std::vector<std::string> types(std::uint64_t from) const;

    store::memory_store store;
    store::memory_guard guard;
    journal::publisher publisher;
    std::unique_ptr<office> desk;

  private:
    std::atomic<std::int64_t> now_{1772442000000};  // 2026-03-02T09:00Z
    int next_idem_ = 1;
};

/// Checks that whoever reads the whole journal comes to the same.
void verifies(bench_union&);

}  // namespace veche::office::testing
