import {execFile} from 'node:child_process';
import {existsSync} from 'node:fs';
import process from 'node:process';
import {lookup} from 'node:dns/promises';
import {promisify} from 'node:util';
import {causeChain} from '@sterna/protocol';
import type {RemoteHost} from '../config/load-config.ts';
import type {DaemonRole} from '../daemon-flags.ts';
import type {LeaseStore} from '../lease/lease-store.ts';
import {fault, type Judgement, ok, warning} from './finding.ts';
import {systemCodeOf} from './system-code.ts';

/** For systemctl and journalctl. */
const PROGRAM_TIMEOUT_MS = 4000;
/** Of the log of a daemon that is down. */
const LAST_LINES = 3;
/** Nobody's: the store is asked for it to see that it answers. */
const NOBODY = '00000000-0000-0000-0000-000000000000';

export type ServiceFacts = {
	readonly role: DaemonRole;
	readonly hasSystemd: boolean;
	/** Whether the daemon was started by systemd. */
	readonly isUnit: boolean;
	/** As `systemctl is-enabled` says; undefined where it says nothing. */
	readonly enabled: string | undefined;
};

export async function serviceFacts(role: DaemonRole, signal: AbortSignal): Promise<ServiceFacts> {
	const hasSystemd = existsSync('/run/systemd/system');
	return {
		role,
		hasSystemd,
		isUnit: process.env['INVOCATION_ID'] !== undefined,
		enabled: hasSystemd ? await firstLine('systemctl', ['is-enabled', `sterna-${role}`], signal) : undefined,
	};
}

export function judgeService({role, hasSystemd, isUnit, enabled}: ServiceFacts): Judgement {
	const unit = `sterna-${role}.service`;
	if (!hasSystemd) return ok('service', `there is no systemd here: whoever starts sterna-${role} must start it again after a reboot`);
	if (enabled === 'enabled' || enabled === 'enabled-runtime' || enabled === 'static') return ok('service', `${unit} is ${enabled}`);
	if (!isUnit && (enabled === undefined || enabled === 'not-found')) return ok('service', `sterna-${role} was not started by systemd`);
	return warning(
		'service',
		`${unit} is ${enabled ?? 'unknown to systemd'}: it does not start with this host`,
		`systemctl enable sterna-${role}`,
	);
}

/** Of a daemon of this host that does not answer. */
export type SilentDaemonFacts = {
	readonly role: DaemonRole;
	/** What came of asking it. */
	readonly error: string;
	/** Whether something listens at its socket all the same. */
	readonly listens: boolean;
	/** The end of what it logged, where that can be read here: of one that is down it may say why. */
	readonly lastLines: string | undefined;
};

/** `error`: with which connecting to it failed. */
export async function silentDaemonFacts(role: DaemonRole, error: unknown): Promise<SilentDaemonFacts> {
	const code = systemCodeOf(error);
	return {
		role,
		error: causeChain(error).join(': '),
		listens: code !== 'ENOENT' && code !== 'ECONNREFUSED',
		lastLines: await lastLogLines(role, AbortSignal.timeout(PROGRAM_TIMEOUT_MS)),
	};
}

async function lastLogLines(role: DaemonRole, signal: AbortSignal): Promise<string | undefined> {
	if (!existsSync('/run/systemd/system')) return undefined;
	const text = await output('journalctl', ['-u', `sterna-${role}`, '-n', String(LAST_LINES), '-o', 'cat', '--no-pager', '--quiet'], signal);
	return text === undefined || text.trim() === '' ? undefined : text.trim();
}

export function judgeSilentDaemon({role, error, listens, lastLines}: SilentDaemonFacts): Judgement {
	const log = lastLines === undefined ? '' : `; its log ends with: ${lastLines.replaceAll('\n', ' | ')}`;
	return fault(
		'daemon',
		`sterna-${role} does not answer: ${error}${log}`,
		listens
			? `see what keeps it (journalctl -u sterna-${role}; an overloaded host, a disk that hangs); systemctl restart sterna-${role}: guests run on`
			: `systemctl start sterna-${role}; journalctl -u sterna-${role} says why it ended`,
	);
}

/** What came of asking the lease store; undefined: it answered. */
export type LeaseFacts = {readonly kind: LeaseStore['kind']; readonly error: string | undefined};

export async function leaseFacts(store: LeaseStore, signal: AbortSignal): Promise<LeaseFacts> {
	if (store.kind === 'manual') return {kind: 'manual', error: undefined};
	try {
		await store.look(NOBODY, signal);
		return {kind: store.kind, error: undefined};
	} catch (error) {
		return {kind: store.kind, error: causeChain(error).join(': ')};
	}
}

export function judgeLease({kind, error}: LeaseFacts): Judgement {
	if (kind === 'manual') return ok('lease-store', 'none is configured: a person decides about standbys');
	if (error === undefined) return ok('lease-store', 'etcd answers');
	return fault(
		'lease-store',
		`etcd does not answer: ${error}`,
		'see that lease.endpoints are right and reached from here (etcdctl endpoint health), and that lease.ca, certificate and password are theirs',
	);
}

/** What the name of a host leads to; `error`: it leads nowhere. */
export type NameFacts = Pick<RemoteHost, 'name' | 'address'> & ({readonly found: string} | {readonly error: string});

export async function nameFacts({name, address}: Pick<RemoteHost, 'name' | 'address'>): Promise<NameFacts> {
	try {
		return {name, address, found: (await lookup(address)).address};
	} catch (error) {
		return {name, address, error: error instanceof Error && 'code' in error ? String(error.code) : String(error)};
	}
}

export function judgeName(facts: NameFacts): Judgement {
	const {name, address} = facts;
	if ('found' in facts) return ok('name', `${name} is at ${facts.found}${facts.found === address ? '' : ` (${address})`}`);
	return fault(
		'name',
		`${address}, the address of ${name}, cannot be resolved (${facts.error})`,
		`correct hosts.${name}.address; or have DNS or /etc/hosts know ${address}`,
	);
}

async function firstLine(program: string, args: readonly string[], signal: AbortSignal): Promise<string | undefined> {
	return (await output(program, args, signal))?.trim().split('\n')[0] || undefined;
}

/** What a program says, whatever it exits with. */
async function output(program: string, args: readonly string[], signal: AbortSignal): Promise<string | undefined> {
	try {
		return (await promisify(execFile)(program, args, {timeout: PROGRAM_TIMEOUT_MS, signal})).stdout;
	} catch (error) {
		return error instanceof Error && 'stdout' in error && typeof error.stdout === 'string' ? error.stdout : undefined;
	}
}
