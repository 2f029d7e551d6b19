/** Which release of Sparkwire this is. */
package io.sparkwire.version;
