/** A request and its reply: admission, waiting, deadline and hand-off. */
package io.sparkwire.exchange;
