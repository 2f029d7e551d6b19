/** Calls to web services: settings, retries, batches and order. No Spark in it. */
package io.sparkwire.httpclient.calls;
