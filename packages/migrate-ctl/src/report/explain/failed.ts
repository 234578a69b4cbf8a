import {ERROR_CODES, isErrorCode} from '@sterna/protocol';
import type {RecordedFault} from '@sterna/host/record';
import {hostOf} from '../facts.ts';
import type {MigrationRecord} from '../record.ts';
import type {EndingPart, Remedy} from './explanation.ts';
import {checksOf, undoneOf} from './remedies.ts';

/** What to look at for an error, beside the command that the error itself names. */
const HINTS: Readonly<Record<string, string>> = {
	ERR_MEMORY_INSUFFICIENT: 'Free memory on the other host, or move the guest to another one.',
	ERR_PROTOCOL_VERSION: 'Install versions on both hosts that have a protocol in common.',
	ERR_TLS: 'See that both hosts have certificates of one authority, in date, and clocks that agree.',
	ERR_DISK_FULL: 'Make room where the file goes, and try again.',
	ERR_FILE: 'See that the file can be read and written by the daemon.',
	ERR_HOST_UNREACHABLE: 'See that the other host is up, and that its daemon listens where the configuration has it.',
	ERR_PROOF_MISMATCH:
		'What arrived was not what was sent, and the guest was not started on it. Look at the memory and the network of both hosts.',
	ERR_TRACKER: 'Writes of the guest could not be followed. See in the log of the daemon what the kernel refused.',
	ERR_HOOK: 'See why the hook failed: run it by hand.',
	ERR_GUEST_EXITED: 'See why the guest ended; nothing of the migration is left.',
	ERR_GUEST_REBOOTED: 'The guest rebooted by itself meanwhile. Move it again.',
	ERR_STREAM: 'This is a fault in Sterna, or of what is between the hosts. Keep the recording and the logs.',
	ERR_INTERNAL: 'This is a fault in Sterna. Keep the recording and the logs of both hosts.',
};

/** What the checks of both hosts find out more about. */
const EXAMINED: ReadonlySet<string> = new Set([
	'ERR_MEMORY_INSUFFICIENT',
	'ERR_PROTOCOL_VERSION',
	'ERR_TLS',
	'ERR_HOST_UNREACHABLE',
	'ERR_TARGET_REFUSED',
	'ERR_TRACKER',
	'ERR_PEER_SILENT',
	'ERR_CONNECTION_LOST',
]);

const REFUSALS: ReadonlySet<string> = new Set(['request', 'prepare']);

/** It failed, or was refused before anything moved, with an error that says the rest. */
export function failedPart(record: MigrationRecord, fault: RecordedFault): EndingPart {
	const {domain} = record;
	const summary = isErrorCode(fault.code) ? ERROR_CODES[fault.code].summary : fault.message;
	const refused = REFUSALS.has(fault.phase);
	const where = fault.side === 'receiver' ? hostOf(record, 'receiver') : hostOf(record, 'sender');
	return {
		headline: `${domain} ${undoneOf(record)}: ${refused && fault.side === 'receiver' ? `${where} refused it, ` : ''}${summary}`,
		why: [
			`${where} ended it in ${fault.phase} with ${fault.code}: ${fault.message}.`,
			...fault.causes.map(cause => `Beneath that: ${cause}.`),
			...(refused ? ['It was ended before a page was sent.'] : []),
		],
		whatToDo: [...hint(fault.code), ...(EXAMINED.has(fault.code) ? checksOf(record) : [])],
	};
}

function hint(code: string): Remedy[] {
	const text = HINTS[code];
	return text === undefined ? [] : [{text}];
}

/** Which host runs the guest is open: the go had left, and no answer came. */
export function undecidedPart(record: MigrationRecord, fault: RecordedFault | undefined): EndingPart {
	const [source, target] = [hostOf(record, 'sender'), hostOf(record, 'receiver')];
	return {
		headline: `${record.domain}: it is not decided whether ${source} or ${target} runs it`,
		why: [
			`${source} had told ${target} to run the guest, and heard no answer${fault === undefined ? '' : `: ${fault.message}`}.`,
			'Neither may guess: the guest stays paused on the source until the target has said whether it took it. This resolves itself as soon as the two daemons talk again.',
			...(fault?.causes ?? []).map(cause => `Beneath that: ${cause}.`),
		],
		whatToDo: [
			{
				text: 'See what both hosts know of it; it is settled as soon as they reach each other.',
				command: `migrate-ctl resolve ${record.domain}`,
			},
			{text: 'See whether the hosts reach each other.', command: 'migrate-ctl hosts --probe'},
		],
	};
}
