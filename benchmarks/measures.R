# Processor seconds the R reference takes for the problems of benchmarks/measures.py, and its answers.
#
#     Rscript benchmarks/measures.R FOLDER [check]
#
# FOLDER holds one CSV of each problem; the values found go beside it as NAME_r.csv. Prints
# "NAME,SECONDS" for each, or nothing for a package that is not installed. With "check" it only
# says which packages there are.

installed <- function(package) requireNamespace(package, quietly = TRUE)
arguments <- commandArgs(trailingOnly = TRUE)
if (length(arguments) > 1 && arguments[2] == "check") {
  for (package in c("PHEindicatormethods", "healthequal")) {
    if (installed(package)) cat(package, as.character(packageVersion(package)), "\n")
  }
  quit()
}

time <- function(name, solve) {
  data <- read.csv(file.path(arguments[1], paste0(name, ".csv")))
  seconds <- sum(system.time(found <- solve(data))[c("user.self", "sys.self")])
  write.csv(found, file.path(arguments[1], paste0(name, "_r.csv")), row.names = FALSE)
  cat(name, seconds, sep = ",")
  cat("\n")
}

if (installed("PHEindicatormethods") && installed("dplyr")) {
  library(PHEindicatormethods)
  library(dplyr)
  slopes <- function(data) {
    phe_sii(group_by(data, area), group, population, value = value, se = se,
            repetitions = 100000, rii = TRUE, type = "standard")
  }
  time("slopes_150", slopes)
  time("life_tables", function(data) {
    phe_life_expectancy(group_by(data, area), deaths, population, age, type = "standard")
  })
  time("standardised", function(data) {
    calculate_dsr(group_by(data, area), x = count, n = population, stdpop = standard,
                  type = "standard")
  })
  time("quantiles", function(data) {
    phe_quantile(group_by(data, area), score, nquantiles = 10L, invert = TRUE, type = "standard")
  })
}

if (installed("healthequal")) {
  measures <- c("d", "r", "parisk", "paf", "sii", "rii", "aci", "rci", "bgv", "bgsd", "covar", "ti",
                   "mld", "idisu", "idisw", "mdmu", "mdmw", "mdbu", "mdbw", "mdru", "mdrw")
  every_measure <- function(area) {
    known <- list(est = area$value, se = area$se, pop = area$population,
                  subgroup_order = area$group, favourable_indicator = 1, ordered_dimension = 1,
                  scaleval = 100)
    last <- as.integer(area$group == max(area$group))
    sapply(measures, function(name) {
      measure <- getExportedValue("healthequal", name)
      if (name %in% c("mdru", "mdrw")) known$reference_subgroup <- last
      known <- known[intersect(names(known), names(formals(measure)))]
      do.call(measure, known)$estimate
    })
  }
  time("groups", function(data) do.call(rbind, lapply(split(data, data$area), every_measure)))
}
