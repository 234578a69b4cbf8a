import {OperationError} from '@sterna/protocol';

/** Code of the system's error at the bottom of an error, such as `ECONNREFUSED`; where each address of a name failed, of the first. Undefined: it was not the system that failed. */
export function systemCodeOf(error: unknown): string | undefined {
	for (let at: unknown = error; at instanceof Error; at = at.cause) {
		if (at instanceof AggregateError) return systemCodeOf(at.errors[0]);
		if (!(at instanceof OperationError) && 'code' in at && typeof at.code === 'string' && /^E[A-Z_]+$/.test(at.code)) return at.code;
	}

	return undefined;
}
