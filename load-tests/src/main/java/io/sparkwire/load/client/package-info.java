/** Clients that send load, check every reply and measure. */
package io.sparkwire.load.client;
