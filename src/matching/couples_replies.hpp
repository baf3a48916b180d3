#pragma once
// Within this folder: best replies of singles and couples until nobody would move, or until too
// many have.

#include <utility>

#include "matching/couples_room.hpp"

namespace veche::matching {

class couples_replies {
  public:
    couples_replies(const couples_room&, std::vector<std::uint32_t> capacities);

    /// Lets an agent in that holds nothing, and replies go on until all who are in are at rest.
    /// Where more than `most_moves` are made, all go back to where they were, the agent stays out,
    /// and `moved` names all who had moved, the agent among them.
    bool let_in(std::uint32_t agent, std::uint64_t most_moves);
    [[nodiscard]] std::vector<std::uint32_t> moved() const;
    /// Lets those in who waited, and gives whoever would move the places they ask for, without
    /// those they leave. Each such move is somebody's gain and nobody's loss, so it comes to rest.
    void let_in_with_places(const std::vector<std::uint32_t>& waiting,
                            const std::vector<std::uint32_t>& agents);

    /// Puts agents where a state says, and lets them in.
    void place(const std::vector<std::uint32_t>& agents, const couples_state&);
    [[nodiscard]] bool is_in(std::uint32_t agent) const { return in_[agent]; }
    void set_places(std::uint32_t programme, std::uint32_t places) {
        capacities_[programme] = places;
    }
    [[nodiscard]] const couples_state& state() const { return at_; }
    [[nodiscard]] const std::vector<std::uint32_t>& capacities() const { return capacities_; }

  private:
    using holder = std::pair<std::uint32_t, std::uint32_t>;  ///< rank, applicant

    [[nodiscard]] std::size_t better(std::uint32_t p, std::uint32_t rank, std::uint32_t a,
                                     std::uint32_t partner) const;
    [[nodiscard]] bool takes(const couples_agent&, const couples_option&) const;
    [[nodiscard]] bool wanted(std::uint32_t p) const;
    bool reply(std::uint32_t agent);
    void remember(std::uint32_t agent);
    void forget();
    void move(std::uint32_t agent, std::uint32_t option);
    void leave(std::uint32_t agent, const couples_option* unless);
    void enter(std::uint32_t p, std::uint32_t rank, std::uint32_t applicant);
    void free(std::uint32_t p);
    bool offer(std::uint32_t p);
    bool drain();

    const couples_room& room_;
    std::vector<std::uint32_t> capacities_;
    std::vector<std::vector<holder>> held_;  ///< of each programme, best first
    std::vector<std::uint32_t> holds_;       ///< of each applicant: a programme, or nobody
    couples_state at_;
    std::vector<bool> in_;
    std::vector<std::uint32_t> out_;  ///< agents put out, to reply again
    std::vector<std::uint32_t> freed_;
    std::size_t next_freed_ = 0;
    std::vector<bool> is_freed_;
    /// Where each was when the last was let in, of those who moved since.
    std::vector<std::pair<std::uint32_t, std::uint32_t>> before_;
    std::vector<bool> is_before_;
    std::uint64_t moves_ = 0;
    std::uint64_t most_moves_ = 0;
    bool granting_ = false;
};

}  // namespace veche::matching
