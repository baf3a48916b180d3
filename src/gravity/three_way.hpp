#pragma once
// PPML with exporter-time, importer-time and pair effects and few years: the coefficients are off
// by a term of the order of 1/N, as wide as their confidence bands, and clustered standard errors
// are too small by one of the same order. Both are corrected analytically.
//
// M. Weidner, T. Zylkin, Bias and consistency in three-way gravity models, Journal of International
// Economics 132 (2021) 103513, arXiv:1909.01327.

#include <vector>

#include "gravity/estimate.hpp"

namespace veche::gravity {

struct three_way_correction {
    std::vector<double> bias;            ///< by regressor; to be subtracted
    std::vector<double> b;               ///< corrected coefficients
    std::vector<double> v;               ///< k x k, clustered by pair, corrected for leverage
    std::vector<double> standard_error;  ///< by regressor
    std::int64_t exporters = 0, importers = 0, pairs = 0;
};

/// The pair is the effect that the model names last; who exports and who imports follows from which
/// levels of the other two share a pair. Refuses models of another shape: not PPML, not three
/// effects, a pair with two rows in a level of another effect, fewer than two exporters or
/// importers.
///
/// With the pair effects profiled out, a pair has shares t = m / M of its fitted sum M, scores
/// S = y - m, curvature H = M (diag t - t t'), and its change along x: -G = M (diag d - d t' - t
/// d'), d = t x. A is the inverse of the sum of H over an exporter's pairs, x a regressor with all
/// effects taken out, W the Hessian:
///   bias = W^-1 (N / (N - 1) sum over exporters of [-tr(A sum H x S') + tr(G A sum S S' A) / 2]
///                + the same over importers).
/// Standard errors: one of the two scores in each outer product has the pair's leverage taken out,
/// (I - H x W^-1 x')^-1 (I - H A_j)^-1 (I - H A_i)^-1 S, i and j in both orders. That is the
/// paper's (I - H (A_i + A_j + x W^-1 x'))^-1 S to the leading order, but leverage never comes to
/// more than 1 where one pair outweighs the others of a country.
result<three_way_correction> correct_three_way(const model&, const estimation&);

}  // namespace veche::gravity
