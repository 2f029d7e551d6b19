/**
 * Open exchanges: their admission, their deadlines, the hand-off to a worker, and their one answer.
 */
package io.sparkwire.dispatch;
