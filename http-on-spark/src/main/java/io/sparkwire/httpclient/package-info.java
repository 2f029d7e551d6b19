/**
 * HTTP on Spark: transformers and functions that call web services for the rows of a dataset,
 * several at a time and without ever failing a job for a service's sake.
 */
package io.sparkwire.httpclient;
