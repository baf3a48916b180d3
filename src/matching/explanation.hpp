#pragma once
// Why an applicant is where they are: for each choice down to that which came true, with figures
// and what would have changed it while all others stay as they are. Nothing of another applicant
// is in it but the rank, score and lot of the last admitted, which the programme publishes.

#include "matching/match_run.hpp"

namespace veche::matching {

enum class answer : std::uint8_t {
    placed,
    below_cutoff,
    lost_lottery,
    ineligible,  ///< the programme did not rank them
    quota_full,  ///< not for lack of rank: no seats, none for their kind, or equals that overflow
    set_aside,   ///< the programme, or one joined to it, cannot be run
    not_run,     ///< fewer would rather be there than its minimum, so it does not run
    none_exists  ///< no matching keeps all minimums, or none was found
};
VECHE_CHOICES(answer, placed, below_cutoff, lost_lottery, ineligible, quota_full, set_aside,
              not_run, none_exists)

struct sufficient {
    std::optional<std::int64_t> rank;
    std::optional<std::string> score;
    bool above = false;
    std::optional<std::int64_t> seats;
    bool lottery = false;
    bool operator==(const sufficient&) const = default;
};
VECHE_FIELDS(sufficient, (rank, "The least good rank that would have done."),
             (score, "The score that would have done."),
             (above, "Whether only a score above that one would have done."),
             (seats, "How many more seats would have done."),
             (lottery, "Whether a better lot would have done."))

struct explanation {
    std::int64_t choice = 0;
    std::string programme;
    answer outcome{};
    std::int64_t seats = 0;
    std::optional<std::int64_t> your_rank;
    std::optional<std::int64_t> cutoff_rank;
    std::optional<std::string> your_score;
    std::optional<std::string> cutoff_score;
    std::optional<std::string> your_lot;
    std::optional<std::string> cutoff_lot;
    std::optional<std::string> reserve_used;
    std::optional<sufficient> would_have_sufficed;
    std::optional<std::int64_t> minimum;
    std::optional<std::int64_t> wishing;
    std::optional<std::int64_t> withheld;
    bool operator==(const explanation&) const = default;
};
VECHE_FIELDS(explanation, (choice, "Number of the choice, from 1."), (programme, "The programme."),
             (outcome, "What came of it."), (seats, "Seats of the programme."),
             (your_rank, "Own rank there."), (cutoff_rank, "Rank of the last admitted."),
             (your_score, "Own score there."), (cutoff_score, "Score of the last admitted."),
             (your_lot, "Own lot."), (cutoff_lot, "Lot of the last admitted."),
             (reserve_used, "The reserve in whose seat they sit."),
             (would_have_sufficed, "What would have been enough, all others as they are."),
             (minimum, "How many a programme that does not run needs at least."),
             (wishing, "How many would rather be there than where they are."),
             (withheld, "Seats that are not given, so that every programme has its minimum."))

struct applicant_record {
    std::string applicant;
    std::vector<explanation> choices;
    bool operator==(const applicant_record&) const = default;
};
VECHE_FIELDS(applicant_record, (applicant, "The applicant."),
             (choices, "Each choice down to that which came true."))

/// Records of one result, from an index made once.
class explainer {
  public:
    /// Keeps references.
    explainer(const market_file&, const match_rules&, const matched&);
    [[nodiscard]] applicant_record record(std::uint32_t applicant) const;

  private:
    struct waiting {
        std::uint32_t rank;  ///< as the engine used it
        std::uint32_t applicant;
        std::uint32_t own_rank;
    };
    [[nodiscard]] explanation explain(std::uint32_t applicant, std::uint32_t index) const;
    void placed(explanation&, std::uint32_t applicant) const;
    void refused(explanation&, std::uint32_t applicant, std::uint32_t programme,
                 const waiting& own) const;
    void not_run(explanation&, std::uint32_t programme) const;
    void refused_by_limit(explanation&, std::uint32_t programme, const waiting& own) const;
    void refused_by_seats(explanation&, std::uint32_t programme, const waiting& own) const;

    const market_file& file_;
    const match_rules& rules_;
    const matched& made_;
    std::vector<std::vector<waiting>> held_;     ///< of each programme, the best rank first
    std::vector<std::vector<waiting>> refused_;  ///< who would rather be there, likewise
};

/// One sentence for a person.
std::string sentence(const explanation&);

}  // namespace veche::matching
