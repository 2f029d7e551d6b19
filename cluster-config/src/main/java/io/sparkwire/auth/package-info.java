/**
 * Which clients a node knows, by API keys, signed tokens and certificates, and what each may do.
 *
 * <pre>{@code
 * AuthOptions --> Auth, one for each node
 *                  |-- ClientList   API keys and subjects of certificates, from a file (ClientFile)
 *                  `-- Tokens       JSON Web Tokens, whose keys are in a file or at a URL (KeySource)
 * Credentials --> Auth --> Verdict: a Principal with its scopes, or why there is none
 * }</pre>
 */
package io.sparkwire.auth;
