/** What a feature adds to a listener: paths, their methods, and what handles their requests. */
package io.sparkwire.endpoint;
