import {hostError} from '@sterna/host';
import type {
	FailoverReply,
	FailoverRequest,
	ProtectionsReply,
	ProtectionsRequest,
	ProtectionStatus,
	ProtectRequest,
	ServerMessage,
	UnprotectRequest,
} from '@sterna/protocol/control';
import type {Reply} from '@sterna/transport';
import type {SenderServices} from '../services.ts';
import type {ProtectedGuest} from './protected-guest.ts';
import type {Protection} from './protection.ts';
import {planOf, startProtection} from './start-protection.ts';

/** Begins a protection, or gives a guest that lost its standby one again, and shows it until it is over. A client that goes away does not end it. */
export async function protect(services: SenderServices, request: ProtectRequest, reply: Reply): Promise<ServerMessage> {
	const guest = services.protections.find(request.domain);
	const isOver = guest === undefined || guest.protection.isOver;
	const protection = isOver ? await startProtection(services, request) : await protectAgain(services, guest, request);
	return {kind: 'protection', body: await follow(protection, request.detach, reply)};
}

/** Rejects with what keeps the protection from ending; resolves when the guest is an ordinary one again. */
export async function unprotect(services: SenderServices, {domain, force}: UnprotectRequest): Promise<ProtectionStatus> {
	const guest = await needGuest(services, domain, 'unprotect');
	const {promise, resolve, reject} = Promise.withResolvers<ProtectionStatus>();
	guest.wishes.put({kind: 'unprotect', force, answer: {resolve, reject}});
	return promise;
}

/** A planned one: the guest goes on from its standby, without loss. */
export async function failover(services: SenderServices, {domain, sourceIsDead}: FailoverRequest): Promise<FailoverReply> {
	const guest = await needGuest(services, domain, 'failover');
	if (sourceIsDead) {
		throw hostError('ERR_USAGE', `this is the host that ${domain} runs on: it is not dead`, {
			side: 'sender',
			next: `migrate-ctl failover ${domain} --source-is-dead # on the host of the standby`,
		});
	}

	const {promise, resolve, reject} = Promise.withResolvers<FailoverReply>();
	guest.wishes.put({kind: 'failover', answer: {resolve, reject}});
	return promise;
}

export function listProtections({protections, config}: SenderServices, {domain}: ProtectionsRequest): ProtectionsReply {
	const {hostName: host} = config;
	if (domain === '') return {protections: protections.statuses(), host};
	const guest = protections.find(domain);
	// Not an error: the receiver of this host may know it, and migrate-ctl asks both.
	return {protections: guest === undefined ? [] : [guest.protection.status()], host};
}

async function protectAgain(services: SenderServices, guest: ProtectedGuest, request: ProtectRequest): Promise<Protection> {
	const {protection, state} = guest;
	if (state !== 'alone' && state !== 'paused') {
		throw hostError(
			'ERR_DOMAIN_STATE',
			`${protection.domain} is protected already: its standby is on ${protection.peer}, and it is ${protection.phase}`,
			{side: 'sender', next: `migrate-ctl status ${protection.domain}`},
		);
	}

	const {peer: _peer, ...plan} = planOf(services, request);
	if (request.tee !== '') throw hostError('ERR_USAGE', 'a tee is of a protection from its beginning', {side: 'sender'});
	const {promise, resolve, reject} = Promise.withResolvers<void>();
	guest.wishes.put({kind: 'protect', plan, answer: {resolve, reject}});
	await promise;
	return protection;
}

async function follow(protection: Protection, detach: boolean, reply: Reply): Promise<ProtectionStatus> {
	if (!detach) {
		protection.watch(status => reply.event({kind: 'protection', body: status}), reply.signal);
		return protection.ended;
	}

	const status = await protection.underWay;
	if (protection.failure !== undefined) throw protection.failure;
	return status;
}

/** A guest that is protected. Rejects ERR_DOMAIN_UNKNOWN, ERR_PROTECTION_UNKNOWN, ERR_DOMAIN_STATE for one whose protection is over. */
async function needGuest({protections, registry}: SenderServices, domain: string, what: string): Promise<ProtectedGuest> {
	const guest = protections.find(domain);
	if (guest !== undefined && !guest.protection.isOver) return guest;
	const record = await registry.need(guest?.protection.domain ?? domain);
	const {name} = record.definition;
	if (record.state === 'standby') {
		throw hostError('ERR_DOMAIN_STATE', `${name} on this host is a standby: ${what} is asked of its receiver`, {
			side: 'sender',
			next: `migrate-ctl status ${name}`,
		});
	}

	if (record.state === 'stale') {
		throw hostError('ERR_STALE', `${name} runs on another host: the copy here is out of date, and never runs`, {
			side: 'sender',
			next: `migrate-ctl status ${name} # on both hosts`,
		});
	}

	throw hostError('ERR_PROTECTION_UNKNOWN', `${name} is not protected`, {side: 'sender', next: 'migrate-ctl status'});
}
