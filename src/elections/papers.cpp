#include "elections/papers.hpp"

#include <map>

#include "elections/refusal.hpp"

namespace veche::elections {

namespace {

constexpr std::int32_t most_posts = 1000;

using positions = std::map<std::string_view, position>;

result<positions> place_candidates(const contest& c) {
    if (c.posts < 1 || c.posts > most_posts)
        return refuse(refusals::posts_out_of_range, "posts", std::to_string(most_posts));
    if (c.candidates.empty()) return refuse(refusals::candidates_missing, "candidates");
    positions at;
    for (const std::string& one : c.candidates)
        if (!at.emplace(one, static_cast<position>(at.size())).second)
            return refuse(refusals::candidate_repeated, "candidates", one);
    if (c.how == method::plurality && c.posts != 1) return refuse(refusals::one_post_only, "posts");
    return at;
}

/// Nobody is named twice on a paper, be it for or against.
result<std::vector<position>> read_marks(const positions& at, const std::vector<std::string>& marks,
                                         const std::string& field, std::vector<bool>& named) {
    std::vector<position> read;
    for (const std::string& one : marks) {
        const auto known = at.find(one);
        if (known == at.end()) return refuse(refusals::candidate_unknown, field, one);
        if (named[known->second]) return refuse(refusals::mark_repeated, field, one);
        named[known->second] = true;
        read.push_back(known->second);
    }
    return read;
}

}  // namespace

result<read_papers> read(const contest& c) {
    const positions at = VECHE_TRY(place_candidates(c));
    read_papers out;
    for (std::size_t i = 0; i < c.papers.size(); ++i) {
        const paper& p = c.papers[i];
        const std::string place = "papers." + std::to_string(i);
        if (p.count < 1 || p.count > most_papers - out.valid - out.blank)
            return refuse(refusals::too_many_papers, place, std::to_string(most_papers));
        std::vector<bool> named(c.candidates.size(), false);
        read_paper one;
        one.count = p.count;
        one.marks = VECHE_TRY(read_marks(at, p.marks, place + ".marks", named));
        one.against = VECHE_TRY(read_marks(at, p.against, place + ".against", named));
        if (c.how == method::plurality && one.marks.size() > 1)
            return refuse(refusals::one_mark_only, place + ".marks");
        if (c.how != method::yes_no && !one.against.empty())
            return refuse(refusals::against_not_asked, place + ".against");
        if (one.marks.empty() && one.against.empty()) {
            out.blank += p.count;
            continue;
        }
        out.valid += p.count;
        out.papers.push_back(std::move(one));
    }
    return out;
}

}  // namespace veche::elections
