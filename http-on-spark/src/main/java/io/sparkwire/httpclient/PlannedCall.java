package io.sparkwire.httpclient;

import org.apache.spark.sql.Column;

/**
 * A call to a service for each row. Immutable.
 *
 * @param call a column of {@link HttpSchema#CALL}
 * @param outcome the name of a column to be, of {@link HttpSchema#OUTCOME}
 */
record PlannedCall(Column call, ServiceCalls service, String outcome) {}
