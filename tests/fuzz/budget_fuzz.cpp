// Elections on a budget in Pabulib's form: whatever a file holds is answered; what is read is
// counted within its budget, and its certificate holds.

#include <cstdint>
#include <cstdlib>

#include "budgeting/certificate_check.hpp"
#include "budgeting/equal_shares.hpp"
#include "budgeting/pb_file.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace veche::budgeting;
    const auto read = read_pb({reinterpret_cast<const char*>(data), size});
    if (!read) return 0;
    const auto again = read_pb(write_pb(*read, {}, "greedy"));
    if (!again || again->on.marks != read->on.marks || again->on.budget != read->on.budget)
        std::abort();
    shares_rules rules;
    for (const auto then :
         {completion::add1_utilitarian, completion::bos, completion::ees_addopt}) {
        rules.then = then;
        rules.most_runs = 20;
        const auto made = equal_shares(read->on, rules);
        if (!made) continue;
        if (made->cost > read->on.budget) std::abort();
        if (!check_certificate(read->on, certify(read->on, rules, *made)).empty()) std::abort();
    }
    return 0;
}
