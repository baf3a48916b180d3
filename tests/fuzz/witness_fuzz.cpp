// What strangers send to a witness, and files that readers take over: requests of add-checkpoint,
// policies, proofs of two histories. What is accepted is written again as it was read.

#include <cstdint>

#include "journal/fork_proof.hpp"
#include "journal/policy.hpp"
#include "journal/witness.hpp"
#include "kernel/check.hpp"

namespace {

using namespace veche::journal;

/// A memory that knows one log and forgets everything.
class forgetful final : public witness_record {
  public:
    veche::result<std::optional<witnessed_log>> find(std::string_view) const override {
        witnessed_log log;
        log.keys = {{"log.example", key_from_seed(std::string(seed_bytes, 'L')).public_key}};
        return std::optional(log);
    }
    veche::result<std::vector<witnessed_log>> all() const override {
        return std::vector<witnessed_log>{};
    }
    veche::result<bool> advance(const witnessed_log&, const witnessed_log&) override {
        return true;
    }
    veche::result<void> keep(const witness_evidence&) override { return {}; }
    veche::result<std::vector<witness_evidence>> evidence() const override {
        return std::vector<witness_evidence>{};
    }
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    static forgetful memory;
    static witness inside("witness.example/w", key_from_seed(std::string(seed_bytes, 'W')), memory);
    const witness_reply reply = inside.add_checkpoint(text, 1);
    VECHE_ENSURE(reply.status >= 200 && reply.status <= 503, "every request gets an answer");
    if (const auto request = read_checkpoint_request(text))
        VECHE_ENSURE(write_checkpoint_request(*request) == text, "a request has one spelling");
    if (const auto policy = read_policy(text)) {
        const std::string written = write_policy(*policy);
        const auto again = read_policy(written);
        VECHE_ENSURE(again && write_policy(*again) == written, "a policy is read as it is written");
        std::set<std::string> all;
        for (const policy_witness& one : policy->witnesses) all.insert(one.name);
        VECHE_ENSURE(has_quorum(*policy, all), "all witnesses are a quorum");
    }
    if (const auto proof = read_fork_proof(text)) {
        VECHE_ENSURE(write_fork_proof(*proof) == text, "a proof has one spelling");
        (void)check_fork_proof(*proof, "log.example+00000000+AA==");
    }
    return 0;
}
