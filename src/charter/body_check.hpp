#pragma once
// What remarks.hpp finds in one body: seats, powers, and each of its rules on the seats it really
// has.

#include "charter/holders.hpp"
#include "charter/remarks.hpp"

namespace veche::charter {

/// Remarks being made, each with its place in the file.
class remark_list {
  public:
    explicit remark_list(const charter_text& file) : file_(file) {}
    void add(severity, std::string code, std::vector<std::string> args, std::string field);
    /// What a founding would say.
    void add(const refusal&);
    [[nodiscard]] const std::vector<remark>& all() const { return made_; }
    std::vector<remark> take() { return std::move(made_); }

  private:
    const charter_text& file_;
    std::vector<remark> made_;
};

/// What the checks look at: a document that a founding lets pass, from a day on.
struct check_setting {
    const state& charter;
    const holders& who;
    date on;
    const std::vector<std::string>& orders;  ///< types of commands that a decision can order
    bool (*is_zone)(std::string_view);       ///< nothing where that is not known
};

void check_body(const check_setting&, const body&, remark_list& into);

}  // namespace veche::charter
