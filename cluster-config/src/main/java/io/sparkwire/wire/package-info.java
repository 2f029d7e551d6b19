/** How bodies hold the rows of requests, and how replies to them make one body. */
package io.sparkwire.wire;
