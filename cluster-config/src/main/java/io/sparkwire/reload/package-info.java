/** Values that are made of files, and made anew when the files change. */
package io.sparkwire.reload;
