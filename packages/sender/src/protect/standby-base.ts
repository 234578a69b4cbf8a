import {PageBitmap} from '@sterna/domain';
import {openPageChecker} from '@sterna/transport';
import type {StandbyReply} from '@sterna/protocol/control';
import {SentPages} from '../engine/sent-pages.ts';
import {SourceProof} from '../source-proof.ts';
import type {StandbyLinkDependencies} from './standby-link.ts';

/** What is compared of a guest and its standby: `kind` is off over a stream that has nothing but Xen's records. Its key goes with the request, so that both ends hash alike from the first page on. */
export function newStandbyProof(
	{services, session, source, settings}: Pick<StandbyLinkDependencies, 'services' | 'session' | 'source' | 'settings'>,
	hasOwnRecords: boolean,
): SourceProof {
	const {memory} = source;
	const kind = hasOwnRecords && session.features.has('proof') ? settings.transfer.proof : 'off';
	return new SourceProof({kind, memory, openChecker: pageHashes => openPageChecker(services.pool, {memory, pageHashes})});
}

export type StandbyBase = {
	/** Every page of the guest. */
	readonly all: PageBitmap;
	/** Those that the standby does not have as they are here. */
	readonly due: PageBitmap;
	/** Those that it has had some content of. */
	readonly sent: SentPages;
};

/** What a standby has of a guest when a link to it begins: found by the hashes of its pages where it has any. */
export async function standbyBase(
	{session, source, protection, log}: Pick<StandbyLinkDependencies, 'session' | 'source' | 'protection' | 'log'>,
	{migrationId, incarnation}: {readonly migrationId: string; readonly incarnation: number},
	{proof, reply}: {readonly proof: SourceProof; readonly reply: StandbyReply},
	signal: AbortSignal,
): Promise<StandbyBase> {
	const {pageLimit} = source.memory;
	const {hasBase, committedEpoch} = reply;
	const all = new PageBitmap(pageLimit);
	source.addAllPages(all);
	const sent = new SentPages(pageLimit);
	if (!hasBase) return {all, due: all, sent};
	sent.pages.addAll(all);
	const due = new PageBitmap(pageLimit);
	// As the memory is now: what was on its way over an earlier link is not known any more.
	if (proof.kind !== 'off') await proof.enterMemory();
	await proof.compareWithReceiver(
		hashKey => range => session.receiver.pageHashes({migrationId, incarnation, hashKey, ...range}, signal),
		due,
	);
	log.info({pages: due.count, of: all.count, committedEpoch}, 'pages that the standby has otherwise are sent to it');
	protection.note('compared', {differingPages: due.count, pages: all.count, committedEpoch});
	return {all, due, sent};
}
