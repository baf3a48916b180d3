#include "budgeting/abc_file.hpp"

#include <algorithm>
#include <charconv>

#include "budgeting/refusal.hpp"

namespace veche::budgeting {

namespace {

class abc_reader {
  public:
    explicit abc_reader(std::string_view text) : rest_(text) {}

    result<abc_file> read() {
        std::vector<std::vector<std::uint32_t>> profile;
        std::uint32_t candidates = 0;
        while (skip(), !rest_.empty()) {
            const std::string key = word();
            if (key.empty()) return wrong("a name and a colon");
            if (key == "profile") {
                profile = VECHE_TRY(lists());
            } else if (key == "num_cand") {
                candidates = VECHE_TRY(number());
            } else if (key == "committeesize") {
                file_.seats = VECHE_TRY(number());
            } else if (key == "compute") {
                VECHE_CHECK(computations());
            } else if (key == "description") {
                VECHE_CHECK(text());
            } else {
                return wrong(
                    "description, profile, num_cand, committeesize or compute instead of " + key);
            }
        }
        if (candidates < 1 || candidates > 100'000) return wrong("num_cand from 1 to 100000");
        if (profile.empty()) return wrong("a profile of at least one ballot");
        for (std::uint32_t c = 0; c < candidates; ++c)
            file_.on.projects.push_back({std::to_string(c), 1});
        file_.on.budget = static_cast<std::int64_t>(file_.seats);
        for (auto& ballot : profile) {
            std::vector<mark> marks;
            std::sort(ballot.begin(), ballot.end());
            for (const std::uint32_t c : ballot) {
                if (c >= candidates || (!marks.empty() && marks.back().project == c))
                    return wrong(
                        "a profile whose ballots name candidates below num_cand, each once");
                marks.push_back({c, 1});
            }
            file_.on.add(marks);
        }
        file_.on.group();
        return std::move(file_);
    }

  private:
    [[nodiscard]] tl::unexpected<refusal> wrong(const std::string& expected) const {
        return refuse(refusals::file_malformed, "line " + std::to_string(line_),
                      std::to_string(line_), "there should be " + expected);
    }

    void advance(std::size_t n) {
        line_ += static_cast<std::size_t>(
            std::count(rest_.begin(), rest_.begin() + static_cast<std::ptrdiff_t>(n), '\n'));
        rest_.remove_prefix(n);
    }

    void skip() { advance(std::min(rest_.find_first_not_of(" \t\r\n"), rest_.size())); }

    bool take(char c) {
        skip();
        if (rest_.empty() || rest_.front() != c) return false;
        advance(1);
        return true;
    }

    /// A name with its colon; "" where none stands here.
    std::string word() {
        skip();
        const std::size_t end = rest_.find_first_not_of("abcdefghijklmnopqrstuvwxyz_");
        if (end == 0 || end == std::string_view::npos || rest_[end] != ':') return {};
        std::string out(rest_.substr(0, end));
        advance(end + 1);
        return out;
    }

    result<std::uint32_t> number() {
        skip();
        std::uint32_t value = 0;
        const auto [end, error] = std::from_chars(rest_.data(), rest_.data() + rest_.size(), value);
        if (error != std::errc()) return wrong("a number");
        advance(static_cast<std::size_t>(end - rest_.data()));
        return value;
    }

    /// A text in quotes, or the rest of the line with the lines indented under it.
    result<void> text() {
        skip();
        if (!rest_.empty() && (rest_.front() == '"' || rest_.front() == '\'')) {
            const char quote = rest_.front();
            std::size_t end = 1;
            while (end < rest_.size() && rest_[end] != quote)
                end += rest_[end] == '\\' && quote == '"' ? 2 : 1;
            if (end >= rest_.size()) return wrong("the end of the quoted text");
            advance(end + 1);
            return {};
        }
        do advance(std::min(rest_.find('\n'), rest_.size() - 1) + 1);
        while (rest_.starts_with("  ") && !rest_.empty());
        return {};
    }

    result<std::vector<std::uint32_t>> list() {
        std::vector<std::uint32_t> out;
        if (!take('[') && !take('{')) return wrong("a list in brackets");
        if (take(']') || take('}')) return out;
        do {
            const std::uint32_t one = VECHE_TRY(number());
            out.push_back(one);
        } while (take(','));
        if (!take(']') && !take('}')) return wrong("a comma or the end of the list");
        return out;
    }

    result<std::vector<std::vector<std::uint32_t>>> lists() {
        std::vector<std::vector<std::uint32_t>> out;
        if (!take('[')) return wrong("a list of lists in brackets");
        if (take(']')) return out;
        do {
            std::vector<std::uint32_t> one = VECHE_TRY(list());
            out.push_back(std::move(one));
        } while (take(','));
        if (!take(']')) return wrong("a comma or the end of the list");
        return out;
    }

    result<void> computations() {
        while (take('-')) {
            abc_computed one;
            for (std::string key = word(); !key.empty(); key = next_word()) {
                if (key == "rule_id") {
                    one.rule = VECHE_TRY(name());
                } else if (key == "resolute") {
                    one.resolute = VECHE_TRY(truth());
                } else if (key == "result") {
                    skip();
                    // A rule that draws lots has no result of its own.
                    if (!rest_.starts_with('[')) continue;
                    one.committees = VECHE_TRY(lists());
                    for (auto& each : one.committees) std::sort(each.begin(), each.end());
                } else {
                    return wrong("rule_id, result or resolute instead of " + key);
                }
            }
            if (one.rule.empty()) return wrong("a rule_id");
            file_.computed.push_back(std::move(one));
        }
        return {};
    }

    /// The next name of a mapping in the list, which stands indented.
    std::string next_word() {
        skip();
        const bool indented = rest_.data() != begin_ && rest_.data()[-1] == ' ';
        return indented ? word() : std::string();
    }

    result<bool> truth() {
        const auto said = name();
        if (said && *said == "true") return true;
        if (said && *said == "false") return false;
        return wrong("true or false");
    }

    result<std::string> name() {
        skip();
        const std::size_t end = std::min(
            rest_.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-_"), rest_.size());
        if (end == 0) return wrong("a name");
        std::string out(rest_.substr(0, end));
        advance(end);
        return out;
    }

    std::string_view rest_;
    const char* begin_ = rest_.data();
    std::size_t line_ = 1;
    abc_file file_;
};

}  // namespace

result<abc_file> read_abc(std::string_view text) {
    return abc_reader(text).read();
}

}  // namespace veche::budgeting
