# Least squares and Poisson models by lm() and glm() with a dummy for each level, and standard errors by
# hand from their definitions. Reads a table and a list of cases, writes a line for each figure:
# case, rule, errors, regressor, estimate, standard error, p-value. Base R alone.

arguments <- commandArgs(trailingOnly = TRUE)
table <- read.csv(arguments[1])
cases <- read.csv(arguments[2], colClasses = "character")

parts <- function(text, sign) trimws(strsplit(text, sign, fixed = TRUE)[[1]])
crossed <- function(text) interaction(table[parts(text, "^")], drop = TRUE, lex.order = TRUE)
rank_of <- function(x) qr(x, tol = 1e-9)$rank
dummies <- function(f) model.matrix(~ f - 1)

# Redundant levels of two effects: what is missing in the rank of their dummies together.
redundant <- function(a, b) nlevels(a) + nlevels(b) - rank_of(cbind(dummies(a), dummies(b)))
is_nested <- function(effect, cluster) all(tapply(as.integer(cluster), effect, function(v) length(unique(v)) == 1))

# K as each rule counts it: k regressors, effects in the order of the formula, clusters.
parameters <- function(rule, k, effects, clusters, rank, constant) {
  if (rule %in% c("ppmlhdfe", "stata-ppml", "none")) return(0)
  if (rule == "stata-regress") return(rank)
  if (rule == "capybara" || length(effects) == 0) return(k + constant)
  open <- Filter(function(e) !any(vapply(clusters, function(g) is_nested(e, g), TRUE)), effects)
  nested <- length(open) < length(effects)
  levels <- vapply(open, nlevels, 1L)
  if (rule != "reghdfe") return(k + 1 + sum(levels - 1))
  lost <- rep(1, length(open))
  if (length(open) > 0 && !nested) lost[1] <- 0
  for (j in seq_along(open)) for (i in seq_len(j - 1)) lost[j] <- max(lost[j], redundant(open[[i]], open[[j]]))
  k + sum(levels - lost) + nested
}

# Degrees of freedom of tests: least squares alone have any.
degrees <- function(fit, rule, k, kind, used) {
  if (!fit$linear || rule == "capybara") return(Inf)
  if (kind %in% c("cluster", "dyadic")) return(min(vapply(used, nlevels, 1L)) - 1)
  constant <- length(fit$effects) == 0
  counted <- if (rule == "stata-regress") ncol(fit$x)
             else if (rule == "reghdfe") parameters(rule, k, fit$effects, list(), ncol(fit$x), constant)
             else k + 1 + sum(vapply(fit$effects, function(e) nlevels(e) - 1, 1))
  nrow(fit$x) - counted
}

outer_sum <- function(scores, g) { s <- rowsum(scores, as.integer(g)); crossprod(s) }

clustered <- function(scores, clusters, factor_of) {
  total <- 0
  for (set in seq_len(2^length(clusters) - 1)) {
    chosen <- clusters[bitwAnd(set, 2^(seq_along(clusters) - 1)) > 0]
    joint <- interaction(chosen, drop = TRUE)
    sign <- if (length(chosen) %% 2 == 1) 1 else -1
    total <- total + sign * factor_of(nlevels(joint)) * outer_sum(scores, joint)
  }
  total
}

# Pairs of rows that share a member, each counted once.
dyadic <- function(scores, from, to) {
  total <- 0
  for (i in seq_len(nrow(scores))) {
    near <- from == from[i] | to == from[i] | from == to[i] | to == to[i]
    total <- total + tcrossprod(scores[i, ], colSums(scores[near, , drop = FALSE]))
  }
  total
}

variance <- function(fit, x, k, kind, rule, effects, clusters, ends, constant) {
  n <- nrow(x)
  bread <- solve(crossprod(x, fit$w * x))
  scores <- x * fit$error
  used <- if (kind == "cluster") clusters else if (kind == "dyadic") ends else list()
  counts <- vapply(used, nlevels, 1L)
  nesting <- if (kind == "dyadic") ends else used
  K <- parameters(rule, k, effects, nesting, ncol(x), constant)
  rows <- switch(rule, none = 1, ppmlhdfe = , `stata-ppml` = if (kind == "hetero") n / (n - 1) else 1,
                 if (kind == "hetero") n / (n - K) else (n - 1) / (n - K))
  if (kind == "iid") {
    scale <- if (fit$linear) sum(fit$w * fit$residual^2) / (n - K)
             else if (startsWith(rule, "fixest")) (n - 1) / (n - K) else 1
    return(scale * bread)
  }
  if (kind == "hetero") return(rows * bread %*% crossprod(scores) %*% bread)
  by_term <- rule %in% c("fixest-conventional", "stata-ppml", "stata-regress")
  factor_of <- function(g) if (rule == "none") 1 else if (by_term) g / (g - 1) else min(counts) / (min(counts) - 1)
  if (kind == "dyadic") {
    least <- min(counts)
    middle <- dyadic(scores, as.character(ends[[1]]), as.character(ends[[2]]))
    return(rows * (if (rule == "none") 1 else least / (least - 1)) * bread %*% middle %*% bread)
  }
  rows * bread %*% clustered(scores, clusters, factor_of) %*% bread
}

fitted_model <- function(one) {
  outcome <- table[[one$outcome]]
  x <- as.matrix(table[parts(one$regressors, "+")])
  effects <- if (one$effects == "") list() else lapply(parts(one$effects, "+"), crossed)
  others <- if (length(effects) == 0) cbind(constant = rep(1, nrow(x))) else do.call(cbind, lapply(effects, dummies))
  design <- cbind(x, others)
  kept <- qr(design, tol = 1e-9)
  design <- design[, sort(kept$pivot[seq_len(kept$rank)])]
  prior <- if (one$weights == "") rep(1, nrow(x)) else table[[one$weights]]
  offset <- if (one$offset == "") rep(0, nrow(x)) else table[[one$offset]]
  if (one$family == "ols") {
    fit <- lm(outcome ~ design - 1, weights = prior, offset = offset)
    error <- as.vector(outcome - offset - design %*% coef(fit))
    out <- list(linear = TRUE, w = prior, residual = error, error = prior * error)
  } else {
    fit <- suppressWarnings(glm(outcome ~ design - 1, family = poisson, weights = prior, offset = offset,
                                control = glm.control(epsilon = 1e-15, maxit = 60)))
    mu <- fitted(fit)
    out <- list(linear = FALSE, w = prior * mu, error = prior * (outcome - mu))
  }
  c(out, list(b = coef(fit), x = design, names = colnames(x), effects = effects))
}

for (at in seq_len(nrow(cases))) {
  one <- cases[at, ]
  fit <- fitted_model(one)
  k <- length(fit$names)
  clusters <- if (one$cluster == "") list() else lapply(parts(one$cluster, "+"), crossed)
  ends <- if (one$dyadic == "") list() else {
    both <- table[parts(one$dyadic, "+")]
    lapply(both, factor)
  }
  constant <- length(fit$effects) == 0
  for (rule in parts(one$rules, "+")) for (kind in parts(one$kinds, "+")) {
    v <- variance(fit, fit$x, k, kind, rule, fit$effects, clusters, ends, constant)
    df <- degrees(fit, rule, k, kind, if (kind == "dyadic") ends else clusters)
    for (j in seq_len(k)) {
      error <- sqrt(v[j, j])
      cat(sprintf("\"%s\",%s,%s,%s,%.17g,%.17g,%.17g\n", one$name, rule, kind, fit$names[j], fit$b[j], error,
                  2 * pt(-abs(fit$b[j] / error), df)))
    }
  }
}
