#include "matching/preference_file.hpp"

#include <algorithm>
#include <charconv>
#include <map>

#include <fmt/format.h>

#include "matching/refusal.hpp"

namespace veche::matching {
namespace {

constexpr std::uint32_t most_voices = 1'000'000;

std::string_view bare(std::string_view text) {
    constexpr std::string_view blanks = " \t\r";
    const std::size_t from = text.find_first_not_of(blanks);
    if (from == std::string_view::npos) return {};
    return text.substr(from, text.find_last_not_of(blanks) + 1 - from);
}

std::optional<std::uint32_t> count_in(std::string_view text) {
    text = bare(text);
    std::uint32_t n = 0;
    const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), n);
    if (fault != std::errc() || end != text.data() + text.size() || n == 0 || n > most_voices)
        return std::nullopt;
    return n;
}

class preference_reader {
  public:
    result<market_file> read(std::string_view text) {
        while (!text.empty()) {
            const std::size_t end = std::min(text.find('\n'), text.size());
            const std::string_view line = bare(text.substr(0, end));
            text.remove_prefix(std::min(end + 1, text.size()));
            ++line_;
            if (line.starts_with('#'))
                name(line.substr(1));
            else if (!line.empty())
                VECHE_CHECK(order(line));
        }
        out_.applicant_types.resize(out_.applicants.size());
        out_.reserved.resize(out_.programmes.size());
        return std::move(out_);
    }

  private:
    result<void> malformed(std::string what, std::string instead) const {
        return refuse(refusals::line_malformed, {}, std::to_string(line_), std::move(what),
                      std::move(instead));
    }

    void name(std::string_view line) {
        line = bare(line);
        constexpr std::string_view head = "ALTERNATIVE NAME ";
        const std::size_t colon = line.find(':');
        if (!line.starts_with(head) || colon == std::string_view::npos) return;
        if (const auto number = count_in(line.substr(head.size(), colon - head.size())))
            names_[*number] = bare(line.substr(colon + 1));
    }

    result<void> order(std::string_view line) {
        if (line.find('{') != std::string_view::npos)
            return malformed("it ranks some alike", "a strict order, without braces");
        const std::size_t colon = line.find(':');
        const auto count = count_in(line.substr(0, colon));
        if (colon == std::string_view::npos || !count || voices_ + *count > most_voices)
            return malformed("it does not begin with how many say so",
                             fmt::format("1 to {} and a colon", most_voices - voices_));
        voices_ += *count;
        std::vector<choice> list;
        for (std::string_view left = bare(line.substr(colon + 1)); !left.empty();) {
            const std::size_t end = std::min(left.find(','), left.size());
            const auto number = count_in(left.substr(0, end));
            if (!number)
                return malformed(fmt::format("\"{}\" is no alternative", left.substr(0, end)),
                                 "numbers from 1, parted by commas");
            const std::uint32_t p = programme(*number);
            if (std::any_of(list.begin(), list.end(),
                            [&](const choice& c) { return c.programme == p; }))
                return malformed(fmt::format("it names {} twice", *number), "each once");
            list.push_back({p, 0});
            left.remove_prefix(std::min(end + 1, left.size()));
        }
        for (std::uint32_t n = 1; n <= *count; ++n) {
            out_.applicants.push_back(fmt::format("{}.{}", line_, n));
            out_.of.choices.insert(out_.of.choices.end(), list.begin(), list.end());
            out_.of.begins.push_back(static_cast<std::uint32_t>(out_.of.choices.size()));
        }
        return {};
    }

    std::uint32_t programme(std::uint32_t number) {
        const auto [at, added] =
            index_.try_emplace(number, static_cast<std::uint32_t>(out_.programmes.size()));
        if (added) {
            const auto named = names_.find(number);
            std::string id = std::to_string(number);
            // Two alternatives may bear one name; the number keeps them apart.
            if (named != names_.end()) id += ' ' + named->second;
            out_.programmes.push_back(std::move(id));
            out_.of.capacities.push_back(1);
        }
        return at->second;
    }

    market_file out_;
    std::map<std::uint32_t, std::string> names_;
    std::map<std::uint32_t, std::uint32_t> index_;
    std::uint32_t voices_ = 0;
    std::size_t line_ = 0;
};

}  // namespace

result<market_file> read_preferences(std::string_view text) {
    return preference_reader().read(text);
}

}  // namespace veche::matching
