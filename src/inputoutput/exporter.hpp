#pragma once
// One exporter within a view of trade: what the accounts of its exports share.

#include <string>
#include <string_view>
#include <vector>

#include "inputoutput/value_added.hpp"

namespace veche::inputoutput {

class exporting {
  public:
    exporting(const trade_view& view, std::size_t exporter);

    [[nodiscard]] std::size_t regions() const { return view_.system().regions(); }
    [[nodiscard]] std::size_t region() const { return exporter_; }
    [[nodiscard]] const std::vector<std::size_t>& own() const { return own_; }
    /// v(s) B(s,s), by the exporter's producers.
    [[nodiscard]] double home_content(std::size_t k) const {
        return view_.origins()(own_[k], exporter_);
    }
    /// Sum over t other than s of v(t) B(t,s), added up by itself, not 1 less the rest.
    [[nodiscard]] double foreign_content(std::size_t k) const { return foreign_[k]; }
    /// v(s) L(s).
    [[nodiscard]] double local_content(std::size_t k) const { return local_[k]; }

    /// Input from producer i needed for outputs `of` of region r's producers: row i of A(.,r) times
    /// `of`.
    [[nodiscard]] double input_of(std::size_t i, std::size_t r,
                                  const std::vector<double>& of) const;
    /// Row i of A(.,r) times column `column` of outputs of all producers.
    [[nodiscard]] double input_of(std::size_t i, std::size_t r, const numerics::dense& outputs,
                                  std::size_t column) const;
    /// L(r) times the r rows of a column.
    [[nodiscard]] std::vector<double> local_output(std::size_t r, const numerics::dense& of,
                                                   std::size_t column) const;
    /// L(r) E(r).
    [[nodiscard]] std::vector<double> local_output_for_exports(std::size_t r) const;

    /// A decomposition without figures.
    [[nodiscard]] decomposition empty(std::string method, std::vector<std::string_view> terms,
                                      bool by_partner) const;
    /// Adds to the term, for a partner and a producer of the exporter's.
    static void add(decomposition& to, std::size_t term, std::size_t partner, std::size_t k,
                    double value);
    /// What is left over.
    void finish(decomposition& of) const;

  private:
    const trade_view& view_;
    std::size_t exporter_;
    const std::vector<std::size_t>& own_;
    std::vector<double> foreign_, local_;
};

}  // namespace veche::inputoutput
