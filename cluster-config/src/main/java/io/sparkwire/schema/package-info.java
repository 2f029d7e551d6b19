/** Types of columns, read from Spark's DDL where there is no Spark. */
package io.sparkwire.schema;
