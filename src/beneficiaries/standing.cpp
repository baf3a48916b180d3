#include "beneficiaries/standing.hpp"

namespace veche::beneficiaries {

date due_day(const name_payer& payer, std::int32_t year) {
    return date{date_from({year, 12, 31}).days + payer.due_days};
}

report_standing standing_of(const name_payer& payer, std::int32_t year, const report* of,
                            date today) {
    if (of) return of->parts.front().what.zero ? report_standing::zero : report_standing::given;
    if (!(date_from({year, 12, 31}) < today)) return report_standing::running;
    return due_day(payer, year) < today ? report_standing::missing : report_standing::awaited;
}

}  // namespace veche::beneficiaries
