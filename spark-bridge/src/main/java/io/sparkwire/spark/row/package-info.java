/**
 * Requests as rows of Spark: the schema that all pipelines start from, and rows whose fields are
 * read from a request when they are asked for.
 */
package io.sparkwire.spark.row;
