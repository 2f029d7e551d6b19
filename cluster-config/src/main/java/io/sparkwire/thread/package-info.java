/** How threads of our own are made. */
package io.sparkwire.thread;
