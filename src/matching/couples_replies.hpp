#pragma once
// Within this folder: best replies of singles and couples until nobody would move, or until too
// many have.

#include <utility>

#include "matching/couples_room.hpp"

namespace veche::matching {

class couples_replies {
  public:
    couples_replies(const couples_room&, std::vector<std::uint32_t> capacities);

    /// Lets the agents in, one after the other, from holding nothing; each time replies go on until
    /// all are at rest. False where more than `most_moves` were made.
    bool settle(const std::vector<std::uint32_t>& order, std::uint64_t most_moves);
    /// From where all are now: nobody is put out, a full programme gets a place more instead. Each
    /// move is somebody's gain and nobody's loss, so it comes to rest.
    void settle_granting(const std::vector<std::uint32_t>& agents);

    /// Puts the agents where a state says.
    void place(const std::vector<std::uint32_t>& agents, const couples_state&);
    /// Whether some better option would take the agent.
    [[nodiscard]] bool blocks(std::uint32_t agent) const;
    void set_places(std::uint32_t programme, std::uint32_t places) {
        capacities_[programme] = places;
    }
    /// Takes back places that were granted and are not held.
    void trim(const std::vector<std::uint32_t>& programmes,
              const std::vector<std::uint32_t>& given);

    [[nodiscard]] const couples_state& state() const { return at_; }
    [[nodiscard]] const std::vector<std::uint32_t>& capacities() const { return capacities_; }
    /// Who moved in the last half of the moves allowed.
    [[nodiscard]] const std::vector<bool>& restless() const { return restless_; }

  private:
    using holder = std::pair<std::uint32_t, std::uint32_t>;  ///< rank, applicant

    [[nodiscard]] std::size_t better(std::uint32_t p, std::uint32_t rank, std::uint32_t a,
                                     std::uint32_t partner) const;
    [[nodiscard]] bool takes(const couples_agent&, const couples_option&) const;
    bool reply(std::uint32_t agent);
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
    std::vector<bool> restless_;
    std::uint64_t moves_ = 0;
    std::uint64_t most_moves_ = 0;
    bool granting_ = false;
};

}  // namespace veche::matching
