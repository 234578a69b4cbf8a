import type {ErrorCode} from '@sterna/protocol/errors';

/** What went wrong with a guest, in the operator's codes. Where the guest runs now and which side it was, its caller knows. */
export class DomainError extends Error {
	override readonly name = 'DomainError';
	readonly code: ErrorCode;

	/** `message`: one sentence with the numbers in it, without a full stop. */
	constructor(code: ErrorCode, message: string, options?: ErrorOptions) {
		super(message, options);
		this.code = code;
	}
}
