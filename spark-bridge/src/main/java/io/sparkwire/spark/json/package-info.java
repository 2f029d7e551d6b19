/** Bodies as rows and rows as bodies, in JSON. */
package io.sparkwire.spark.json;
