import {hostError, type Logger, toOperationError} from '@sterna/host';
import type {SourceDomain} from '@sterna/domain';
import type {OperationError} from '@sterna/protocol';
import type {StandbyRequest} from '@sterna/protocol/control';
import {MigrationLimits} from '../migration-limits.ts';
import {policyModules} from '../user-policy/modules.ts';
import {openSource} from '../open-source.ts';
import {connectReceiver, needHost} from '../peers.ts';
import type {SenderServices} from '../services.ts';
import {sizeOf} from '../size-of.ts';
import {StandbySession} from '../standby-session.ts';
import type {Tee} from '../tee.ts';
import type {LeaseKeeper} from './lease-keeper.ts';
import {isTakenOver} from './leave-to-standby.ts';
import type {ProtectPlan} from './protect-settings.ts';
import type {Protection} from './protection.ts';
import type {ProtectionJournal} from './protection-journal.ts';
import {isLeaseLost, type ProtectionPlayer} from './protection-player.ts';
import {contextOf} from './show-state.ts';
import {StandbyLink} from './standby-link.ts';

export type OverLinkDependencies = {
	readonly services: SenderServices;
	readonly journal: ProtectionJournal;
	readonly protection: Protection;
	readonly player: ProtectionPlayer;
	readonly lease: LeaseKeeper | undefined;
	readonly tee: Tee | undefined;
	readonly log: Logger;
	/** The standby has said that it has not taken over. */
	readonly onHeard: () => void;
	/** The standby has its first checkpoint of this link. */
	readonly onInStep: () => void;
	/** While the link is open. */
	readonly onLink: (link: StandbyLink, session: StandbySession, signal: AbortSignal) => Promise<void>;
};

export type OverLinkOptions = ProtectPlan & {
	/** The standby may have taken over: it is asked before anything else. */
	readonly asksFirst: boolean;
	/** Undefined: there is no lease store. */
	readonly leaseTtlMs: number | undefined;
};

/** How a link ended that nobody ended on purpose. */
export type LinkEnd = {
	readonly error: OperationError;
	/** As it was thrown. */
	readonly cause: unknown;
	/** Something of a checkpoint may be at the standby. */
	readonly mayBeInStep: boolean;
	/** The standby's host was asked for it. */
	readonly hasAsked: boolean;
};

/**
 * One link to the standby from its beginning to its end: opens the control channel and the guest, calls `onLink`, and lets go of both. The guest is opened anew for each link, as what an
 * earlier one took of its dirty log may not have arrived. Undefined: `onLink` has resolved. Never rejects; ERR_STALE is a standby that has taken over.
 */
export async function overLink(
	dependencies: OverLinkDependencies,
	{request, settings, asksFirst, leaseTtlMs}: OverLinkOptions,
	signal: AbortSignal,
): Promise<LinkEnd | undefined> {
	const {services, journal, protection, player, lease, tee, log, onHeard, onInStep, onLink} = dependencies;
	const host = services.config.hostName;
	let link: StandbyLink | undefined;
	try {
		const peer = needHost(services, protection.peer);
		await using session = new StandbySession(await connectReceiver(services, peer, signal));
		if (asksFirst) await assertNotTakenOver(dependencies, session, signal);
		onHeard();
		await using source = await openSource(services, journal.record);
		using _letGo = letGoOf(source, signal);
		player.source = source;
		const support = source.checkpoints;
		await using opened = new StandbyLink(
			{
				services,
				peer,
				session,
				source,
				gate: support?.gate,
				disks: support?.disks ?? [],
				protection,
				settings,
				limits: new MigrationLimits(settings.limits, settings.transfer, services.bandwidth, policyModules(services.config)),
				tee: tee?.isTaken === false ? tee : undefined,
				untilBootNs: () => lease?.untilBootNs,
				context: () => contextOf(protection, host),
				log,
				onInStep,
			},
			standbyRequest(dependencies, source, {stream: request.stream, leaseTtlMs}),
		);
		link = opened;
		await onLink(opened, session, signal);
		return undefined;
	} catch (error) {
		return {
			error: toOperationError(error, contextOf(protection, host)),
			cause: error,
			mayBeInStep: link?.mayBeInStep ?? false,
			hasAsked: link !== undefined,
		};
	} finally {
		player.source = undefined;
		protection.linkEnded();
	}
}

/** Of the guest here, and not of a standby's. */
export function isGuestGone({code, fault}: OperationError): boolean {
	return code === 'ERR_GUEST_EXITED' && fault.side === 'sender';
}

/** A guest that is stopped by signal answers nothing: whoever waits for it is let go. */
function letGoOf(source: SourceDomain, signal: AbortSignal): Disposable {
	const onAbort = (): void => {
		if (isLeaseLost(signal.reason)) void source[Symbol.asyncDispose]();
	};
	signal.addEventListener('abort', onAbort, {once: true});
	return {
		[Symbol.dispose]() {
			signal.removeEventListener('abort', onAbort);
		},
	};
}

/** Throws ERR_STALE where the standby's host runs the guest. */
async function assertNotTakenOver(
	{journal, protection}: OverLinkDependencies,
	session: StandbySession,
	signal: AbortSignal,
): Promise<void> {
	const {id: migrationId, domain, peer} = protection;
	const answer = await session.query({migrationId, incarnation: journal.incarnation + 1, domain}, signal);
	if (!isTakenOver(answer, journal.incarnation)) return;
	throw hostError('ERR_STALE', `${peer} runs ${domain}, with incarnation ${answer.incarnation}`, {side: 'sender'});
}

function standbyRequest(
	{services, journal, protection}: OverLinkDependencies,
	source: SourceDomain,
	{stream, leaseTtlMs}: {readonly stream: ProtectPlan['request']['stream']; readonly leaseTtlMs: number | undefined},
): StandbyRequest {
	return {
		prepare: {
			migrationId: protection.id,
			// That of the guest here: the standby would have the next one.
			incarnation: journal.incarnation,
			definitionJson: JSON.stringify(source.definition),
			stream,
			guestType: source.guestType,
			streamVersion: source.streamVersion,
			...sizeOf(source, stream),
			paused: false,
			windowBytes: services.config.data.windowBytes,
			channels: 1,
		},
		holdsOutput: source.checkpoints?.gate !== undefined,
		leaseStore: leaseTtlMs === undefined ? 'manual' : 'etcd',
		leaseTtlMs: leaseTtlMs ?? 0,
		uuid: source.definition.uuid,
	};
}
