/** What a node tells its operators of requests: options of metrics, traces and logs. */
package io.sparkwire.telemetry;
