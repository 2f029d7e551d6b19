/** Python workers: processes that run the Python functions of a plan. Knows no Spark. */
package io.sparkwire.python;
