#include <cmath>
#include <cstdlib>
#include <map>
#include <vector>

#include <fmt/format.h>

#include "gravity/certificate.hpp"

namespace veche::gravity {
namespace {

std::vector<std::string> words_of(std::string_view line) {
    std::vector<std::string> out(1);
    for (const char c : line)
        if (c == '\t')
            out.emplace_back();
        else
            out.back() += c;
    return out;
}

std::string plain(std::string name) {
    for (char& c : name)
        if (c == '\t' || c == '\n' || c == '\r') c = ' ';
    return name;
}

/// Reads line by line and judges each stage when the next one begins.
class certificate_reader {
  public:
    certificate_reader(const model& m, double tolerance)
        : m_(m), tolerance_(tolerance), there_(m.outcome.size(), true) {}

    std::string fault(std::string_view text) {
        std::size_t number = 0;
        bool ended = false;
        while (!text.empty() && !ended) {
            const std::size_t end = text.find('\n');
            const std::string_view line = text.substr(0, end);
            text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
            ++number;
            const std::string fault = take(words_of(line), number, ended);
            if (!fault.empty()) return fmt::format("line {}: {}", number, fault);
        }
        return ended ? "" : "the file has no end";
    }

  private:
    std::string take(const std::vector<std::string>& w, std::size_t number, bool& ended) {
        if (number == 1)
            return w.size() == 2 && w[0] == "veche separation" && w[1] == "1"
                       ? ""
                       : "this is no certificate of separation of version 1";
        if (w[0] == "outcome" && w.size() == 2) return "";
        if (w[0] == "rows" && w.size() == 2)
            return w[1] == std::to_string(m_.outcome.size()) ? "" : "the data have another size";
        if (w[0] == "without" && w.size() == 2) return without(w[1]);
        if (w[0] == "stage" && w.size() == 2) {
            std::string fault = judge();
            kind_ = w[1];
            return fault;
        }
        if (w[0] == "g" && w.size() == 3) return set_regressor(w[1], w[2]);
        if (w[0] == "a" && w.size() == 4) return set_level(w[1], w[2], w[3]);
        if (w[0] == "row" && w.size() == 2) return add_row(w[1]);
        if (w[0] == "end" && w.size() == 1) {
            ended = true;
            return judge();
        }
        return "not understood";
    }

    static bool number_in(const std::string& text, double& out) {
        char* end = nullptr;
        out = std::strtod(text.c_str(), &end);
        return !text.empty() && *end == '\0' && std::isfinite(out);
    }
    bool row_in(const std::string& text, std::size_t& out) const {
        double value = 0;
        if (!number_in(text, value) || value < 1 || value > static_cast<double>(there_.size()) ||
            value != std::floor(value))
            return false;
        out = static_cast<std::size_t>(value) - 1;
        return true;
    }
    std::string without(const std::string& text) {
        std::size_t row = 0;
        if (!row_in(text, row)) return "no such row";
        there_[row] = false;
        return "";
    }
    std::string add_row(const std::string& text) {
        std::size_t row = 0;
        if (!row_in(text, row) || !there_[row]) return "no such row, or it was dropped before";
        listed_.push_back(row);
        return "";
    }
    std::string set_regressor(const std::string& name, const std::string& value) {
        double v = 0;
        if (!number_in(value, v)) return "no number";
        for (std::size_t j = 0; j < m_.regressors.size(); ++j)
            if (plain(m_.regressors[j].name) == name) {
                g_[j] = v;
                return "";
            }
        if (name != "(constant)") return "no such regressor";
        constant_ = v;
        return "";
    }
    std::string set_level(const std::string& effect, const std::string& level,
                          const std::string& value) {
        double v = 0;
        if (!number_in(value, v)) return "no number";
        for (std::size_t q = 0; q < m_.effects.size(); ++q)
            if (plain(m_.effects[q].name) == effect) {
                a_[q][level] = v;
                return "";
            }
        return "no such effect";
    }

    [[nodiscard]] double z(std::size_t i) const {
        double out = constant_;
        for (const auto& [j, value] : g_) out += value * m_.regressors[j].values[i];
        for (const auto& [q, levels] : a_) {
            const auto at = levels.find(plain(m_.effects[q].name_of(m_.effects[q].code[i])));
            if (at != levels.end()) out += at->second;
        }
        return out;
    }

    std::string judge() {
        std::string fault;
        if (kind_ == "singleton")
            fault = judge_singletons();
        else if (!kind_.empty())
            fault = judge_separated();
        for (const std::size_t row : listed_) there_[row] = false;
        listed_.clear();
        g_.clear();
        a_.clear();
        constant_ = 0;
        return fault;
    }
    std::string judge_separated() const {
        std::vector<double> all(there_.size());
        double most = 0;
        for (std::size_t i = 0; i < all.size(); ++i)
            if (there_[i]) most = std::max(most, std::abs(all[i] = z(i)));
        std::vector<bool> is_listed(there_.size());
        for (const std::size_t row : listed_) is_listed[row] = true;
        for (std::size_t i = 0; i < all.size(); ++i) {
            if (!there_[i]) continue;
            const double size = all[i] / (most > 0 ? most : 1);
            if (m_.outcome[i] > 0 && std::abs(size) > tolerance_)
                return fmt::format("row {} has an outcome, and z = {}", i + 1, all[i]);
            if (size < -tolerance_)
                return fmt::format("row {} has z = {}, which is negative", i + 1, all[i]);
            if ((size > tolerance_) != is_listed[i])
                return fmt::format("row {} has z = {} and is {}listed", i + 1, all[i],
                                   is_listed[i] ? "" : "not ");
        }
        return "";
    }
    /// Each listed row can be taken away in its turn, being alone in a level.
    std::string judge_singletons() const {
        std::vector<std::map<std::int32_t, std::size_t>> count(m_.effects.size());
        for (std::size_t i = 0; i < there_.size(); ++i)
            for (std::size_t q = 0; q < m_.effects.size() && there_[i]; ++q)
                ++count[q][m_.effects[q].code[i]];
        std::vector<std::size_t> open = listed_;
        while (!open.empty()) {
            std::vector<std::size_t> later;
            for (const std::size_t i : open) {
                bool alone = false;
                for (std::size_t q = 0; q < m_.effects.size(); ++q)
                    alone = alone || count[q][m_.effects[q].code[i]] == 1;
                if (!alone) later.push_back(i);
                for (std::size_t q = 0; q < m_.effects.size() && alone; ++q)
                    --count[q][m_.effects[q].code[i]];
            }
            if (later.size() == open.size())
                return fmt::format("row {} is not alone in any level", later[0] + 1);
            open = std::move(later);
        }
        return "";
    }

    const model& m_;
    double tolerance_;
    std::vector<bool> there_;
    std::string kind_;
    std::map<std::size_t, double> g_;
    std::map<std::size_t, std::map<std::string, double>> a_;
    double constant_ = 0;
    std::vector<std::size_t> listed_;
};

}  // namespace

std::string certificate_fault(const model& m, std::string_view text, double tolerance) {
    return certificate_reader(m, tolerance).fault(text);
}

}  // namespace veche::gravity
