import {lastErrno} from './libc.ts';
import {SystemError} from './system-error.ts';

type Callback = (error: unknown, result: number) => void;

/** koffi refuses more than 256 calls under way at a time; this many leaves room for others. */
const MAX_UNDER_WAY = 32;

let underWay = 0;
const waiting: Array<() => void> = [];

/** Resolves with a place among those under way. */
async function takePlace(): Promise<void> {
	if (underWay < MAX_UNDER_WAY) {
		underWay += 1;
		return;
	}

	await new Promise<void>(resolve => {
		waiting.push(resolve);
	});
}

/** Hands the place on to the next in line, if there is one. */
function leavePlace(): void {
	const next = waiting.shift();
	if (next === undefined) underWay -= 1;
	else next();
}

/**
 * Makes one call on libuv's thread pool. Rejects with `SystemError` when its result is negative.
 * At most 32 are under way in a thread; later ones wait for their turn.
 */
export async function callAsync(call: string, start: (callback: Callback) => void): Promise<number> {
	await takePlace();
	try {
		return await new Promise<number>((resolve, reject) => {
			start((error, result) => {
				// errno belongs to this callback: read before anything else.
				const errno = lastErrno();
				if (error instanceof Error) reject(error);
				else if (result < 0) reject(new SystemError(call, errno));
				else resolve(result);
			});
		});
	} finally {
		leavePlace();
	}
}
