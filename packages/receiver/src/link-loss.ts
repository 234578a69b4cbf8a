import type {ErrorCode} from '@sterna/protocol';

/** What a link ends of while the guest that it brings may go on to come in over another one. docs/spec/control.md section 6. */
const LOSSES: ReadonlySet<string> = new Set<ErrorCode>([
	'ERR_CONNECTION_LOST',
	'ERR_PEER_SILENT',
	'ERR_TLS',
	'ERR_STREAM',
	'ERR_PROOF_MISMATCH',
]);

/** The bytes that came are not those that were sent: what was applied of them is not known to be right. */
const WRONG_BYTES: ReadonlySet<string> = new Set<ErrorCode>(['ERR_STREAM', 'ERR_PROOF_MISMATCH']);

/** Whether an error is that of the link alone: the connection, or what came over it. All others are of the guest or of this host. */
export function isLinkLoss(error: unknown): boolean {
	return LOSSES.has(codeOf(error));
}

/** Whether what the link applied before may be wrong. */
export function mayHaveSpoiled(error: unknown): boolean {
	return WRONG_BYTES.has(codeOf(error));
}

function codeOf(error: unknown): string {
	return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
}
