# What follows an estimate: fitted values by glm(), average effects and their standard errors from their
# definitions, effects taken out of regressors by lm() with the fitted values as weights. Base R alone.
#
#   after.R TABLE    for flow ~ d + log(z) + x1 | a + b, clusters of a: lines "fitted,row,value" and
#                    "average,regressor,percent,its error,units,its error"

table <- read.csv(commandArgs(trailingOnly = TRUE)[1])
x <- cbind(d = table$d, z = log(table$z), x1 = table$x1)
a <- factor(table$a)
b <- factor(table$b)
design <- cbind(x, model.matrix(~ a - 1), model.matrix(~ b - 1))
kept <- qr(design, tol = 1e-9)
design <- design[, sort(kept$pivot[seq_len(kept$rank)])]
fit <- glm(table$flow ~ design - 1, family = poisson, control = glm.control(epsilon = 1e-15, maxit = 60))
mu <- fitted(fit)
for (i in seq_along(mu)) cat(sprintf("fitted,%d,%.17g\n", i, mu[i]))

bread <- solve(crossprod(design, mu * design))
scores <- rowsum(design * (table$flow - mu), as.integer(a))
v <- (bread %*% crossprod(scores) %*% bread)[1:3, 1:3]
estimate <- coef(fit)[1:3]
error <- sqrt(diag(v))
# How the linear predictor moves with each coefficient when effects follow.
moves <- residuals(lm(x ~ a + b, weights = mu))
delta <- function(g) sqrt(drop(t(g) %*% v %*% g))

with <- mu * exp(estimate[1] * (1 - table$d))
without <- mu * exp(-estimate[1] * table$d)
of_dummy <- colMeans((with - without) * moves)
of_dummy[1] <- of_dummy[1] + mean(with * (1 - table$d) + without * table$d)
slope <- function(j) colMeans(estimate[j] * mu * moves) + replace(numeric(3), j, mean(mu))
line <- function(name, ...) cat(paste(c("average", name, sprintf("%.17g", c(...))), collapse = ","), "\n", sep = "")
line("d", 100 * (exp(estimate[1]) - 1), 100 * exp(estimate[1]) * error[1], mean(with - without), delta(of_dummy))
line("log(z)", estimate[2], error[2], estimate[2] * mean(mu) / 100, delta(slope(2)) / 100)
line("x1", 100 * (exp(estimate[3]) - 1), 100 * exp(estimate[3]) * error[3], estimate[3] * mean(mu), delta(slope(3)))
