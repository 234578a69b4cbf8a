import type {Logger} from '@sterna/host';

/**
 * Waits for a note in the journal of what is decided already. Where it cannot be written nothing else changes: a restarted daemon finds the step
 * before it, and comes to the same.
 */
export async function noting(log: Logger, what: string, note: Promise<void>): Promise<void> {
	try {
		await note;
	} catch (error) {
		log.warn({error}, `${what} could not be journaled: the next start of the daemon does it`);
	}
}
