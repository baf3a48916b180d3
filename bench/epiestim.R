# The same series through EpiEstim; one JSON object.   Rscript epiestim.R FILE
suppressMessages(library(EpiEstim))
all <- as.matrix(read.csv(commandArgs(trailingOnly = TRUE)[1], header = FALSE))
started <- proc.time()
sum <- 0
rows <- 0
for (i in seq_len(nrow(all))) {
  made <- suppressMessages(suppressWarnings(estimate_R(
    as.numeric(all[i, ]), method = "parametric_si",
    config = make_config(list(mean_si = 6.3, std_si = 4.2)))))$R
  sum <- sum + sum(made[["Mean(R)"]])
  rows <- rows + nrow(made)
}
used <- proc.time() - started
cat(sprintf('{"rows":%d,"sum":%.9g,"seconds":%.3f,"version":"%s"}\n', rows, sum,
            used[["user.self"]], packageVersion("EpiEstim")))
