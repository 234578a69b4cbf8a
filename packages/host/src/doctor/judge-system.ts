import {fault, type Judgement, ok, warning} from './finding.ts';

/** Linux's number of the right to trace processes of others. */
export const CAP_SYS_PTRACE = 19;
/** What the daemons are written for: they run on types that Node strips by itself. */
const LEAST_NODE = 24;
/** The first kernel that tracks writes as we ask it to. */
const LEAST_KERNEL = [6, 7] as const;
/** A migration takes some sixteen, and 64 more with all the data connections that it can have; a control channel one for each host and operator. */
const FEW_OPEN_FILES = 4096;
const TOO_FEW_OPEN_FILES = 512;

/** What the daemon is, and runs on. */
export type VersionFacts = {readonly software: string; readonly node: string; readonly kernel: string};

export function judgeVersion({software, node, kernel}: VersionFacts): Judgement {
	const detail = `${software}, Node ${node}, Linux ${kernel}`;
	if (Number.parseInt(node, 10) < LEAST_NODE)
		return fault(
			'version',
			`${detail}: Node ${LEAST_NODE} or later is needed`,
			'start the daemon by node_modules/.bin/node of its checkout',
		);
	const [major = 0, minor = 0] = kernel.split('.').map(part => Number.parseInt(part, 10));
	const isOld = major < LEAST_KERNEL[0] || (major === LEAST_KERNEL[0] && minor < LEAST_KERNEL[1]);
	if (isOld)
		return warning(
			'version',
			`${detail}: kernels before ${LEAST_KERNEL.join('.')} do not track writes`,
			`run Linux ${LEAST_KERNEL.join('.')} or later`,
		);
	return ok('version', detail);
}

export type LibraryFacts = {
	readonly codecs: readonly string[];
	readonly xxh3: boolean;
	/** Why Node's OpenSSL cannot be used on data connections; undefined where it can, or need not. */
	readonly openssl: string | undefined;
};

export function judgeLibraries({codecs, xxh3, openssl}: LibraryFacts): Judgement {
	if (openssl !== undefined)
		return fault('libraries', `data connections can have no TLS: ${openssl}`, 'start the daemon by node_modules/.bin/node of its checkout');
	const missing = [
		...(codecs.includes('zstd') ? [] : [{library: 'libzstd1', what: 'zstd and deltas'}]),
		...(codecs.includes('lz4') ? [] : [{library: 'liblz4-1', what: 'lz4'}]),
		...(xxh3 ? [] : [{library: 'libxxhash0', what: 'proofs of memory'}]),
	];
	if (missing.length === 0) return ok('libraries', 'zstd, lz4 and xxHash are there');
	return warning(
		'libraries',
		`there is no ${missing.map(({what}) => what).join(', no ')} on this host`,
		`install ${missing.map(({library}) => library).join(', ')} (as Debian calls it), and restart the daemon`,
	);
}

/** Of the daemon's process. */
export type LimitFacts = {readonly openFiles: number};

export function judgeLimits({openFiles}: LimitFacts): Judgement {
	const detail = `${openFiles} open files`;
	const fix = 'LimitNOFILE=65536 in the unit, as packaging/systemd has it; or ulimit -n 65536';
	if (openFiles < TOO_FEW_OPEN_FILES) return fault('limits', `the daemon may have ${detail} alone`, fix);
	if (openFiles < FEW_OPEN_FILES)
		return warning('limits', `the daemon may have ${detail}: several migrations with many data connections take more`, fix);
	return ok('limits', detail);
}

export type CoreFacts = {
	/** That the daemon may run on. */
	readonly cores: number;
	/** `data.workers`, where it is set. */
	readonly workers: number | undefined;
};

export function judgeCores({cores, workers}: CoreFacts): Judgement {
	if (cores === 1)
		return warning(
			'cores',
			'one core: a migration takes its time from the guests',
			'give the host another core; or limit migrations: data.bandwidth',
		);
	if (workers !== undefined && workers > cores)
		return warning('cores', `data.workers is ${workers}, and there are ${cores} cores`, `set data.workers = ${cores}, or leave it out`);
	return ok('cores', `${cores} cores`);
}

export type PtraceFacts = {
	/** Whether one of the configured QEMUs is installed. */
	readonly hasQemu: boolean;
	/** `kernel.yama.ptrace_scope`; undefined where there is no such thing. */
	readonly scope: number | undefined;
	/** Whether the daemon has CAP_SYS_PTRACE. */
	readonly hasCapability: boolean;
};

/** A helper of the daemon traces a QEMU for a moment, and is not its parent. */
export function judgePtrace({hasQemu, scope = 0, hasCapability}: PtraceFacts): Judgement {
	if (!hasQemu) return ok('ptrace', 'no QEMU is installed: nothing is traced');
	if (scope === 0 || (hasCapability && scope < 3)) return ok('ptrace', 'processes of QEMU guests may be traced');
	return fault(
		'ptrace',
		`kernel.yama.ptrace_scope is ${scope}: QEMU guests cannot be looked into, and so not be moved`,
		scope === 3
			? 'kernel.yama.ptrace_scope = 0 in /etc/sysctl.d, and a reboot: 3 holds until then'
			: 'sysctl kernel.yama.ptrace_scope=0, and the same in /etc/sysctl.d; or give both daemons CAP_SYS_PTRACE',
	);
}
