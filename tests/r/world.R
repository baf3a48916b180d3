# Worlds of one sector with endowments, solved another way than ours: trade before is what glm() fits, or
# what the table says; changes are exact-hat algebra on shares of expenditure, solved by Newton's method
# with differences for derivatives. Base R alone.
#
#   world.R FLOWS CASES    prints case, territory and six changes in percent for each case of cases.csv

arguments <- commandArgs(trailingOnly = TRUE)
flows <- read.csv(arguments[1])
cases <- read.csv(arguments[2], colClasses = "character")
names <- sort(unique(flows$exporter))
n <- length(names)
square <- function(v) {
  m <- matrix(NA_real_, n, n, dimnames = list(names, names))
  m[cbind(flows$exporter, flows$importer)] <- v
  m
}

# Row and column sums as asked for, by scaling rows and columns in turn.
scaled <- function(x, rows, columns) {
  for (round in 1:20000) {
    x <- x * (rows / rowSums(x))
    x <- sweep(x, 2, columns / colSums(x), "*")
    if (max(abs(rowSums(x) / rows - 1)) < 1e-15) break
  }
  x
}

newton <- function(f, x) {
  for (round in 1:60) {
    value <- f(x)
    slope <- sapply(seq_along(x), function(i) {
      step <- replace(numeric(length(x)), i, 1e-6)
      (f(x + step) - f(x - step)) / 2e-6
    })
    x <- x - solve(slope, value)
  }
  x
}

solve_world <- function(before, change, sigma, closure, reference) {
  y <- rowSums(before)
  e <- if (closure == "B") y else colSums(before)
  if (closure == "B") before <- scaled(before, y, y)
  share <- sweep(before, 2, colSums(before), "/")
  spending <- function(p) {
    now <- p * y
    switch(closure, W = e / y * now * sum(now) / sum(e / y * now), D = now + (e - y) / sum(y) * sum(now), B = now)
  }
  terms <- function(p) colSums(share * change * p^(1 - sigma))
  trade <- function(p) sweep(share * change * p^(1 - sigma), 2, spending(p) / terms(p), "*")
  # Markets of all but the last clear; the last price is 1 until the reference's index is.
  market <- function(q) { p <- exp(c(q, 0)); (rowSums(trade(p)) / (p * y) - 1)[-n] }
  p <- exp(c(newton(market, numeric(n - 1)), 0))
  index <- terms(p)^(1 / (1 - sigma))
  p <- p / index[reference]
  index <- index / index[reference]
  abroad <- function(x) rowSums(x) - diag(x)
  # Outputs and spending kept: a scales rows until sales are output again.
  kept <- function(q) { a <- exp(c(q, 0)); w <- share * change * a; rowSums(sweep(w, 2, e / colSums(w), "*")) / y - 1 }
  a <- exp(c(newton(function(q) kept(q)[-n], numeric(n - 1)), 0))
  w <- share * change * a
  held <- (colSums(w) / colSums(w)[reference])^(1 / (1 - sigma))
  100 * (cbind(price = p, real_gdp = p / index, price_index = index, exports = abroad(trade(p)) / abroad(before),
               conditional_exports = abroad(sweep(w, 2, e / colSums(w), "*")) / abroad(before),
               conditional_welfare = 1 / held) - 1)
}

for (at in seq_len(nrow(cases))) {
  one <- cases[at, ]
  sigma <- as.numeric(one$sigma)
  x <- cbind(dist = log(flows$dist), border = as.numeric(flows$exporter != flows$importer))
  if (one$baseline == "fitted") {
    fit <- suppressWarnings(glm(flows$trade ~ x + factor(flows$exporter) + factor(flows$importer), family = poisson,
                                control = glm.control(epsilon = 1e-15, maxit = 60)))
    b <- coef(fit)[2:3]
    before <- square(fitted(fit))
  } else {
    b <- c(-0.9, -1.4)
    before <- square(flows$trade)
  }
  change <- matrix(1, n, n, dimnames = list(names, names))
  if (one$what == "border") change[row(change) != col(change)] <- exp(-b[2])
  if (one$what == "tariff") change[setdiff(names, "B"), "B"] <- 1.2^(1 - sigma)
  if (one$what == "barrier") change["A", "C"] <- 1.15^(sigma - 1)
  out <- solve_world(before, change, sigma, one$closure, one$reference)
  for (i in names) cat(one$name, ",", i, sprintf(",%.17g", out[i, ]), "\n", sep = "")
}
