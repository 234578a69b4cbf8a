/** What OpenSSL refuses: a file that it cannot read, a peer that it does not accept, bytes that are not TLS. The message has its reason. */
export class TlsError extends Error {
	override readonly name = 'TlsError';
	readonly code = 'ERR_TLS';
}
