#pragma once
// Whose value added is in what. Every figure names the method it is by, because methods differ: the
// foreign value added in one country's exports is 2,176 by one and 855 by another, of the same
// table.
//
// Notation: v value added per output, B = inverse of I - A (never formed), A(s,r) the block of
// inputs from region s to region r, L(s) the inverse of I - A(s,s), Y(s,r) final use of s's
// products in r, E(s,r) exports, E(s) exports to all. A region may be a union joined to one
// exporter (groups.hpp).

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "inputoutput/system.hpp"

namespace veche::inputoutput {

/// What all the accounts below need of a system, solved once: two systems with as many right sides
/// as there are regions.
class trade_view {
  public:
    /// Refuses where a region alone has no solution, with the producer at fault: there inputs use
    /// up more than is made. `of` must outlive the view.
    static result<trade_view> of(const leontief_system& of);

    [[nodiscard]] const leontief_system& system() const { return *of_; }
    /// Value added of region t in a unit of final use of producer j, at (j, t). Each row adds up
    /// to 1.
    [[nodiscard]] const numerics::dense& origins() const { return origins_; }
    /// Output of producer i that final use of region r needs, at (i, r).
    [[nodiscard]] const numerics::dense& by_use() const { return by_use_; }
    /// I - A(r,r), factorised.
    [[nodiscard]] const numerics::factorised& local(std::size_t region) const {
        return local_[region];
    }

  private:
    explicit trade_view(const leontief_system& of);

    const leontief_system* of_;
    numerics::dense origins_, by_use_;
    std::vector<numerics::factorised> local_;
};

/// Gross exports of one region taken apart. The terms add up to the exports.
struct decomposition {
    std::string method;
    std::string exporter;
    std::vector<std::string_view> terms;
    std::vector<double> totals;      ///< by term, in the table's unit
    numerics::dense by_partner;      ///< regions by terms; no rows where the method has no partners
    numerics::dense by_producer;     ///< the exporter's producers by terms; the same
    std::vector<double> exports_to;  ///< by region
    double exports = 0;
    double left_over = 0;  ///< exports less the terms: rounding, or a fault
};

/// Value added of region t that region r uses in the end, at (t, r), by whatever way it went
/// (Johnson and Noguera 2012); on the diagonal what stays. Method "Leontief".
numerics::dense value_added_used(const trade_view& of);

/// Value added of all producers in the exports of each producer of a region: v B diag(E), at
/// (producer, exporting producer in the region's order). Method "Leontief".
numerics::dense value_added_in_exports(const leontief_system& of, std::size_t exporter);

/// Nine terms of Koopman, Wang and Wei, American Economic Review 104 (2014), equation (36). Method
/// "KWW". Totals only: the terms are not defined by partner.
decomposition kww(const trade_view& of, std::size_t exporter);

/// Sixteen terms of Wang, Wei and Zhu, NBER 19677 (2013, revised 2018), equation (37), by partner
/// and by exporting producer. Method "WWZ". Solves three right sides for each region.
decomposition wwz(const trade_view& of, std::size_t exporter);

/// At which border value added is counted once, where it crosses the exporter's several times.
enum class counted : std::uint8_t { source, sink };

/// Borin and Mancini, World Bank WPS 8804 (2019): VAX, REF, DDC, FVA, FDC by partner and exporting
/// producer, the exporter's own border as perimeter. Source: counted at the first crossing; sink:
/// at the last. Over all partners both agree. Method "Borin-Mancini source" or "... sink". Refuses
/// where the other regions among themselves have no solution.
result<decomposition> borin_mancini(const trade_view& of, std::size_t exporter, counted at);

/// What an analyst asks of Borin and Mancini's terms.
struct chain_participation {
    std::string method;
    std::string exporter;
    double exports = 0;
    double domestic_content = 0;  ///< DC = DVA + DDC
    double dva = 0;               ///< VAX + REF
    double vax = 0, ref = 0, ddc = 0;
    double foreign_content = 0;  ///< FC = FVA + FDC
    double fva = 0, fdc = 0;
    double davax = 0;     ///< made at home and used up by the first importer
    double gvc = 0;       ///< what crosses more than one border: exports less DAVAX
    double backward = 0;  ///< DDC + FC
    double forward = 0;   ///< DVA less DAVAX
};
result<chain_participation> participation(const trade_view& of, std::size_t exporter);

/// Indicators as the OECD's TiVA names them (Guide to OECD's TiVA Indicators, 2023).
struct oecd_indicators {
    std::string method;  ///< "OECD TiVA"
    std::string exporter;
    double exgr = 0;      ///< gross exports
    double exgr_dva = 0;  ///< domestic value added in them: v(s) B(s,s) E(s)
    double exgr_ddc = 0;  ///< of the exporting producer itself
    double exgr_idc = 0;  ///< of other producers at home
    double exgr_rim = 0;  ///< exported before, and imported again
    double exgr_fva = 0;  ///< foreign value added in them
    double ffd_dva = 0;   ///< domestic value added in foreign final use
    double dfd_fva = 0;   ///< foreign value added in domestic final use
    double backward = 0;  ///< DEXFVApSH: exgr_fva over exgr
    double forward = 0;   ///< FEXDVApSH: domestic value added in others' exports, over exgr
};
oecd_indicators oecd(const trade_view& of, std::size_t exporter);

}  // namespace veche::inputoutput
