import {execFile} from 'node:child_process';
import {promisify} from 'node:util';
import {listMachines} from '@sterna/domain';
import {fault, type Judgement, ok} from './finding.ts';

const TIMEOUT_MS = 4000;

/** One of the configured QEMUs. */
export type QemuFacts = {
	/** By which definitions name it. */
	readonly name: string;
	readonly program: string;
	/** Undefined: it is not installed, or cannot be run. */
	readonly version: string | undefined;
	/** Versioned types, aliases left out. */
	readonly machines: readonly string[];
	/** Guests of this host that are run by it. */
	readonly guests: readonly string[];
};

/** `guests`: by the name of their program. */
export async function qemuFacts(
	binaries: ReadonlyMap<string, string>,
	guests: ReadonlyMap<string, readonly string[]>,
	signal: AbortSignal,
): Promise<readonly QemuFacts[]> {
	return Promise.all(
		[...binaries].map(async ([name, program]) => {
			const version = await versionOf(program, signal);
			const machines = version === undefined ? [] : [...new Set((await listMachines(program)).values())];
			return {name, program, version, machines, guests: guests.get(name) ?? []};
		}),
	);
}

async function versionOf(program: string, signal: AbortSignal): Promise<string | undefined> {
	try {
		const {stdout} = await promisify(execFile)(program, ['--version'], {timeout: TIMEOUT_MS, cwd: '/', signal});
		return /version (\S+)/.exec(stdout)?.[1] ?? 'of unknown version';
	} catch {
		return undefined;
	}
}

/** The default program need not be there: a host without QEMU guests has none. */
export function judgeQemu(programs: readonly QemuFacts[]): readonly Judgement[] {
	return programs.map(({name, program, version, machines, guests}) => {
		if (version !== undefined) return ok('qemu', `${program} ${version}, ${machines.length} machine types`);
		const isUsual = program === `/usr/bin/${name}`;
		if (guests.length === 0 && isUsual) return ok('qemu', `${program} is not installed: there are no QEMU guests here`);
		const whose = guests.length === 0 ? '' : `, and ${guests.join(', ')} would be started by it`;
		return fault(
			'qemu',
			`${program} is not installed, or cannot be run${whose}`,
			`install it, or correct qemu.binaries.${name}, and restart both daemons`,
		);
	});
}

/** Each machine type of each program, for another host to compare its own with. */
export function machineNames(programs: readonly QemuFacts[]): readonly string[] {
	return programs.flatMap(({name, machines}) => machines.map(machine => `${name} ${machine}`));
}
