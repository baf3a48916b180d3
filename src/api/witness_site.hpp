#pragma once
// A witness over HTTP (c2sp.org/tlog-witness): add-checkpoint, the checkpoints it has cosigned, and
// what it has seen, for people and for programs.

#include "api/http.hpp"
#include "api/rate_limit.hpp"
#include "journal/witness.hpp"
#include "kernel/fields.hpp"
#include "kernel/instant.hpp"

namespace veche::api {

/// One log as a witness has seen it.
struct witnessed_row {
    std::string origin;
    std::int64_t size = 0;
    std::string root;
    std::optional<instant> cosigned;
    std::string checkpoint;
    std::int64_t evidence = 0;
};
VECHE_FIELDS(witnessed_row, (origin, "The log."), (size, "Entries of what was cosigned last."),
             (root, "Its root, base64."), (cosigned, "When."),
             (checkpoint, "Where it is, below this address."),
             (evidence, "Checkpoints that the log had signed and this witness refused."))

struct witness_status {
    std::string name;
    std::string vkey;
    std::vector<witnessed_row> logs;
};
VECHE_FIELDS(witness_status, (name, "Name of the witness."), (vkey, "Its verifier key."),
             (logs, "Logs that it knows."))

/// What it has seen; refuses where its record cannot be read.
result<witness_status> status_of(journal::witness&);

class witness_site final : public http_handler {
  public:
    /// The witness must outlive it.
    witness_site(journal::witness& inside, rate limit, std::function<instant()> now);

    response handle(const request&) override;
    [[nodiscard]] std::size_t body_limit(std::string_view method,
                                         std::string_view path) const override;
    [[nodiscard]] bool blocks(const request&) const override { return true; }

  private:
    response take(const request&);
    response cosigned(std::string_view address) const;
    response page() const;

    journal::witness& witness_;
    rate_limiter limiter_;
    const std::function<instant()> now_;
};

}  // namespace veche::api
