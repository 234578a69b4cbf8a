import {digestOf, type Reply, type ReplyState} from '@sterna/domain/replies';

/**
 * What is wrong with the replies that an outside client got of one guest, wherever it ran, in any order: a sentence each; none when the guest is one guest, and forgot
 * nothing that it has said. `known`: what the guest says of itself that runs in the end, with no reply under way; undefined: it was not asked.
 */
export function replyFaults(replies: readonly Reply[], known: ReplyState | undefined): string[] {
	const faults: string[] = [];
	const bySerial = new Map<number, Reply>();
	const nonces = new Map<string, number>();
	for (const reply of replies) {
		const {serial, nonce, digest} = reply;
		if (digestOf(reply) !== digest) faults.push(`reply ${serial} is damaged: its digest ${digest} is not that of its content`);
		const before = bySerial.get(serial);
		if (before !== undefined)
			faults.push(`number ${serial} came twice, ${before.digest === digest ? 'the same' : 'with different content'}`);
		const other = nonces.get(nonce);
		if (other !== undefined && other !== serial) faults.push(`request ${nonce} was answered twice, with numbers ${other} and ${serial}`);
		bySerial.set(serial, reply);
		nonces.set(nonce, serial);
	}

	for (const {serial, digest} of bySerial.values()) {
		const next = bySerial.get(serial + 1);
		if (next !== undefined && next.previous !== digest)
			faults.push(`reply ${next.serial} follows from another reply ${serial} than the one that came`);
		if (known === undefined) continue;
		if (serial > known.serial) faults.push(`number ${serial} came, and the guest knows of ${known.serial} alone`);
		else if (serial === known.serial && digest !== known.digest)
			faults.push(`the guest knows of another reply ${serial} than the one that came`);
	}

	return faults;
}

/** Numbers between the first and the last that did not come: they were lost on the way, or with a host that died before they were let out. */
export function missingSerials(replies: readonly Reply[]): number[] {
	const serials = new Set(replies.map(({serial}) => serial));
	const [first, last] = [Math.min(...serials), Math.max(...serials)];
	const missing: number[] = [];
	for (let serial = first; serial < last; serial++) if (!serials.has(serial)) missing.push(serial);
	return missing;
}
