#include "elections/election_file.hpp"

#include <algorithm>
#include <charconv>

#include "elections/refusal.hpp"

namespace veche::elections {

namespace {

/// BLT: "candidates posts"; withdrawn candidates as negative numbers; papers as
/// "count preference ... 0"; a line with 0; the names and the title in quotes. Candidates are
/// numbered from 1. "#" begins a comment.
class blt_reader {
  public:
    explicit blt_reader(std::string_view text) : rest_(text) {}

    result<election_file> read() {
        const std::int64_t candidates = VECHE_TRY(number("the number of candidates"));
        const std::int64_t posts = VECHE_TRY(number("the number of posts"));
        if (candidates < 1 || candidates > 10'000) return wrong("1 to 10000 candidates");
        if (posts < 1 || posts > 10'000) return wrong("1 to 10000 posts");
        file_.how = method::stv;
        file_.posts = static_cast<std::int32_t>(posts);
        withdrawn_.assign(static_cast<std::size_t>(candidates), false);
        VECHE_CHECK(read_papers());
        for (std::int64_t n = 1; n <= candidates; ++n) {
            std::string name = VECHE_TRY(quoted("the name of candidate " + std::to_string(n)));
            if (!withdrawn_[static_cast<std::size_t>(n) - 1])
                file_.candidates.push_back({std::to_string(n), std::move(name)});
        }
        file_.title = VECHE_TRY(quoted("the title"));
        skip();
        if (!rest_.empty()) return wrong("nothing after the title");
        return std::move(file_);
    }

  private:
    [[nodiscard]] tl::unexpected<refusal> wrong(const std::string& expected) const {
        return refuse(refusals::file_malformed, "line " + std::to_string(line_),
                      "line " + std::to_string(line_) + " should have " + expected);
    }

    void advance(std::size_t n) {
        line_ += std::count(rest_.begin(), rest_.begin() + static_cast<std::ptrdiff_t>(n), '\n');
        rest_.remove_prefix(n);
    }

    void skip() {
        for (;;) {
            advance(std::min(rest_.find_first_not_of(" \t\r\n"), rest_.size()));
            if (rest_.empty() || rest_.front() != '#') return;
            advance(std::min(rest_.find('\n'), rest_.size()));
        }
    }

    result<std::int64_t> number(const std::string& what) {
        skip();
        std::int64_t value = 0;
        const auto [end, error] = std::from_chars(rest_.data(), rest_.data() + rest_.size(), value);
        const auto size = static_cast<std::size_t>(end - rest_.data());
        const bool alone = size == rest_.size() || rest_.find_first_of(" \t\r\n#", size) == size;
        if (error != std::errc() || !alone || value > json::max_integer) return wrong(what);
        advance(size);
        return value;
    }

    result<std::string> quoted(const std::string& what) {
        skip();
        if (rest_.empty() || rest_.front() != '"') return wrong(what + " in quotes");
        const std::size_t end = rest_.find('"', 1);
        if (end == std::string_view::npos) return wrong(what + " in quotes");
        std::string value(rest_.substr(1, end - 1));
        advance(end + 1);
        return value;
    }

    result<void> read_papers() {
        for (;;) {
            const std::int64_t count = VECHE_TRY(number("a count of papers, or 0"));
            if (count == 0) return {};
            if (count < 0) {
                const std::size_t place = VECHE_TRY(candidate(-count));
                withdrawn_[place] = true;
                continue;
            }
            paper one;
            one.count = count;
            for (;;) {
                const std::int64_t next = VECHE_TRY(number("a candidate, or 0"));
                if (next == 0) break;
                const std::size_t place = VECHE_TRY(candidate(next));
                if (!withdrawn_[place]) one.marks.push_back(std::to_string(next));
            }
            file_.papers.push_back(std::move(one));
        }
    }

    [[nodiscard]] result<std::size_t> candidate(std::int64_t n) const {
        if (n < 1 || n > static_cast<std::int64_t>(withdrawn_.size()))
            return wrong("a candidate from 1 to " + std::to_string(withdrawn_.size()));
        return static_cast<std::size_t>(n) - 1;
    }

    std::string_view rest_;
    std::int64_t line_ = 1;
    std::vector<bool> withdrawn_;
    election_file file_;
};

}  // namespace

result<election_file> read_file_text(std::string_view text) {
    if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
    const std::size_t begin = text.find_first_not_of(" \t\r\n");
    if (begin == std::string_view::npos || text[begin] != '{') return blt_reader(text).read();
    const std::string canonical = VECHE_TRY(json::canonicalize(text));
    return from_json<election_file>(std::string_view(canonical));
}

contest contest_of(const election_file& file) {
    contest c;
    c.how = file.how;
    c.needs = file.needs.value_or(needed::most);
    c.posts = file.posts;
    c.electors = file.electors.value_or(0);
    for (const file_candidate& one : file.candidates) c.candidates.push_back(one.id);
    c.papers = file.papers;
    c.seed = file.seed;
    return c;
}

std::string missed(const expectation& expect, const certificate& made) {
    if (expect.elected != made.elected) return "who is elected";
    if (expect.runoff != made.runoff) return "who meets again";
    if (expect.votes.empty()) return {};
    if (expect.votes.size() != made.stages.size()) return "the number of stages";
    for (std::size_t s = 0; s < made.stages.size(); ++s) {
        std::vector<std::string> votes;
        for (const row& r : made.stages[s].rows) votes.push_back(votes_text(r.votes));
        if (votes != expect.votes[s]) return "the votes at stage " + std::to_string(s + 1);
    }
    return {};
}

}  // namespace veche::elections
