# A saved model as a web service, as a talk would show it. Arguments: the model's directory, and where sparkwire-spark.jar is.
library(SparkR)

arguments <- commandArgs(trailingOnly = TRUE)
spark <- sparkR.session(master = "local[*,1000000]", sparkJars = arguments[2])
model <- sparkR.callJStatic("org.apache.spark.ml.PipelineModel", "load", arguments[1])

query <- sparkR.callJStatic("io.sparkwire.spark.Serving", "on", spark) |>
  sparkR.callJMethod("server", "0.0.0.0", 8888L, "api") |>
  sparkR.callJMethod("load") |>
  sparkR.callJMethod("parseRequest", "age DOUBLE, income DOUBLE") |>
  sparkR.callJMethod("mlTransform", model) |>
  sparkR.callJMethod("makeReply", "scores") |>
  sparkR.callJMethod("replyTo", "api") |>
  sparkR.callJMethod("start")

cat("Serving at", sparkR.callJMethod(query, "url"), "\n")
sparkR.callJMethod(query, "awaitTermination")
