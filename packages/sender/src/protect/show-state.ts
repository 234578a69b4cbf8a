import {type FaultContext, operationError} from '@sterna/host';
import {OperationError, type ProtectionState} from '@sterna/protocol';
import type {Protection} from './protection.ts';

/** Shows an operator where a protection has come to. `error`: what led there. `host`: this one's name. */
export function showState(protection: Protection, state: ProtectionState, host: string, error?: OperationError): void {
	const {peer, domain, phase} = protection;
	switch (state) {
		case 'protecting':
			if (phase !== 'protected' && phase !== 'starting' && phase !== 'unprotected')
				protection.enter('starting', `the standby on ${peer} is being brought in step`);
			return;
		case 'paused':
			if (error !== undefined) protection.enter('paused', error.message, error);
			return;
		case 'stopped': {
			const message = `the lease of ${domain} is not held here: the guest stands still until it is known whether its standby has taken over`;
			protection.enter('paused', message, operationError('ERR_LEASE_LOST', message, contextOf(protection, host)));
			return;
		}

		case 'alone':
			protection.enter('unprotected', error?.message ?? `${domain} runs without a standby`, error);
			return;
		case 'handing-over':
			protection.enter('handing-over', `${peer} is told to run the guest, and asked whether it does`);
			return;
		case 'gone':
			showGone(protection, host, `the guest of ${domain} is gone here: it is left to its standby on ${peer}`);
			return;
		case 'stale': {
			const message = `${domain} runs on ${peer}, which took it over: the copy here never runs`;
			const context = {...contextOf(protection, host), runsOn: {kind: 'host', host: peer}} as const;
			protection.end('stale', message, operationError('ERR_STALE', message, context));
			return;
		}

		case 'handed-over':
			protection.end('promoted', `${peer} runs the guest`);
			return;
		case 'ended':
			protection.end(error === undefined ? 'ended' : 'failed', error?.message ?? 'by its operator', error);
			return;
	}
}

/** A guest whose process is gone: what became of it there, in words, and who goes on with it. */
export function showGone(protection: Protection, host: string, message: string): void {
	const {domain, peer, leaseStore} = protection;
	const promote = leaseStore === 'etcd' ? `migrate-ctl status ${domain} # on ${peer}` : `migrate-ctl failover ${domain} # on ${peer}`;
	const next = `${promote}; or here, if it ended by itself: migrate-ctl unprotect ${domain}`;
	const {fault} = operationError('ERR_GUEST_EXITED', message, {...contextOf(protection, host), runsOn: {kind: 'unknown'}});
	protection.enter('unprotected', message, new OperationError({...fault, next}));
}

/** Of what arises while a standby is kept. */
export function contextOf({domain, peer}: Protection, host: string): FaultContext {
	return {side: 'sender', phase: 'checkpoint', runsOn: {kind: 'host', host}, domain, peer};
}
