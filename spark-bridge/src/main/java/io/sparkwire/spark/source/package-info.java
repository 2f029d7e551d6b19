/** The data source and sink that Spark reads requests from and writes replies to. */
package io.sparkwire.spark.source;
