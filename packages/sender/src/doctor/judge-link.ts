import type {ClockOffset} from '@sterna/host';
import {fault, type Judgement, ok, warning} from '@sterna/host/doctor';
import type {ErrorCode} from '@sterna/protocol';

/** What came of connecting; undefined: it succeeded. */
export type ConnectFailure = {
	readonly code: ErrorCode;
	readonly message: string;
	/** The system's code, where it was the system that failed: `ECONNREFUSED`. */
	readonly systemCode: string | undefined;
};

/** Of the control connection, TLS and hello included. */
export type ConnectionFacts = {
	readonly host: string;
	/** As a person reads it: with the port. */
	readonly address: string;
	readonly port: number;
	readonly failure: ConnectFailure | undefined;
	readonly roundTripMs: number | undefined;
};

export function judgeConnection({host, address, port, failure, roundTripMs}: ConnectionFacts): Judgement {
	if (failure === undefined)
		return ok('connection', `the receiver of ${host} answers at ${address}, in ${(roundTripMs ?? 0).toFixed(1)} ms`);
	return fault('connection', failure.message, connectionFix(failure, host, port));
}

function connectionFix({code, systemCode}: ConnectFailure, host: string, port: number): string {
	switch (code) {
		case 'ERR_TLS':
			return `one authority must have issued the certificates of both hosts, be in tls.ca of both, and that of ${host} must hold for hosts.${host}.tls-name (by default its address); docs/operations.md, "Between two machines"`;
		case 'ERR_PROTOCOL_VERSION':
			return `install the same version of Sterna here and on ${host}`;
		case 'ERR_CONFIG':
			return 'configure [tls] on both hosts: docs/operations.md, "Between two machines"';
		default:
			return portFix(systemCode, {host, port, key: 'control-port'});
	}
}

type Port = {readonly host: string; readonly port: number; readonly key: 'control-port' | 'data-port'};

/** Refused is by the host, silence by something in between. */
function portFix(systemCode: string | undefined, {host, port, key}: Port): string {
	if (systemCode === 'ECONNREFUSED')
		return `systemctl start sterna-receiver, on ${host}; see that receiver.listen-address and receiver.${key} there are what is configured for it here, and that no firewall rejects port ${port}`;
	if (systemCode === 'ENOTFOUND' || systemCode === 'EAI_AGAIN') return `correct hosts.${host}.address; or have DNS or /etc/hosts know it`;
	if (systemCode === 'ENETUNREACH' || systemCode === 'EHOSTUNREACH')
		return `see that ${host} is up, and that there is a route to it: ip route get, ping`;
	return `see that ${host} is up, that its sterna-receiver answers (migrate-ctl status, there), and that it lets TCP port ${port} in (nft list ruleset); a firewall in between may drop it, too`;
}

export type DataPortFacts = {
	readonly host: string;
	readonly address: string;
	readonly port: number;
	/** The system's code, or `timeout`; undefined: somebody listens there. */
	readonly failure: string | undefined;
};

export function judgeDataPort({host, address, port, failure}: DataPortFacts): Judgement {
	if (failure === undefined) return ok('data-port', `${address} can be reached`);
	return fault(
		'data-port',
		`${address}, where ${host} takes guest memory, cannot be reached (${failure}), and its control port can`,
		failure === 'ECONNREFUSED'
			? `open TCP port ${port} of ${host} for this host: something between the two rejects it, or passes on the control port alone`
			: portFix(failure, {host, port, key: 'data-port'}),
	);
}

/** `answered`: the name in the other side's hello. */
export function judgePeerName({host, answered}: {readonly host: string; readonly answered: string}): Judgement {
	if (answered === host) return ok('name', `${host} calls itself so`);
	return fault(
		'name',
		`what is configured as ${host} calls itself ${answered}`,
		`correct hosts.${host}.address, where it leads to another host; or name = "${host}" there; or call it hosts.${answered} here`,
	);
}

const ONE_SECOND_MS = 1000;
/** By then certificates that were just issued hold on one host alone. */
const FAR_APART_MS = 5 * 60 * ONE_SECOND_MS;

/** `offset`: of the host's clock; undefined where it did not tell its time. */
export function judgeClock(host: string, offset: ClockOffset | undefined): Judgement {
	if (offset === undefined)
		return warning('clock', `${host} did not tell its time`, `install the same version of Sterna here and on ${host}`);
	const {offsetMs, uncertaintyMs} = offset;
	const apartMs = Math.abs(offsetMs);
	const text = `the clock of ${host} is ${seconds(apartMs)} ${offsetMs < 0 ? 'behind' : 'ahead'} (± ${uncertaintyMs.toFixed(1)} ms)`;
	const fix = 'timedatectl set-ntp true, on both hosts; chronyc tracking shows how far each is off';
	if (apartMs - uncertaintyMs > FAR_APART_MS) return fault('clock', `${text}: certificates may hold on one host alone`, fix);
	if (apartMs - uncertaintyMs > ONE_SECOND_MS) return warning('clock', `${text}: logs of the two hosts are hard to compare`, fix);
	return ok('clock', text);
}

function seconds(ms: number): string {
	return ms < ONE_SECOND_MS ? `${ms.toFixed(1)} ms` : `${(ms / ONE_SECOND_MS).toFixed(1)} s`;
}
