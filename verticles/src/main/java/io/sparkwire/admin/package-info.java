/** What those who run a node ask it: health, and the status of its cluster. */
package io.sparkwire.admin;
